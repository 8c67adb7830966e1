"""What figures of a period are counted from. Each runs once a week or month, beside the chat.

People are counted, never taps: everybody stands in one row for each group. Where a city is compared
with `|| ''`, rows shall be found by their person, not by going through the whole city for each.
"""

from __future__ import annotations

from storage.statements import Statement

PEOPLE = Statement("""
    SELECT language, channel, known, COUNT(*) FROM (
        SELECT p.language AS language,
               CASE WHEN p.created_at >= :since THEN 'new' ELSE 'back' END AS known,
               (SELECT CASE WHEN COUNT(DISTINCT c.channel) > 1 THEN 'both'
                            ELSE MIN(c.channel) END
                FROM contact AS c WHERE c.person = p.id) AS channel
        FROM person AS p
        WHERE p.id IN (SELECT s.person FROM session AS s
                       WHERE s.started_at >= :since AND s.started_at < :until AND s.city = :city)
    ) AS came GROUP BY language, channel, known
""")
TALKS = Statement("""
    SELECT flow, COUNT(DISTINCT person) FROM session
    WHERE started_at >= :since AND started_at < :until AND city = :city GROUP BY flow
""")
STOPS = Statement("""
    SELECT t.flow, t.done, CASE WHEN t.done = 1 THEN '' ELSE FIELD(s.frame, frontier) END, COUNT(*)
    FROM (SELECT flow, MAX(id) AS last,
                 MAX(CASE WHEN status = 'ended' AND COALESCE(FIELD(frame, frontier), '') = ''
                          THEN 1 ELSE 0 END) AS done
          FROM session WHERE started_at >= :since AND started_at < :until AND city = :city
          GROUP BY flow, person) AS t
    JOIN session AS s ON s.id = t.last
    GROUP BY 1, 2, 3
""")
"""Whoever began a conversation, with the question that was open when it was counted."""
UNREAD = Statement("""
    SELECT flow, step, words, COUNT(*) FROM unread_answer
    WHERE id IN (
        SELECT MIN(id) FROM unread_answer
        WHERE city = :city AND at >= :since AND at < :until GROUP BY person, flow, step)
    GROUP BY flow, step, words
""")
"""Whoever was not understood at a question, with what they typed first."""
UNMET = Statement("""
    SELECT COALESCE(person, id), request FROM unmet_wish
    WHERE city = :city AND at >= :since AND at < :until
""")
WATCHED = Statement("""
    SELECT person, request FROM saved_search
    WHERE city = :city AND created_at >= :since AND created_at < :until
""")
SAVED = Statement("""
    SELECT person, course FROM saved_course
    WHERE city = :city AND saved_at >= :since AND saved_at < :until
""")
CHECKS = Statement("""
    SELECT ward, level, before, after, COUNT(*) FROM (
        SELECT COALESCE((SELECT MIN(t.part) FROM trait AS t
                         WHERE t.person = s.person AND t.kind = 'place'
                           AND t.city || '' = :city),
                        '') AS ward,
               (SELECT CAST(ROUND(AVG(t.level)) AS INTEGER) FROM trait AS t
                WHERE t.person = s.person AND t.kind = 'skill') AS level,
               (SELECT AVG(CAST(own.answer AS INTEGER)) FROM sitting_answer AS own
                JOIN sitting_answer AS old ON old.item = own.item
                WHERE own.sitting = s.id AND own.answer <> '-' AND old.answer <> '-'
                  AND old.sitting = earlier.id) AS after,
               (SELECT AVG(CAST(old.answer AS INTEGER)) FROM sitting_answer AS own
                JOIN sitting_answer AS old ON old.item = own.item
                WHERE own.sitting = s.id AND own.answer <> '-' AND old.answer <> '-'
                  AND old.sitting = earlier.id) AS before
        FROM sitting AS s LEFT JOIN sitting AS earlier ON earlier.id = (
            SELECT MAX(e.id) FROM sitting AS e
            WHERE e.person = s.person AND e.framework = s.framework AND e.id < s.id
              AND e.finished_at IS NOT NULL AND e.removed_at IS NULL)
        WHERE s.id IN (
            SELECT MAX(id) FROM sitting
            WHERE city = :city AND finished_at >= :since AND finished_at < :until
              AND removed_at IS NULL GROUP BY person)
    ) AS told GROUP BY ward, level, before, after
""")
LEVELS = Statement("""
    SELECT t.part, t.level, COUNT(*) FROM trait AS t
    WHERE t.kind = 'skill' AND t.person IN (
        SELECT person FROM sitting WHERE city = :city AND finished_at >= :since
          AND finished_at < :until AND removed_at IS NULL)
    GROUP BY t.part, t.level
""")
FEELINGS = Statement("""
    SELECT confidence_before, confidence_after, resilience_before, resilience_after, COUNT(*)
    FROM sitting WHERE id IN (
        SELECT MAX(id) FROM sitting
        WHERE city = :city AND finished_at >= :since AND finished_at < :until
          AND removed_at IS NULL GROUP BY person)
    GROUP BY confidence_before, confidence_after, resilience_before, resilience_after
""")
ROUTES = Statement("""
    SELECT pathway, COUNT(*) FROM followed_pathway
    WHERE city = :city AND followed_at >= :since AND followed_at < :until GROUP BY pathway
""")
STEPS = Statement("""
    SELECT pathway, COUNT(DISTINCT person) FROM pathway_step
    WHERE city = :city AND mark = 'done' AND at >= :since AND at < :until GROUP BY pathway
""")
BADGES = Statement("""
    SELECT plan, COUNT(DISTINCT person) FROM badge
    WHERE city = :city AND awarded_at >= :since AND awarded_at < :until
      AND is_sample = FALSE GROUP BY plan
""")
EVALUATION = Statement("""
    SELECT answers FROM response
    WHERE city = :city AND audience = 'learner' AND state = 'sent'
      AND sent_at >= :since AND sent_at < :until AND id IN (
        SELECT MAX(id) FROM response
        WHERE city = :city AND audience = 'learner' AND state = 'sent'
          AND sent_at >= :since AND sent_at < :until GROUP BY person, questionnaire)
""")
CAMPAIGNS = Statement("""
    SELECT campaign, outcome, COUNT(*) FROM (
        SELECT d.campaign AS campaign, COALESCE((
            SELECT MIN(CASE a.kind WHEN 'opt_out' THEN '1left' WHEN 'open' THEN '2joined'
                                   ELSE '3pressed' END)
            FROM campaign_act AS a
            WHERE a.broadcast = d.broadcast AND a.person = d.person), '4none') AS outcome
        FROM delivery AS d JOIN broadcast AS b ON b.id = d.broadcast
        WHERE b.city = :city AND b.is_test = FALSE AND b.launched_at >= :since
          AND b.launched_at < :until AND d.state = 'sent' AND d.campaign <> ''
    ) AS told GROUP BY campaign, outcome
""")
