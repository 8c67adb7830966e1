"""Colleagues' answers as one, with what they do not agree about kept in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.needs.records import Target


@dataclass(frozen=True, slots=True)
class Voice:
    """What one colleague says of one competence of one team.

    Attributes:
        person: Who said it: a random reference, never a name.
        people: How many of the team it is about.
    """

    person: str
    team: str
    target: Target
    people: int = 1


@dataclass(frozen=True, slots=True)
class Spread:
    """What colleagues said where they do not say the same: the least and the most."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What colleagues together say of one competence of one team.

    Attributes:
        target: Middle values; where two lie in the middle, the longer way to go counts, so that
            nobody is left short.
        people: The most that anyone named: all of them speak of the same team.
        voices: How many colleagues answered.
        now, should, heads: Where they do not agree (about levels and about how many people);
            None where they do.
    """

    team: str
    target: Target
    people: int
    voices: int
    now: Spread | None = None
    should: Spread | None = None
    heads: Spread | None = None

    @property
    def is_disputed(self) -> bool:
        """Whether colleagues do not agree about a level."""
        return self.now is not None or self.should is not None


def merge(voices: Iterable[Voice]) -> tuple[Merged, ...]:
    """Return what colleagues say together, by team and competence.

    The order in which they answered does not matter. Of one person's several answers about the
    same thing the last one counts.
    """
    last: dict[tuple[str, str, str, str], Voice] = {}
    for voice in voices:
        target = voice.target
        last[voice.team, target.framework, target.competence, voice.person] = voice
    groups: dict[tuple[str, str, str], list[Voice]] = {}
    for (team, framework, code, _), voice in last.items():
        groups.setdefault((team, framework, code), []).append(voice)
    return tuple(_merged(groups[key]) for key in sorted(groups))


def _merged(voices: Sequence[Voice]) -> Merged:
    first = voices[0]
    nows = sorted(voice.target.now for voice in voices)
    shoulds = sorted(voice.target.should for voice in voices)
    heads = sorted(voice.people for voice in voices)
    now, should = nows[(len(nows) - 1) // 2], shoulds[len(shoulds) // 2]
    return Merged(
        team=first.team,
        target=Target(first.target.competence, now, should, first.target.framework),
        people=heads[-1],
        voices=len(voices),
        now=_spread(nows),
        should=_spread(shoulds),
        heads=_spread(heads),
    )


def _spread(ordered: Sequence[int]) -> Spread | None:
    return None if ordered[0] == ordered[-1] else Spread(ordered[0], ordered[-1])
