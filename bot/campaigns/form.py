"""A campaign as the fields of a form, and the form read back: nothing that was typed is lost.

Only what cannot be kept at all is a slip, such as a time that nobody can read. What a draft may
still lack is found by `composing.faults`, and led to its field by `slip_of`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, get_args

from bot.campaigns.audience import Problem, Rule, Vocabulary, read
from bot.campaigns.composing import MOST_BUTTONS, RESERVED, Fault
from bot.campaigns.content import Button, ButtonKind, CampaignContent, Wording
from bot.campaigns.records import Kind, Plan
from bot.campaigns.rival_form import read_rival, rival_fields
from bot.campaigns.rows import Form, rows_from, rows_of, written
from bot.campaigns.schedule import LATE_AFTER, Event, Schedule
from bot.campaigns.variants import Rival
from bot.people.consent import TOPICS
from bot.reminders import Relative
from bot.reminders.rules import Rule as TimeRule

SERVICE: Final = "service"
KINDS: tuple[ButtonKind, ...] = get_args(ButtonKind)
EVENTS: tuple[Event, ...] = ("course_start", "joined", "badge")
LONGEST: Final = {
    "title": 80,
    "text": 4000,
    "label": 60,
    "alt": 300,
    "picture": 64,
    "target": 500,
    "audience": 2000,
}
"""Characters that are taken; what is too long to be sent is a fault, and still kept."""
MOST_AGAIN: Final = 730
MOST_LATE: Final = 168
MOST_STARS: Final = 999_999
_ID = re.compile(r"[a-z0-9-]{1,12}\Z")


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that has to be put right.

    Attributes:
        name: The field that it is about.
        text: The id of the words that say it.
    """

    name: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a form is read by.

    Attributes:
        languages: Those that the city speaks, the first for everybody else.
        read_when: Reads when it goes out.
        said: Says a schedule in the words that the form was filled in with.
        before: The plan that is changed; None for a new one.
    """

    languages: Sequence[str]
    vocabulary: Vocabulary
    read_when: Callable[[str], TimeRule | Slip]
    said: Callable[[Schedule], str]
    before: Plan | None = None


def fields_of(plan: Plan, title: str, said: str) -> dict[str, str]:
    """Return a plan as a form is filled in with it.

    Args:
        said: Its schedule in words.
    """
    fields = {
        "title": title,
        "topic": plan.topic.value if plan.topic else SERVICE if plan.kind == SERVICE else "",
        "picture": plan.content.picture,
        "audience": plan.audience,
        "when": said,
        "event": plan.schedule.event,
        "about": plan.schedule.about,
        "late": str(plan.schedule.late_after),
        "again": str(plan.again or ""),
        "stars": str(plan.stars or ""),
        **rival_fields(plan),
    }
    for language, wording in plan.content.wordings.items():
        fields |= {f"text.{language}": wording.text, f"alt.{language}": wording.alt}
    for number, button in enumerate(plan.content.buttons, 1):
        fields |= {f"id.{number}": button.id, f"kind.{number}": button.kind}
        fields[f"target.{number}"] = button.target
        for language, wording in plan.content.wordings.items():
            fields[f"label.{number}.{language}"] = wording.labels.get(button.id, "")
    return fields


def rule_fields(rule: Rule | Problem) -> dict[str, str]:
    """Return the fields of the rows that say the same as a rule; none where none do."""
    rows = None if isinstance(rule, Problem) else rows_from(rule)
    if rows is None:
        return {"rows_were": rows_of({}).mark}
    fields = {"rule.join": "any" if rows.is_any else "all", "rows_were": rows.mark}
    for number, row in enumerate(rows.rows, 1):
        fields |= {
            f"rule.{number}.field": row.field,
            f"rule.{number}.value": row.value,
            f"rule.{number}.number": row.number,
            f"rule.{number}.not": "yes" if row.is_not else "",
        }
    return fields


def read_plan(form: Form, terms: Terms) -> tuple[Plan, tuple[Slip, ...]]:
    """Read a form; what slipped is left as if nothing had been said."""
    reader = _Reader(form, terms)
    topic = form.get("topic", "")
    kind: Kind = "service" if topic == SERVICE else "campaign"
    plan = Plan(
        kind=kind,
        topic=next((one for one in TOPICS if one.value == topic), None),
        content=reader.content(),
        audience=reader.audience(),
        schedule=reader.schedule(),
        again=reader.number("again", MOST_AGAIN),
        rival=reader.rival(),
        stars=reader.number("stars", MOST_STARS) or 0,
    )
    if not form.get("title", "").strip():
        reader.slip("title", "web.campaigns.slip.title")
    return plan, tuple(reader.slips)


class _Reader:
    """Reads one form, and notes what it could not read."""

    def __init__(self, form: Form, terms: Terms) -> None:
        self._form, self._terms = form, terms
        self.slips: list[Slip] = []
        self._numbered: list[tuple[int, Button]] = []

    def slip(self, name: str, text: str, **values: Any) -> None:
        self.slips.append(Slip(name, text, values))

    def number(self, name: str, most: int, least: int = 1) -> int | None:
        typed = self._form.get(name, "").strip()
        if not typed:
            return None
        if typed.isascii() and typed.isdigit() and len(typed) <= 6 and least <= int(typed) <= most:
            return int(typed)
        text = "web.campaigns.slip.number" if least == 1 else "web.campaigns.slip.between"
        self.slip(name, text, least=least, most=most)
        return None

    def rival(self) -> Rival | None:
        return read_rival(
            self._form,
            self._terms.languages,
            self._numbered,
            lambda name, kind: self._words(name, LONGEST[kind]),
            lambda name, least, most: self.number(name, most, least),
        )

    # -- words and buttons -------------------------------------------------------------------

    def content(self) -> CampaignContent:
        numbered = self._numbered = list(self._buttons())
        wordings = {}
        for language in self._terms.languages:
            text = self._words(f"text.{language}", LONGEST["text"])
            labels = {
                button.id: self._words(f"label.{number}.{language}", LONGEST["label"])
                for number, button in numbered
            }
            alt = self._words(f"alt.{language}", LONGEST["alt"])
            if text:
                wordings[language] = Wording(text, labels, alt)
            elif alt or any(labels.values()):
                self.slip(f"text.{language}", "web.campaigns.slip.text")
        buttons = tuple(button for _, button in numbered)
        picture = self._form.get("picture", "")[: LONGEST["picture"]]
        return CampaignContent(wordings, buttons, picture)

    def _buttons(self) -> Iterator[tuple[int, Button]]:
        taken = {"", *RESERVED}
        for number in range(1, MOST_BUTTONS + 1):
            kind = next((one for one in KINDS if one == self._form.get(f"kind.{number}")), None)
            if kind is None:
                self._check_unused(number)
                continue
            wanted = self._form.get(f"id.{number}", "")
            sound = wanted if _ID.match(wanted) else ""
            name = sound if sound not in taken else _free(taken)
            taken.add(name)
            has_target = kind in ("open", "link", "badge")
            target = self._words(f"target.{number}", LONGEST["target"]) if has_target else ""
            yield number, Button(name, kind, target)

    def _check_unused(self, number: int) -> None:
        """Ask what a button does that has words and no kind: its words must not get lost."""
        labels = [f"label.{number}.{language}" for language in self._terms.languages]
        if self._form.get(f"drop.{number}") == "yes":
            return
        if any(self._form.get(one, "").strip() for one in (*labels, f"target.{number}")):
            self.slip(f"kind.{number}", "web.campaigns.slip.kind")

    def _words(self, name: str, most: int) -> str:
        return "\n".join(self._form.get(name, "").strip().splitlines())[:most]

    # -- for whom ----------------------------------------------------------------------------

    def audience(self) -> str:
        """Return what was typed, or what the rows say where they alone were changed."""
        form = self._form
        typed = " ".join(form.get("audience", "").split())[: LONGEST["audience"]]
        rows = rows_of(form)
        if rows.mark == form.get("rows_were", rows.mark):
            return typed
        said = written(rows, self._terms.vocabulary)
        if isinstance(said, Problem):
            self.slip("rule.1.field", said.text, **problem_values(said))
            return typed
        if said == typed or typed == form.get("words_were", typed):
            return said
        self.slip("audience", "web.campaigns.slip.both", said=said)
        return typed

    # -- when --------------------------------------------------------------------------------

    def schedule(self) -> Schedule:
        late = self.number("late", MOST_LATE) or LATE_AFTER
        typed = " ".join(self._form.get("when", "").split())
        event: Event = next((one for one in EVENTS if one == self._form.get("event")), "")
        about = self._form.get("about", "")[:40] if event == "badge" else ""
        rule = self._rule(typed)
        if isinstance(rule, Relative):
            if len(rule.leads) > 1:
                self.slip("when", "web.campaigns.slip.one_lead")
            if not event:
                self.slip("event", "web.campaigns.slip.event")
        elif event:
            self.slip("when", "web.campaigns.slip.lead")
        is_relative = isinstance(rule, Relative)
        return Schedule(rule, event, about, late) if is_relative else Schedule(rule, "", "", late)

    def _rule(self, typed: str) -> TimeRule | None:
        if not typed:
            return None
        before = self._terms.before
        if before and before.schedule.rule and typed == self._terms.said(before.schedule):
            return before.schedule.rule
        found = self._terms.read_when(typed)
        if isinstance(found, Slip):
            self.slips.append(found)
            return None
        return found


def _free(taken: set[str]) -> str:
    return next(name for n in range(1, MOST_BUTTONS + 2) if (name := f"b{n}") not in taken)


# -- where something is wrong ----------------------------------------------------------------


def slip_of(fault: Fault, plan: Plan, vocabulary: Vocabulary, languages: Mapping[str, str]) -> Slip:
    """Lead a fault to its field, in words that name what people see.

    Args:
        languages: The names of languages by their codes.
    """
    if fault.text == "campaigns.fault.audience":
        found = read(plan.audience, vocabulary)
        if isinstance(found, Problem):
            return Slip("audience", found.text, problem_values(found))
    if fault.text.startswith("campaigns.fault.rival"):
        return Slip("rival", fault.text, {"where": languages.get(fault.where, fault.where)})
    if fault.is_rival:
        own = slip_of(replace(fault, is_rival=False), plan, vocabulary, languages)
        is_shared = own.name.startswith("alt.")  # both versions show the same picture
        return own if is_shared else replace(own, name=f"rival.{own.name}")
    place, _, button = fault.where.partition(" ")
    numbers = {one.id: n for n, one in enumerate(plan.content.buttons, 1)}
    values = {"where": languages.get(place, place), "number": fault.number}
    if button:
        where = f"{languages.get(place, place)}, {numbers[button]}"
        return Slip(f"label.{numbers[button]}.{place}", fault.text, values | {"where": where})
    if place in numbers:
        return Slip(f"target.{numbers[place]}", fault.text, values | {"where": str(numbers[place])})
    return Slip(_field_of(fault, place), fault.text, values)


def _field_of(fault: Fault, place: str) -> str:
    name = fault.text.rpartition(".")[2]
    if name in ("topic", "service_topic", "service_promotes"):
        return "topic"
    if name == "alt":
        return f"alt.{place}"
    if name in ("picture", "stars", "stars_kind"):
        return "picture" if name == "picture" else "stars"
    if name in ("buttons", "twice", "answers", "button_id"):
        return "kind.1"
    return f"text.{place or 'en'}"


def problem_values(problem: Problem) -> dict[str, Any]:
    """Return what fills the words of a problem."""
    return {"word": problem.word, "suggestions": problem.suggestions}
