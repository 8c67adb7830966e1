"""What the pages about rounds show: words of descriptors, shares, the heat map, who takes part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.codesign.records import Item, Kind, Round, RoundSheet, Stage, Suggestion
from bot.codesign.results import Result, Tally, kind_of, people_by_kind, reached, results_of
from bot.codesign.sharing import items_of
from bot.pictures.balance import Balance, BalanceRow, draw_balance
from bot.pictures.canvas import Look
from bot.web.results.charts import embedded
from bot.web.site import Site
from bot.web.times import today_in
from content.frameworks import LEVELS, Framework

ORDERS = ("framework", "clear", "matters", "suggestions", "people")
"""In what order the results can be shown; the first is that of the framework."""


@dataclass(frozen=True, slots=True)
class Competed:
    """A row of the heat map as a table has it: a competence, and its comments by level."""

    name: str
    counts: tuple[int | None, ...]


class RoundView:
    """A round with its framework, in the version in which it began."""

    def __init__(self, site: Site, sheet: RoundSheet, framework: Framework) -> None:
        self._site = site
        self.sheet = sheet
        self.framework = framework
        self.items = items_of(framework, sheet.round.new.areas)
        self.words = {one.id: one.can for _, _, one in framework.sentences()}

    @property
    def round(self) -> Round:
        """The round."""
        return self.sheet.round

    @property
    def stage(self) -> Stage:
        """Where it stands today."""
        return stage_of(self._site, self.round)

    @property
    def may_tell(self) -> bool:
        """Whether there is an outcome: people are told once, so not before."""
        sheet = self.sheet
        judged = any(one.verdict is not None for one in sheet.suggestions)
        return bool(sheet.changes) or judged or self.stage is Stage.OVER

    def results(self, order: str = "") -> Sequence[Result]:
        """Return what was said of every descriptor.

        Args:
            order: One of ORDERS; what is least clear or matters most comes first.
        """
        sheet = self.sheet
        found = results_of(self.items, sheet.tallies, sheet.suggestions, sheet.skipped)
        keys = {
            "clear": lambda one: _or(one.everybody.share_clear(), 2),
            "matters": lambda one: -_or(one.everybody.share_matters(), -1),
            "suggestions": lambda one: -one.suggestions,
            "people": lambda one: one.everybody.people,
        }
        return sorted(found, key=keys[order]) if order in keys else found

    def item(self, item_id: str) -> Item | None:
        """Return one of its descriptors."""
        return next((one for one in self.items if one.id == item_id), None)

    def place(self, item: Item) -> str:
        """Say where a descriptor stands."""
        own = self.framework.competences[item.competence]
        return f"{own.short}: {self.framework.levels[item.level - 1].name}"

    def about(self, item: str) -> tuple[Suggestion, ...]:
        """Return what was suggested about a descriptor; with "" what is missing."""
        return tuple(one for one in self.sheet.suggestions if one.item == item and _is_there(one))

    def kind(self, suggestion: Suggestion) -> Kind | None:
        """Return as whom somebody suggested it; None where so few of them take part."""
        return kind_of(suggestion, self.sheet.joined)

    def changed(self) -> Mapping[str, Any]:
        """Return what was decided, by the sentence."""
        return {one.item: one for one in self.sheet.changes}

    def people(self) -> tuple[tuple[tuple[Kind, ...], int], ...]:
        """Return how many people take part, by kind."""
        return people_by_kind(self.sheet.joined)

    def spread(self) -> tuple[int, int, int]:
        """Return the fewest and the most comments of a descriptor, and how many have none."""
        counts = [one.everybody.people for one in self.results()]
        return min(counts, default=0), max(counts, default=0), counts.count(0)

    def balance(self) -> tuple[Competed, ...]:
        """Return how many comments there are by competence and level."""
        counts = reached(self.items, self.sheet.tallies)
        codes = dict.fromkeys(one.competence for one in self.items)
        return tuple(
            Competed(
                self.framework.competences[code].short,
                tuple(counts.get((code, level)) for level in range(1, LEVELS + 1)),
            )
            for code in codes
        )

    def heat_map(self, title: str, footer: str, look: Look) -> Markup:
        """Draw the same."""
        rows = tuple(BalanceRow(one.name, one.counts) for one in self.balance())
        columns = tuple(one.name for one in self.framework.levels)
        return embedded(draw_balance(Balance(title, columns, rows, footer), look), 1, title)


def stage_of(site: Site, found: Round) -> Stage:
    """Return where a round stands on the day that it is in its city."""
    return found.stage(today_in(site.cities[found.new.city].zone, site.ports.clock()))


def percent(share: float | None) -> int | None:
    """Return a share in per cent; None for none."""
    return None if share is None else round(100 * share)


def shares(tally: Tally) -> tuple[int | None, int | None]:
    """Return how clear and how important something is, in per cent."""
    return percent(tally.share_clear()), percent(tally.share_matters())


def ways_in(site: Site, token: str) -> Mapping[str, str]:
    """Return the open links of a round, by channel."""
    found = {"web": f"{site.settings.public_url}/?start=codesign_{token}"}
    if username := site.ports.telegram_username():
        found["telegram"] = f"https://t.me/{username}?start=codesign_{token}"
    return found


def _is_there(suggestion: Suggestion) -> bool:
    return bool(suggestion.words) or suggestion.verdict is not None


def _or(share: float | None, other: float) -> float:
    return other if share is None else share
