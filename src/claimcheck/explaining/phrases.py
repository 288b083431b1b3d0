"""A table's answer in words.

>>> from claimcheck.tables import Tables
>>> from datetime import date
>>> phrase(Tables.starter().mue("mue_practitioner", "97110", date(2024, 7, 15))).partition(" [")[0]
'6 units allowed per day (MAI 3, clinical): more may be paid on appeal'
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from claimcheck.explaining.unchecked import why
from claimcheck.tables import Absent, Found, NotCovered
from claimcheck.tables.answers import (
    Carc,
    CategoryII,
    DiagnosisCode,
    FeeSchedule,
    HcpcsCode,
    Opps,
    PlaceOfService,
    Rarc,
    ServiceGroup,
)
from claimcheck.tables.lookup import Edition
from claimcheck.tables.ncci_answers import AddOn, Mue
from claimcheck.tables.rows import PtpRow
from claimcheck.tables.tables import MEDICARE

__all__ = ["phrase"]

#: CMS, National Physician Fee Schedule Relative Value File, status codes, in our own words.
STATUS = {
    "A": "active, priced by relative value units",
    "B": "always bundled, never paid separately",
    "C": "priced by the contractor",
    "E": "excluded from this fee schedule by regulation",
    "G": "not valid for Medicare, another code is used",
    "I": "not valid for Medicare",
    "J": "anesthesia, priced by base units and time",
    "M": "measurement, reporting only",
    "N": "not covered by Medicare",
    "P": "bundled or excluded",
    "Q": "therapy information, reporting only",
    "R": "restricted coverage",
    "T": "paid only when nothing else is payable that day",
    "X": "paid under another schedule, by statute",
}
#: CMS, National Physician Fee Schedule Relative Value File, attachment A, in our own words.
_MULTIPLE = {
    "2": "ranked by fee with other procedures (multiple procedure indicator 2)",
    "3": "ranked within its endoscopic family, then with other procedures (multiple procedure indicator 3)",
    "4": "reduced with other imaging (multiple procedure indicator 4)",
    "5": "reduced with other therapy (multiple procedure indicator 5)",
    "6": "reduced with other cardiovascular tests (multiple procedure indicator 6)",
    "7": "reduced with other eye tests (multiple procedure indicator 7)",
}
_BILATERAL = {
    "1": "both sides at 150% with 50 (bilateral indicator 1)",
    "2": "both sides are in the fee (bilateral indicator 2)",
    "3": "each side in full (bilateral indicator 3)",
}
_ASSISTANT = {
    "0": "assistant paid with documentation (assistant indicator 0)",
    "1": "assistant never paid (assistant indicator 1)",
    "2": "assistant paid (assistant indicator 2)",
}
_CO_SURGEONS = {
    "0": "co-surgeons never paid (co-surgeon indicator 0)",
    "1": "co-surgeons paid with documentation (co-surgeon indicator 1)",
    "2": "co-surgeons of two specialties paid (co-surgeon indicator 2)",
}
_OPERATIONS = frozenset({"000", "010", "090"})  #: global days of codes with surgeons
_SUPERVISION = {"01": "general supervision", "02": "direct supervision", "03": "personal supervision"}
_MUE = {
    1: "units allowed per line (MAI 1)",
    2: "units allowed per day (MAI 2): absolute",
    3: "units allowed per day (MAI 3, clinical): more may be paid on appeal",
}


_BYPASSED = {
    0: "no modifier bypasses the pair",
    1: "a PTP-associated modifier bypasses it",
    9: "deleted, never in force",
}


def phrase(answer: Any) -> str:
    """The answer in words, with its edition."""
    match answer:
        case Found(value, edition, exact):
            return f"{_value(value)} [{_name(edition)}{'' if exact else ', outside its dates'}]"
        case Absent(edition):
            return f"not on the list [{_name(edition)}]"
        case NotCovered(reason):
            return f"not checked: {why(reason)}"
        case _:
            raise TypeError(f"no answer of a table: {type(answer).__name__}")


def _name(edition: Edition) -> str:
    """An edition by its name, whose table the text names already."""
    whose = "" if edition.program == MEDICARE else f"{edition.program.capitalize()} "
    return f"{whose}{edition.name}{' (starter table)' if edition.starter else ' (partial)' if edition.partial else ''}"


def _indicators(row: FeeSchedule) -> Iterator[str]:
    """What the schedule says about a code with other codes, sides and surgeons, and who supervises a test; nothing is
    priced by it."""
    if row.multiple in _MULTIPLE:
        yield _MULTIPLE[row.multiple]
    if row.endoscopic_base:
        yield f"endoscopic family of {row.endoscopic_base}"
    if row.bilateral in _BILATERAL:
        yield _BILATERAL[row.bilateral]
    for told, phrases in ((row.assistant, _ASSISTANT), (row.co_surgeons, _CO_SURGEONS)):
        if row.global_days in _OPERATIONS and told in phrases:
            yield phrases[told]
    if row.supervision in _SUPERVISION:
        yield _SUPERVISION[row.supervision]


def _value(value: Any) -> str:  # noqa: C901
    match value:
        case FeeSchedule(_, status, global_days, has_rvu):
            rvu = "with" if has_rvu else "without"
            meaning = STATUS.get(status, "unknown")
            text = f"status {status} ({meaning}), {rvu} relative value units, global days {global_days}"
            return "; ".join([text, *_indicators(value)])
        case CategoryII(_, status, active, first, last):
            return f"{'active' if active else 'not active'}, fee schedule status {status or 'none'}{_time(first, last)}"
        case ServiceGroup(name, codes):
            return f"in the service group {name}: {' '.join(sorted(codes))}"
        case Mue(_, 0):
            return "0 units: not payable in this setting"
        case Mue(_, most, mai):
            return f"{most} {_MUE[mai]}"
        case AddOn(_, number, primaries, by_contractor):
            needed = [" ".join(sorted(primaries))] if primaries else []
            needed += ["those that the contractor defines"] if by_contractor else []
            return f"add-on code of type {number}, primary procedures: {' and '.join(needed) or 'none listed'}"
        case PtpRow():
            return f"{value.column_two} is denied; {_BYPASSED[value.indicator]} (indicator {value.indicator})"
        case HcpcsCode(_, active, added, terminated):
            return f"{'active' if active else 'not active'}{_time(added, terminated)}"
        case DiagnosisCode(_, billable):
            return "billable" if billable else "not billable: more characters required"
        case Opps(_, indicator, apc):
            return f"status indicator {indicator}{f', APC {apc}' if apc else ''}"
        case PlaceOfService(_, active, effective, facility):
            rate = "facility" if facility else "non-facility"
            return f"{'active' if active else 'not active'}, {rate} rate{_time(effective, None)}"
        case Carc(_, active, start, end):
            return f"{'in use' if active else 'not in use'}{_time(start, end)}"
        case Rarc(_, alert, active, start, end):
            kind = "an alert, for information" if alert else "a remark code"
            return f"{kind}, {'in use' if active else 'not in use'}{_time(start, end)}"
        case _:
            raise TypeError(f"no value of a table: {type(value).__name__}")


def _time(first: date | None, last: date | None) -> str:
    return f"{f', from {first}' if first else ''}{f', through {last}' if last else ''}"
