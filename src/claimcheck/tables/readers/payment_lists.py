"""Published lists that accompany the fee schedules, one code per row: laboratory fees, drugs, telehealth, equipment.

- The clinical laboratory fee schedule (CMS, quarterly CSV): YEAR, HCPCS, MOD, EFF_DATE, INDICATOR, ... A test that is
  paid as waived has its own row with MOD QW. It becomes the list `clfs`: `modifier`.
- The crosswalk of NDC and HCPCS codes with the average sales prices (CMS, quarterly CSV): _2025_CODE, NDC or NDC2
  (5-4-2, with hyphens), BILLUNITS (units of the HCPCS code in one item, such as a vial), BILLUNITSPKG (in the package),
  ... It becomes `ndc_hcpcs`, by labeler, the first five digits of the NDC: `package` (its other six digits), `hcpcs`,
  `units_item`, `units_package`. A user list gives the whole NDC as its code.
- The list of telehealth services (CMS, CSV or xlsx for a calendar year): HCPCS, Short Descriptor, Status, and until
  2024 whether audio-only is allowed. It becomes `telehealth`: `status`, `audio_only` (yes, no, or blank if it does not
  say).
- The DMEPOS fee schedule (CMS, quarterly): tilde-separated text without a header (year, HCPCS, two modifiers,
  jurisdiction, category, ...), or the same with a header. It becomes `dmepos`: `modifier`, `category` (CR capped
  rental, IN inexpensive, ...).

Columns are found by their published names, in any order.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import editions
from claimcheck.tables.readers.accounting import taken
from claimcheck.tables.readers.kinds import CODE, PROCEDURE, Kind, notice, sheet_reader, unlike
from claimcheck.tables.readers.payment_layouts import LAYOUTS, PATTERNS, PAYMENT_LISTS, Layout
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet, lines
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import CodeListRow

__all__ = ["EQUIPMENT_TEXT", "PAYMENT_COLUMNS", "by_labeler"]

_NDC = regex.compile(r"[0-9]{11}", regex.ASCII)
_LABELER = 5  #: digits of an NDC that identify the labeler


_EQUIPMENT = regex.compile(r"20[0-9]{2}~[A-Z][0-9]{4}~")
_EQUIPMENT_NAMED = regex.compile(
    r"(?<![a-z])dme(?:pos)?[\s_-]?(?P<year>[0-9]{2})(?:-(?P<letter>[a-d]))?(?![0-9])", regex.I
)
_CALENDAR_YEAR = regex.compile(r"(?:calendar year|(?<![a-z])cy)[\s_-]*(?P<year>20[0-9]{2})", regex.I)


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    for layout in LAYOUTS:
        for index, row in enumerate(head.rows):
            at = _places([cell.lower() for cell in row], layout)
            if at is not None:
                return partial(_readings, head=head, row=index, at=at, layout=layout)
    return None


def _places(cells: list[str], layout: Layout) -> dict[str, int] | None:
    at = {}
    for name, pattern in PATTERNS[layout.table].items():
        place = next((place for place, cell in enumerate(cells) if pattern.fullmatch(cell)), None)
        if place is None and name not in layout.optional:
            return None
        if place is not None:
            at[name] = place
    return at


def _readings(sheet: Sheet, head: Head, row: int, at: Mapping[str, int], layout: Layout) -> Iterator[Reading]:
    titles = [cell for cells in head.rows[:row] for cell in cells if "copyright" not in cell.lower()]
    account = Account()
    parse = _parser(layout.table, at, len(head.rows[row]), account)
    rows = sheet_reader(sheet, row + 1, parse, account)
    edition = _edition(sheet.source, titles, layout)
    yield Reading(edition, notice(head, row), sheet.source.file, sheet.source.sha256, None, rows, account)


def _edition(source: Source, titles: Iterable[str], layout: Layout) -> Edition:
    """Of a quarter; for the list of telehealth services, of a calendar year."""
    named = [*titles, *source.names]
    if layout.table == "telehealth" and source.asked.effective is None:
        for text in named:
            found = _CALENDAR_YEAR.search(text)
            if found is not None:
                first, last = (datetime.date(int(found["year"]), *day) for day in ((1, 1), (12, 31)))
                return Edition("medicare", layout.table, found["year"], first, last)
    if layout.table == "dmepos" and source.asked.effective is None:
        for text in named:
            found = _EQUIPMENT_NAMED.search(text)
            if found is not None:
                month = 3 * "abcd".index((found["letter"] or "a").lower()) + 1
                return editions.quarterly("medicare", layout.table, datetime.date(2000 + int(found["year"]), month, 1))
    return editions.quarterly("medicare", layout.table, editions.quarter(source, titles, like=layout.like))


def _parser(
    table: str, at: Mapping[str, int], width: int, account: Account
) -> Callable[[list[str]], CodeListRow | str | None]:
    forms, code_at = PAYMENT_LISTS[table], at["code"]

    def parse(cells: list[str]) -> CodeListRow | str | None:
        if not "".join(cells).strip("\x1a "):
            return None
        if len(cells) < width:
            return f"{len(cells)} columns where {width} are expected"
        code = cells[code_at].strip()
        if table == "ndc_hcpcs":
            code = account.ndc(code).replace("-", "")
            if _NDC.fullmatch(code) is None:
                return unlike("NDC", cells[code_at].strip(), "an NDC of 11 digits")
        else:
            code = account.procedure(code)
            if CODE.fullmatch(code) is None:
                return unlike("HCPCS", code, PROCEDURE)
        values = []
        for name, form in forms.items():
            value = _value(table, name, cells[at[name]].strip() if name in at else "")
            if form.fullmatch(value) is None:
                return unlike(name, value, "a value that the list knows")
            values.append((name, value))
        if table == "ndc_hcpcs":
            code, values = by_labeler(code, values)
        return CodeListRow(code, None, None, tuple(values))

    return parse


def by_labeler(ndc: str, values: Iterable[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """An NDC row keyed by its labeler: a table's code has at most eight characters.

    >>> by_labeler("00006302602", [("hcpcs", "J9271")])
    ('00006', [('package', '302602'), ('hcpcs', 'J9271')])
    """
    return ndc[:_LABELER], [("package", ndc[_LABELER:]), *values]


def _value(table: str, name: str, text: str) -> str:
    """The cell as the list has it: words in lowercase, numbers without commas."""
    if table == "telehealth":
        return " ".join(regex.sub(r"[^a-z ]", " ", text.lower()).split())
    return text.replace(",", "") if name.startswith("units") else text.upper()


PAYMENT_COLUMNS = Kind("list of laboratory fees, drugs, telehealth services or equipment", _recognise)


def _recognise_text(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    return _equipment if _EQUIPMENT.match(head.text) else None


def _equipment(sheet: Sheet) -> Iterator[Reading]:
    """The DMEPOS fee schedule as tilde-separated text: year, HCPCS, two modifiers, jurisdiction, category, ..."""
    source, layout = sheet.source, next(layout for layout in LAYOUTS if layout.table == "dmepos")
    account = Account()
    parse = _parser(layout.table, {"code": 1, "modifier": 2, "category": 5}, 6, account)
    edition = _edition(source, (), layout)

    def rows() -> Iterator[CodeListRow]:
        numbered = ((number, line.rstrip("\r\n").split("~")) for number, line in enumerate(lines(source), 1))
        return taken(source, account, numbered, parse, sheet.cut)

    yield Reading(edition, "", source.file, source.sha256, None, rows, account)


EQUIPMENT_TEXT = Kind("DMEPOS fee schedule as text", _recognise_text)
