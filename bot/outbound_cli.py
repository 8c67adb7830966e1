"""The command line for all that goes out: `python -m bot outbound`."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.printing import AsJson, print_json
from bot.settings import load_settings

outbound = typer.Typer(
    help="All that goes out: stop it at once, and let it go on.", no_args_is_help=True
)


@outbound.command()
def stop(
    reason: Annotated[str, typer.Option(help="Why; all staff see it. Name no person.")],
) -> None:
    """Stop all that goes out within 2 seconds, in every city and through restarts."""
    from bot.outbound_commands import stop_all

    stop_all(load_settings(), reason)
    typer.echo("Stopped. What was to be sent waits. To go on: python -m bot outbound resume")


@outbound.command()
def resume() -> None:
    """Let messages go out again; what has become too late is left out."""
    from bot.outbound_commands import end_stop

    was = end_stop(load_settings())
    typer.echo("Messages go out again." if was else "Nothing was stopped.")


@outbound.command()
def status(as_json: AsJson = False) -> None:
    """Say whether anything goes out, and what is being sent."""
    from bot.outbound_commands import told

    found = told(load_settings())
    if as_json:
        print_json(found)
        return
    stopped = found["stopped"]
    typer.echo(
        f"Stopped since {stopped['since']}: {stopped['reason']}" if stopped else "Messages go out."
    )
    for run in found["runs"]:
        typer.echo(
            f"{run['city']}: {run['title']}, {run['state']}, {run['done']} of {run['size']} done"
        )
