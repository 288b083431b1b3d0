"""The condition, occurrence, value, and inpatient procedure codes of a claim as rules read them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from claimcheck.claims import Claim, InpatientProcedure, OccurrenceCode, Unreadable, ValueCode
from claimcheck.rules.facts.claim_dates import before

__all__ = ["NO_CODE_FLAGS", "CodeFlag", "code_flags", "codes_of", "procedures_of"]


class CodeFlag(StrEnum):
    """What an occurrence or value code of a claim lacks."""

    OCCURRENCE_WITHOUT_DATE = "occurrence_without_date"
    OCCURRENCE_REVERSED = "occurrence_reversed"
    VALUE_WITHOUT_AMOUNT = "value_without_amount"
    VALUE_NEGATIVE = "value_negative"


def procedures_of(claim: Claim) -> tuple[tuple[object, object, object], ...]:
    """Role, version, and code of the inpatient procedures."""
    given = (item for item in claim.procedures if isinstance(item, InpatientProcedure))
    return tuple((item.role, item.version, item.code) for item in given)


def codes_of(given: Iterable[Any], kind: type[Any]) -> tuple[str, ...]:
    """The readable codes among values of a kind, such as occurrence codes."""
    return tuple(one.code for one in given if isinstance(one, kind) and isinstance(one.code, str))


NO_CODE_FLAGS: frozenset[CodeFlag] = frozenset()


def code_flags(claim: Claim) -> frozenset[CodeFlag]:
    """What the occurrence and value codes lack. What cannot be read is reported by its own rule."""
    found = set()
    for one in claim.occurrence_codes:
        if isinstance(one, OccurrenceCode) and not isinstance(one.code, Unreadable):
            if one.date is None:
                found.add(CodeFlag.OCCURRENCE_WITHOUT_DATE)
            elif before(one.through, one.date):
                found.add(CodeFlag.OCCURRENCE_REVERSED)
    for given in claim.value_codes:
        if isinstance(given, ValueCode) and not isinstance(given.code, Unreadable):
            if given.amount is None:
                found.add(CodeFlag.VALUE_WITHOUT_AMOUNT)
            elif isinstance(given.amount, Decimal) and given.amount < 0:
                found.add(CodeFlag.VALUE_NEGATIVE)
    return frozenset(found)
