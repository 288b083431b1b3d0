"""What a saved result is reproduced with: the policy and tables of its receipt, or others that were requested."""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.claims import Receipt
from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.policies import Policy
from claimcheck.rules.choosing import as_then
from claimcheck.tables import Tables

__all__ = ["Bases"]

_HEX = frozenset("0123456789abcdef")


@attrs.define
class Bases:
    """Validators by policy. `policy` and `others` (instead of the receipts' tables) are what was requested.

    Without a request, the policy and tables must be those in the receipt: another policy with the same name, or other
    tables, would silently give another result.

    >>> bases = Bases(Tables.starter(), others=False)
    >>> zero = Policy.load("zero")
    >>> receipt = Receipt("1.0", "zero", zero.hash, tables_hash=Tables.starter().digest)
    >>> bases.validator(receipt).policy.hash == zero.hash, bases.is_own(receipt)
    (True, True)
    >>> bases.validator(attrs.evolve(receipt, policy_hash="0" * 64))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: the policy zero is another than the receipt's (hash 000000000000, here ...
    """

    tables: Tables
    others: bool
    policy: Policy | None = None
    _known: dict[tuple[Any, ...], tuple[Validator, str]] = attrs.field(factory=dict)

    def validator(self, receipt: Receipt) -> Validator:
        """The validator for a receipt, or the requested one. InputError if it is not available."""
        if not self.others and receipt.tables_hash != self.tables.digest:
            raise InputError(
                f"the tables are others than the receipt's (hash {_short(receipt.tables_hash)}, here "
                f"{_short(self.tables.digest)}): give the store of that time with --tables DIR, or name another there "
                "to see what it changes"
            )
        return self._by(receipt)[0]

    def is_own(self, receipt: Receipt) -> bool:
        """Whether this is the receipt's own policy and tables, so that the result must be identical to the byte."""
        _, digest = self._by(receipt)
        return (receipt.policy_hash, receipt.tables_hash) == (digest, self.tables.digest)

    def _by(self, receipt: Receipt) -> tuple[Validator, str]:
        """The validator, and its policy's hash."""
        if self.policy is not None:
            return self._of(self.policy.name, self.policy, receipt)
        if receipt.policy not in Policy.names():  # a receipt may contain anything, and must not name a file to open
            raise InputError("the receipt's policy is not a built-in one: give its file with --policy FILE")
        validator, digest = self._of(receipt.policy, None, receipt)
        if digest != receipt.policy_hash:
            raise InputError(
                f"the policy {receipt.policy} is another than the receipt's (hash {_short(receipt.policy_hash)}, here "
                f"{_short(digest)}): give the file of that time with --policy FILE, or --policy {receipt.policy} to "
                "see what today's changes"
            )
        return validator, digest

    def _of(self, name: str, policy: Policy | None, receipt: Receipt) -> tuple[Validator, str]:
        """A validator with that policy and the rules of the receipt: those it switched off stay off."""
        key = name, receipt.rules_off, receipt.severities
        known = self._known.get(key)
        if known is None:
            loaded = as_then(policy or Policy.load(name), receipt.rules_off, dict(receipt.severities))
            known = self._known[key] = Validator(loaded, self.tables), loaded.hash
        return known


def _short(digest: str) -> str:
    return digest[:12] if set(digest) <= _HEX and digest else "missing"
