"""The text ids that the engine itself says; `content/` gives them words."""

_KINDS = ("text", "choice", "many", "number", "date", "place", "yesno")

TEXT_IDS: tuple[str, ...] = (
    *(f"choice.{name}" for name in ("yes", "no", "back", "menu", "done", "skip", "change")),
    *(f"choice.{name}" for name in ("fresh", "none_of_these", "stay", "search")),
    *(f"answer.{name}" for name in ("text", "list", "none", "number", "date", "place")),
    *(f"answer.{name}" for name in ("skipped", "location", "unkept")),
    *(f"conversation.again.{kind}" for kind in _KINDS),
    *(f"conversation.examples.{kind}" for kind in _KINDS),
    "conversation.way_out",
    "conversation.way_out_at_start",
    "conversation.way_out_in_menu",
    "conversation.which",
    "conversation.wish",
    "conversation.gone",
    "conversation.at_start",
    "conversation.undone",
    "conversation.final",
    "conversation.flow_changed",
    "conversation.log_full",
    "conversation.too_long",
    "conversation.failed",
    "conversation.too_many_words",
    "conversation.outside_number",
    "conversation.outside_dates",
    "conversation.too_early",
    "conversation.too_late",
    "conversation.changed",
    "conversation.answered",
    "conversation.closed",
    "conversation.carry_on",
)
"""Values: `typed` in again, examples, way_out, which and wish; `reference` in failed and too_long;
`most` in too_many_words; `low`, `high` in outside_number; `earliest`, `latest` in those of dates;
`text`, `items`, `number`, `date`, `place` in the answers of that name."""
