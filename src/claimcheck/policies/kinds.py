"""The kinds of policy values: amounts, codes, counts, names, each with the words that describe it.

A parameter field's annotation says what is expected. To everything else the annotation is its plain type;
`parameter.read` checks the rest and says what is expected:

>>> MODIFIERS.refusals(frozenset({"25", "modifier 59"}))
["a modifier, such as 25 or LT, is expected, not 'modifier 59'"]
>>> REVENUE.refusals(CodeSpans.of(["0450-0459", "36"]))
["a revenue code of four digits, such as 0450, is expected, not '36'"]
>>> DOLLARS.refusals(Decimal("0.01")), DOLLARS.refusals(Decimal("-1"))
([], ['an amount in whole cents, "0.00" or more, is expected, not \\'-1\\''])
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import attrs

from claimcheck import dates, money
from claimcheck.claims import Claim
from claimcheck.codes import icd9cm, icd10cm, modifier, place_of_service
from claimcheck.codes.procedure import is_valid as is_procedure
from claimcheck.policies.kind import AtLeastOne, Kind, whole
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "BillTypeCodes",
    "Characters",
    "ClaimFields",
    "ClaimTypes",
    "ConditionCodeSpans",
    "ConditionCodes",
    "Contractors",
    "Count",
    "DayOfEveryYear",
    "Days",
    "Diagnoses",
    "Dollars",
    "DollarsAboveZero",
    "Indicators",
    "ModifierPairs",
    "Modifiers",
    "Name",
    "PatientStatusCodes",
    "PatientStatusSpans",
    "PlacesOfService",
    "Procedure",
    "Procedures",
    "ProviderKinds",
    "Revenue",
    "SomeBillTypeCodes",
    "SomeModifiers",
    "SomeProcedures",
    "SomeRevenue",
]

DOLLARS = Kind(
    'an amount in whole cents, "0.00" or more,',
    lambda amount: 0 <= amount <= money.LARGEST and money.whole_cents(amount),
    r"[0-9]+(\.[0-9]{1,2})?",
)
MODIFIERS = Kind("a modifier, such as 25 or LT,", lambda text: modifier.is_valid(text, strict=True), "[0-9A-Z]{2}")
REVENUE = Kind.of("a revenue code of four digits, such as 0450,", "[0-9]{4}")
_PROCEDURE = Kind("a procedure code, such as 99213, 3044F or G0463,", is_procedure, "[0-9A-Za-z][0-9]{3}[0-9A-Za-z]")
_PATIENT_STATUS = Kind.of("a patient status of two digits, such as 30,", "[0-9]{2}")
_CLAIM_TYPES = ("professional", "institutional")

#: Dollars and whole cents.
Dollars = Annotated[Decimal, DOLLARS]
DollarsAboveZero = Annotated[Decimal, DOLLARS, Kind('an amount above "0.00"', lambda amount: amount > 0)]

Count = Annotated[int, whole(1, 9_999)]
#: At most a hundred years.
Days = Annotated[int, whole(0, 36_525)]
Name = Annotated[
    str, Kind("a name of 1 to 100 characters", lambda text: 1 <= len(text.strip()) <= 100 and text.isprintable())
]

DayOfEveryYear = Annotated[
    str,
    Kind(
        'a day of every year, as month and day ("07-01"),',
        lambda text: dates.read(f"2001-{text}") is not None,
        "[0-9]{2}-[0-9]{2}",
    ),
]
Procedure = Annotated[str, _PROCEDURE]
Procedures = Annotated[CodeSpans, _PROCEDURE]
Diagnoses = Annotated[
    CodeSpans,
    Kind(
        "a diagnosis code, such as E11.65,",
        lambda text: icd10cm.is_valid(text) or icd9cm.is_valid(text),
        r"[0-9A-Za-z]{3}\.?[0-9A-Za-z]{0,4}",
    ),
]
SomeProcedures = Annotated[Procedures, AtLeastOne("one procedure code")]
Revenue = Annotated[CodeSpans, REVENUE]
SomeRevenue = Annotated[Revenue, AtLeastOne("one revenue code")]
#: Facility and classification, as in the claim's bill type after its leading zero.
BillTypeCodes = Annotated[CodeSpans, Kind.of("a bill type by its first two digits, such as 13 for 013x,", "[0-9]{2}")]
SomeBillTypeCodes = Annotated[BillTypeCodes, AtLeastOne("one bill type")]
Modifiers = Annotated[frozenset[str], MODIFIERS]
SomeModifiers = Annotated[Modifiers, AtLeastOne("one modifier")]
ModifierPairs = Annotated[
    tuple[str, ...],
    Kind(
        'a pair of modifiers, such as "26 TC",',
        lambda text: len(text.split(" ")) == 2 and all(modifier.is_valid(one, strict=True) for one in text.split(" ")),
        "[0-9A-Z]{2} [0-9A-Z]{2}",
    ),
]
ConditionCodes = Annotated[
    frozenset[str], Kind.of("a condition code of two characters, such as 45 or G0,", "[0-9A-Z]{2}")
]
ConditionCodeSpans = Annotated[
    CodeSpans, Kind.of("a condition code of two characters, such as 45 or G0,", "[0-9A-Z]{2}")
]
PatientStatusCodes = Annotated[frozenset[str], _PATIENT_STATUS]
PatientStatusSpans = Annotated[CodeSpans, _PATIENT_STATUS]
#: Types of admission, points of origin, and frequency codes of bill types.
Characters = Annotated[frozenset[str], Kind.of("a code of one letter or digit, such as 1 or D,", "[0-9A-Z]")]
#: Status codes of the physician fee schedule, bilateral indicators, OPPS status indicators.
Indicators = Annotated[
    frozenset[str], Kind.of("an indicator of one or two characters, such as T or J1,", "[0-9A-Z]{1,2}")
]
PlacesOfService = Annotated[
    frozenset[str], Kind("a place of service of two digits, such as 11,", place_of_service.is_valid, "[0-9]{2}")
]
#: Numbers of Medicare's contractors.
Contractors = Annotated[frozenset[str], Kind.of("a contractor's number of five digits, such as 05101,", "[0-9]{5}")]
ClaimTypes = Annotated[
    frozenset[str], Kind(f"one of {', '.join(_CLAIM_TYPES)}", _CLAIM_TYPES.__contains__, "|".join(_CLAIM_TYPES))
]
#: Compared with `Claim.provider_kind` in lowercase. The sender of a claim decides which kinds there are.
ProviderKinds = Annotated[
    frozenset[str], Kind.of('a kind of provider in lower case, such as "dme_supplier",', "[a-z][a-z0-9_]{0,39}")
]


def _is_field_of_a_claim(text: str) -> bool:
    return text in attrs.fields_dict(Claim) and text not in ("source", "problems")


ClaimFields = Annotated[tuple[str, ...], Kind('a field of a claim, such as "member_id",', _is_field_of_a_claim)]
