"""The command line for frameworks: `python -m bot frameworks`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.printing import AsJson, make, print_json, tell
from bot.settings import load_settings

frameworks = typer.Typer(
    help="Skills frameworks: descriptors by which people say what they can do.",
    no_args_is_help=True,
)

Key = Annotated[str, typer.Argument(help="The framework's id, such as digcomp3.")]
Source = Annotated[
    Path, typer.Argument(help="A folder with framework.yaml, or a sheet: .csv or .xlsx")
]
Version = Annotated[
    str, typer.Option("--version", help="The new version; the next number if left out.")
]


@frameworks.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the frameworks with their versions, and the places that wait for one."""
    from bot.framework_commands import list_frameworks

    rows = list_frameworks(load_settings())
    if as_json:
        print_json(rows)
        return
    for row in rows:
        earlier = f"; earlier: {', '.join(row['earlier'])}" if row["earlier"] else ""
        version = f"version {row['version']}" if row["version"] else "empty"
        typer.echo(f"{row['id']}: {row['title']} ({version}, {row['status']}{earlier})")


@frameworks.command()
def show(
    key: Key,
    version: Annotated[str, typer.Option("--version", help="An earlier version.")] = "",
    as_json: AsJson = False,
) -> None:
    """Print one framework: where it is from, and every sentence with its id."""
    from bot.framework_commands import describe, find_framework

    subject = find_framework(load_settings(), key, version)
    if as_json:
        print_json(subject.model_dump(mode="json"))
        return
    for line in describe(subject):
        typer.echo(line)


@frameworks.command()
def changes(
    key: Key,
    version: Annotated[str, typer.Option("--version", help="An earlier version.")] = "",
    as_json: AsJson = False,
) -> None:
    """Print what a version changed, and why."""
    from bot.framework_commands import find_framework
    from bot.framework_drafts import changes_of, told

    subject = find_framework(load_settings(), key, version)
    found = changes_of(subject)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    for line in told(found):
        typer.echo(line)
    if not found:
        typer.echo(f"{key} {subject.version} does not say what it changed.")


@frameworks.command()
def rounds(as_json: AsJson = False) -> None:
    """List the rounds in which people comment on frameworks."""
    from bot.framework_drafts import list_rounds

    rows = list_rounds(load_settings())
    if as_json:
        print_json(rows)
        return
    for row in rows:
        days = f"{row['opens_on']} to {row['closes_on']}, {row['stage']}"
        heard = f"{row['people']} people, {row['comments']} comments"
        about = f"{row['framework']} {row['version']} in {row['city']}"
        typer.echo(f"{row['id']}: {row['title']} ({about}; {days}; {heard})")


@frameworks.command()
def draft(
    round_id: Annotated[str, typer.Argument(metavar="ROUND", help="The round's id.")],
    folder: Annotated[Path, typer.Argument(help="A folder to make.")],
) -> None:
    """Write the next draft out of a round, as a folder that check and replace take."""
    from bot.framework_drafts import write_draft

    for line in write_draft(load_settings(), round_id, folder):
        typer.echo(line)


@frameworks.command()
def template(
    path: Annotated[Path, typer.Argument(help="A folder to make, or a sheet: .csv or .xlsx")],
    like: Annotated[
        str,
        typer.Option(
            "--from", help="What to begin with; the one it is for, or sectors-draft, if left out."
        ),
    ] = "",
    key: Annotated[
        str, typer.Option("--for", help="Which framework it is for; a new one if left out.")
    ] = "",
    xlsx: Annotated[
        bool, typer.Option("--xlsx", help="In a folder: the sheet as XLSX instead of CSV.")
    ] = False,
) -> None:
    """Write a framework to fill in: as a folder with a sheet, or as the sheet alone."""
    from bot.framework_commands import write_framework_template

    following = write_framework_template(load_settings(), path, like, key, is_xlsx=xlsx)
    typer.echo(f"Written: {path}")
    typer.echo(following)


@frameworks.command()
def check(
    source: Source,
    key: Annotated[
        str, typer.Option("--for", help="Which framework it is for; the source's name if left out.")
    ] = "",
    version: Version = "",
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with a framework and what would change; nothing is changed."""
    from bot.framework_commands import changing

    with changing(load_settings(), key or source.stem.casefold(), source, version) as change:
        tell(change, as_json=as_json)


@frameworks.command()
def add(key: Key, source: Source, version: Version = "", as_json: AsJson = False) -> None:
    """Add a framework that is not there yet, or fill a place that waits for one."""
    _change(key, source, version, as_json=as_json, is_new=True, is_sure=True)


@frameworks.command()
def replace(
    key: Key,
    source: Source,
    version: Version = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a new version in the place of a framework; earlier results keep the old one's words."""
    _change(key, source, version, as_json=as_json, is_new=False, is_sure=yes)


def _change(
    key: str, source: Path, version: str, *, as_json: bool, is_new: bool, is_sure: bool
) -> None:
    from bot.framework_commands import changing

    with changing(load_settings(), key, source, version, is_new=is_new) as change:
        make(change, as_json=as_json, is_sure=is_sure)
