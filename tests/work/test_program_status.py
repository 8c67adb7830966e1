"""Staff see the settings of the program, and no secret among them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.program_status import ProgramStatus
from bot.settings import Settings
from content.load import LiveContent, load

CANARY = "canary-secret-canary-secret-canary"


@pytest.fixture
def status(tmp_path: Path) -> ProgramStatus:
    settings = Settings(
        _env_file=None,
        database_url=f"postgresql://me:{CANARY}@db.example/bot",
        telegram_token=SecretStr(f"123:{CANARY}"),
        telegram_api_url=f"https://user:{CANARY}@bots.example/x",
        secret_key=SecretStr(CANARY),
        feed_hosts=("one.example", "two.example"),
        var_dir=tmp_path,
    )
    return ProgramStatus(settings, LiveContent(load(cities={"derby"})))


def test_no_secret_is_shown(status: ProgramStatus) -> None:
    shown = {one.name: one.value for one in status.settings()}

    assert CANARY not in repr(status.settings()) + repr(status.versions())
    assert shown["BOT_TELEGRAM_TOKEN"] == shown["BOT_SECRET_KEY"] == "***"
    assert shown["BOT_DATABASE_URL"] == "postgresql"
    assert shown["BOT_TELEGRAM_API_URL"] == "https://bots.example/x"
    assert shown["BOT_FEED_HOSTS"] == "one.example, two.example"
    assert all(one.meaning for one in status.settings())


async def test_what_the_doctor_finds_is_told(
    status: ProgramStatus, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Settings] = []

    def examine(settings: Settings) -> list[object]:
        from bot.doctor import Finding

        seen.append(settings)
        return [Finding("note", "Keys: none yet", "They come.")]

    monkeypatch.setattr("bot.doctor.examine", examine)
    [line] = await status.health()

    assert (line.level, line.what, line.mend) == ("note", "Keys: none yet", "They come.")
    assert [one.var_dir for one in seen] == [status._settings.var_dir]
