"""The engines one would take from the shelf, each with the same correction of words in front."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Protocol

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.courses import Course
from bot.courses.search.words import words_of


class Engine(Protocol):
    """Something that answers a line of text with titles' numbers, best first."""

    name: str

    def search(self, text: str) -> Sequence[int]: ...


class Corrector:
    """Unknown words become the nearest word of the catalogue; remembered once found."""

    def __init__(self, courses: Sequence[Course]) -> None:
        found = {
            word
            for course in courses
            for word in words_of(f"{course.title} {' '.join(course.subjects)}")
        }
        self._words = sorted(found)
        self._known = frozenset(found)
        self._seen: dict[str, str] = {}

    def words(self, text: str) -> list[str]:
        return [self._right(word) for word in words_of(text)]

    def _right(self, word: str) -> str:
        if word in self._known or len(word) < 4 or not word.isalpha():
            return word
        if word not in self._seen:
            best = process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=2)
            self._seen[word] = best[0] if best else word
        return self._seen[word]


class Fts5:
    """SQLite's full text search with its Porter stemmer, title x3."""

    name = "FTS5 + correction"

    def __init__(self, courses: Sequence[Course], corrector: Corrector) -> None:
        self._corrector = corrector
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "create virtual table c using fts5(title, subject, body, tokenize='porter')"
        )
        self._db.executemany(
            "insert into c(rowid, title, subject, body) values (?, ?, ?, ?)",
            (
                (n, c.title, " ".join(c.subjects), f"{c.summary} {c.description}")
                for n, c in enumerate(courses)
            ),
        )

    def search(self, text: str) -> Sequence[int]:
        words = " OR ".join(f'"{word}"' for word in self._corrector.words(text))
        if not words:
            return []
        query = "select rowid from c where c match ? order by bm25(c, 3, 1, 0.5) limit 10"
        return [row[0] for row in self._db.execute(query, (words,))]


class Tantivy:
    """tantivy with its English stemmer."""

    name = "tantivy + correction"

    def __init__(self, courses: Sequence[Course], corrector: Corrector) -> None:
        self._corrector = corrector
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True)
        for field in ("title", "subject", "body"):
            builder.add_text_field(field, tokenizer_name="en_stem")
        self._index = tantivy.Index(builder.build())
        writer = self._index.writer(heap_size=60_000_000, num_threads=1)
        for number, course in enumerate(courses):
            writer.add_document(
                tantivy.Document(
                    number=number,
                    title=course.title,
                    subject=" ".join(course.subjects),
                    body=f"{course.summary} {course.description}",
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, text: str) -> Sequence[int]:
        words = " ".join(word for word in self._corrector.words(text) if word.isalnum())
        if not words:
            return []
        boosts = {"title": 3.0, "subject": 1.0, "body": 0.5}
        query, _ = self._index.parse_query_lenient(words, list(boosts), field_boosts=boosts)
        searcher = self._index.searcher()
        return [int(searcher.doc(at)["number"][0]) for _, at in searcher.search(query, 10).hits]
