import stat
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load_settings, secret_key


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_it_runs_with_no_setting_at_all() -> None:
    settings = load_settings()

    assert settings.address == "http://127.0.0.1:8080"
    assert settings.cities == ("all",)
    assert settings.telegram_token is None


def test_names_are_read_from_the_environment_and_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("BOT_PORT=9000\nBOT_CITIES=manchester, derby\n")
    monkeypatch.setenv("BOT_PORT", "9001")

    settings = load_settings()

    assert settings.port == 9001
    assert settings.cities == ("manchester", "derby")


def test_every_setting_says_what_it_means() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [("telegram_token", "12345:secret-canary x".replace(":", "")), ("port", "99999"),
     ("database_url", "mysql://canary"), ("public_url", "canary.example")],
)  # fmt: skip
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**{name: value})

    assert f"BOT_{name.upper()}" in str(caught.value)
    assert "canary" not in str(caught.value)


def test_the_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = load_settings(var_dir=tmp_path / "var")

    first, second = secret_key(settings), secret_key(settings)

    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_a_weak_key_is_refused() -> None:
    with pytest.raises(SettingsError, match="at least 32"):
        secret_key(load_settings(secret_key="short"))


def test_a_webhook_needs_a_public_address() -> None:
    with pytest.raises(SettingsError, match="BOT_PUBLIC_URL"):
        load_settings(telegram_token="123456:abcdef", telegram_mode="webhook")
