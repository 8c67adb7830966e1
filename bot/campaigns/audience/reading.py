"""Reading a rule: what was typed becomes a tree, or a problem that points at a word.

rule := and-part ("or" and-part)*          and-part := not-part ("and" not-part)*
not-part := "not" not-part | "(" rule ")" | "everyone" | condition
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.campaigns.audience.problems import Problem, Unreadable, refuse
from bot.campaigns.audience.rules import (
    DEEPEST,
    EVERYONE,
    LONGEST_DAYS,
    MOST_MILES,
    MOST_TERMS,
    All,
    Any,
    Field,
    Not,
    Rule,
    Term,
    normalised,
)
from bot.campaigns.audience.tokens import Token, tokens_of
from bot.campaigns.audience.vocabulary import Vocabulary

NAMED_FIELDS: tuple[Field, ...] = (
    "city",
    "language",
    "role",
    "interest",
    "ward",
    "route",
    "badge",
    "topic",
)
OPENINGS = (*NAMED_FIELDS, "saved", "searched", "within", "skill", "gap", "seen", "joined")
OPERATORS = ("and", "or", "not", "everyone")
_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365,
         "years": 365}  # fmt: skip
_MILES = ("mile", "miles")
TOP_LEVEL = 4
LONGEST_NAME = 6
"""Words that a value without quotes may go on for."""


def read(typed: str, vocabulary: Vocabulary) -> Rule | Problem:
    """Return the rule that was typed, normalised; or what is wrong with it."""
    try:
        return _Reader(tokens_of(typed), vocabulary, len(typed)).whole()
    except Unreadable as error:
        return error.problem


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[Token], vocabulary: Vocabulary, length: int) -> None:
        self._tokens = tokens
        self._vocabulary = vocabulary
        self._length = length
        self._at = 0
        self._terms = 0
        self._conditions: Mapping[str, Callable[[Token], Term]] = {
            **dict.fromkeys(NAMED_FIELDS, self._named),
            "saved": self._subject,
            "searched": self._subject,
            "within": self._near,
            "skill": self._skill,
            "gap": self._gap,
            "seen": self._time,
            "joined": self._time,
        }

    def whole(self) -> Rule:
        """Read everything."""
        if not self._tokens:
            refuse("campaigns.audience.empty")
        rule = self._any(1)
        if (left := self._peek()) is not None:
            kind = "extra_bracket" if left.word == ")" and not left.is_quoted else "needs_joining"
            refuse(f"campaigns.audience.{kind}", left.word, left.start, left.end)
        return normalised(rule)

    # -- and, or, not ------------------------------------------------------------------------

    def _any(self, deep: int) -> Rule:
        parts = [self._all(deep)]
        while self._takes("or"):
            parts.append(self._all(deep))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _all(self, deep: int) -> Rule:
        parts = [self._one(deep)]
        while self._takes("and"):
            parts.append(self._one(deep))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self, deep: int) -> Rule:
        token = self._next("condition")
        if deep > DEEPEST:
            refuse("campaigns.audience.too_deep", token.word, token.start, token.end)
        if not token.is_quoted:
            if token.word == "not":
                return Not(self._one(deep + 1))
            if token.word == "everyone":
                return EVERYONE
            if token.word == "(":
                return self._bracketed(token, deep)
            if token.word in self._conditions:
                return self._condition(token)
        among = (*OPENINGS, *OPERATORS)
        return refuse("campaigns.audience.unknown_field", token.word, token.start, token.end, among)

    def _bracketed(self, opening: Token, deep: int) -> Rule:
        inner = self._any(deep + 1)
        if not self._takes(")"):
            refuse("campaigns.audience.open_bracket", "(", opening.start, opening.end)
        return inner

    def _condition(self, token: Token) -> Rule:
        self._terms += 1
        if self._terms > MOST_TERMS:
            refuse("campaigns.audience.too_many", token.word, token.start, token.end)
        before = self._at
        term = self._conditions[token.word](token)
        is_not = any(
            one.word == "not" and not one.is_quoted for one in self._tokens[before : self._at]
        )
        return Not(term) if is_not else term

    # -- conditions --------------------------------------------------------------------------

    def _named(self, token: Token) -> Term:
        field: Field = next(one for one in NAMED_FIELDS if one == token.word)
        self._is()
        return Term(field, self._value(field))

    def _subject(self, token: Token) -> Term:
        field: Field = "saved" if token.word == "saved" else "searched"
        self._takes("subject")
        self._is()
        return Term(field, self._value(field))

    def _near(self, token: Token) -> Term:
        del token
        miles = self._number(0.1, MOST_MILES)
        self._unit(_MILES)
        self._expect("of")
        return Term("near", self._value("near"), miles)

    def _gap(self, token: Token) -> Term:
        del token
        self._expect("in")
        return Term("gap", self._value("gap"))

    def _time(self, token: Token) -> Term:
        field: Field = "seen" if token.word == "seen" else "joined"
        self._expect("within")
        count = self._number(1, LONGEST_DAYS)
        days = round(count * _DAYS[self._unit(tuple(_DAYS))])
        return Term(field, number=max(1, min(days, LONGEST_DAYS)))

    def _skill(self, token: Token) -> Term:
        del token
        code = self._value("skill_below")
        ahead = self._next("operator")
        if ahead.word == "is":
            self._takes("not")
            self._expect("unknown")
            return Term("skill_unknown", code)
        if ahead.word == "below":
            return Term("skill_below", code, self._number(1, TOP_LEVEL))
        if ahead.word == "at":
            self._expect("least")
            return Term("skill_at_least", code, self._number(1, TOP_LEVEL))
        among = ("below", "at least", "is unknown")
        return refuse(
            "campaigns.audience.unknown_operator", ahead.word, ahead.start, ahead.end, among
        )

    # -- pieces ------------------------------------------------------------------------------

    def _is(self) -> None:
        self._expect("is")
        self._takes("not")

    def _value(self, field: Field) -> str:
        """Read a value: what is quoted, or as many words as together name something."""
        token = self._next("value")
        if token.is_quoted or token.word not in ("(", ")", *OPERATORS):
            for several in self._together(token):
                words = " ".join(one.word for one in (token, *several))
                value = self._vocabulary.find(field, words)
                if value is not None:
                    self._at += len(several)
                    return value
        among = self._vocabulary.known(field)
        return refuse("campaigns.audience.unknown_value", token.word, token.start, token.end, among)

    def _together(self, first: Token) -> Iterator[list[Token]]:
        """Yield the words that may belong to a value that begins so, most of them first."""
        ahead: list[Token] = []
        if not first.is_quoted:
            for token in self._tokens[self._at : self._at + LONGEST_NAME]:
                if token.is_quoted or token.word in ("(", ")", *OPERATORS, *OPENINGS):
                    break
                ahead.append(token)
        for length in range(len(ahead), -1, -1):
            yield ahead[:length]

    def _number(self, least: float, most: float) -> float:
        token = self._next("number")
        try:
            number = float(token.word)
        except ValueError:
            number = -1
        if not least <= number <= most:
            refuse("campaigns.audience.needs_number", token.word, token.start, token.end)
        return round(number, 1)

    def _unit(self, units: tuple[str, ...]) -> str:
        token = self._next("unit")
        if token.word not in units:
            refuse("campaigns.audience.unknown_unit", token.word, token.start, token.end, units)
        return token.word

    def _expect(self, word: str) -> None:
        token = self._next("word")
        if token.word != word or token.is_quoted:
            refuse("campaigns.audience.expected", token.word, token.start, token.end, (word,))

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _takes(self, word: str) -> bool:
        token = self._peek()
        if token is None or token.word != word or token.is_quoted:
            return False
        self._at += 1
        return True

    def _next(self, wanted: str) -> Token:
        token = self._peek()
        if token is None:
            refuse(f"campaigns.audience.ends_without_{wanted}", "", self._length, self._length)
        self._at += 1
        return token
