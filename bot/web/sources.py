"""Where a request comes from."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from aiohttp import web

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_within(address: Address, networks: Networks) -> bool:
    return any(address in network for network in networks)


def source_of(request: web.Request, trusted: Networks) -> Address | None:
    """Return the address that a request comes from.

    A forwarded address is believed only as far as trusted proxies vouch for it: the first one
    from the right that is not itself a trusted proxy.
    """
    address = _address(request.remote or "")
    if address is None or not _is_within(address, trusted):
        return address
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", ())).split(",")
    for text in reversed(forwarded[-20:]):
        hop = _address(text)
        if hop is None:
            return address
        address = hop
        if not _is_within(hop, trusted):
            return hop
    return address


def bucket_of(address: Address | None) -> str:
    """Return what is limited together: an IPv4 address, or the /64 of an IPv6 address."""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)


def is_operator(request: web.Request, trusted: Networks) -> bool:
    """Say whether a request comes straight from this machine or a trusted address.

    Whatever carries a forwarding header came through a proxy, perhaps from the open internet.
    """
    if any(name in request.headers for name in _FORWARDED):
        return False
    address = _address(request.remote or "")
    return address is not None and (address.is_loopback or _is_within(address, trusted))
