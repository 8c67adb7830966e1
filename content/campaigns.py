"""Campaigns that come with the bot: one file each, and the rules that hold for all sending.

`campaigns/<id>.yaml` says what is sent, to whom and with which buttons. Its words become texts
like all others, `campaign.<id>.title`, `.text` and `.<button>.button`, so that they are translated
like all others. Staff make a campaign of their own from it: `{city}` is filled in then, and all
other gaps, which `fill` names, are theirs to fill before it can go out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, model_validator

from content.problems import BadContent, Problem
from content.reading import Document, read_yaml
from content.schema import Key, Record
from content.template import TemplateError, parse
from content.texts import SourceText
from content.typed import typed, typed_value

FOLDER, RULES = "campaigns", "sending.yaml"
FILLED_BY_US = frozenset({"city"})

TemplateId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,31}$")]
ButtonId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,12}$")]
ButtonKind: TypeAlias = Literal["open", "link", "pledge", "poll", "badge"]
Topic: TypeAlias = Literal["news", "new-courses", "surveys", "invitations"]


class SendingRules(Record):
    """What holds for everything that a city sends unasked.

    Attributes:
        approval_above: More people than that are written to only with a second person's yes.
        cap: Campaign messages that one person gets in `cap_days` at most.
        from_hour, until_hour: Between these hours of the city's clock they go out.
    """

    approval_above: Annotated[int, Field(ge=0, le=100_000)] = 50
    cap: Annotated[int, Field(ge=1, le=30)] = 2
    cap_days: Annotated[int, Field(ge=1, le=90)] = 7
    from_hour: Annotated[int, Field(ge=8, le=12)] = 8
    until_hour: Annotated[int, Field(ge=15, le=20)] = 20

    @property
    def daytime(self) -> tuple[time, time]:
        """The first moment of a day at which one may be written to, and the first after it."""
        return time(self.from_hour), time(self.until_hour)


class TemplateButton(Record):
    """A button of a shipped campaign; `label` is the id of its words."""

    id: ButtonId
    kind: ButtonKind
    target: str = Field(default="", max_length=200)
    label: str


class CampaignTemplate(Record):
    """A shipped campaign.

    Attributes:
        id: The name of its file.
        topic: What people agreed to be written to about.
        audience: Whom it is for, in the language of audiences.
        again: Days after which the same person may get it again; None for never.
        picture: The name of the picture that goes with it; empty for none.
        fill: Names of the gaps in its words that staff have to fill.
        sources: Ids of the sources of what it states; none where all facts are gaps.
        title, text: Ids of its words.
    """

    id: TemplateId
    version: Annotated[str, Field(pattern=r"^[0-9]{1,3}$")]
    topic: Topic
    audience: Annotated[str, Field(min_length=3, max_length=500)]
    again: Annotated[int, Field(ge=1, le=730)] | None = None
    picture: Annotated[str, Field(pattern=r"^[a-z-]{0,16}$")] = ""
    fill: tuple[Key, ...] = ()
    sources: tuple[Key, ...] = ()
    buttons: tuple[TemplateButton, ...] = ()
    title: str
    text: str

    @model_validator(mode="after")
    def _has_an_answer_to_choose(self) -> CampaignTemplate:
        answers = sum(one.kind == "poll" for one in self.buttons)
        if answers == 1:
            raise ValueError("a question needs at least two answers")
        return self


def read_sending_rules(root: Path, problems: list[Problem]) -> SendingRules:
    """Read the rules of sending; what is wrong is added to `problems`."""
    if not (root / RULES).exists():
        return SendingRules()
    try:
        return typed(SendingRules, read_yaml(root / RULES, root))
    except BadContent as error:
        problems.extend(error.problems)
        return SendingRules()


def read_campaigns(
    root: Path, sources: Mapping[str, object], problems: list[Problem]
) -> tuple[dict[str, CampaignTemplate], tuple[SourceText, ...]]:
    """Read every shipped campaign and its words; what is wrong is added to `problems`."""
    found: dict[str, CampaignTemplate] = {}
    texts: list[SourceText] = []
    for path in sorted((root / FOLDER).glob("*.yaml")):
        try:
            file = _File(read_yaml(path, root), path.stem)
            campaign = file.campaign()
        except BadContent as error:
            problems.extend(error.problems)
            continue
        problems.extend(file.problems)
        problems.extend(file.joins(campaign, sources))
        found[campaign.id] = campaign
        texts.extend(file.texts)
    return found, tuple(texts)


class _File:
    """One campaign's document, whose words become texts while it is read."""

    def __init__(self, document: Document, name: str) -> None:
        self._document, self._name = document, name
        self.texts: list[SourceText] = []
        self.problems: list[Problem] = []

    def campaign(self) -> CampaignTemplate:
        """Return it.

        Raises:
            BadContent: A field is missing, unknown or not what it should be.
        """
        value: Any = self._document.value
        fields: dict[str, Any] = dict(value) if isinstance(value, dict) else {}
        buttons = fields.get("buttons", {})
        own = {
            **fields,
            "id": self._name,
            "buttons": [
                self._button(key, one) for key, one in buttons.items() if isinstance(one, dict)
            ],
        }
        for name in ("title", "text"):
            if name in fields:
                own[name] = self._text(name, (name,), fields[name])
        return typed_value(CampaignTemplate, self._document, (), own)

    def joins(self, campaign: CampaignTemplate, sources: Mapping[str, object]) -> Iterator[Problem]:
        """Yield what names a gap or a source that is not there."""
        gaps: set[str] = set()
        for text in self.texts:
            gaps |= text.names - FILLED_BY_US
        for name in sorted(gaps ^ set(campaign.fill)):
            reason = "is a gap in the words" if name in gaps else "is no gap in the words"
            yield self._problem(("fill",), f"{name} {reason}: name every gap, and no other")
        for key in campaign.sources:
            if key not in sources:
                yield self._problem(("sources",), f"{key} is not in sources.yaml")

    def _button(self, key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        own: dict[str, Any] = {**fields, "id": key}
        if "label" in fields:
            path = ("buttons", key, "label")
            own["label"] = self._text(f"{key}.button", path, fields["label"])
        return own

    def _text(self, name: str, path: tuple[str, ...], words: object) -> str:
        text_id = f"campaign.{self._name}.{name}"
        try:
            entry = parse(str(words).strip())
        except TemplateError as error:
            self.problems.append(self._problem(path, str(error)))
            return text_id
        if not entry.source:
            self.problems.append(self._problem(path, "is empty: write it in"))
        line = self._document.line(path)
        self.texts.append(SourceText(text_id, self._document.file, line, entry))
        return text_id

    def _problem(self, path: tuple[str, ...], reason: str) -> Problem:
        return Problem(self._document.file, self._document.line(path), ".".join(path), reason)
