"""`python -m bot content history | publish | rollback`, and what `doctor` says of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import content_commands, doctor
from bot.app import build_app
from bot.content_commands import go_back, list_versions, publish_file
from bot.errors import BotError, SettingsError
from bot.settings import Settings, load_settings
from bot.work.publishing import workshop
from tests.support.here_workshop import HereWorkshop
from tests.support.small_content import small_content

MENU = "text/menu.yaml"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    for module in (content_commands, workshop):
        monkeypatch.setattr(module, "Workshop", HereWorkshop)
    folder = small_content(tmp_path / "content")
    return load_settings(content_dir=folder, cities="manchester", sample_data="off", port=0)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def make(words: str) -> Path:
        path = tmp_path / "new.yaml"
        path.write_text(words, encoding="utf-8")
        return path

    return make


def test_a_file_is_tried_published_and_taken_back(
    settings: Settings, write: Callable[[str], Path]
) -> None:
    new = write('menu.ask: "And now?"\n')
    tried = publish_file(settings, MENU, new, "Plainer", is_dry_run=True)
    assert tried.is_well
    assert list_versions(settings) == []
    done = publish_file(settings, MENU, new, "Plainer")
    assert done.lines[-1] == "Published as version 1."
    back = go_back(settings, 0, "As it was")
    assert (back.is_well, back.lines) == (True, ("Version 0 is in use again, as version 2.",))

    assert [(one["number"], one["reason"], one["back_to"]) for one in list_versions(settings)] == [
        (2, "As it was", 0),
        (1, "Plainer", None),
    ]


@pytest.mark.parametrize(
    ("path", "words", "told"),
    [
        (MENU, 'menu.ask: "Hello {bob}"\n', "nothing fills it in here"),
        (MENU, "  ", "This file is empty."),
        ("sources.yaml", "x: y\n", "cannot be changed here"),
    ],
)
def test_what_cannot_go_live_is_told_and_leaves_nothing(
    settings: Settings, write: Callable[[str], Path], path: str, words: str, told: str
) -> None:
    done = publish_file(settings, path, write(words), "Why")

    assert not done.is_well
    assert any(told in line for line in done.lines), done.lines
    assert list_versions(settings) == []
    again = publish_file(settings, MENU, write('menu.ask: "And now?"\n'), "Why")
    assert again.is_well, "no draft was left behind"


def test_a_reason_a_file_and_a_version_have_to_be_there(
    settings: Settings, tmp_path: Path, write: Callable[[str], Path]
) -> None:
    with pytest.raises(SettingsError, match="reason"):
        publish_file(settings, MENU, write("a: b"), " ")
    with pytest.raises(SettingsError, match="no file"):
        publish_file(settings, MENU, tmp_path / "nowhere.yaml", "Why")
    with pytest.raises(BotError, match="no version 7"):
        go_back(settings, 7, "Why")
    assert go_back(settings, 0, "Why").lines == (
        "There is nothing to publish: it is what is in use already.",
    )


def _found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(doctor, "load_settings", lambda: settings)
    return [one for one in doctor.examine() if one.what.startswith("Published content")]


async def test_what_no_longer_fits_is_told_and_the_start_goes_on(
    settings: Settings, write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = "text/web_content.yaml"
    publish_now = write('web.content.translations.in: "In {spoken}"\n')
    monkeypatch.setattr("bot.app.Workshop", HereWorkshop)
    done = await _in_thread(lambda: publish_file(settings, pages, publish_now, "Why"))
    assert done.is_well
    assert [one.level for one in _found(settings, monkeypatch)] == ["ok"]
    file = settings.content_dir / pages
    file.write_text(file.read_text().replace('"Into {spoken}"', '"Into another"'))
    problem = _found(settings, monkeypatch)[0]
    assert problem.is_problem
    assert "web.content.translations.in" in problem.what
    app = build_app(settings)
    await app.start()

    assert app.content.current.words.short("web.content.translations.in") == "Into another"
    assert app.publication.refusal is not None
    await app.stop()


async def _in_thread(work: Callable[[], Any]) -> Any:
    import asyncio

    return await asyncio.to_thread(work)
