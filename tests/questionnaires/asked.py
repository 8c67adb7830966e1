"""A small questionnaire with everything in it, for tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from content.needs import Starts
from content.questionnairefiles import Lists, read_questionnaire
from content.questionnaires import GridRow, Option, Questionnaire
from content.reading import Document, read_yaml

LISTS = Lists(
    {
        "roles": tuple(
            Option(id=key, label=key.title(), text=f"needs.role.{key}.button")
            for key in ("cook", "driver")
        )
    },
    {"digcomp3": frozenset({"1.1", "1.3"})},
)
PROFILES = {"cook": [GridRow(framework="digcomp3", competence="1.3")]}

HEAD = """\
version: "2"
title: "A test"
short: "A test"
intro: "Hello."
thanks: "Thanks."
minutes: "3"
audience: employer
"""
BODY = """\
sections:
  first:
    title: "First"
    questions:
      size:
        ask: "How big?"
        kind: choice
        options: {small: "Small", large: "Large"}
        needed: "yes"
        prefill: organisation.size
      floors: {ask: "Floors?", kind: number, least: "1", most: "99", when: "size is large"}
      lift: {ask: "A lift?", kind: choice, options: {"yes": "Yes", "no": "No"}, when: "floors > 3"}
      roles: {ask: "Which roles?", kind: several, options_from: roles, has_other: "yes", most: "3"}
  role:
    title: "{item}"
    for_each: roles
    questions:
      people: {ask: "How many?", kind: number, least: "1", needed: "yes"}
      skills: {ask: "Which levels?", kind: grid, rows_from: roles}
      hurry: {ask: "Why so many?", kind: text, most: "20", when: "people > 10 and size is small"}
  last:
    questions:
      happy: {ask: "Happy?", kind: scale, least: "1", most: "5", low: "No", high: "Yes"}
      all: {ask: "Everyone?", kind: grid, rows: {digcomp3: ["1.1", "1.3"]}}
      mail: {ask: "Email?", kind: text, form: email}
      site: {ask: "Site?", kind: text, form: web}
      place: {ask: "Where?", kind: place}
"""


def document(tmp_path: Path, text: str = HEAD + BODY) -> Document:
    path = tmp_path / "test.yaml"
    path.write_text(text, "utf-8")
    return read_yaml(path, tmp_path)


def questionnaire(tmp_path: Path, changes: Mapping[str, str] | None = None) -> Questionnaire:
    text = HEAD + BODY
    for old, new in (changes or {}).items():
        assert re.search(re.escape(old), text), old
        text = text.replace(old, new, 1)
    return read_questionnaire(document(tmp_path, text), LISTS, "test")


def profiles_of(starts: Starts) -> dict[str, list[GridRow]]:
    return {
        key: [GridRow(framework=name, competence=code) for name, code, _ in role.levels()]
        for key, role in starts.roles.items()
    }
