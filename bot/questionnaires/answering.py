"""Take an answer, or say what is wrong with it and what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from bot.courses.phrases import Phrase
from bot.questionnaires.records import OTHER, SKIPPED, GridCell, Skip, Step, Value
from content.conditions import number
from content.questionnaires import LONGEST_TEXT, Question

HIGHEST_LEVEL, MOST_NUMBER = 4, Decimal(10_000_000)
LONGEST_PLACE, LONGEST_OTHER, LONGEST_ADDRESS = 120, 120, 254

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_EMAIL = re.compile(r"[^@\s<>\"',;]{1,64}@[^@\s<>\"',;]{1,180}\.[^@\s<>\"',;.]{2,24}")
_SITE = re.compile(
    r"[a-z0-9][a-z0-9.-]{0,200}\.[a-z]{2,24}(?::\d{1,5})?(?:[/?#][^\s<>\"]{0,400})?", re.IGNORECASE
)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)

Raw = str | Sequence[str] | Mapping[str, Sequence[int]]


class Refused(Exception):  # noqa: N818 - said as one says it: an answer is refused
    """An answer that cannot be taken; `phrase` says why and what would be right."""

    def __init__(self, phrase: Phrase) -> None:
        self.phrase = phrase
        super().__init__(phrase.id)


def accept(step: Step, raw: Raw) -> Value:
    """Return an answer as it is kept.

    Args:
        step: The question in its turn.
        raw: Option ids, or words after "=" where something else may be typed; a number or text as
            it was written; for a grid the levels now and needed by row.

    Raises:
        Refused: It does not fit the question.
    """
    question = step.question
    if question.kind == "grid":
        return _grid(step, raw)
    if question.kind == "several":
        return _several(question, raw)
    if not isinstance(raw, str):
        raise _refused("single")
    if question.kind == "choice":
        return _option(question, raw)
    if question.kind in ("number", "scale"):
        return _number(question, raw)
    return _text(question, raw)


def as_email(raw: str) -> str | None:
    """Return an email address as it is kept; None for words that are none."""
    text = _CONTROLS.sub("", raw).strip()
    return text if len(text) <= LONGEST_ADDRESS and _EMAIL.fullmatch(text) else None


def skip(step: Step) -> Skip:
    """Return what is kept for a question that somebody leaves out.

    Raises:
        Refused: It has to be answered.
    """
    if step.question.needed:
        raise _refused("needed")
    return SKIPPED


def suggested(step: Step, known: Mapping[str, Raw]) -> Value | None:
    """Return what is known already and can be offered as the answer; None where nothing is."""
    raw = known.get(step.question.prefill) if step.question.prefill else None
    if raw is None:
        return None
    try:
        return accept(step, raw)
    except Refused:
        return None


def _refused(name: str, **values: object) -> Refused:
    return Refused(Phrase(f"questionnaires.error.{name}", values))


def _option(question: Question, raw: str) -> str:
    if raw in question.option_ids:
        return raw
    if question.has_other and raw.startswith(OTHER):
        return OTHER + _cleaned(raw.removeprefix(OTHER), LONGEST_OTHER)
    raise _refused("option")


def _several(question: Question, raw: Raw) -> tuple[str, ...]:
    if isinstance(raw, Mapping):
        raise _refused("option")
    picks = [raw] if isinstance(raw, str) else list(raw)
    if not all(isinstance(one, str) for one in picks):
        raise _refused("option")
    chosen = {_option(question, one) for one in picks}
    if question.least is not None and len(chosen) < question.least:
        raise _refused("few", count=int(question.least))
    if question.most is not None and len(chosen) > question.most:
        raise _refused("many", count=int(question.most))
    if not chosen:
        raise _refused("empty")
    listed = [one for one in question.option_ids if one in chosen]
    return (*listed, *sorted(chosen.difference(listed)))


def _number(question: Question, raw: str) -> Decimal:
    text = raw.strip().lstrip("£").replace(",", "").replace("\u00a0", "").replace(" ", "")
    found = number(text[:30]) if len(text) <= 30 else None
    if found is None:
        raise _refused("number")
    if abs(found) > MOST_NUMBER:
        raise _refused("most", number=MOST_NUMBER)
    if found != found.to_integral_value():
        raise _refused("whole")
    if question.least is not None and found < question.least:
        raise _refused("least", number=question.least)
    if question.most is not None and found > question.most:
        raise _refused("most", number=question.most)
    return Decimal(int(found))


def _text(question: Question, raw: str) -> str:
    if question.kind == "place":
        return _cleaned(raw, LONGEST_PLACE)
    if question.form == "email":
        text = _cleaned(raw, LONGEST_ADDRESS)
        if not _EMAIL.fullmatch(text):
            raise _refused("email")
        return text
    if question.form == "web":
        return _site(_cleaned(raw, LONGEST_ADDRESS))
    most = int(question.most) if question.most is not None else LONGEST_TEXT
    text = _cleaned(raw, most)
    if question.least is not None and len(text) < question.least:
        raise _refused("short", count=int(question.least))
    return text


def _site(text: str) -> str:
    scheme = _SCHEME.match(text)
    rest = text[scheme.end() :] if scheme else text
    if not _SITE.fullmatch(rest):
        raise _refused("web")
    return (scheme.group().lower() if scheme else "https://") + rest


def _cleaned(raw: str, longest: int) -> str:
    text = _CONTROLS.sub("", raw).strip()
    if not text:
        raise _refused("empty")
    if len(text) > longest:
        raise _refused("long", count=longest, more=len(text) - longest)
    return text


def _grid(step: Step, raw: Raw) -> tuple[GridCell, ...]:
    if not isinstance(raw, Mapping):
        raise _refused("grid")
    if not raw:
        raise _refused("empty")
    rows = [row.id for row in step.rows]
    if not set(raw) <= set(rows):
        raise _refused("row")
    return tuple(_cell(row, raw[row]) for row in rows if row in raw)


def _cell(row: str, levels: Iterable[int]) -> GridCell:
    pair = list(levels)
    is_pair = len(pair) == 2 and all(type(one) is int and 0 <= one <= HIGHEST_LEVEL for one in pair)
    if not is_pair:
        raise _refused("level")
    return GridCell(row, pair[0], pair[1])
