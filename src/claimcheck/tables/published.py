"""Which official file holds a table for a day: its name and page. Nothing is downloaded.

>>> found = published("ptp_practitioner", date(2026, 2, 3))
>>> found.files[0], found.first.isoformat(), found.last.isoformat()
('medicare-ncci-2026q1-practitioner-ptp-edits-ccipra-v320r0-f1.zip', '2026-01-01', '2026-03-31')
>>> published("icd10cm", date(2026, 5, 1)).files
('april-1-2026-code-descriptions-tabular-order.zip',)
>>> published("outpatient_procedure", date(2024, 7, 15)).files
('ioce-quarterly-data-files-v252r0.zip',)
>>> published("telehealth", date(2026, 5, 1)).title
'List of telehealth services, 2026'
>>> published("age_sex", date(2026, 5, 1)) is None
True

The names are those of CMS's files of 2023 to 2026. If a file is named otherwise, or was replaced (a PTP file by one
with a higher number after the r), the page tells. Of some files only what the page calls them is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs

from claimcheck import dates
from claimcheck.renamed import renamed_keyword

__all__ = ["Published", "published"]

_CMS = "https://www.cms.gov/medicare"
_NCCI = f"{_CMS}/coding-billing/national-correct-coding-initiative-ncci-edits"
_PPS = f"{_CMS}/payment/prospective-payment-systems"
_MEDICAID = f"{_CMS}/coding-billing/ncci-medicaid/medicaid-ncci-edit-files"
_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ptp": f"{_NCCI}/medicare-ncci-procedure-procedure-ptp-edits",
        "mue": f"{_NCCI}/medicare-ncci-medically-unlikely-edits",
        "add_on": f"{_NCCI}/medicare-ncci-add-code-edits",
        "hcpcs": f"{_CMS}/coding-billing/healthcare-common-procedure-system/quarterly-update",
        "icd10": f"{_CMS}/coding-billing/icd-10-codes",
        "fee_schedule": f"{_CMS}/payment/fee-schedules/physician/pfs-relative-value-files",
        "editor": f"{_CMS}/coding-billing/outpatient-code-editor-oce/quarterly-release-files",
        "opps": f"{_PPS}/hospital-outpatient-pps/quarterly-addenda-updates",
        "inpatient": f"{_PPS}/acute-inpatient-pps/ms-drg-classifications-and-software",
        "coverage": "https://www.cms.gov/medicare-coverage-database/downloads/downloads.aspx",
        "clfs": f"{_CMS}/payment/fee-schedules/clinical-laboratory-fee-schedule-clfs/files",
        "ndc_hcpcs": f"{_CMS}/payment/part-b-drugs/asp-pricing-files",
        "telehealth": f"{_CMS}/coverage/telehealth/list-services",
        "dmepos": f"{_CMS}/payment/fee-schedules/dmepos",
    }
)
_MONTHS = ("january", "april", "july", "october")
_PTP = {"ptp_practitioner": ("practitioner", "ccipra"), "ptp_outpatient_hospital": ("hospital", "ccioph")}
_MUE = {
    "mue_practitioner": "practitioner-services",
    "mue_outpatient_hospital": "facility-outpatient-hospital-services",
    "mue_dme": "dme-supplier-services",
}
_MEDICAID_SERVICES = {
    "practitioner": "practitioner-services",
    "outpatient_hospital": "outpatient-hospital-services",
    "dme": "durable-medical-equipment",
}
_KNOWN_FROM, _KNOWN_TO = 2000, 2100  #: years for which a name is given
_EDITOR_BEGAN = 1999  #: the year before version 1 of the outpatient code editor: version 25 is 2024
_NCCI_BEGAN = 1994  #: the year before version 1 of the edits would have been: version 30 is 2024


@attrs.frozen
class Published:
    """The files of one edition of a table, their page, and its dates.

    If the names of the files are unknown, `files` is empty, and `title` is what the page calls them.
    """

    files: tuple[str, ...]
    page: str
    first: date
    last: date
    title: str = ""


@renamed_keyword("programme", "program")
def published(table: str, day: date, program: str = "medicare") -> Published | None:
    """The official files of the table for the day; None if claimcheck reads none."""
    if not _KNOWN_FROM <= day.year < _KNOWN_TO:
        return None
    if table in ("icd10cm", "icd10pcs", *_OF_HALF_YEARS):
        return _icd10(table, day)
    quarter = _Quarter.of(day)
    if table == "telehealth":
        title = f"List of telehealth services, {day.year}"
        return Published((), _PAGES[table], date(day.year, 1, 1), date(day.year, 12, 31), title)
    if program == "medicaid":
        return _of_medicaid(table, quarter)
    if table in _PTP:
        return quarter.of_files("ptp", *_pairs(table, quarter))
    if table in _MUE:
        return quarter.of_files("mue", f"medicare-ncci-{quarter.year}-q{quarter.number}-{_MUE[table]}-mue-table.zip")
    if table in _TITLED:
        return attrs.evolve(
            quarter.of_files(table), title=f"{_TITLED[table]}, {quarter.month.capitalize()} {quarter.year}"
        )
    named = _NAMED.get(table)
    return None if named is None else quarter.of_files(named[0], named[1](quarter))


@attrs.frozen
class _Quarter:
    year: int
    number: int  #: 1 to 4

    @classmethod
    def of(cls, day: date) -> _Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def month(self) -> str:
        return _MONTHS[self.number - 1]

    def of_files(self, page: str, *files: str) -> Published:
        return Published(files, _PAGES.get(page, page), self.first, dates.quarter_end(self.first))


def _relative_values(quarter: _Quarter) -> str:
    return f"rvu{quarter.year % 100:02}{'abcd'[quarter.number - 1]}.zip"


def _editor(quarter: _Quarter) -> str:
    """Version 25.2 of the outpatient code editor is for the third quarter of 2024."""
    return f"ioce-quarterly-data-files-v{quarter.year - _EDITOR_BEGAN}{quarter.number - 1}r0.zip"


#: tables published as one file per quarter: the page, and the file name
_NAMED: Final[Mapping[str, tuple[str, Callable[[_Quarter], str]]]] = MappingProxyType(
    {
        "add_on": ("add_on", lambda quarter: f"add-code-edits-medicare-effective-{quarter.first:%m%d%Y}.zip"),
        "hcpcs": ("hcpcs", lambda quarter: f"{quarter.month}-{quarter.year}-alpha-numeric-hcpcs-file.zip"),
        "modifier": ("hcpcs", lambda quarter: f"{quarter.month}-{quarter.year}-alpha-numeric-hcpcs-file.zip"),
        "fee_schedule": ("fee_schedule", _relative_values),
        "category_ii": ("fee_schedule", _relative_values),
        **{f"outpatient_{name}": ("editor", _editor) for name in ("procedure", "diagnosis", "revenue", "apc", "pair")},
        "opps": ("opps", lambda quarter: f"{quarter.month}-{quarter.year}-opps-addendum-b.zip"),
        **dict.fromkeys(("coverage_procedure", "coverage_diagnosis"), ("coverage", lambda _: "all_article.zip")),
    }
)
#: tables published quarterly, under names that are not known: what their pages call them
_TITLED: Final = MappingProxyType(
    {
        "clfs": "Clinical laboratory fee schedule",
        "ndc_hcpcs": "ASP NDC-HCPCS Crosswalk",
        "dmepos": "DMEPOS fee schedule",
    }
)
#: the same for tables with an edition in October and an update in April: their page, and what it calls them
_OF_HALF_YEARS: Final = MappingProxyType(
    {
        "icd10cm_notes": ("icd10", "Code Tables, Tabular and Index"),
        **dict.fromkeys(
            ("inpatient_diagnosis", "inpatient_procedure"), ("inpatient", "Definition of Medicare Code Edits")
        ),
    }
)


def _pairs(table: str, quarter: _Quarter) -> tuple[str, ...]:
    service, stem = _PTP[table]
    version = f"v{quarter.year - _NCCI_BEGAN}{quarter.number - 1}r0"
    start = f"medicare-ncci-{quarter.year}q{quarter.number}-{service}-ptp-edits-{stem}-{version}"
    return tuple(f"{start}-f{part}.zip" for part in range(1, 5))


def _of_medicaid(table: str, quarter: _Quarter) -> Published | None:
    if table == "add_on":
        return quarter.of_files(_MEDICAID)  # on that page, under a name that could not be confirmed
    kind, _, service = table.partition("_")
    if kind not in ("ptp", "mue") or service not in _MEDICAID_SERVICES:
        return published(table, quarter.first)
    name = f"medicaid-ncci-{quarter.year}-q{quarter.number}-{kind}-edits-{_MEDICAID_SERVICES[service]}.zip"
    return quarter.of_files(_MEDICAID, name)


def _icd10(table: str, day: date) -> Published:
    """A fiscal year has two editions: October, and the April update."""
    fiscal = day.year + (day.month >= 10)
    april = date(fiscal, 4, 1) <= day
    days = (date(fiscal, 4, 1), date(fiscal, 9, 30)) if april else (date(fiscal - 1, 10, 1), date(fiscal, 3, 31))
    if table in _OF_HALF_YEARS:
        page, title = _OF_HALF_YEARS[table]
        return Published((), _PAGES[page], *days, f"{title}, {f'April {fiscal}' if april else f'fiscal year {fiscal}'}")
    what = "code-descriptions-tabular-order" if table == "icd10cm" else "icd-10-pcs-codes-file"
    return Published((f"{'april-1-' if april else ''}{fiscal}-{what}.zip",), _PAGES["icd10"], *days)
