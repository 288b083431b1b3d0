"""Table contents: the values inside `Found`.

>>> HcpcsCode("G2211", active=False, added=date(2024, 1, 1))
HcpcsCode(code='G2211', active=False, added=datetime.date(2024, 1, 1), terminated=None, coverage='', action='')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import attrs

__all__ = [
    "Carc",
    "CategoryII",
    "CodeListEntry",
    "DiagnosisCode",
    "FeeSchedule",
    "HcpcsCode",
    "Opps",
    "PlaceOfService",
    "Rarc",
    "ServiceGroup",
]


@attrs.frozen
class HcpcsCode:
    """A listed HCPCS Level II code or modifier, and whether it is active on the day.

    If inactive and `added` after the day, it is not yet effective. Otherwise it ended on `terminated`, its last day.
    """

    code: str
    active: bool
    added: date | None = None
    terminated: date | None = None
    coverage: str = ""
    action: str = ""


@attrs.frozen
class DiagnosisCode:
    """An ICD-10-CM or ICD-10-PCS code without its dot. If not `billable`, it is a header that needs more characters."""

    code: str
    billable: bool


@attrs.frozen
class FeeSchedule:
    """What the physician fee schedule has for a code: status letter, global days, and payment policy indicators.

    `has_rvu`: its total relative value units are not zero, which does not make it payable. `components` are the
    modifiers (26, TC, 53) for which the code has separate rows; `modifier` is that of the row used here: "" unless a
    component was asked for, or the code has no row of its own. The fields from `pctc` on are "" if unknown.
    """

    code: str
    status: str
    global_days: str
    has_rvu: bool
    bilateral: str
    multiple: str
    modifier: str = ""
    components: frozenset[str] = frozenset()
    pctc: str = ""  #: 0 to 9: professional and technical component
    nonfacility_na: str = ""  #: "NA" if the service is rarely or never performed there
    facility_na: str = ""
    preoperative: str = ""
    intraoperative: str = ""
    postoperative: str = ""
    assistant: str = ""  #: 0 with documentation, 1 never, 2 payable, 9 does not apply
    co_surgeons: str = ""  #: 0 never, 1 with documentation, 2 payable, 9 does not apply
    team: str = ""
    endoscopic_base: str = ""
    supervision: str = ""
    imaging_family: str = ""

    @property
    def has_indicators(self) -> bool:
        """Whether the fields from `pctc` on are known: editions added before they were stored lack them."""
        return self.pctc != ""

    @property
    def active(self) -> bool:
        """Whether the code is in force; deleted codes stay on the schedule for a while with status D, F, or H."""
        return self.status not in ("D", "F", "H")


@attrs.frozen
class Opps:
    """What OPPS Addendum B has for a code: its status indicator, and its APC or ""."""

    code: str
    status_indicator: str
    apc: str


@attrs.frozen
class CategoryII:
    """A CPT Category II code on the fee schedule. `status` is M or I; "" for one that was retired earlier.

    `first` and `last`: the dates between which the fee schedule lists it, None if unknown.
    """

    code: str
    status: str
    active: bool = True
    first: date | None = None
    last: date | None = None


@attrs.frozen
class ServiceGroup:
    """The codes that report the same service as a given code, including that code.

    If not `confirmed`, they are grouped by common practice rather than by a verified source.
    """

    name: str
    codes: frozenset[str]
    confirmed: bool


@attrs.frozen
class PlaceOfService:
    """An assigned place of service. Not `active`: not yet effective on the day. `facility`: which rate Medicare
    pays."""

    code: str
    active: bool
    effective: date | None
    facility: bool


@attrs.frozen
class Carc:
    """A claim adjustment reason code, and whether it may be used on the day."""

    code: str
    active: bool
    start: date | None = None
    end: date | None = None


@attrs.frozen
class Rarc:
    """A remittance advice remark code. An alert is informational, and does not satisfy a CARC that requires a
    remark."""

    code: str
    is_alert: bool
    active: bool
    start: date | None = None
    end: date | None = None


@attrs.frozen
class CodeListEntry:
    """The rows of a user's own list in force for a code on the day: at least one, as column to value.

    >>> entry = CodeListEntry("O80", ({"sex": "F", "age_from": "9"},))
    >>> entry.get("sex"), entry.get("height"), list(entry.each("age_from"))
    ('F', '', ['9'])
    """

    code: str
    rows: tuple[Mapping[str, str], ...]
    _where: dict[tuple[str, str, str], frozenset[str]] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def get(self, column: str) -> str:
        """The first row's value in the column, "" if the list has none."""
        return self.rows[0].get(column, "")

    def each(self, column: str) -> Iterator[str]:
        """The value of every row in the column."""
        return (row.get(column, "") for row in self.rows)

    def where(self, column: str, value: str, wanted: str) -> frozenset[str]:
        """The values in the column `wanted` of the rows that have `value` in another column.

        >>> rows = {"kind": "visit", "other": "99213"}, {"kind": "rank", "other": "7"}
        >>> CodeListEntry("G0467", rows).where("kind", "visit", "other")
        frozenset({'99213'})
        """
        question = column, value, wanted
        known = self._where.get(question)
        if known is None:
            rows = [row for row in self.rows if row.get(column) == value]
            known = self._where[question] = frozenset([row.get(wanted, "") for row in rows])
        return known
