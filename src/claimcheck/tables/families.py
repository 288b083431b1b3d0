"""What a table's codes look like, and for which kinds of code absence is meaningful.

The physician fee schedule holds no proprietary laboratory (PLA) or MAAA codes, and of Level II only what Medicare may
pay; it held COVID-19 administration codes from January 2021 to October 2023. The national HCPCS file holds neither CPT
nor dental nor retired local codes. Sources: CMS Physician Fee Schedule Relative Value Files, January 2020 to July 2024;
CMS HCPCS Level II file, January 2026.

>>> is_scheduled("99213"), is_scheduled("0001U"), is_scheduled("J1885")
(True, False, False)
>>> is_national("J1885"), is_national("D0120"), is_national("W1234"), is_national("99213")
(True, False, False, False)

Of modifiers the HCPCS file holds those of Level II only; and no list holds the pairs of letters that say where an
ambulance ride began and ended (CMS, Medicare Claims Processing Manual, ch. 15, 30.A).

>>> [is_level_ii_modifier(text) for text in ("LT", "59", "RH")], [is_no_ride(text) for text in ("LT", "59", "RH")]
([True, False, False], [True, True, False])
"""

from __future__ import annotations

from functools import lru_cache

import regex

from claimcheck.codes import modifier, procedure
from claimcheck.codes.modifier import ModifierKind
from claimcheck.codes.procedure import ProcedureKind

__all__ = [
    "is_anesthesia",
    "is_category_ii",
    "is_covid_administration",
    "is_level_ii_modifier",
    "is_national",
    "is_no_ride",
    "is_outpatient",
    "is_reason",
    "is_remark",
    "is_scheduled",
]

_FEE_SCHEDULE = frozenset(
    {
        ProcedureKind.CATEGORY_I,
        ProcedureKind.CATEGORY_II,
        ProcedureKind.CATEGORY_III,
        ProcedureKind.COVID_ADMINISTRATION,
    }
)
_NATIONAL = frozenset({ProcedureKind.LEVEL_II, ProcedureKind.C_CODE})
_NOT_OUTPATIENT = frozenset({ProcedureKind.DENTAL, ProcedureKind.LOCAL, ProcedureKind.UNASSIGNED})
_NOT_LEVEL_II = frozenset({ModifierKind.LEVEL_I, ModifierKind.CATEGORY_II, ModifierKind.PHYSICAL_STATUS})
_RIDE_ENDS = frozenset("DEGHIJNPRSX")
_REASON = regex.compile("[0-9]{1,3}|[ABDPWY][0-9]{1,2}")
_REMARK = regex.compile("(?:M|MA|N)[0-9]{1,3}")


def is_anesthesia(code: str) -> bool:
    """Whether the code is in the anesthesia section of CPT, 00100 to 01999 (AMA, CPT).

    >>> is_anesthesia("00810"), is_anesthesia("3044F"), is_anesthesia("10021")
    (True, False, False)
    """
    return code.isdigit() and "00100" <= code <= "01999"


def is_scheduled(code: str) -> bool:
    """Whether the physician fee schedule lists codes of this kind."""
    return _kind(code) in _FEE_SCHEDULE


def is_national(code: str) -> bool:
    """Whether the national HCPCS file lists codes of this kind."""
    return _kind(code) in _NATIONAL


def is_outpatient(code: str) -> bool:
    """Whether codes of this kind exist under the outpatient prospective payment system."""
    return _kind(code) not in _NOT_OUTPATIENT


def is_level_ii_modifier(text: str) -> bool:
    """Whether the HCPCS file lists modifiers of this kind."""
    return is_no_ride(text) and modifier.is_valid(text) and modifier.parse(text).kind not in _NOT_LEVEL_II


def is_no_ride(text: str) -> bool:
    """Whether it is anything but an ambulance origin and destination pair."""
    return len(text) != 2 or not _RIDE_ENDS.issuperset(text)


def is_reason(text: str) -> bool:
    """Whether it has the form of a claim adjustment reason code."""
    return _REASON.fullmatch(text) is not None


def is_remark(text: str) -> bool:
    """Whether it has the form of a remittance advice remark code."""
    return _REMARK.fullmatch(text) is not None


def is_category_ii(code: str) -> bool:
    """Whether the text has the form of a CPT Category II code."""
    return _kind(code) is ProcedureKind.CATEGORY_II


def is_covid_administration(code: str) -> bool:
    """Whether the text has the form of a CPT code for the administration of a COVID-19 vaccine."""
    return _kind(code) is ProcedureKind.COVID_ADMINISTRATION


@lru_cache(maxsize=4096)
def _kind(code: str) -> ProcedureKind | None:
    return procedure.parse(code).kind if procedure.is_valid(code, strict=True) else None
