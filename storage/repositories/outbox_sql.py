"""The outbox's statements."""

from __future__ import annotations

from storage.statements import Statement

ADD = Statement("""
    INSERT INTO outbox (id, city, person, channel, bot, chat, lane, kind, dedupe_key, nonce,
                        message, state, attempts, doubts, not_before, holder, held_until,
                        created_at, done_at, message_id, reason)
    VALUES (:id, :city, :person, :channel, :bot, :chat, :lane, :kind, :dedupe_key, :nonce,
            :message, :state, :attempts, 0, :not_before, :holder, :until,
            :now, :done_at, '', '')
    ON CONFLICT (dedupe_key) DO NOTHING
""")
IS_HELD_UP = Statement("""
    SELECT 1 FROM outbox
    WHERE channel = :channel AND bot = :bot AND chat = :chat AND done_at IS NULL
      AND lane <= :lane AND (state = 'waiting' OR holder <> :holder) LIMIT 1
""")
CLAIM = Statement("""
    UPDATE outbox
    SET state = 'sending', holder = :holder, held_until = :until, attempts = attempts + 1
    WHERE id IN (
        SELECT o.id FROM outbox AS o
        WHERE o.done_at IS NULL AND o.state = 'waiting' AND o.not_before <= :now
          AND o.lane IN (:one, :two, :three) AND NOT EXISTS (
            SELECT 1 FROM outbox AS e
            WHERE e.channel = o.channel AND e.bot = o.bot AND e.chat = o.chat
              AND e.done_at IS NULL AND e.id < o.id AND e.lane <= o.lane
              AND (e.attempts > 0 OR e.not_before <= :now))
        ORDER BY o.lane, o.id LIMIT :most /* skip locked */)
    RETURNING id, person, channel, bot, chat, message, lane, kind, nonce, city,
              attempts, doubts, created_at
""")
MARK_SENT = Statement("""
    UPDATE outbox SET state = 'sent', done_at = :now, message_id = :message_id, holder = ''
    WHERE id = :id
""")
MARK_GONE = Statement("""
    UPDATE outbox SET state = 'gone', done_at = :now, reason = :reason, holder = ''
    WHERE id = :id AND done_at IS NULL
""")
MARK_FAILED = Statement("""
    UPDATE outbox SET state = 'failed', done_at = :now, reason = :reason, holder = ''
    WHERE id = :id AND done_at IS NULL
""")
MARK_WAIT = Statement("""
    UPDATE outbox SET state = 'waiting', not_before = :not_before, reason = :reason, holder = ''
    WHERE id = :id AND done_at IS NULL
""")
MARK_DOUBT = Statement("""
    UPDATE outbox
    SET state = CASE WHEN lane < 2 AND doubts = 0 THEN 'waiting' ELSE 'in_doubt' END,
        done_at = CASE WHEN lane < 2 AND doubts = 0 THEN NULL ELSE :now END,
        doubts = doubts + 1, reason = :reason, holder = ''
    WHERE id = :id AND done_at IS NULL
""")
RESCUE = Statement("""
    UPDATE outbox
    SET state = CASE WHEN lane < 2 AND doubts = 0 THEN 'waiting' ELSE 'in_doubt' END,
        done_at = CASE WHEN lane < 2 AND doubts = 0 THEN NULL ELSE :now END,
        doubts = doubts + 1, reason = :reason, holder = ''
    WHERE done_at IS NULL AND state = 'sending' AND held_until <= :before
""")
CANCEL_CHAT = Statement("""
    UPDATE outbox SET state = 'cancelled', done_at = :now
    WHERE channel = :channel AND bot = :bot AND chat = :chat
      AND done_at IS NULL AND state = 'waiting'
""")
CANCEL_PERSON = Statement("""
    UPDATE outbox SET state = 'cancelled', done_at = :now
    WHERE person = :person AND lane >= :lane AND done_at IS NULL AND state = 'waiting'
""")
MESSAGE_ID = Statement("""
    SELECT message_id FROM outbox
    WHERE nonce = :nonce AND nonce <> '' AND person = :person
      AND (channel = :channel OR :channel = '') AND message_id <> ''
    ORDER BY id DESC LIMIT 1
""")
OLDEST = Statement("""
    SELECT MIN(not_before) FROM outbox
    WHERE done_at IS NULL AND not_before <= :now AND (lane = :lane OR :lane < 0)
""")
COUNTS = Statement("SELECT state, COUNT(*) FROM outbox WHERE done_at IS NULL GROUP BY state")
