"""The command line: `python -m bot`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.badge_commands import badges
from bot.content_cli import content
from bot.errors import BotError, Refused
from bot.framework_cli import frameworks
from bot.outbound_cli import outbound
from bot.printing import AsJson, print_json
from bot.questionnaire_cli import questionnaires
from bot.settings import Settings, load_settings
from bot.work.collector import rest_collector

REFUSED = 2
STOPPED = 3

cli = typer.Typer(
    help="The assistant that a learning city gives its people, on Telegram and as a web chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
courses = typer.Typer(help="The catalogue of courses.", no_args_is_help=True)
staff = typer.Typer(help="The people who run the bot.", no_args_is_help=True)
person = typer.Typer(help="One person's own record.", no_args_is_help=True)
for name, group in {
    "courses": courses, "staff": staff, "content": content, "person": person,
    "frameworks": frameworks, "badges": badges, "questionnaires": questionnaires,
    "outbound": outbound,
}.items():  # fmt: skip
    cli.add_typer(group, name=name)

City = Annotated[str, typer.Option("--city", help="A city's id, such as manchester.")]


@cli.command()
def run() -> None:
    """Start the bot and serve until Ctrl-C or SIGTERM."""
    rest_collector()
    from bot.serving import serve

    raise SystemExit(serve(_settings()))


@cli.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what is configured, what is missing and how to mend it."""
    from bot.doctor import examine

    findings = examine()
    if as_json:
        print_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            print(finding)
    if any(finding.is_problem for finding in findings):
        raise typer.Exit(1)


@courses.command("import")
def import_(
    source: Annotated[str, typer.Argument(help="A file, or an address that begins with https://")],
    city: City,
    provider: Annotated[str, typer.Option(help="Whose courses these are.")],
    venues: Annotated[
        Path | None, typer.Option(help="The venues file that goes with a course file.")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="Say what would change and store nothing.")] = False,
    allow_withdrawals: Annotated[
        bool, typer.Option(help="Go on even if more than 40 % of the courses would go.")
    ] = False,
    fetched_from: Annotated[
        str, typer.Option(hidden=True, help="The address that the file was fetched from.")
    ] = "",
    withdraw_at_most: Annotated[
        int, typer.Option(hidden=True, help="So many courses may go, whatever share that is.")
    ] = 0,
    run: Annotated[str, typer.Option(hidden=True, help="The run that it belongs to.")] = "",
    as_json: AsJson = False,
) -> None:
    """Bring a provider's courses into the catalogue; doing it twice changes nothing."""
    from bot.commands import Tools

    with Tools(_settings()) as tools:
        report = tools.import_courses(
            source,
            city=city,
            provider=provider,
            venues=venues,
            fetched_from=fetched_from,
            is_dry_run=dry_run,
            allows_withdrawals=allow_withdrawals,
            withdraw_at_most=withdraw_at_most,
            run=run,
            is_quiet=as_json,
        )
        if as_json:
            print_json(report.to_json(tools.say))
        else:
            print(tools.explain_import(report))
        if report.is_stopped:
            raise typer.Exit(STOPPED)


@courses.command()
def template(
    path: Annotated[Path, typer.Argument(help="The file to write: .csv or .xlsx")],
) -> None:
    """Write an empty sheet that a provider can fill in."""
    from bot.commands import write_template

    write_template(path, _settings())
    print(f"Written: {path}")


@courses.command()
def refresh(as_json: AsJson = False) -> None:
    """Fetch every feed again that has an address, now."""
    from bot.commands import Tools

    with Tools(_settings()) as tools:
        refreshed = tools.refresh_feeds()
    if as_json:
        print_json(refreshed)
    else:
        print(f"Feeds refreshed: {len(refreshed)}")


@staff.command()
def invite(
    role: Annotated[
        str, typer.Option(help="editor, approver, analyst, liaison, admin, provider or employer.")
    ] = "admin",
    provider: Annotated[
        str, typer.Option(help="Of a provider: the organisation, as its courses name it.")
    ] = "",
    city: Annotated[
        list[str] | None, typer.Option(help="For this city; may be repeated. All if left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print a link with which one person becomes a member of staff, or a provider."""
    from bot.commands import Tools

    with Tools(_settings()) as tools:
        links = tools.invite(role, tuple(city or ()), provider)
        is_new, alike = tools.has_no_courses(provider, tuple(city or ()))
    if as_json:
        print_json(links)
        return
    if is_new:
        print(f"No course names {provider!r} yet, so they can give no badges before one does.")
        if alike:
            print(f"  There is: {', '.join(alike)}. Another spelling is another organisation.")
    print("Give this to the one person it is for. It works once, within 7 days.")
    for label, link in links.items():
        print(f"  {label}: {link}")


@staff.command("list")
def list_staff(
    city: Annotated[
        list[str] | None, typer.Option(help="Of this city; may be repeated. All if left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print who has which role, with the ids that `staff revoke` takes."""
    from bot.commands import Tools

    with Tools(_settings()) as tools:
        found = tools.list_staff(tuple(city or ()))
    if as_json:
        print_json(found)
        return
    if not found:
        print("Nobody has a role. `staff invite` prints a link.")
    for one in found:
        where = one["city"] or "every city"
        of = f" of {one['provider']}" if one["provider"] else ""
        print(f"{one['person']}  {one['role']}{of}, {where}, since {one['since']}")


@staff.command()
def revoke(
    who: Annotated[
        str, typer.Argument(help="A person's id, or channel:address such as telegram:123456.")
    ],
    role: Annotated[str, typer.Option(help="The role, as `staff list` names it.")],
    city: Annotated[str, typer.Option(help="Its city. Left out: a role for every city.")] = "",
    provider: Annotated[str, typer.Option(help="Of a provider: the organisation.")] = "",
) -> None:
    """Take a role back at once; they are signed out, and their class codes end."""
    from bot.commands import Tools

    with Tools(_settings()) as tools:
        tools.revoke(who, role, city, provider)
    print("Taken back.")


@content.command()
def check(as_json: AsJson = False) -> None:
    """Check every content file; name file, line and field of what is wrong."""
    from bot.commands import check_content

    raise SystemExit(check_content(_settings(), as_json=as_json))


@content.command()
def preview(
    text_id: Annotated[str, typer.Argument(help="A text id, or the beginning of some.")] = "",
    language: Annotated[str, typer.Option(help="A language's code.")] = "en",
    page: Annotated[
        Path | None, typer.Option(help="Write one HTML page with all texts in all languages.")
    ] = None,
) -> None:
    """Print texts as people read them, or write them all on one page."""
    from bot.commands import preview_content, write_preview

    if page is not None:
        write_preview(page, _settings())
        print(f"Wrote {page}.")
        return
    for line in preview_content(_settings(), text_id, language):
        print(line)


@content.command()
def extract() -> None:
    """Bring the translators' PO files up to the English texts."""
    from bot.commands import extract_texts

    for line in extract_texts(_settings()):
        print(line)


Who = Annotated[
    str, typer.Argument(help="A person's id, or channel:address such as telegram:123456.")
]


@person.command()
def export(who: Who, path: Annotated[Path | None, typer.Option("--to")] = None) -> None:
    """Write everything that is kept about one person, as JSON."""
    from bot.commands import Tools

    with Tools(_settings()) as tools:
        found = json.dumps(tools.export_person(who), ensure_ascii=False, indent=2)
    if path is None:
        print(found)
    else:
        path.write_text(found + "\n", encoding="utf-8")
        print(f"Written: {path}")


@person.command()
def erase(
    who: Who, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False
) -> None:
    """Delete everything that is kept about one person, at once and for good."""
    from bot.commands import Tools

    if not yes:
        typer.confirm("Delete everything about this person? It cannot be undone.", abort=True)
    with Tools(_settings()) as tools:
        tools.erase_person(who)
    print("Deleted.")


@cli.command()
def backup(
    path: Annotated[Path | None, typer.Argument(help="The file to write.")] = None,
) -> None:
    """Copy the whole database to a file while the bot runs (SQLite)."""
    from bot.work.backups import back_up

    print(f"Written: {back_up(_settings().database_url, path)}")


@cli.command()
def restore(
    path: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of the database; the present one is kept beside it."""
    from bot.work.backups import bring_back

    if not yes:
        typer.confirm("Replace the present database by this backup?", abort=True)
    kept = bring_back(_settings().database_url, path)
    print(f"Restored. The database from before is kept as {kept}." if kept else "Restored.")


def _settings() -> Settings:
    return load_settings()


def _fail(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    raise SystemExit(code)


def main() -> None:
    """Run the command line; what goes wrong on purpose is said in one line."""
    try:
        cli()
    except Refused as error:
        _fail(f"Refused: {error.text_id}", REFUSED)
    except BotError as error:
        _fail(str(error), REFUSED)


if __name__ == "__main__":
    main()
