"""What was answered to a questionnaire, in words: for the page and for its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.insights.answers import Results, Split, mean_of
from bot.insights.tallying import EARLIER
from bot.pictures.canvas import Look
from bot.pictures.figures import Bar, draw_bars
from bot.web.insight.views import Table
from bot.web.results.charts import embedded
from content.questionnaires import Question, Questionnaire
from content.words import Words

COLUMNS = ("questionnaire", "version", "question", "asked", "skill", "of", "answer", "label",
           "count")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told of one question.

    Attributes:
        tables: Empty where nothing of it is told.
        note: Its mean, where it has one.
        is_words: It is answered in people's own words, which are never counted.
    """

    id: str
    ask: str
    tables: tuple[Table, ...] = ()
    note: str = ""
    is_words: bool = False


@dataclass
class AnswerView:
    """Makes what is shown of one version.

    Attributes:
        asked: The version that was answered; None where it was not kept.
        words: Those of the content, which hold the questions.
        said: Those of the page.
    """

    key: str
    results: Results
    asked: Questionnaire | None
    words: Words
    said: Words
    language: str
    look: Look
    _number: Iterator[int] = field(default_factory=lambda: count(1))

    def months(self) -> Table | None:
        """Return in which months it was sent; None where that is not told."""
        parts = {self._month(key): number for key, number in self.results.months.items()}
        if not any(parts.values()):
            return None
        return self._table(self._say("months"), parts, "month")

    def answers(self) -> list[Answer]:
        """Return every question in order."""
        if self.asked is None:
            ids = dict.fromkeys(one.question for one in self.results.splits)
            return [self._answer(one, None) for one in ids]
        return [self._answer(key, one) for key, one in self.asked.questions.items()]

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield every count that is told or kept back, by COLUMNS."""
        for name in ("began", "sent"):
            yield self._line(question=name, count=getattr(self.results, name))
        for month, number in self.results.months.items():
            yield self._line(question="sent", answer=month, label=self._month(month), count=number)
        for split in self.results.splits:
            question = self._question(split.question)
            for part, number in split.parts.items():
                yield self._line(
                    question=split.question,
                    asked=self._ask(split.question, question),
                    skill=split.row,
                    of=split.of,
                    answer=part,
                    label=self._label(question, part),
                    count=number,
                )

    def _line(self, **values: Any) -> dict[str, Any]:
        named = {"questionnaire": self.key, "version": self.results.version, **values}
        return {name: named.get(name, "") for name in COLUMNS}

    def _answer(self, key: str, question: Question | None) -> Answer:
        ask = self._ask(key, question)
        if question is not None and question.kind == "text":
            return Answer(key, ask, is_words=True)
        splits = [one for one in self.results.splits if one.question == key]
        tables = tuple(
            self._table(self._title(ask, one), self._labels(question, one))
            for one in splits
            if any(one.parts.values())
        )
        return Answer(key, ask, tables, self._note(question, splits))

    def _note(self, question: Question | None, splits: list[Split]) -> str:
        if question is None or question.kind != "scale" or not splits:
            return ""
        found = mean_of(splits[0].parts)
        return self._say("mean", mean=str(found[0]), spread=str(found[1])) if found else ""

    def _labels(self, question: Question | None, split: Split) -> dict[str, int | None]:
        return {self._label(question, part): number for part, number in split.parts.items()}

    def _label(self, question: Question | None, part: str) -> str:
        if question is None:
            return part
        if question.kind == "grid":
            return self._say("level", level=part)
        texts = {one.id: one.text for one in question.options}
        found = self.words.short(texts[part], self.language) if part in texts else part
        ends = {
            str(question.least): question.low and f"{question.id}.low",
            str(question.most): question.high and f"{question.id}.high",
        }
        if question.kind == "scale" and (name := ends.get(part)) and self.asked is not None:
            found += f" ({self.words.short(self.asked.text_id(name), self.language)})"
        return found

    def _title(self, ask: str, split: Split) -> str:
        if not split.row:
            return ask
        skill = ".skill.".join(split.row.split(":", 1))
        text = f"framework.{skill}.button"
        name = self.words.short(text, self.language) if self.words.has(text) else split.row
        return self._say(split.of, skill=name)

    def _ask(self, key: str, question: Question | None) -> str:
        if question is None or self.asked is None:
            return key
        return self.words.short(self.asked.text_id(f"{key}.ask"), self.language)

    def _question(self, key: str) -> Question | None:
        return self.asked.questions.get(key) if self.asked else None

    def _month(self, key: str) -> str:
        return self._say("earlier") if key == EARLIER else key

    def _table(self, title: str, parts: dict[str, int | None], head: str = "answer") -> Table:
        few = self.said.short("web.insight.few", self.language)
        written = {name: few if one is None else f"{one:,}" for name, one in parts.items()}
        bars = [Bar(name, parts[name], number) for name, number in written.items()]
        label = self.said.short("web.insight.picture", self.language, title=title)
        picture = embedded(draw_bars(title, bars, self.look), next(self._number), label)
        heads = (self._say(head), self._say("count"))
        return Table(title, picture, heads, tuple(written.items()))

    def _say(self, name: str, **values: Any) -> str:
        return self.said.short(f"web.answers.{name}", self.language, **values)
