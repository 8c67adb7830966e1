"""What the page about conversations shows: charts, each with its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from markupsafe import Markup

from bot.insights.lines import Summed, groups_of, parts_of
from bot.insights.sheets import Release, after
from bot.insights.stops import DONE
from bot.pictures.canvas import Drawing, Look
from bot.pictures.figures import Bar, draw_bars, draw_columns
from bot.web.results.charts import embedded

MOST_FLOWS, MOST_QUESTIONS, MOST_WORDS = 40, 20, 5
NONE = Summed(None, 0)


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A conversation over some weeks; None where it may not be told."""

    key: str
    name: str
    began: int | None
    done: int | None

    @property
    def share(self) -> int | None:
        """Of a hundred who began, how many got to the end."""
        if self.began is None or self.done is None:
            return None
        return round(100 * self.done / self.began)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, and the same as a table."""

    title: str
    picture: Markup
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A question at which people were not understood, with words that five or more typed."""

    flow: str
    step: str
    people: int | None
    words: Sequence[tuple[str, int | None]] = field(default=())


Said = Callable[..., str]
"""Returns the words of a text by its id."""


def flow_name(key: str) -> str:
    """Return how staff call a conversation."""
    return key.replace("_", " ").capitalize()


class Conversations:
    """Makes what the page shows from what a city was told."""

    def __init__(self, releases: Iterable[Release], said: Said, look: Look) -> None:
        kept = tuple(releases)
        self._stops = [one for one in kept if one.sheet == "stops"]
        self._unread = [one for one in kept if one.sheet == "unread"]
        self._said, self._look, self._number = said, look, count(1)

    @property
    def weeks(self) -> int:
        """How many weeks were told."""
        return len(self._stops)

    def flows(self) -> list[FlowRow]:
        """Return conversations, those that most people began first."""
        return [
            FlowRow(key, flow_name(key), one.count, self._steps(key).get(DONE, NONE).count)
            for key, one in list(groups_of(self._stops).items())[:MOST_FLOWS]
        ]

    def steps(self, flow: str) -> Chart | None:
        """Return where people stood in a conversation; None where nothing of it is told."""
        told = {self.step_name(key): one for key, one in self._steps(flow).items()}
        if not told:
            return None
        title = self._said("web.conversations.steps", flow=flow_name(flow))
        shown = sorted(told.items(), key=lambda one: -(one[1].count or 0))
        bars = [Bar(name, one.count, self._count(one.count)) for name, one in shown]
        return self._chart(title, "step", draw_bars(title, bars, self._look), bars)

    def over_time(self, flow: str) -> Chart | None:
        """Return how many began a conversation in each week; None where nothing is told."""
        told = {one.starts_on: one.of(flow).count for one in self._stops}
        if not any(told.values()):
            return None
        bars, day = [], min(told)
        while day <= max(told):
            number = told.get(day)
            bars.append(Bar(f"{day.day}/{day.month}/{day:%y}", number, self._count(number)))
            day = after(day, "week")
        title = self._said("web.conversations.over_time", flow=flow_name(flow))
        return self._chart(title, "week", draw_columns(title, bars, self._look), bars)

    def unread(self) -> list[UnreadRow]:
        """Return the questions at which most people were not understood."""
        found = []
        for group, one in list(groups_of(self._unread).items())[:MOST_QUESTIONS]:
            flow, _, step = group.partition(" ")
            said = parts_of(self._unread, group, "words").items()
            words = sorted(
                ((key, each.count) for key, each in said if key), key=lambda one: -(one[1] or 0)
            )
            name = self.step_name(step)
            found.append(UnreadRow(flow_name(flow), name, one.count, words[:MOST_WORDS]))
        return found

    def step_name(self, key: str) -> str:
        """Return how a question is called on the page."""
        if key == DONE:
            return self._said("web.conversations.done")
        return key.replace(".", ", ").replace("_", " ") or self._said("web.conversations.start")

    def _steps(self, flow: str) -> dict[str, Summed]:
        return parts_of(self._stops, flow, "step")

    def _chart(self, title: str, head: str, drawing: Drawing, bars: Sequence[Bar]) -> Chart:
        label = self._said("web.insight.picture", title=title)
        heads = (self._said(f"web.conversations.{head}"), self._said("web.conversations.people"))
        rows = tuple((one.label, one.written) for one in bars)
        return Chart(title, embedded(drawing, next(self._number), label), heads, rows)

    def _count(self, number: int | None) -> str:
        return self._said("web.insight.few") if number is None else f"{number:,}"
