"""The process beside the program: started anew when it ends or hangs, and it holds no secrets."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.work.sideprocess import SideProcess, SideProcessFailed

pytestmark = pytest.mark.slow


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., SideProcess]:
    """Makes a process that runs some code."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def make(code: str, seconds: float = 20.0) -> SideProcess:
        (tmp_path / "sidework.py").write_text(code)
        return SideProcess("echo", "sidework", (), seconds=seconds)

    return make


ECHO = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["do"] == "end":
        sys.exit()
    if asked["do"] == "hang":
        import time
        time.sleep(600)
    print(json.dumps({"said": asked["do"]}), flush=True)
"""


async def test_a_process_that_ends_or_hangs_is_started_anew(
    beside: Callable[..., SideProcess],
) -> None:
    process = beside(ECHO)
    assert await process.ask({"do": "a"}) == {"said": "a"}
    with pytest.raises(SideProcessFailed):
        await process.ask({"do": "end"})
    assert await process.ask({"do": "b"}) == {"said": "b"}
    await process.close()
    assert not process.is_running
    hanging = beside(ECHO, seconds=0.5)
    with pytest.raises(SideProcessFailed):
        await hanging.ask({"do": "hang"})
    assert not hanging.is_running
    await hanging.close()


async def test_answers_never_reach_another_question(
    beside: Callable[..., SideProcess],
) -> None:
    process = beside(ECHO)
    names = [f"q{number}" for number in range(20)]
    answers = await asyncio.gather(*(process.ask({"do": name}) for name in names))
    assert [one["said"] for one in answers] == names
    task = asyncio.create_task(process.ask({"do": "given up"}))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await process.ask({"do": "next"}) == {"said": "next"}
    await process.close()


async def test_it_holds_no_secrets_of_ours(
    beside: Callable[..., SideProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_SECRET_KEY", "canary")
    monkeypatch.setenv("BOT_TELEGRAM_TOKEN", "1:canary")
    code = "import json,os,sys\nfor _ in sys.stdin: print(json.dumps(dict(os.environ)),flush=True)"
    process = beside(code)
    assert "canary" not in str(await process.ask({}))
    await process.close()


def test_the_program_itself_loads_nothing_that_signs_or_judges() -> None:
    """It would cost every city 40 MB, and put what strangers send beside everything else."""
    code = (
        "import sys, bot.app, bot.work.badges, bot.work.effects.badges\n"
        "heavy = ('openbadgeslib', 'pyld', 'joserfc', 'jsonschema', 'lxml')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
