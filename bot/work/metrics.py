"""What the program counts about itself, as Prometheus reads it. Nothing names a person."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)


class Metrics:
    """The counters of one program; two programs in one process do not share them."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.received = Counter(
            "bot_received_total", "Messages that came in", ["channel"], registry=registry
        )
        self.duplicates = Counter(
            "bot_duplicates_total", "Updates that had come in before", registry=registry
        )
        self.turns = Counter("bot_turns_total", "Turns by outcome", ["status"], registry=registry)
        self.turn_seconds = Histogram(
            "bot_turn_seconds",
            "From claimed to stored",
            buckets=_SECONDS,
            registry=registry,
        )
        self.sent = Counter(
            "bot_sent_total", "Outgoing messages by lane and outcome", ["lane", "outcome"],
            registry=registry,
        )  # fmt: skip
        self.reply_seconds = Histogram(
            "bot_reply_seconds",
            "From the turn's commit to the channel's answer",
            buckets=_SECONDS,
            registry=registry,
        )
        self.refused = Counter(
            "bot_refused_total", "What was not taken in", ["reason"], registry=registry
        )
        self.failures = Counter(
            "bot_failures_total", "Turns that raised", ["kind"], registry=registry
        )
        self.inbox_age = Gauge(
            "bot_inbox_oldest_seconds", "Age of the oldest message that waits", registry=registry
        )
        self.outbox_age = Gauge(
            "bot_outbox_oldest_seconds", "Age of the oldest reply that waits", registry=registry
        )
        self.complaints = Gauge(
            "bot_complaints_open", "Complaints that wait for an outcome", registry=registry
        )
        self.complaints_overdue = Gauge(
            "bot_complaints_overdue", "Complaints past their 30 days", registry=registry
        )
        self.loop_lag = Gauge(
            "bot_event_loop_lag_seconds", "How late the event loop is", registry=registry
        )

    def render(self) -> bytes:
        """The metrics page."""
        return generate_latest(self.registry)
