"""Which codes a table lists at all. What it does not list cannot be missing from it.

The physician fee schedule holds no proprietary laboratory (PLA) or MAAA codes, and of Level II only what Medicare may
pay; it held COVID-19 administration codes from January 2021 to October 2023. The national HCPCS file holds neither CPT
nor dental nor retired local codes. Sources: CMS Physician Fee Schedule Relative Value Files, January 2020 to July 2024;
CMS HCPCS Level II file, January 2026.

>>> lists("fee_schedule", "99213"), lists("fee_schedule", "0001U"), lists("fee_schedule", "J1885")
(True, False, False)
>>> lists("hcpcs", "J1885"), lists("hcpcs", "D0120"), lists("hcpcs", "W1234"), lists("hcpcs", "99213")
(True, False, False, False)

Of modifiers the HCPCS file holds those of Level II only, the starter table all; and no list holds the pairs of
letters that say where an ambulance ride began and ended (CMS, Medicare Claims Processing Manual, ch. 15, 30.A).

>>> [lists("modifier", text) for text in ("LT", "59", "RH")]
[True, False, False]
>>> [lists("modifier", text, starter=True) for text in ("LT", "59", "RH")]
[True, True, False]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import regex

from claimcheck import dates
from claimcheck.codes import icd10cm, icd10pcs, modifier, place_of_service, procedure
from claimcheck.codes.modifier import ModifierKind
from claimcheck.codes.procedure import ProcedureKind

__all__ = ["is_category_ii", "is_covid_administration", "lists", "may_hold", "remembers_from"]

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
_KEPT_FOR = 48  #: months
_FORGETFUL = frozenset({"hcpcs", "modifier"})  #: tables that drop codes
_RIDE_ENDS = frozenset("DEGHIJNPRSX")


def lists(table: str, code: str, *, starter: bool = False) -> bool:
    """Whether the table would list the code if it were in force, so that its absence means something."""
    match table:
        case "fee_schedule":
            return _kind(code) in _FEE_SCHEDULE
        case "opps" | "outpatient_procedure":
            return _kind(code) not in _NOT_OUTPATIENT
        case "hcpcs":
            return _kind(code) in _NATIONAL
        case "modifier":
            return not _is_ride(code) and (starter or _is_level_ii(code))
    return True


def remembers_from(table: str, exact_from: date) -> date:
    """The day since which an edition lists all codes that were in force on some day.

    The national file keeps a code for four years after its end (CMS, HCPCS 2018 file, its notice). Of other tables
    nothing of the kind is known.

    >>> str(remembers_from("hcpcs", date(2026, 1, 1))), str(remembers_from("opps", date(2026, 1, 1)))
    ('2022-01-01', '0001-01-01')
    """
    return dates.months_later(exact_from, -_KEPT_FOR) if table in _FORGETFUL else date.min


def may_hold(table: str, code: str) -> bool:
    """Whether the text has the form of what the table is about.

    >>> [table for table in ("hcpcs", "mue_dme", "icd10cm", "rarc", "modifier") if may_hold(table, "J4520")]
    ['hcpcs', 'mue_dme', 'icd10cm']
    """
    return bool(_FORMS.get(table, procedure.is_valid)(code)) and lists(table, code, starter=True)


def is_category_ii(code: str) -> bool:
    """Whether the text has the form of a CPT Category II code."""
    return _kind(code) is ProcedureKind.CATEGORY_II


def is_covid_administration(code: str) -> bool:
    """Whether the text has the form of a CPT code for the administration of a COVID-19 vaccine."""
    return _kind(code) is ProcedureKind.COVID_ADMINISTRATION


@lru_cache(maxsize=4096)
def _kind(code: str) -> ProcedureKind | None:
    return procedure.parse(code).kind if procedure.is_valid(code, strict=True) else None


def _is_level_ii(code: str) -> bool:
    return modifier.is_valid(code) and modifier.parse(code).kind not in _NOT_LEVEL_II


def _is_ride(modifier: str) -> bool:
    return len(modifier) == 2 and _RIDE_ENDS.issuperset(modifier)


_FORMS: Final[Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {
        "modifier": modifier.is_valid,
        "icd10cm": icd10cm.is_valid,
        "icd10pcs": icd10pcs.is_valid,
        "place_of_service": place_of_service.is_valid,
        "carc": regex.compile("[0-9]{1,3}|[ABDPWY][0-9]{1,2}").fullmatch,
        "rarc": regex.compile("(?:M|MA|N)[0-9]{1,3}").fullmatch,
        "service_group": is_category_ii,
        "category_ii": is_category_ii,
    }
)
"""What the codes of a table look like; those of every other table are procedure codes."""
