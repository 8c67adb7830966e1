"""The command line for badges: `python -m bot badges`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import SettingsError
from bot.printing import AsJson, print_json
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.badges.keyfolder import KeyFolder
    from bot.badges.keys import KeyRing

badges = typer.Typer(help="Badges: the keys that sign them.", no_args_is_help=True)

Issuer = Annotated[
    str,
    typer.Option("--city", help="A city's id; `host` for the keys of what other people confirm."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@badges.command()
def keys(city: Issuer, as_json: AsJson = False) -> None:
    """List the pairs of keys of a city, the newest first; the newest signs."""
    told = _told(_folder(city).ring(city, _now()))
    if as_json:
        print_json(told)
        return
    for pair in told:
        state = f"leaked, said {pair['leaked_at']}" if pair["leaked_at"] else "good"
        print(f"{pair['name']}  made {pair['made_at']}  {state}")  # noqa: T201


@badges.command()
def rotate(city: Issuer) -> None:
    """Make new keys that sign from now on; badges that were signed before stay good."""
    pair = _folder(city).rotate(city, _now())
    print(f"{city}: {pair.name} signs from now on. Back the keys up: badges back-up FILE")  # noqa: T201


@badges.command()
def leaked(
    name: Annotated[str, typer.Argument(help="Which pair, as `badges keys` names it.")],
    city: Issuer,
    yes: Yes = False,
) -> None:
    """Say that somebody else has a pair of keys, and have all that it signed signed anew.

    Copies that people hold stop counting. Each badge keeps its address, its day and its end; the
    running bot signs it with new keys within minutes.
    """
    from bot.badges.addresses import HOST_ISSUER
    from bot.commands import Tools

    folder = _folder(city)
    folder.require(city, name, _now())
    if not yes:
        typer.confirm(
            f"Nothing that {city}'s {name} signed will count any more. Go on?", abort=True
        )
    folder.mark_leaked(city, name, _now())
    with Tools(load_settings()) as tools:

        def sign_again(unit: Any) -> int:
            unit.status_lists.sign_again(city)
            unit.audit.record("badges.key_leaked", subject=name, city=city)
            if city == HOST_ISSUER:
                return int(unit.badges.sign_confirmed_again())
            return int(unit.badges.sign_again(city, name))

        count = tools.database.write_now(sign_again)
    current = folder.ring(city, _now()).current.name
    print(f"{city}: {name} is withdrawn and {current} signs. Badges to be signed anew: {count}")  # noqa: T201


@badges.command("back-up")
def back_up(
    path: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")],
) -> None:
    """Copy all keys to one file that only you can read. Keep it apart from the database's copy."""
    _folder().back_up(path)
    print(f"Written: {path}. Whoever has it can sign badges in your name.")  # noqa: T201


def _folder(city: str = "") -> KeyFolder:
    from bot.badges.addresses import HOST_ISSUER, Addresses
    from bot.badges.keyfolder import KeyFolder
    from bot.loading import load_content
    from bot.work.badges import KEYS

    settings = load_settings()
    if city not in ("", HOST_ISSUER) and city not in (known := load_content(settings).cities):
        raise SettingsError(f"There is no city {city!r}. There are: {', '.join(sorted(known))}.")
    return KeyFolder(settings.var_dir / KEYS, Addresses(settings.address))


def _told(ring: KeyRing) -> list[dict[str, str]]:
    return [
        {
            "name": pair.name,
            "made_at": pair.made_at.isoformat(timespec="seconds"),
            "leaked_at": pair.leaked_at.isoformat(timespec="seconds") if pair.leaked_at else "",
        }
        for pair in ring.pairs
    ]


def _now() -> datetime:
    return datetime.now(UTC)
