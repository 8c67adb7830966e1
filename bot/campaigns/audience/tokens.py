"""What was typed, word by word, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.campaigns.audience.problems import refuse

LONGEST = 2000
_TOKEN = re.compile(r"""\s*(?:(?P<quoted>["“”])|(?P<bracket>[()])|(?P<word>[^\s()"“”]+))""")
_END = re.compile(r'["“”]')


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a bracket or something in quotes.

    Attributes:
        word: In small letters, unless it was quoted.
        start, end: Its place in what was typed.
    """

    word: str
    start: int
    end: int
    is_quoted: bool = False


def tokens_of(typed: str) -> list[Token]:
    """Return what was typed, word by word.

    Raises:
        Unreadable: It is too long, or a quote has no end.
    """
    if len(typed) > LONGEST:
        refuse("campaigns.audience.too_long", start=LONGEST, end=len(typed))
    found: list[Token] = []
    at, end = 0, len(typed.rstrip())
    while at < end:
        match = _TOKEN.match(typed, at)
        if match is None:  # nothing but a control character can stand here
            refuse("campaigns.audience.not_understood", typed[at : at + 1], at, at + 1)
        if match["quoted"]:
            token = _quoted(typed, match.end())
        else:
            word = match["bracket"] or match["word"]
            token = Token(word.casefold(), match.end() - len(word), match.end())
        found.append(token)
        at = token.end
    return found


def _quoted(typed: str, begin: int) -> Token:
    closing = _END.search(typed, begin)
    if closing is None:
        refuse("campaigns.audience.open_quote", typed[begin:], begin - 1, len(typed))
    return Token(typed[begin : closing.start()], begin - 1, closing.end(), is_quoted=True)
