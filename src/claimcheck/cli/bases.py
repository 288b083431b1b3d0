"""By what a kept verdict is given again: the policy and the tables of its receipt, or others that were asked for."""

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
    """Validators by policy. `policy` and `others` (than the receipts' tables) say what was asked for.

    Where nothing was asked for, what is at hand must be what the receipt names: another policy of the same name, or
    other tables, would give another verdict in silence.

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
        """What gives the verdict of a receipt again, or what was asked for. InputError where that is not at hand."""
        if not self.others and receipt.tables_hash != self.tables.digest:
            raise InputError(
                f"the tables are others than the receipt's (hash {_short(receipt.tables_hash)}, here "
                f"{_short(self.tables.digest)}): give the store of that time with --tables DIR, or name another there "
                "to see what it changes"
            )
        return self._by(receipt)[0]

    def is_own(self, receipt: Receipt) -> bool:
        """Whether that is the very basis of the receipt, so that the verdict must be the same to the byte."""
        _, digest = self._by(receipt)
        return (receipt.policy_hash, receipt.tables_hash) == (digest, self.tables.digest)

    def _by(self, receipt: Receipt) -> tuple[Validator, str]:
        """The validator, and its policy's hash."""
        if self.policy is not None:
            return self._of(self.policy.name, self.policy, receipt)
        if receipt.policy not in Policy.names():  # a receipt may say anything, and names no file to be opened
            raise InputError("the receipt's policy is none of the library: give its file with --policy FILE")
        validator, digest = self._of(receipt.policy, None, receipt)
        if digest != receipt.policy_hash:
            raise InputError(
                f"the policy {receipt.policy} is another than the receipt's (hash {_short(receipt.policy_hash)}, here "
                f"{_short(digest)}): give the file of that time with --policy FILE, or --policy {receipt.policy} to "
                "see what today's changes"
            )
        return validator, digest

    def _of(self, name: str, policy: Policy | None, receipt: Receipt) -> tuple[Validator, str]:
        """By that policy, and the rules of the receipt: those that were switched off are so again."""
        key = name, receipt.rules_off, receipt.severities
        known = self._known.get(key)
        if known is None:
            loaded = as_then(policy or Policy.load(name), receipt.rules_off, dict(receipt.severities))
            known = self._known[key] = Validator(loaded, self.tables), loaded.hash
        return known


def _short(digest: str) -> str:
    return digest[:12] if set(digest) <= _HEX and digest else "missing"
