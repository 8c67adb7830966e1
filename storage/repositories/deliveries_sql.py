"""The statements of a campaign's deliveries."""

from __future__ import annotations

from storage.statements import Statement

MAY_GO = """
    EXISTS (SELECT 1 FROM broadcast AS b WHERE b.id = :broadcast AND b.state = 'running')
    AND NOT EXISTS (SELECT 1 FROM mark WHERE name = 'outbound.stopped' AND value <> '')
"""
"""What is picked stands in a CTE: within `IN (...)` PostgreSQL may pick again for each row."""
HOLD_FREEZING = Statement("""
    UPDATE broadcast SET frozen_to = frozen_to
    WHERE id = :broadcast AND state = 'freezing' AND frozen_to = :seen
""")
CUT = Statement("""
    INSERT INTO delivery (broadcast, number, campaign, city, person, consent, state, reason,
                          not_before, cut_at, channel, holder, outgoing, message_id, variant)
    VALUES (:broadcast, :number, :campaign, :city, :person, :consent, 'queued', '',
            :not_before, :now, '', '', '', '', :variant)
""")
CLAIM = Statement(f"""
    WITH picked AS (
        SELECT d.number FROM delivery AS d
        WHERE d.broadcast = :broadcast AND d.state = 'queued' AND d.not_before <= :now
        ORDER BY d.number LIMIT :most /* skip locked */)
    UPDATE delivery
    SET state = 'claimed', holder = :holder, held_until = :until, claimed_at = :now
    WHERE broadcast = :broadcast AND number IN (SELECT number FROM picked) AND {MAY_GO}
    RETURNING number
""")  # noqa: S608
LOOK_UP = """
    SELECT d.number, d.person, p.language, p.city, d.consent,
           (SELECT COUNT(*) FROM consent AS k JOIN standing_consent AS s
            ON s.person = k.person AND s.purpose = k.purpose
            WHERE k.id = d.consent AND s.channel = c.channel AND s.is_given = TRUE),
           (SELECT COUNT(*) FROM standing_consent AS s
            WHERE s.person = d.person AND s.purpose = 'campaigns' AND s.is_given = FALSE),
           (SELECT COUNT(*) FROM erasure_due AS e WHERE e.person = d.person),
           CASE WHEN d.consent = '' OR :cap = 0 THEN 0 ELSE (
               SELECT COUNT(*) FROM delivery AS o JOIN broadcast AS b ON b.id = o.broadcast
               WHERE o.person = d.person AND o.broadcast <> d.broadcast AND o.consent <> ''
                 AND o.state IN ('sent', 'in_doubt', 'claimed') AND o.claimed_at >= :cap_since
                 AND b.is_test = FALSE) + (
               SELECT COUNT(*) FROM work_invitation AS w
               WHERE w.person = d.person AND w.sent_at >= :cap_since) END,
           p.age_band, (SELECT k.purpose FROM consent AS k WHERE k.id = d.consent),
           CASE WHEN d.consent <> '' THEN 0 ELSE (
               SELECT COUNT(*) FROM standing_consent AS s
               WHERE s.person = d.person AND s.is_given = TRUE
                 AND s.purpose NOT IN ('service', 'reminders', 'insights', 'campaigns')) END,
           c.channel, c.bot, c.chat, d.variant
    FROM delivery AS d
    LEFT JOIN person AS p ON p.id = d.person
    LEFT JOIN contact AS c ON c.person = d.person AND c.is_reachable = TRUE
    WHERE d.broadcast = :broadcast AND d.number IN ({numbers})
    ORDER BY d.number, c.channel = 'web', c.seen_at DESC
"""
SETTLE = Statement("""
    UPDATE delivery
    SET state = :state, reason = :reason, channel = :channel, message_id = :message_id,
        outgoing = :outgoing, settled_at = :now, held_until = NULL
    WHERE broadcast = :broadcast AND number = :number AND holder = :holder
      AND state IN ('claimed', 'in_doubt')
""")
HOLDS = Statement("""
    SELECT 1 FROM delivery
    WHERE broadcast = :broadcast AND number = :number AND holder = :holder AND state = 'claimed'
    /* for update */
""")
PUT_BACK = Statement("""
    UPDATE delivery
    SET state = CASE WHEN (SELECT b.state FROM broadcast AS b WHERE b.id = :broadcast) = 'cancelled'
                     THEN 'cancelled' ELSE 'queued' END,
        not_before = :not_before, holder = '', held_until = NULL, claimed_at = NULL
    WHERE broadcast = :broadcast AND number = :number AND holder = :holder AND state = 'claimed'
""")
HOLD_TO_STORE = Statement("""
    UPDATE delivery SET channel = :channel
    WHERE broadcast = :broadcast AND number = :number AND holder = :holder AND state = 'claimed'
""")
RESCUE = Statement("""
    UPDATE delivery
    SET state = CASE WHEN channel = 'web' THEN 'queued' ELSE 'in_doubt' END,
        reason = CASE WHEN channel = 'web' THEN '' ELSE 'lapsed' END,
        settled_at = CASE WHEN channel = 'web' THEN NULL ELSE :now END, held_until = NULL
    WHERE state = 'claimed' AND held_until <= :before
""")
END_SOME = Statement("""
    WITH picked AS (
        SELECT d.number FROM delivery AS d
        WHERE d.broadcast = :broadcast AND d.state = 'queued'
        ORDER BY d.number LIMIT :most /* skip locked */)
    UPDATE delivery SET state = :state, reason = :reason, settled_at = :now
    WHERE broadcast = :broadcast AND number IN (SELECT number FROM picked)
    RETURNING 1
""")
RESEND = Statement("""
    UPDATE delivery
    SET state = 'queued', reason = '', not_before = :now, holder = '', settled_at = NULL
    WHERE broadcast = :broadcast AND number = :number AND state = 'in_doubt' AND reason <> 'left'
""")
LEAVE = Statement("""
    UPDATE delivery SET reason = 'left'
    WHERE broadcast = :broadcast AND number = :number AND state = 'in_doubt' AND reason <> 'left'
""")
IS_OPEN = Statement("""
    SELECT 1 FROM delivery WHERE broadcast = :broadcast AND state IN ('queued', 'claimed') LIMIT 1
""")
CANCELLED_WITH_ROWS = Statement("""
    SELECT b.id FROM broadcast AS b WHERE b.state = 'cancelled' AND (b.totals = '{}' OR EXISTS (
        SELECT 1 FROM delivery AS d WHERE d.broadcast = b.id AND d.state = 'queued'))
""")
NEXT_AT = Statement("""
    SELECT MIN(not_before) FROM delivery WHERE broadcast = :broadcast AND state = 'queued'
""")
