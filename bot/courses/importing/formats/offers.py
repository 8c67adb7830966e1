"""Offers of linked data as one price and its words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.courses.importing.fields.cost import NO_PRICE, Cost, read_cost
from bot.courses.importing.fields.text import clean_line
from bot.courses.importing.formats.nodes import Node, link, nodes, text

_CONCESSIONS = ("concession", "unwaged", "student", "benefit", "junior", "senior", "discount")


@dataclass(frozen=True, slots=True)
class Offers:
    """What an instance costs, and where to take it up."""

    cost: Cost = NO_PRICE
    concessions: str = ""
    is_sold_out: bool = False
    links: tuple[str, ...] = ()


def read_offers(value: object, is_free: bool) -> Offers:
    """Return the offers together.

    Several prices give the highest, which everybody can have, and all of them in words. Prices
    in other money, and ranges, stay words.
    """
    offers = nodes(value)
    found = [(offer, _price(offer)) for offer in offers]
    prices = [(clean_line(offer.get("name"), 80), cost) for offer, cost in found if cost]
    amounts = [cost.amount for _, cost in prices if cost.amount is not None]
    words = "; ".join(dict.fromkeys(filter(None, (_worded(*each) for each in prices))))
    concessions = "; ".join(
        _worded(name, cost)
        for name, cost in prices
        if any(word in name.casefold() for word in _CONCESSIONS)
    )
    amount = max(amounts) if amounts else Decimal(0) if is_free and not prices else None
    plain = len(prices) == 1 and prices[0][1].amount is not None
    sold_out = [text(offer.get("availability")).casefold().endswith("soldout") for offer in offers]
    return Offers(
        cost=Cost(amount, prices[0][1].words if plain else words),
        concessions=concessions if len(prices) > 1 else "",
        is_sold_out=bool(sold_out) and all(sold_out),
        links=tuple(filter(None, (link(offer.get("url")) for offer in offers))),
    )


def _price(offer: Node) -> Cost | None:
    money = clean_line(offer.get("priceCurrency"), 10).upper()
    description = text(offer.get("description"))
    low, high = text(offer.get("lowPrice")), text(offer.get("highPrice"))
    price = text(offer.get("price"))
    if not price and (low or high):
        price = f"{low} – {high}" if low and high and low != high else low or high
    if not price.strip():
        return None
    if money not in {"", "GBP"}:
        return Cost(None, f"{clean_line(price, 80)} {money}")
    cost = read_cost(price, description, zero_is_free=True)
    return Cost(None, f"£{cost.words}") if low and high and cost.words.startswith(low) else cost


def _worded(name: str, cost: Cost) -> str:
    amount = "" if cost.amount is None else format(cost.amount, "f").removesuffix(".00")
    said = f"£{amount}" if amount else cost.words
    return f"{name}: {said}" if name and said else said
