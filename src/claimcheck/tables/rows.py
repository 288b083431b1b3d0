"""The rows that readers of official files return and the store packs: one tuple type per kind of table.

Codes are the publisher's text, trimmed; a missing deletion or termination is None (still in force). The last day in
force is *included*: a row is in force on `effective <= day <= deletion`.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

__all__ = [
    "AddOnRow",
    "CarcRow",
    "CategoryIIRow",
    "CodeListRow",
    "DiagnosisRow",
    "FeeScheduleRow",
    "HcpcsRow",
    "MueRow",
    "OppsRow",
    "PlaceOfServiceRow",
    "PtpRow",
    "RarcRow",
    "Record",
    "ServiceGroupRow",
]


class PtpRow(NamedTuple):
    """An NCCI procedure-to-procedure pair in one period. `indicator` is 0, 1, or 9 (never in force)."""

    column_one: str
    column_two: str
    effective: date
    deletion: date | None
    indicator: int
    rationale: str


class MueRow(NamedTuple):
    """A medically unlikely edit: at most `value` units; `mai` its adjudication indicator 1, 2, or 3."""

    code: str
    value: int
    mai: int
    rationale: str


class AddOnRow(NamedTuple):
    """An add-on code and one of its primaries (None: contractor-defined, CCCCC in the file)."""

    type: int
    add_on: str
    primary: str | None
    effective: date
    deletion: date | None  #: the earliest deletion of the edit, the add-on code, and the primary code


class HcpcsRow(NamedTuple):
    """A HCPCS Level II code, or a modifier (`code` of two characters)."""

    code: str
    added: date | None
    effective: date | None  #: the date of the last action on the code
    terminated: date | None  #: the last day on which it is valid
    coverage: str
    action: str


class DiagnosisRow(NamedTuple):
    """An ICD-10-CM or ICD-10-PCS code without its dot; `billable` is False for a header."""

    code: str
    billable: bool


class FeeScheduleRow(NamedTuple):
    """A row of the physician fee schedule. `modifier` is "" for the code itself, else 26, TC, or 53.

    The fields from `pctc` on are "" if unknown: a store made before they were stored lacks them.
    """

    code: str
    modifier: str
    status: str
    global_days: str
    total_nonfacility: str  #: total RVU as printed
    total_facility: str
    bilateral: str
    multiple: str
    pctc: str = ""  #: professional and technical component, 0 to 9
    nonfacility_na: str = ""  #: "NA": rarely or never performed there
    facility_na: str = ""
    preoperative: str = ""  #: share of the global package, as printed
    intraoperative: str = ""
    postoperative: str = ""
    assistant: str = ""  #: assistant at surgery
    co_surgeons: str = ""
    team: str = ""
    endoscopic_base: str = ""  #: the base code of the endoscopic family
    supervision: str = ""  #: of diagnostic procedures
    imaging_family: str = ""


class OppsRow(NamedTuple):
    """A row of OPPS Addendum B: the status indicator of a code under the outpatient prospective payment system."""

    code: str
    status_indicator: str
    apc: str


class CarcRow(NamedTuple):
    """A claim adjustment reason code and the dates on which it may be used."""

    code: str
    start: date | None
    end: date | None


class RarcRow(NamedTuple):
    """A remittance advice remark code; `is_alert` if it is informational."""

    code: str
    is_alert: bool
    start: date | None
    end: date | None


class CodeListRow(NamedTuple):
    """A row of a user's own list (age and sex limits, manifestation codes, revenue codes, replacements)."""

    code: str
    effective: date | None
    deletion: date | None
    values: tuple[tuple[str, str], ...]  #: the list's further columns, by name


class CategoryIIRow(NamedTuple):
    """A CPT Category II code, its fee schedule status, and the dates between which the fee schedule lists it."""

    code: str
    status: str  #: M or I; "" if unknown, because the code was retired earlier
    first: date | None
    last: date | None


class PlaceOfServiceRow(NamedTuple):
    """An assigned place of service code, and the first day on which it may be used (None: before the table)."""

    code: str
    effective: date | None
    facility: bool  #: whether Medicare pays the facility rate there


class ServiceGroupRow(NamedTuple):
    """A code in a group of codes that report one service; `confirmed` if a publisher groups them so."""

    code: str
    group: str
    codes: str  #: all codes of the group, separated by spaces
    confirmed: bool


Record = (
    MueRow
    | AddOnRow
    | HcpcsRow
    | DiagnosisRow
    | FeeScheduleRow
    | OppsRow
    | CarcRow
    | RarcRow
    | CodeListRow
    | CategoryIIRow
    | PlaceOfServiceRow
    | ServiceGroupRow
)
"""A row that is looked up by its code: every kind but pairs."""
