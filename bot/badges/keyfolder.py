"""Keys on disk, outside the database: a folder for each issuer, readable by its owner alone.

A folder holds `ring.json`, which names the pairs, when each was made or leaked and its public
halves, and one PEM file a key. Several programs may share it: what is written appears whole or
not at all.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.badges.addresses import Addresses
from bot.badges.keys import (
    KeyPair,
    KeyRing,
    make_pair,
    next_name,
    private_pem,
    public_pair,
    read_ed25519,
    read_rsa,
)
from bot.errors import NotFound, SettingsError

RING = "ring.json"
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


class KeyFolder:
    """The keys of all issuers.

    Args:
        path: The folder; made when the first key is.
        addresses: From which the DIDs follow.
    """

    def __init__(self, path: Path, addresses: Addresses) -> None:
        self._path = path
        self._addresses = addresses
        self._read: dict[str, tuple[tuple[int, int], KeyRing]] = {}

    def has(self, issuer: str) -> bool:
        """Whether an issuer has keys already."""
        return (self._path / issuer / RING).is_file()

    def ring(self, issuer: str, now: datetime) -> KeyRing:
        """Return an issuer's keys; at the first time they are made.

        Raises:
            SettingsError: The files cannot be read or made, or others may read them.
        """
        try:
            if not self.has(issuer):
                self._make(issuer, now)
            return self._load(issuer)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SettingsError(f"The keys in {self._path / issuer} cannot be used") from error

    def rotate(self, issuer: str, now: datetime) -> KeyPair:
        """Make a new pair that signs from now on; what older ones signed stays good."""
        with self._locked():
            ring = self.ring(issuer, now)
            pair = make_pair(next_name((one.name for one in ring.pairs), now), now)
            folder = self._path / issuer
            _write_pair(folder, pair)
            _write_ring(folder, (pair, *ring.pairs))
        return pair

    def require(self, issuer: str, name: str, now: datetime) -> None:
        """Do nothing where an issuer has a pair of this name.

        Raises:
            NotFound: There is no such pair; it names those that there are.
        """
        ring = self.ring(issuer, now)
        if ring.find(name) is None:
            names = ", ".join(pair.name for pair in ring.pairs)
            raise NotFound(f"{issuer} has no keys {name}. It has: {names}.")

    def mark_leaked(self, issuer: str, name: str, now: datetime) -> KeyRing:
        """Say that somebody else has a pair: nothing that it signed is good any more.

        A new pair is made if the newest one leaked.

        Raises:
            NotFound: There is no such pair.
        """
        self.require(issuer, name, now)
        if self.ring(issuer, now).current.name == name:
            self.rotate(issuer, now)
        with self._locked():
            pairs = [
                KeyPair(one.name, one.ed25519, one.rsa, one.made_at, one.leaked_at or now)
                if one.name == name
                else one
                for one in self.ring(issuer, now).pairs
            ]
            _write_ring(self._path / issuer, pairs)
        return self.ring(issuer, now)

    def back_up(self, target: Path) -> None:
        """Write all keys to one file that only its owner can read.

        Raises:
            SettingsError: There are no keys, or the file exists or cannot be written.
        """
        if not self._path.is_dir():
            raise SettingsError(f"There are no keys in {self._path} yet.")
        try:
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
            with self._locked(), os.fdopen(descriptor, "wb") as file:
                with tarfile.open(fileobj=file, mode="w:gz") as archive:
                    archive.add(self._path, arcname="keys", filter=_without_drafts)
                os.fsync(file.fileno())
        except OSError as error:
            raise SettingsError(f"The keys cannot be written to {target}: {error}") from error

    def _make(self, issuer: str, now: datetime) -> None:
        folder = self._path / issuer
        self._path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        draft = self._path / f".{issuer}.{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=PRIVATE_FOLDER)
        pair = make_pair(next_name((), now), now)
        _write_pair(draft, pair)
        _write_ring(draft, (pair,))
        try:
            draft.rename(folder)
        except OSError:
            # Another program was first: its keys are the issuer's.
            shutil.rmtree(draft, ignore_errors=True)
            if not self.has(issuer):
                raise

    def _load(self, issuer: str) -> KeyRing:
        path = self._path / issuer / RING
        facts = path.stat()
        if any(one.stat().st_mode & 0o077 for one in (path, *path.parent.glob("*.pem"))):
            raise ValueError("others may read the keys")
        stamp = (facts.st_mtime_ns, facts.st_ino)
        kept = self._read.get(issuer)
        if kept is None or kept[0] != stamp:
            kept = (stamp, self._parse(issuer, path))
            self._read[issuer] = kept
        return kept[1]

    def _parse(self, issuer: str, path: Path) -> KeyRing:
        pairs = tuple(_pair(path.parent, one) for one in json.loads(path.read_text("utf-8")))
        if not pairs or pairs[0].leaked_at is not None:
            raise ValueError("no pair of keys that may sign")
        return KeyRing(self._addresses.did(issuer), pairs)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        descriptor = os.open(self._path / ".lock", os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _pair(folder: Path, facts: dict[str, Any]) -> KeyPair:
    name, leaked = facts["name"], facts.get("leaked_at")
    return KeyPair(
        name,
        read_ed25519((folder / f"ed25519-{name}.pem").read_bytes()),
        read_rsa((folder / f"rsa-{name}.pem").read_bytes()),
        datetime.fromisoformat(facts["made_at"]),
        datetime.fromisoformat(leaked) if leaked else None,
    )


def _write_pair(folder: Path, pair: KeyPair) -> None:
    _write(folder / f"{pair.ed25519_name}.pem", private_pem(pair.ed25519))
    _write(folder / f"{pair.rsa_name}.pem", private_pem(pair.rsa))


def _write_ring(folder: Path, pairs: tuple[KeyPair, ...] | list[KeyPair]) -> None:
    facts = [
        {
            "name": pair.name,
            "made_at": pair.made_at.isoformat(),
            **({"leaked_at": pair.leaked_at.isoformat()} if pair.leaked_at else {}),
            "ed25519": public.multikey,
            "rsa": {"n": public.modulus, "e": public.exponent},
        }
        for pair in pairs
        for public in (public_pair(pair),)
    ]
    _write(folder / RING, json.dumps(facts, indent=1).encode() + b"\n")


def _write(path: Path, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _without_drafts(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if Path(member.name).name.startswith(".") else member
