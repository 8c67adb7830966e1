"""One page with every text in every language, for the people who write and read them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from content.load import Content
from content.template import Run, Slot, Template
from content.texts import SourceText

_STYLE = """
:root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid #888; padding: .5rem; text-align: start; vertical-align: top; }
td { white-space: pre-line; }
th[scope=row] { font: .8rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; width: 16rem; }
mark { border-radius: .2rem; }
.missing { opacity: .7; font-style: italic; }
.button { border: 2px solid; border-radius: .4rem; padding: .1rem .6rem; }
"""


def preview(content: Content) -> str:
    """Return an HTML page that shows all texts with their values' names in place."""
    languages = list(content.languages.values())
    heads = "".join(
        f'<th scope="col">{escape(language.own_name)}{" (draft)" if language.is_draft else ""}</th>'
        for language in languages
    )
    sections = "".join(_sections(content, heads))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>All texts</title><style>{_STYLE}</style><h1>All texts</h1>{sections}</html>"
    )


def _sections(content: Content, heads: str) -> Iterator[str]:
    by_file: dict[str, list[SourceText]] = {}
    for text in content.texts.values():
        by_file.setdefault(text.file, []).append(text)
    for file, texts in by_file.items():
        rows = "".join(_row(content, text) for text in texts)
        yield (
            f'<h2>{escape(file)}</h2><table><thead><tr><th scope="col">id</th>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )


def _row(content: Content, text: SourceText) -> str:
    cells = "".join(_cell(content, text, language) for language in content.languages)
    return f'<tr><th scope="row">{escape(text.id)}</th>{cells}</tr>'


def _cell(content: Content, text: SourceText, language: str) -> str:
    entry = content.words.entry(text.id, language)
    side = "rtl" if content.languages[language].is_right_to_left else "ltr"
    if entry is None:
        return '<td class="missing">English is shown</td>'
    forms = {"": entry} if isinstance(entry, Template) else entry
    shown = "<br>".join(
        (f"<small>{name}:</small> " if name else "") + "".join(map(_run, form.runs))
        for name, form in forms.items()
    )
    if text.is_button:
        shown = f'<span class="button">{shown}</span>'
    return f'<td lang="{escape(language)}" dir="{side}">{shown}</td>'


def _run(run: Run) -> str:
    words = "".join(
        f"<mark>{escape(part.name)}</mark>" if isinstance(part, Slot) else escape(part)
        for part in run.parts
    )
    tag = {"bold": "strong", "italic": "em", "code": "code"}.get(run.style)
    words = f"<{tag}>{words}</{tag}>" if tag else words
    return f"<u>{words}</u>" if run.url else words
