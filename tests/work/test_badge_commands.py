"""The command line for badges: keys are listed, rotated, withdrawn and backed up."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.badges.held import Endorser, NewAward, SignedBadge
from bot.badges.planning import About
from bot.badges.records import Signed
from bot.doctor import examine
from bot.errors import NotFound, SettingsError
from storage import Database, Unit


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_CITIES", "derby")
    monkeypatch.setenv("BOT_PUBLIC_URL", "https://bot.example.org")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["badges", *words], catch_exceptions=False)


def pairs() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(run("keys", "--city", "derby", "--json").output)
    return told


def numbers() -> list[str]:
    return [pair["name"].partition("-")[2] for pair in pairs()]


def test_keys_are_made_listed_and_rotated(folder: Path) -> None:
    assert numbers() == ["1"]
    assert "signs from now on" in run("rotate", "--city", "derby").output
    assert numbers() == ["2", "1"]
    assert "good" in run("keys", "--city", "derby").output
    assert (folder / "var/keys/derby/ring.json").stat().st_mode & 0o077 == 0


def test_a_city_that_is_not_there_has_no_keys(folder: Path) -> None:
    with pytest.raises(SettingsError, match="derby"):
        run("keys", "--city", "atlantis")
    assert not (folder / "var/keys/atlantis").exists()
    assert run("keys", "--city", "host").exit_code == 0


def test_a_leaked_pair_is_withdrawn_and_its_badges_wait_to_be_signed_anew(folder: Path) -> None:
    (pair,) = pairs()
    Database.migrate(f"sqlite:///{folder}/var/bot.db")
    database = Database.open(f"sqlite:///{folder}/var/bot.db")

    def award(unit: Unit) -> None:
        unit.badges.award(NewAward("p", "derby", "pledge", About()))
        (job,) = unit.badges.claim(5, unit.now + timedelta(minutes=1))
        signed = Signed(b"{}", "x", pair["name"])
        unit.badges.store([SignedBadge(job.id, signed, "k", "1", "en", False)])

    database.write_now(award)
    database.close()
    assert run("leaked", pair["name"], "--city", "derby").exit_code == 1  # nobody said yes
    assert pairs()[0]["leaked_at"] == ""
    result = run("leaked", pair["name"], "--city", "derby", "--yes")
    assert "signed anew: 1" in result.output
    newest, oldest = pairs()
    assert (newest["leaked_at"], bool(oldest["leaked_at"])) == ("", True)
    database = Database.open(f"sqlite:///{folder}/var/bot.db")
    assert database.read_now(lambda unit: unit.badges.is_waiting())
    assert [
        entry.action for entry in database.read_now(lambda u: u.audit.list_latest("derby"))
    ] == ["badges.key_leaked"]
    database.close()
    for said in (["--yes"], []):  # nobody is asked about keys that are not there
        with pytest.raises(NotFound, match=newest["name"]):
            run("leaked", "1999-1", "--city", "derby", *said)


def test_after_a_leak_of_the_hosts_keys_what_was_confirmed_is_signed_anew(folder: Path) -> None:
    assert run("keys", "--city", "host").exit_code == 0
    Database.migrate(f"sqlite:///{folder}/var/bot.db")
    database = Database.open(f"sqlite:///{folder}/var/bot.db")

    def award(unit: Unit) -> None:
        endorser = Endorser("e", "Library", "I saw it.", unit.now)
        for about, endorsers in (("1", (endorser,)), ("2", ())):
            unit.badges.award(NewAward("p", "derby", "x", About(about), endorsers=endorsers))
        for job in unit.badges.claim(5, unit.now + timedelta(minutes=1)):
            signed = Signed(b"{}", "x", "2026-1")
            unit.badges.store([SignedBadge(job.id, signed, "k", "1", "en", False)])

    database.write_now(award)
    database.close()
    (name,) = re.findall(r"^[0-9-]+", run("keys", "--city", "host").output)
    assert "signed anew: 1" in run("leaked", name, "--city", "host", "--yes").output


def test_keys_are_backed_up_for_their_owner_alone(folder: Path) -> None:
    with pytest.raises(SettingsError):
        run("back-up", "keys.tar.gz")
    pairs()
    assert run("back-up", "keys.tar.gz").exit_code == 0
    assert (folder / "keys.tar.gz").stat().st_mode & 0o077 == 0
    with pytest.raises(SettingsError):
        run("back-up", "keys.tar.gz")


def test_the_doctor_says_whether_badges_are_real_and_keys_are_safe(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(word: str) -> str:
        return next(str(one) for one in examine() if one.what.startswith(word))

    assert "real ones" in said("Badges:")
    assert "none yet" in said("Keys:")
    pairs()
    assert "1 issuers" in said("Keys:")
    (folder / "var/keys/derby/ring.json").chmod(0o644)
    assert said("Keys:").startswith("PROBLEM")
    monkeypatch.setenv("BOT_PUBLIC_URL", "http://127.0.0.1:8080")
    assert "samples" in said("Badges:")
    assert said("Badges:").startswith("note")
