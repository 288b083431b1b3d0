"""How a rule's outcome says what would change it.

What a modifier or code would achieve depends on what was done: those marked `documented` are right only if the medical
record supports them.

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
    """A modifier must be removed, or is malformed."""
    return Remedy(RemedyKind.MODIFIER, text, values)


def change_code(text: str, *values: str, documented: bool = False) -> Remedy:
    """Another procedure, diagnosis, or revenue code must be reported."""
    return Remedy(RemedyKind.CODE, text, values, documented=documented)


def correct(text: str, *values: str, documented: bool = False) -> Remedy:
    """A data element is missing or wrong."""
    return Remedy(RemedyKind.ELEMENT, text, values, documented=documented)


def change_units(text: str, *values: str, documented: bool = False) -> Remedy:
    """The units must change, or be explained by a modifier in `values`."""
    return Remedy(RemedyKind.UNITS, text, values, documented=documented)


def change_charge(text: str) -> Remedy:
    """The charge must change."""
    return Remedy(RemedyKind.CHARGE, text)


def change_date(text: str, *, documented: bool = False) -> Remedy:
    """A date must change, or has not arrived yet."""
    return Remedy(RemedyKind.DATE, text, documented=documented)


def bill_otherwise(text: str, *values: str, documented: bool = False) -> Remedy:
    """Another claim, another payer, or documentation with the claim is needed."""
    return Remedy(RemedyKind.CLAIM, text, values, documented=documented)


def load_table(text: str) -> Remedy:
    """The claim is right: a table or a policy must change."""
    return Remedy(RemedyKind.TABLE, text)


def not_paid(text: str) -> Remedy:
    """Nothing on the claim changes the outcome."""
    return Remedy(RemedyKind.NONE, text)
