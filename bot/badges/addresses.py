"""Every address that a badge names, and the DIDs that follow from them.

Changing one breaks every badge that names it, so they are made here and nowhere else.
"""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

TOKEN_BYTES = 16
"""128 random bits: nobody finds a badge by trying addresses."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")

HOST_ISSUER = "host"
"""The issuer that the bare host name stands for; its keys sign what other people confirm."""


def new_token() -> str:
    """Return 128 random bits as 22 characters that may stand in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Whether a text could be such a token, so that rubbish is never looked up."""
    return _TOKEN.fullmatch(text) is not None


def new_subject() -> str:
    """Return an id for the subject of one award, which tells nothing."""
    return f"urn:uuid:{uuid.uuid4()}"


def did_of(address: str) -> str:
    """Return the did:web of an address: `https://host:8443/a/b` is `did:web:host%3A8443:a:b`."""
    parts = urlsplit(address)
    host = quote(parts.netloc.rpartition("@")[2], safe="")
    steps = [quote(step, safe="") for step in parts.path.split("/") if step]
    return ":".join(["did:web", host, *steps])


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses below one public address.

    Attributes:
        base: BOT_PUBLIC_URL, without a slash at its end.
    """

    base: str

    @property
    def is_public(self) -> bool:
        """Whether badges made here can be verified by others: https at a name, not at a number."""
        parts = urlsplit(self.base)
        host = (parts.hostname or "").rstrip(".").lower()
        return parts.scheme == "https" and not _is_local(host)

    def issuer(self, issuer: str) -> str:
        """The address of an issuer: a city's id, or HOST_ISSUER."""
        return self.base if issuer == HOST_ISSUER else f"{self.base}/issuers/{issuer}"

    def did(self, issuer: str) -> str:
        """The DID of an issuer."""
        return did_of(self.issuer(issuer))

    def did_document(self, issuer: str) -> str:
        """Where others look for the DID document."""
        if issuer == HOST_ISSUER and not urlsplit(self.base).path:
            return f"{self.base}/.well-known/did.json"
        return f"{self.issuer(issuer)}/did.json"

    def endorser(self, endorser: str) -> str:
        """The address of somebody who confirms; `endorser` is a token."""
        return f"{self.base}/endorsers/{endorser}"

    def endorser_did(self, endorser: str) -> str:
        """The DID of somebody who confirms."""
        return did_of(self.endorser(endorser))

    def status_list(self, issuer: str, number: int) -> str:
        """Where an issuer's list of revoked credentials is."""
        return f"{self.issuer(issuer)}/status/{number}"

    def achievement(self, issuer: str, key: str, version: str, language: str) -> str:
        """The page with the criteria of an achievement."""
        return f"{self.issuer(issuer)}/achievements/{quote(key, safe='')}/{version}/{language}"

    def picture(self, achievement: str) -> str:
        """The picture of the achievement with this address."""
        return f"{achievement}.svg"

    def credential(self, token: str) -> str:
        """The page and the id of a credential."""
        return f"{self.base}/badges/{token}"

    def hosted(self, token: str) -> str:
        """The address, and the id, of a badge's assertion for older backpacks."""
        return f"{self.base}/backpack/{token}"

    def record(self, cv: str) -> str:
        """The badges of a CV as one record, by the token of the CV."""
        return f"{self.base}/cv/{cv}/clr.json"

    def badge_class(self, achievement: str) -> str:
        """What the achievement with this address is to older backpacks."""
        return f"{achievement}/class.json"

    def older_issuer(self, issuer: str) -> str:
        """What an issuer is to older backpacks."""
        return f"{self.issuer(issuer)}/issuer.json"

    def token_of(self, credential: str) -> str:
        """Return the token of one of our credentials; empty for anything else."""
        begin = f"{self.base}/badges/"
        token = credential.removeprefix(begin)
        return token if credential.startswith(begin) and "/" not in token else ""


def _is_local(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return not host or "." not in host or host.endswith((".localhost", ".local", ".internal"))
    return True
