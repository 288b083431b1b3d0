"""By what a kept verdict is given again: the policy and the tables of its receipt, or others that were asked for."""

from __future__ import annotations

import attrs

from claimcheck.claims import Receipt
from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.policies import Policy
from claimcheck.tables import Tables

__all__ = ["Bases"]


@attrs.define
class Bases:
    """Validators by policy. `policy` and `others` (than the receipts' tables) say what was asked for.

    Where nothing was asked for, what is at hand must be what the receipt names: another policy of the same name, or
    other tables, would give another verdict in silence.

    >>> bases = Bases(Tables.starter(), others=False)
    >>> zero = Policy.load("zero")
    >>> receipt = Receipt("1.0", "zero", zero.hash, tables_hash=Tables.starter().digest)
    >>> bases.validator(receipt).policy == zero, bases.is_own(receipt)
    (True, True)
    >>> bases.validator(attrs.evolve(receipt, policy_hash="0" * 64))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: the policy zero is another than the receipt's (hash 000000000000, here ...
    """

    tables: Tables
    others: bool
    policy: Policy | None = None
    _validators: dict[str, Validator] = attrs.field(factory=dict)

    def validator(self, receipt: Receipt) -> Validator:
        """What gives the verdict of a receipt again, or what was asked for. InputError where that is not at hand."""
        if not self.others and receipt.tables_hash != self.tables.digest:
            raise InputError(
                f"the tables are others than the receipt's (hash {_short(receipt.tables_hash)}, here "
                f"{_short(self.tables.digest)}): give the store of that time with --tables DIR, or name another there "
                "to see what it changes"
            )
        policy = self.policy or _named(receipt)
        return self._of(policy)

    def is_own(self, receipt: Receipt) -> bool:
        """Whether that is the very basis of the receipt, so that the verdict must be the same to the byte."""
        policy = self.policy or _named(receipt)
        return (receipt.policy_hash, receipt.tables_hash) == (policy.hash, self.tables.digest)

    def _of(self, policy: Policy) -> Validator:
        known = self._validators.get(policy.name)
        if known is None:
            known = self._validators[policy.name] = Validator(policy, self.tables)
        return known


def _named(receipt: Receipt) -> Policy:
    """The policy that a receipt names. Only one of the library: a receipt may say anything, and names no file."""
    if receipt.policy not in Policy.names():
        raise InputError(
            "the receipt's policy is none of the library: give its file with --policy FILE (claimcheck policies list)"
        )
    policy = Policy.load(receipt.policy)
    if policy.hash != receipt.policy_hash:
        raise InputError(
            f"the policy {policy.name} is another than the receipt's (hash {_short(receipt.policy_hash)}, here "
            f"{_short(policy.hash)}): give the file of that time with --policy FILE, or --policy {policy.name} to see "
            "what today's changes"
        )
    return policy


def _short(digest: str) -> str:
    return digest[:12] if digest.isalnum() else "none"
