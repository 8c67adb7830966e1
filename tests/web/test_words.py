from __future__ import annotations

import re
from pathlib import Path

import bot.web
from tests.web.fakes import content

WEB = Path(bot.web.__file__).parent
_USED = re.compile(r'"(web\.[a-z0-9._]+)"')
_MADE = re.compile(r'"(web\.[a-z0-9._]+\.)" ~|f"(web\.[a-z0-9._]+\.)\{|f"(web\.)\{')


def _sources() -> str:
    files = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    source = "\n".join(path.read_text("utf-8").replace("'", '"') for path in files)
    return re.sub(r'"action": "[^"]*"', "", source)


def test_every_text_that_pages_name_exists() -> None:
    named = set(_USED.findall(_sources()))

    assert len(named) > 80
    assert {one for one in named if not content().words.has(one) and not one.endswith(".")} == set()


def test_every_text_of_the_web_is_used() -> None:
    source = _sources()
    made = tuple({part for parts in _MADE.findall(source) for part in parts if part} - {"web."})
    texts = {one for one in content().words.ids() if one.startswith("web.")}
    titles = {one for one in texts if one.count(".") == 2 and one.endswith(".title")}
    unnamed = {one for one in texts - titles if f'"{one}"' not in source}

    assert {one for one in unnamed if not one.startswith(made)} == set()


_OURS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def test_templates_hold_no_words() -> None:
    for path in WEB.rglob("*.html"):
        markup = _OURS.sub("", path.read_text("utf-8"))
        # A macro may write attributes alone: what stands in them is in no tag here.
        words = re.sub(r"<[^>]*>|[a-z-]+=\"[^\"]*\"", " ", markup)
        assert re.findall(r"[A-Za-z]{3,}", words) == [], path.name
