"""The command line for published content: `python -m bot content history | publish | rollback`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.printing import FAULTY, AsJson, print_json
from bot.settings import load_settings

content = typer.Typer(help="Words, cities and other content.", no_args_is_help=True)

Reason = Annotated[str, typer.Option(help="Why, in one sentence; it stands in the history.")]


@content.command()
def history(as_json: AsJson = False) -> None:
    """List what staff published over the content that the program came with."""
    from bot.content_commands import list_versions

    found = list_versions(load_settings())
    if as_json:
        print_json(found)
        return
    for one in found:
        back = f"; back to version {one['back_to']}" if one["back_to"] is not None else ""
        who = one["by"] or "the command line"
        typer.echo(f"{one['number']}  {one['at']}  by {who}: {one['reason']}{back}")
        for path in one["changed"]:
            typer.echo(f"   {path}")
    if not found:
        typer.echo("Nothing was published yet.")


@content.command()
def publish(
    path: Annotated[str, typer.Argument(help="Which file it is, such as text/menu.yaml.")],
    file: Annotated[Path, typer.Argument(help="The new file: .yaml, .csv, .po or .xlsx.")],
    reason: Reason,
    is_dry_run: Annotated[bool, typer.Option("--dry-run", help="Only try it.")] = False,
) -> None:
    """Try all content with a new file in it, and publish it; running bots take it in seconds."""
    from bot.content_commands import publish_file

    done = publish_file(load_settings(), path, file, reason, is_dry_run=is_dry_run)
    for line in done.lines:
        typer.echo(line)
    if not done.is_well:
        raise typer.Exit(FAULTY)


@content.command()
def rollback(
    number: Annotated[int, typer.Argument(help="The version; 0 is what the program came with.")],
    reason: Reason,
    is_sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Go back to an earlier version; what was published since stays in the history."""
    from bot.content_commands import go_back

    if not is_sure:
        typer.confirm(f"Let version {number} go live again?", abort=True)
    done = go_back(load_settings(), number, reason)
    for line in done.lines:
        typer.echo(line)
    if not done.is_well:
        raise typer.Exit(FAULTY)
