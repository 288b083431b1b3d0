"""Which recorded lines belong to a claim or to a version of its bill, and which to other claims.

A history that distinguishes the bills with one claim id has a method `account`, as those of claimcheck have; in any
other all lines under the claim's own id, and under those that it replaces, are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from claimcheck.claims import Claim
from claimcheck.history.accounts import Account, Days, name_of, plain
from claimcheck.history.entry import asked, days_of_bill, identity, undone_by
from claimcheck.history.recorded import LookUp, RecordedLine

__all__ = ["Own", "others", "successor"]

AccountOf = Callable[[str, Days | None], Account]


class Own(Container[str]):
    """The names under which a history keeps a claim, and versions of its bill.

    `account_of` is asked where it matters, once for each claim id.
    """

    __slots__ = ("_account_of", "_accounts", "_bases", "_claim", "_found", "_key")

    def __init__(self, claim: Claim, account_of: AccountOf, key: bytes = b"") -> None:
        self._claim = claim
        self._account_of = account_of
        self._accounts: dict[str, Account] = {}
        self._key = key
        own = identity(claim, key)
        self._bases = frozenset((own, plain(own), *undone_by(claim, key)))
        self._found: dict[str, frozenset[str]] = {}

    def __contains__(self, name: object) -> bool:
        base = plain(str(name))
        return base in self._bases and name in self.under(base)

    def under(self, base: str) -> frozenset[str]:
        """The names under one claim id."""
        known = self._found.get(base)
        if known is None:
            known = self._found[base] = self._look_up(base)
        return known

    def apart(self, base: str) -> frozenset[str]:
        """The names under one claim id of other bills."""
        return frozenset(name_of(base, one.visit) for one in self._account(base).versions) - self.under(base)

    def _account(self, base: str) -> Account:
        known = self._accounts.get(base)
        if known is None:
            known = self._accounts[base] = self._account_of(base, days_of_bill(self._claim))
        return known

    def _look_up(self, base: str) -> frozenset[str]:
        account = self._account(base)
        if not account.versions:
            return frozenset()
        claim = asked(self._claim, self._key)
        found: frozenset[str] = frozenset()
        if base == plain(identity(self._claim, self._key)):
            found = account.names_of(base, claim)
        if base in claim.undoes:
            found |= {name_of(base, one.visit) for one in account.meant_by(claim.bill.days)}
        return found


def others(
    lines: Iterable[RecordedLine], claim: Claim | None, account_of: AccountOf, key: bytes = b""
) -> Iterator[RecordedLine]:
    """The lines that are of other claims than `claim` and the versions of its bill.

    `account_of` gives what the history holds under a claim id of the member, as far as a claim of some days asks; see
    `standing.account_of`.
    """
    if claim is None:
        return iter(lines)
    own = Own(claim, account_of, key)
    return (line for line in lines if line.claim not in own)


def successor(history: LookUp | None, claim: Claim) -> tuple[str | None] | None:
    """The claim id of the recorded claim that replaces a claim, None where that has none; else nothing.

    The claim may have been recorded before that one, or come after it.
    """
    own = getattr(history, "successor", None)
    if own is not None:
        told: tuple[str | None] | None = own(claim)
        return told
    account_of = getattr(history, "account", None)
    if account_of is None or not isinstance(claim.member_id, str) or not isinstance(claim.claim_id, str):
        return None
    key: bytes = getattr(history, "digest_key", b"")
    name = identity(claim, key)
    account: Account = account_of(claim.member_id, plain(name), days_of_bill(claim))
    if not account.versions and not account.undone:
        return None
    found = account.successor(plain(name), asked(claim, key))
    return None if found is None else (None if found[0] is None else plain(found[0]),)
