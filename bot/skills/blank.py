"""A framework.yaml to fill in: how it is built is kept, whose it is has to be said anew."""

from __future__ import annotations

import json
from string import Template

from content.frameworkfiles import FOLDER
from content.frameworks import Framework, Level
from content.load import SHIPPED

_FORM = SHIPPED / FOLDER / "new.yaml"


def blank_head(like: Framework, title: str = "") -> str:
    """Return the framework.yaml of a new framework whose sentences begin as those of another.

    Levels and crosswalk are taken over. Title, label, source and licence are left empty: they would
    say of the new one what is true of the other alone.

    Args:
        title: What the new one will be called, where that is known.
    """
    source = like.source
    begun = " ".join(f"{like.title} ({source.licence}): {source.attribution}".rstrip(".").split())
    crosswalk = f"crosswalk_to: {like.crosswalk_to}\n" if like.crosswalk_to else ""
    form = Template(_FORM.read_text(encoding="utf-8"))
    return form.substitute(
        begun=begun,
        title=_quoted(title),
        crosswalk=crosswalk,
        levels="\n".join(["levels:", *map(_level, like.levels)]),
    )


def _level(level: Level) -> str:
    return (
        f"  {level.id}:\n"
        f"    name: {_quoted(level.name)}\n"
        f"    meaning: {_quoted(level.meaning)}\n"
        f"    course_levels: {_quoted(level.course_levels)}"
    )


def _quoted(value: str | tuple[str, ...]) -> str:
    """Return text as YAML has it; each line of JSON is YAML too."""
    return json.dumps(value, ensure_ascii=False)
