"""The command line for questionnaires: `python -m bot questionnaires`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.printing import AsJson, make, print_json, tell
from bot.settings import load_settings

questionnaires = typer.Typer(
    help="Questionnaires: what employers, providers and learners are asked.",
    no_args_is_help=True,
)

Key = Annotated[str, typer.Argument(help="The questionnaire's id, such as quick-needs.")]
Source = Annotated[Path, typer.Argument(help="A file: .yaml, .csv or .xlsx")]
PageFile = Annotated[
    Path | None,
    typer.Option("--page", help="Write an HTML page with every question in every language."),
]


@questionnaires.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the questionnaires with their versions."""
    from bot.questionnaire_commands import list_questionnaires

    rows = list_questionnaires(load_settings())
    if as_json:
        print_json(rows)
        return
    for row in rows:
        earlier = f"; earlier: {', '.join(map(str, row['earlier']))}" if row["earlier"] else ""
        facts = f"version {row['version']}, for each {row['audience']}{earlier}"
        asks = f"{row['questions']} questions, about {row['minutes']} minutes"
        typer.echo(f"{row['id']}: {row['title']} ({facts}; {asks})")


@questionnaires.command()
def show(
    key: Key,
    language: Annotated[str, typer.Option(help="A language's code.")] = "en",
    version: Annotated[int, typer.Option("--version", help="An earlier version.")] = 0,
    page: PageFile = None,
    as_json: AsJson = False,
) -> None:
    """Print every question as people see it, with what decides whether it is asked."""
    from bot.questionnaire_commands import describe, previews_of, show_questionnaire

    if page is not None:
        _write_page(page, previews_of(load_settings(), key))
        return
    shown = show_questionnaire(load_settings(), key, language, version)
    if as_json:
        print_json(asdict(shown))
        return
    for line in describe(shown):
        typer.echo(line)


@questionnaires.command()
def template(
    path: Annotated[Path, typer.Argument(help="The file to write: .yaml, .csv or .xlsx")],
    like: Annotated[
        str, typer.Option("--from", help="What to begin with; quick-needs if left out.")
    ] = "",
    empty: Annotated[bool, typer.Option("--empty", help="An empty sheet (.xlsx).")] = False,
) -> None:
    """Write a questionnaire to change, or an empty sheet to fill in."""
    from bot.questionnaire_commands import write_questionnaire_template

    following = write_questionnaire_template(load_settings(), path, like, is_empty=empty)
    typer.echo(f"Written: {path}")
    typer.echo(following)


@questionnaires.command()
def check(
    source: Source,
    key: Annotated[str, typer.Option("--for", help="Its id; the file's name if left out.")] = "",
    page: PageFile = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with a questionnaire and what would change; nothing is changed."""
    from bot.questionnaire_commands import changing

    with changing(load_settings(), key or source.stem.casefold(), source) as change:
        previews = change.previews() if page is not None else []
        if page is not None and previews:
            _write_page(page, previews)
        tell(change, as_json=as_json)


@questionnaires.command()
def add(key: Key, source: Source, as_json: AsJson = False) -> None:
    """Add a questionnaire that is not there yet."""
    _change(key, source, as_json=as_json, is_new=True, is_sure=True)


@questionnaires.command()
def replace(
    key: Key,
    source: Source,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a changed questionnaire in the place of one; what was asked before is kept."""
    _change(key, source, as_json=as_json, is_new=False, is_sure=yes)


def _change(key: str, source: Path, *, as_json: bool, is_new: bool, is_sure: bool) -> None:
    from bot.questionnaire_commands import changing

    with changing(load_settings(), key, source, is_new=is_new) as change:
        make(change, as_json=as_json, is_sure=is_sure)
        address = change.address()
    if not as_json:
        typer.echo(f"People answer it at {address}")
        typer.echo("For translations of its words: python -m bot content extract")


def _write_page(page: Path, previews: list[Any]) -> None:
    from bot.questionnaires.page import preview_page

    page.write_text(preview_page(previews), encoding="utf-8")
    typer.echo(f"Written: {page}", err=True)
