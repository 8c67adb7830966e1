"""The program with scripted flows instead of its own; everything else is what `run` starts."""

from __future__ import annotations

from bot.work.collector import rest_collector

if __name__ == "__main__":
    rest_collector()
    from tests.support.scripted_app import run

    run()
