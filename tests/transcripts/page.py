"""Reads the chat's page as a person does: messages, cards, buttons, forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

INVISIBLE = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
"""Marks of direction, which nobody reads or types."""
VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "path"})


@dataclass
class Node:
    """An element with what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def walk(self) -> Iterator[Node]:
        """Yield it and all elements in it, in the order of the page."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [one for one in reversed(node.inside) if isinstance(one, Node)]

    def all(self, tag: str, kind: str = "") -> list[Node]:
        """Return the elements of a tag, and of a class if one is given."""
        return [
            node for node in self.walk() if node.tag == tag and (not kind or kind in node.classes)
        ]

    def words(self) -> str:
        """Return the visible words, each link with its address."""
        if "visually-hidden" in self.classes:
            return ""
        if self.tag == "br":
            return "\n"
        words = "".join(one if isinstance(one, str) else one.words() for one in self.inside)
        return f"{words} <{self.attributes['href']}>" if self.tag == "a" else words


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("document")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop().tag != tag:
            continue

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def parse(html: str) -> Node:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.root


class Line:
    """One message of the bot on the page, read as far as it is asked for.

    Args:
        item: The element that holds it.
    """

    def __init__(self, item: Node) -> None:
        self._item = item
        self.id = item.attributes["data-line"]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What it says, with its buttons in the last line."""
        words = [line for block in self._item.all("div", "say__words") for line in _blocks(block)]
        for number, card in enumerate(self._item.all("li", "card"), 1):
            words += _card(number, card)
        buttons = "".join(f" {_button(one)}" for one in _buttons(self._item))
        return (*words, buttons.strip()) if buttons else tuple(words)

    @property
    def attachments(self) -> tuple[str, ...]:
        """What hangs on it."""
        lists = self._item.all("ul", "attachments")
        return tuple(_attachment(one) for ul in lists for one in ul.all("li"))

    @property
    def forms(self) -> list[Node]:
        """What it would send."""
        return self._item.all("form")

    def fields(self, label: str) -> dict[str, str] | None:
        """Return what a press on a button sends; None where there is no such button."""
        for form in self.forms:
            for button in form.all("button"):
                if _label(button).translate(INVISIBLE) == label:
                    name, value = button.attributes["name"], button.attributes["value"]
                    return {**hidden(form), name: value}
        return None


def hidden(form: Node) -> dict[str, str]:
    """Return a form's hidden fields."""
    return {
        one.attributes["name"]: one.attributes["value"]
        for one in form.all("input")
        if one.attributes.get("type") == "hidden"
    }


def bot_lines(page: Node) -> list[Line]:
    """Return the bot's messages, oldest first."""
    return [Line(item) for item in page.all("li", "line--bot")]


def _blocks(words: Node) -> Iterator[str]:
    for block in words.inside:
        if isinstance(block, Node) and block.tag == "ul":
            yield from (f"- {item.words().strip()}" for item in block.all("li"))
        elif isinstance(block, Node):
            yield from (line.strip() for line in block.words().split("\n"))


def _card(number: int, card: Node) -> Iterator[str]:
    links = [f" <{one.attributes['href']}>" for one in card.all("a", "quiet-link")]
    yield f"{number}. {card.all('h2')[0].words().strip()}{''.join(links)}"
    for facts in card.all("ul", "card__facts"):
        yield from (fact.words().strip() for fact in facts.all("li"))


def _buttons(item: Node) -> list[Node]:
    attached = [id(one) for ul in item.all("ul", "attachments") for one in ul.walk()]
    return [
        node
        for node in item.walk()
        if (node.tag == "button" or (node.tag == "a" and "button" in node.classes))
        and id(node) not in attached
    ]


def _button(node: Node) -> str:
    address = node.attributes.get("href", "") if node.tag == "a" else ""
    return f"[{_label(node)}]({address})" if address else f"[{_label(node)}]"


def _label(node: Node) -> str:
    return "".join(one if isinstance(one, str) else "" for one in node.inside).strip()


def _attachment(item: Node) -> str:
    for picture in item.all("img"):
        return f"<{picture.attributes['src']}>"
    return " ".join(item.words().split())
