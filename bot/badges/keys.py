"""An issuer's keys: pairs of an Ed25519 and an RSA key, the newest of which signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from joserfc.jwk import RSAKey
from openbadgeslib.ob3.did import multikey_from_pem

from bot.badges.did import PublicPair, PublicRing

RSA_BITS, RSA_EXPONENT = 2048, 65537


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The two keys that sign during one time.

    Attributes:
        name: The year and a number, such as "2026-1"; never used again.
        ed25519: Signs the embedded proof.
        rsa: Signs the JWS.
        made_at: When.
        leaked_at: When it was said that somebody else has them; None while they are good.
    """

    name: str
    ed25519: Ed25519PrivateKey
    rsa: RSAPrivateKey
    made_at: datetime
    leaked_at: datetime | None = None

    @property
    def ed25519_name(self) -> str:
        """What the DID document calls the key of the embedded proof."""
        return f"ed25519-{self.name}"

    @property
    def rsa_name(self) -> str:
        """What the DID document calls the key of the JWS."""
        return f"rsa-{self.name}"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys that an issuer ever had, the newest first.

    Attributes:
        did: Whose they are.
        pairs: Never empty, and the newest is good.
    """

    did: str
    pairs: tuple[KeyPair, ...]

    @property
    def current(self) -> KeyPair:
        """The pair that signs what is awarded now."""
        return self.pairs[0]

    def known_as(self, did: str) -> KeyRing:
        """Return the same keys under another DID."""
        return KeyRing(did, self.pairs)

    @property
    def public(self) -> PublicRing:
        """What others may know of it."""
        return PublicRing(self.did, tuple(public_pair(pair) for pair in self.pairs))

    def find(self, name: str) -> KeyPair | None:
        """Return a pair by its name."""
        return next((pair for pair in self.pairs if pair.name == name), None)


def make_pair(name: str, now: datetime) -> KeyPair:
    """Make two new keys; takes up to half a second."""
    rsa = generate_private_key(RSA_EXPONENT, RSA_BITS)
    return KeyPair(name, Ed25519PrivateKey.generate(), rsa, now)


def public_pair(pair: KeyPair) -> PublicPair:
    """Return the public halves of a pair."""
    jwk = RSAKey.import_key(public_pem(pair.rsa).decode()).as_dict(private=False)
    multikey = multikey_from_pem(public_pem(pair.ed25519))
    return PublicPair(pair.name, multikey, str(jwk["n"]), str(jwk["e"]), pair.leaked_at)


def next_name(names: Iterable[str], now: datetime) -> str:
    """Return a name that none of `names` is: the year and the next number."""
    used = [int(number) for year, _, number in (one.partition("-") for one in names)
            if year == str(now.year)]  # fmt: skip
    return f"{now.year}-{max(used, default=0) + 1}"


def private_pem(key: Ed25519PrivateKey | RSAPrivateKey) -> bytes:
    """Return a private key as PEM, without a password: the file's mode guards it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(key: Ed25519PrivateKey | RSAPrivateKey) -> bytes:
    """Return the public half of a key as PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_ed25519(pem: bytes) -> Ed25519PrivateKey:
    """Read a private Ed25519 key.

    Raises:
        TypeError: It is another kind of key.
        ValueError: It is none.
    """
    key = load_pem_private_key(pem, None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("not an Ed25519 key")
    return key


def read_rsa(pem: bytes) -> RSAPrivateKey:
    """Read a private RSA key.

    Raises:
        TypeError: It is another kind of key.
        ValueError: It is none.
    """
    key = load_pem_private_key(pem, None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key
