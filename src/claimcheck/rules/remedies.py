"""How a rule's outcome says what would change it, by what has to change.

What a modifier or a code would do depends on what was done, so that those that say `documented` are only right if the
medical record supports them.

>>> from claimcheck.rules.remedies import add_modifier, not_paid
>>> print(add_modifier("Add modifier 25 to the visit", "25"))
Add modifier 25 to the visit, if the medical record supports it
>>> not_paid("Not covered by the payer").kind
<RemedyKind.NONE: 'none'>
"""

from __future__ import annotations

from claimcheck.claims import Remedy, RemedyKind

__all__ = [
    "add_modifier",
    "bill_otherwise",
    "change_charge",
    "change_code",
    "change_date",
    "change_modifier",
    "change_units",
    "correct",
    "load_table",
    "not_paid",
]


def add_modifier(text: str, *values: str) -> Remedy:
    """A modifier would change the outcome, if the record supports it."""
    return Remedy(RemedyKind.MODIFIER, text, values, documented=True)


def change_modifier(text: str, *values: str) -> Remedy:
    """A modifier has to go, or is malformed."""
    return Remedy(RemedyKind.MODIFIER, text, values)


def change_code(text: str, *values: str, documented: bool = False) -> Remedy:
    """Another procedure, diagnosis or revenue code has to be reported."""
    return Remedy(RemedyKind.CODE, text, values, documented=documented)


def correct(text: str, *values: str, documented: bool = False) -> Remedy:
    """A data element is missing or wrong."""
    return Remedy(RemedyKind.ELEMENT, text, values, documented=documented)


def change_units(text: str, *values: str, documented: bool = False) -> Remedy:
    """The units have to change, or a modifier among `values` has to explain them."""
    return Remedy(RemedyKind.UNITS, text, values, documented=documented)


def change_charge(text: str) -> Remedy:
    """The charge has to change."""
    return Remedy(RemedyKind.CHARGE, text)


def change_date(text: str, *, documented: bool = False) -> Remedy:
    """A date has to change, or has to be waited for."""
    return Remedy(RemedyKind.DATE, text, documented=documented)


def bill_otherwise(text: str, *values: str, documented: bool = False) -> Remedy:
    """Another claim, another payer, or documents beside the claim are needed."""
    return Remedy(RemedyKind.CLAIM, text, values, documented=documented)


def load_table(text: str) -> Remedy:
    """The claim is right: a table or a policy has to change."""
    return Remedy(RemedyKind.TABLE, text)


def not_paid(text: str) -> Remedy:
    """Nothing on the claim changes the outcome."""
    return Remedy(RemedyKind.NONE, text)
