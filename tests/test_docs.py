"""The manuals name what there is, and only what there is."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

import bot.errors
import bot.flows
from bot.__main__ import cli
from bot.conversation import Flow, collect_flows
from bot.errors import BotError
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
        *DOCS.rglob("*.md"),
        *(ROOT / "changes").glob("*.md"),
    ]
)
LINK = re.compile(r"!?\[[^\]]{0,300}\]\(([^)\s#]{1,300})")


def read(page: Path) -> str:
    return page.read_text("utf-8")


EVERYTHING = "\n".join(read(page) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_between_files_leads_somewhere(page: Path) -> None:
    examples = re.sub(r"`[^`\n]*`", "", re.sub(r"```.*?```", "", read(page), flags=re.DOTALL))
    links = [link for link in LINK.findall(examples) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_of_the_docs_is_led_to() -> None:
    for page in DOCS.glob("*.md"):
        assert f"docs/{page.name}" in read(ROOT / "README.md"), f"README names no {page.name}"
    for record in (DOCS / "decisions").glob("0*.md"):
        assert re.match(r"# (0*\d+)[.:] ", read(record)), record.name


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_manual_with_its_default(name: str) -> None:
    lines = read(DOCS / "operations.md").splitlines()
    row = next((line for line in lines if f"`BOT_{name.upper()}`" in line), "")
    assert row, f"docs/operations.md lacks BOT_{name.upper()}"
    default = Settings.model_fields[name].default
    if isinstance(default, str | int) and not isinstance(default, bool) and default:
        shown = "Telegram's own" if name == "telegram_api_url" else f"`{default}`"
        assert shown in row


def test_the_manual_names_no_setting_that_there_is_not() -> None:
    named = set(re.findall(r"`BOT_([A-Z_]+)`", read(DOCS / "operations.md")))
    assert {name.lower() for name in named} == set(Settings.model_fields)


def commands() -> list[str]:
    found: list[str] = []

    def gather(command: Any, words: str) -> None:
        below = getattr(command, "commands", None)
        for name, one in (below or {}).items():
            gather(one, f"{words} {name}".strip())
        if below is None:
            found.append(words)

    gather(typer.main.get_command(cli), "")
    return sorted(found)


@pytest.mark.parametrize("words", commands())
def test_every_command_is_in_the_docs(words: str) -> None:
    assert words in EVERYTHING


@pytest.mark.parametrize("flow", tuple(collect_flows(bot.flows)), ids=lambda flow: flow.name)
def test_every_flow_is_in_the_docs_with_what_begins_it(flow: Flow) -> None:
    rows = [line for line in read(DOCS / "flows.md").splitlines() if line.startswith("| `")]
    row = next((row for row in rows if f"`{flow.name}`" in row.split("|")[1]), "")
    assert row, f"docs/flows.md lacks {flow.name}"
    for command in flow.commands:
        assert f"/{command}" in row
    for link in flow.deep_links:
        assert f"{link}_" in row or link == "find"


def errors() -> list[str]:
    return sorted(
        name
        for name, value in vars(bot.errors).items()
        if isinstance(value, type) and issubclass(value, BotError)
    )


@pytest.mark.parametrize("name", errors())
def test_every_error_is_in_the_tree_and_in_the_docs(name: str) -> None:
    assert name in (bot.errors.__doc__ or "")
    assert f"`{name}`" in read(DOCS / "architecture.md")


# -- what others made ------------------------------------------------------------------------

NOTICE = " ".join(read(ROOT / "NOTICE").split())


def test_every_source_of_facts_is_credited() -> None:
    sources = yaml.safe_load(read(ROOT / "content" / "sources.yaml"))
    for key, source in sources.items():
        first_publisher = re.split("[;,]", source["publisher"])[0]
        assert first_publisher in NOTICE, f"NOTICE does not credit {key}"
    assert "Contains OS data (c) Crown copyright and database right 2025" in NOTICE
    assert "Contains Royal Mail data (c) Royal Mail copyright and database right 2025" in NOTICE


SHORT_LICENCES = re.compile(r"\b(MIT|BSD|ISC|0BSD|Unlicense|Zlib|CC0)\b")
ASKS_TO_BE_NAMED = re.compile(r"Apache|LGPL|GPL|MPL|Mozilla|PSF|Python Software Foundation")


def licence_of(name: str) -> str:
    known: Any = metadata.metadata(name)
    classified = [line for line in known.get_all("Classifier") or [] if "License" in line]
    stated = known.get("License-Expression") or " ".join(classified) or known.get("License")
    return stated or written_licence_of(name)


def written_licence_of(name: str) -> str:
    """Return the licence's name where a library ships its words and nothing else."""
    shipped = [one for one in metadata.files(name) or () if one.name.startswith("LICENSE")]
    words = " ".join(one.read_text() for one in shipped)
    return "MIT" if "Permission is hereby granted, free of charge" in words else ""


def test_every_library_whose_licence_asks_for_it_is_named() -> None:
    lock = read(ROOT / "requirements.lock")
    unnamed, unknown = [], []
    for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", lock, re.MULTILINE):
        try:
            licence = licence_of(name)
        except metadata.PackageNotFoundError:  # not for this machine
            continue
        if ASKS_TO_BE_NAMED.search(licence):
            if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", NOTICE):
                unnamed.append(name)
        elif not SHORT_LICENCES.search(licence):
            unknown.append((name, licence))
    assert (unnamed, unknown) == ([], [])
