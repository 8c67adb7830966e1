"""What flows look up about typed words before they are searched for."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.tokens import words_of
from bot.work.reads import Context, look
from bot.work.reads.badges import code_link
from bot.work.typed import is_of_an_employer
from content.words import SOURCE_LANGUAGE

MOST_READ = 200


@look("wish_kind")
def wish_kind(context: Context, typed: str) -> str:
    """Say what typed words ask for.

    Words without a subject ask for a search still where they hold a filter, such as an evening, or
    a word by which people ask for all there is, such as "courses".

    Returns:
        "code" for a badge, "next" for the next step, "go_on" for what was left, "employer" where
        somebody says that they are one, "staff" where it sounds as if it were for people who work
        for them, "wish" for a search, or "nothing" that can be told.
    """
    if code_link(context, typed):
        return "code"
    words = words_of(typed[:MOST_READ])
    for kind in ("next", "go_on"):
        if words in [words_of(one) for one in _phrases(context, kind)]:
            return kind
    if is_of_an_employer(context.content.words, typed[:MOST_READ]):
        return "employer"
    if _is_for_staff(context, words):
        return "staff"
    index = context.catalogue.index(context.city)
    if index is None:
        return "wish"
    found = index.understand(typed[:MOST_READ])
    is_filter = found.chips or found.needs_place or found.unknown_place or found.unanswerable
    if found.subject or is_filter:
        return "wish"
    return "nothing" if set(words).isdisjoint(_phrases(context, "everything")) else "wish"


def _is_for_staff(context: Context, words: Iterable[str]) -> bool:
    """Whether words begin with somebody's staff, or say anywhere that it is for them."""
    said = f" {' '.join(words)} "
    begins = (" ".join(words_of(one)) for one in _phrases(context, "staff"))
    named = (" ".join(words_of(one)) for one in _phrases(context, "for_staff"))
    return any(said.startswith(f" {one} ") for one in begins if one) or any(
        f" {one} " in said for one in named if one
    )


def _phrases(context: Context, name: str) -> Iterable[str]:
    """Yield what people type, in their language and in English, which many type all the same."""
    for language in dict.fromkeys((context.language, SOURCE_LANGUAGE)):
        yield from context.content.words.phrases(f"typed.wish.{name}", language)
