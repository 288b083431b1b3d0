"""The bill type of a claim as rules read it."""

from __future__ import annotations

from claimcheck.claims import Claim, Unreadable
from claimcheck.codes import bill_type
from claimcheck.rules.facts.code import CodeField, State, read_code

__all__ = ["read_bill"]


def read_bill(claim: Claim) -> tuple[CodeField, str | None, str | None]:
    """The bill type, its first two characters, and the frequency in it.

    An 837I gives only facility and classification ("13"), and the frequency separately; together they are the bill type
    of the paper form.
    """
    given = claim.bill_type
    if given is None or isinstance(given, Unreadable):
        return read_code(bill_type.parse, given), None, None
    if len(given) == 2 and given.isascii() and given.isdigit() and "0" not in given:
        frequency = claim.frequency_code
        if isinstance(frequency, str):
            return read_code(bill_type.parse, given + frequency), given, None
        return CodeField(State.CODE, given, shape="text of 2: 99"), given, None
    field = read_code(bill_type.parse, given)
    bill = field.value
    return (field, f"{bill.facility}{bill.classification}", bill.frequency) if field else (field, None, None)
