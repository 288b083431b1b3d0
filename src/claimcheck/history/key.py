"""The key with which a stored history hides members.

A member is stored as a keyed hash: with the database alone, nobody can read the members or test numbers against it,
which takes minutes with a plain hash. With the key it is possible: store it elsewhere, like a password.

>>> key = Key(bytes(range(32)))
>>> key.hide("M1") == key.hide("M1"), key.hide("M1") == Key(bytes(32)).hide("M1"), key
(True, False, Key())
>>> Key(b"secret")
Traceback (most recent call last):
    ...
claimcheck.errors.HistoryError: the key has 6 bytes: 16 to 64 random ones are needed, such as secrets.token_bytes(32)
"""

from __future__ import annotations

import os
import secrets
from hashlib import blake2b
from pathlib import Path

import attrs

from claimcheck.errors import HistoryError

__all__ = ["Key", "create_key", "read_key"]

_SIZE = 32


def _long_enough(_key: object, _field: object, secret: bytes) -> None:
    if not 16 <= len(secret) <= 64:
        raise HistoryError(
            f"the key has {len(secret)} bytes: 16 to 64 random ones are needed, such as secrets.token_bytes({_SIZE})"
        )


@attrs.frozen(eq=False)
class Key:
    """Hides what must not be readable: each purpose has its own hashes."""

    secret: bytes = attrs.field(repr=False, validator=_long_enough)

    def hide(self, member_id: str) -> bytes:
        """The member, as stored."""
        return self._hash(b"member", member_id)

    def hide_source(self, source: str) -> str:
        """The name of an input, as stored: a file name may contain anything."""
        return self._hash(b"source", source).hex()

    @property
    def fingerprint(self) -> str:
        """Distinguishes two keys, and nothing more."""
        return self._hash(b"fingerprint", "").hex()

    @property
    def for_digests(self) -> bytes:
        """The key for digests of claims."""
        return self._hash(b"digests", "")

    def _hash(self, purpose: bytes, text: str) -> bytes:
        plain = text.encode("utf-8", "surrogatepass")
        return blake2b(plain, digest_size=16, key=self.secret, person=purpose).digest()


def read_key(path: Path) -> Key | None:
    """The key in a file; None if there is no file. A key that others may read or replace is refused."""
    try:
        with path.open("rb") as file:
            open_to = os.fstat(file.fileno()).st_mode & 0o077
            secret = file.read(65)
    except FileNotFoundError:
        return None
    if os.name == "posix" and open_to:
        raise HistoryError("the key file is open to others than its owner: chmod 600", file=str(path))
    return Key(secret)


def create_key(path: Path) -> Key:
    """A new random key in a file that only its owner may read; or the existing key, if another process made it
    first."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_SIZE))
            file.flush()
            os.fsync(file.fileno())
        # Linked when complete, so that no other process ever reads part of it.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    key = read_key(path)
    assert key is not None, "it was made above, here or elsewhere"  # noqa: S101 - for the type
    return key
