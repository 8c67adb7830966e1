"""How often inferred tags are right, and how many of the right ones are found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bench.tagging.labelled import Labelled
from bot.skills.tagging import infer_tags


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over all courses of a set; a tag is one competence of one course."""

    labels: int = 0
    tags: int = 0
    hits: int = 0
    same: int = 0
    near: int = 0

    @property
    def precision(self) -> float:
        """The part of the inferred tags that a person named too."""
        return self.hits / self.tags if self.tags else 0.0

    @property
    def recall(self) -> float:
        """The part of what a person named that was inferred."""
        return self.hits / self.labels if self.labels else 0.0

    @property
    def same_band(self) -> float:
        """The part of the right tags whose band is the same."""
        return self.same / self.hits if self.hits else 0.0

    @property
    def near_band(self) -> float:
        """The part of the right tags whose band is at most one off."""
        return self.near / self.hits if self.hits else 0.0


def score(courses: Iterable[Labelled]) -> Score:
    """Count over courses."""
    labels = tags = hits = same = near = 0
    for one in courses:
        found = {tag.competence: tag.level for tag in infer_tags(one.course)}
        right = found.keys() & one.labels.keys()
        off = [abs(found[code] - one.labels[code]) for code in right]
        labels += len(one.labels)
        tags += len(found)
        hits += len(right)
        same += off.count(0)
        near += off.count(0) + off.count(1)
    return Score(labels, tags, hits, same, near)
