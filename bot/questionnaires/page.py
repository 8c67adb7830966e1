"""A page that shows a questionnaire in every language side by side, to be opened as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from bot.questionnaires.previewing import Preview, PreviewQuestion, Said
from content.formats import is_right_to_left

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; color-scheme: light dark; }
article { max-width: 44rem; margin-block-end: 3rem; }
.question { border-inline-start: 4px solid; padding-inline-start: .8rem; margin-block: 1rem; }
.missing { outline: 2px dashed; outline-offset: 2px; }
.option { border: 2px solid; border-radius: .4rem; padding: .1rem .6rem; margin: .2rem; }
.option { display: inline-block; }
small { display: block; }
"""


def preview_page(previews: Sequence[Preview]) -> str:
    """Return an HTML page; what is shown in English for want of a translation is outlined."""
    title = escape(previews[0].title.text) if previews else ""
    parts = "".join(part for one in previews for part in _article(one))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style>{parts}</html>"
    )


def _article(one: Preview) -> Iterator[str]:
    side = "rtl" if is_right_to_left(one.language) else "ltr"
    yield f'<article lang="{escape(one.language)}" dir="{side}">'
    yield f"<h1>{_said(one.title)}</h1>"
    yield (
        f'<p lang="en" dir="ltr"><small>{escape(one.id)}, version {one.version}, '
        f"{escape(one.language)}: {one.missing} texts are not translated</small></p>"
    )
    yield f"<p>{_said(one.intro)}</p>"
    for section in one.sections:
        if section.title:
            yield f"<h2>{_said(section.title)}</h2>"
        if section.repeated:
            yield f'<p lang="en" dir="ltr"><small>{escape(section.repeated)}</small></p>'
        for question in section.questions:
            yield from _question(question)
    yield f"<p>{_said(one.thanks)}</p></article>"


def _question(one: PreviewQuestion) -> Iterator[str]:
    yield f'<div class="question"><p><strong>{_said(one.ask)}</strong></p>'
    if one.help:
        yield f"<p>{_said(one.help)}</p>"
    said = (*one.options, *one.ends, *one.rows, *((one.unit,) if one.unit else ()))
    if said:
        yield "<p>" + "".join(f'<span class="option">{_said(each)}</span>' for each in said)
        yield "</p>"
    facts = escape("; ".join((one.kind, *one.facts)))
    when = f" Asked only if {escape(one.when)}." if one.when else ""
    yield f'<p lang="en" dir="ltr"><small>{escape(one.id)}: {facts}.{when}</small></p></div>'


def _said(said: Said) -> str:
    if not said.is_missing:
        return escape(said.text)
    side = "rtl" if is_right_to_left(said.language) else "ltr"
    return (
        f'<span class="missing" lang="{escape(said.language)}" dir="{side}">'
        f"{escape(said.text)}</span>"
    )
