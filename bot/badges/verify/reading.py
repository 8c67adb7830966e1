"""Finding the credential in what somebody pasted or sent, and what is needed to judge it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from urllib.parse import unquote, urlsplit

from bot.badges.baking import OPEN_BADGES_2, Unreadable, unbake_png, unbake_svg
from bot.badges.records import Json, Reason
from bot.badges.verify.steps import MAX_FILE, Need, Step, Verdict, as_list, issuer_id
from bot.badges.verify.untrusted import BadJson, read_object

MAX_ENDORSEMENTS = 5
PNG_BEGIN = b"\x89PNG\r\n\x1a\n"
BADGE_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})

Container: TypeAlias = Literal["json", "jws", "png", "svg"]
_JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?")
_PATH = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=@-]{1,128}")


class NotJudged(Exception):  # noqa: N818 - named for what happened
    """There is nothing here that could be judged further."""

    def __init__(self, verdict: Verdict, *steps: Step) -> None:
        super().__init__(verdict)
        self.verdict, self.steps = verdict, steps


@dataclass(frozen=True, slots=True)
class Token:
    """A compact JWS taken apart; nothing of it is believed yet."""

    text: str
    header: Json
    payload: Json


@dataclass(frozen=True, slots=True)
class Found:
    """A credential, not judged yet.

    Attributes:
        container: What it came in.
        document: Its members.
        token: The JWS that it is; None where the proof is inside.
        endorsements: Of others, taken apart.
    """

    container: Container
    document: Json
    token: Token | None = None
    endorsements: tuple[Token, ...] = ()

    @property
    def needs(self) -> tuple[Need, ...]:
        """What has to be fetched: each once, the issuer's keys first."""
        return tuple(dict.fromkeys(self._needs()))

    def _needs(self) -> Iterator[Need]:
        yield from keys_need(issuer_id(self.document), self.token)
        for address in status_addresses(self.document):
            yield Need("status", address)
        for token in self.endorsements:
            yield from keys_need(issuer_id(token.payload), token)


def read(data: bytes) -> Found:
    """Return the credential in some bytes: JSON, a JWS, or a PNG or SVG that carries one.

    Raises:
        NotJudged: There is none, or it is of a form that cannot be judged here.
    """
    container, text = _unpack(data)
    here = Step("file", "good", Reason(f"verify.file.{container}"))
    text = text.strip().lstrip("\ufeff")
    if text.startswith("{"):
        found = Found(container, _object(text, here))
    elif _JWS.fullmatch(text):
        token = _token(text, here)
        found = Found(container, token.payload, token)
    else:
        raise NotJudged("not_a_badge", here, _bad("format", "no_credential"))
    _check_kind(found.document, here)
    tokens = [_taken_apart(one) for one in as_list(found.document.get("endorsementJwt"))]
    endorsements = tuple(one for one in tokens if one is not None)[:MAX_ENDORSEMENTS]
    return Found(found.container, found.document, found.token, endorsements)


def did_web_address(did: str) -> str:
    """Return where the document of a did:web is; empty where the DID cannot be right."""
    host, *path = (unquote(part) for part in did.removeprefix("did:web:").split(":"))
    if not did.startswith("did:web:") or not _HOST.fullmatch(host):
        return ""
    if not all(_PATH.fullmatch(step) and step.strip(".") for step in path):
        return ""
    return f"https://{host}/{'/'.join(path) or '.well-known'}/did.json"


def keys_need(issuer: str, token: Token | None) -> Iterator[Need]:
    """Yield where an issuer's keys are: in its DID document, or where its JWS says."""
    if address := did_web_address(issuer):
        yield Need("keys", address, issuer)
    elif issuer.startswith("https://") and token is not None:
        kid = token.header.get("kid")
        if isinstance(kid, str) and _origin(kid) and _origin(kid) == _origin(issuer):
            yield Need("keys", kid)


def status_addresses(document: Json) -> Iterator[str]:
    """Yield where the lists are that say whether a credential was revoked."""
    for entry in as_list(document.get("credentialStatus"))[:2]:
        if isinstance(entry, dict):
            name = "id" if entry.get("type") == "1EdTechRevocationList" else "statusListCredential"
            address = entry.get(name)
            if isinstance(address, str) and _origin(address):
                yield address


def take_apart(text: str) -> Token:
    """Return the parts of a JWS.

    Raises:
        BadJson: It has not three parts, or one is no JSON object.
    """
    parts = text.split(".")
    if len(parts) != 3:
        raise BadJson("not three parts")
    header, payload, _ = parts
    return Token(text, read_object(_decoded(header)), read_object(_decoded(payload)))


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_plain = parts.scheme in {"https", "http"} and parts.username is None
    return f"{parts.scheme}://{parts.netloc.lower()}" if is_plain and parts.netloc else ""


def _unpack(data: bytes) -> tuple[Container, str]:
    if len(data) > MAX_FILE:
        raise NotJudged("not_a_badge", _bad("file", "too_large", megabytes=MAX_FILE // 1024**2))
    begin = data[:512].lstrip().removeprefix(b"\xef\xbb\xbf")
    try:
        if data.startswith(PNG_BEGIN):
            return "png", _carried(unbake_png(data))
        if begin.startswith(b"<"):
            return "svg", _carried(unbake_svg(data))
        return ("json" if begin.startswith(b"{") else "jws"), data.decode("utf-8-sig")
    except (Unreadable, UnicodeDecodeError) as error:
        raise NotJudged("not_a_badge", _bad("file", "unreadable")) from error


def _carried(found: tuple[Any, str] | None) -> str:
    if found is None:
        raise NotJudged("not_a_badge", _bad("file", "empty_picture"))
    carrier, text = found
    if carrier == OPEN_BADGES_2:
        raise NotJudged("old_form", _bad("format", "old_form"))
    return text


def _object(text: str, here: Step) -> Json:
    try:
        return read_object(text)
    except BadJson as error:
        raise NotJudged("not_a_badge", here, _bad("format", "bad_json")) from error


def _token(text: str, here: Step) -> Token:
    try:
        return take_apart(text)
    except BadJson as error:
        raise NotJudged("not_a_badge", here, _bad("format", "bad_jws")) from error


def _taken_apart(value: Any) -> Token | None:
    try:
        is_jws = isinstance(value, str) and _JWS.fullmatch(value)
        return take_apart(value) if is_jws else None
    except BadJson:
        return None


def _decoded(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError as error:
        raise BadJson("no base64url") from error


def _check_kind(document: Json, here: Step) -> None:
    types = {one for one in as_list(document.get("type")) if isinstance(one, str)}
    if types & BADGE_TYPES and "VerifiableCredential" in types:
        return
    contexts = [one for one in as_list(document.get("@context")) if isinstance(one, str)]
    if "Assertion" in types or any("openbadges/v2" in one for one in contexts):
        raise NotJudged("old_form", here, _bad("format", "old_form"))
    raise NotJudged("not_a_badge", here, _bad("format", "other_credential"))


def _bad(name: Literal["file", "format"], what: str, **values: object) -> Step:
    return Step(name, "bad", Reason(f"verify.{name}.{what}", values))
