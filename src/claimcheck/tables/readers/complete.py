"""Checks whether a source holds the whole table. A file that was cut at a row boundary reads well, and lacks the rest.

Three signs show it, none of which needs another file:

- the row count of a file that was known to be whole;
- the end of the code order: a whole MUE table reaches the codes with V, a whole ICD-10-CM the chapters Z and U;
- for a part of the PTP table, the last pair: each part ends with a whole column-one code, and nearly all column-one
  codes of a part end with the same few column-two codes (CMS, v302r0: of those with 50 pairs or more, and the last ones
  have more than 200, over 99 in 100 end like some other in the part; a cut within a code ends that way one time in
  eight).

A source found to be incomplete is partial: what it holds counts, and what it lacks is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

import attrs
import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers.reading import Reading, Row
from claimcheck.tables.rows import AddOnRow, PtpRow

__all__ = ["watched"]

_SUFFIX = regex.compile(r"(?:\.(?:txt|csv|xlsx|gz))+$", regex.IGNORECASE)
_U_CHAPTER = 2021  #: the fiscal year since which ICD-10-CM has codes with U in October (CDC, ICD-10-CM, fiscal 2021)
_X_SECTION = 2016  #: the fiscal year since which ICD-10-PCS has section X (CMS, ICD-10-PCS, fiscal 2016)
_U_CODES = 2021  #: the year since which the PTP tables have column-one codes with U, U0003 (CMS)

#: row counts of files that were whole when counted, by name, table, and edition (CMS)
_ROWS: Final[Mapping[tuple[str, str, str], int]] = MappingProxyType(
    {
        ("ccipra-v302r0-f1", "ptp_practitioner", "v302r0"): 636_796,
        ("ccipra-v302r0-f2", "ptp_practitioner", "v302r0"): 636_516,
        ("ccipra-v302r0-f3", "ptp_practitioner", "v302r0"): 636_489,
        ("ccipra-v302r0-f4", "ptp_practitioner", "v302r0"): 636_216,
        ("ccioph-v302r0-f1", "ptp_outpatient_hospital", "v302r0"): 444_140,
        ("ccioph-v302r0-f2", "ptp_outpatient_hospital", "v302r0"): 443_944,
        ("ccioph-v302r0-f3", "ptp_outpatient_hospital", "v302r0"): 444_000,
        ("ccioph-v302r0-f4", "ptp_outpatient_hospital", "v302r0"): 443_734,
        ("mcr_mue_practitionerservices_eff_04-01-2024", "mue_practitioner", "2024-04-01"): 14_679,
        ("mcr_mue_outpatienthospitalservices_eff_04-01-2024", "mue_outpatient_hospital", "2024-04-01"): 14_629,
        ("mcr_mue_dmesupplierservices_eff_04-01-2024", "mue_dme", "2024-04-01"): 2_894,
        ("hcpc2026_jan_anweb_01122026", "hcpcs", "2026-01-01"): 8_623,
        ("hcpc2026_jan_anweb_01122026", "modifier", "2026-01-01"): 383,
        ("icd10cm_order_2023", "icd10cm", "2023-04-01"): 96_795,
        ("icd10cm_order_2024", "icd10cm", "2024-04-01"): 97_296,
        ("icd10cm_order_2025", "icd10cm", "2025"): 97_584,
        ("icd10cm-order-april-2025", "icd10cm", "2025-04-01"): 97_584,
        ("icd10pcs_order_2026", "icd10pcs", "2026"): 80_029,
    }
)


def watched(reading: Reading) -> Reading:
    """The same reading, whose account after the last row includes any sign that the table is incomplete."""
    ends = _ends(reading.edition, reading.part)
    known = _ROWS.get((_stem(reading.source), reading.table, reading.edition.name))
    if not (ends or known or _is_inner(reading.part)):
        return reading
    return attrs.evolve(reading, rows=partial(_rows, reading, ends, known))


def _rows(reading: Reading, ends: str, known: int | None) -> Iterator[Row]:
    is_pairs = reading.table.startswith("ptp_")
    rows = _counted_pairs(reading) if is_pairs and _is_inner(reading.part) else reading.rows()
    code: Callable[[Row], str] = _add_on if reading.table == "add_on" else _code
    begun: set[str] = set()
    count = 0
    for row in rows:
        count += 1
        begun.add(code(row)[0])
        yield row
    missing = reading.account.missing
    if known is not None and count + len(reading.refused) < known:
        missing.append(f"holds {count:,} rows, where the published file has {known:,}")
    for letter in ends:
        if letter not in begun:
            missing.append(f"holds no code that begins with {letter}, as the published table does")


def _code(row: Row) -> str:
    return str(row[0])  # the code of every row but an add-on row


def _add_on(row: Row) -> str:
    return row.add_on if isinstance(row, AddOnRow) else ""


def _counted_pairs(reading: Reading) -> Iterator[Row]:
    """The pairs of a part that is not the last, and whether the last one ends a column-one code as others do."""
    closing: set[str] = set()
    one = two = ""
    for row in reading.rows():
        if isinstance(row, PtpRow) and row[0] != one:
            closing.add(two)
            one = row[0]
        two = row[1]  # type: ignore[assignment]
        yield row
    if two not in closing:
        reading.account.missing.append("ends before the last pair of its last column one code")


def _is_inner(part: str | None) -> bool:
    return part in ("f1", "f2", "f3")


def _ends(edition: Edition, part: str | None) -> str:
    """The first characters of codes at the end of the whole table, or of this part."""
    first = edition.exact_from
    fiscal = first.year + (first.month >= 10)
    match edition.table:
        case "mue_practitioner" | "mue_outpatient_hospital" | "mue_dme" if edition.program == "medicaid":
            return "L" if edition.table == "mue_dme" else "G"
        case "mue_practitioner" | "mue_outpatient_hospital" | "mue_dme" | "hcpcs":
            return "V"
        case "modifier":
            return "Z"
        case "icd10cm":
            return "ZU" if fiscal >= _U_CHAPTER else "Z"
        case "icd10pcs":
            return "X" if fiscal >= _X_SECTION else ""
        case "fee_schedule":  # letters come before digits in some releases, and after them in others
            return "9V"
        case "opps":
            return "9Q"
        case "add_on":
            return "9G"
        case "ptp_practitioner" | "ptp_outpatient_hospital":
            return _ends_of_pairs(edition, part)
    return ""


def _ends_of_pairs(edition: Edition, part: str | None) -> str:
    if _is_inner(part):
        return ""
    return "U" if edition.program == "medicare" and edition.exact_from.year >= _U_CODES else "G"


def _stem(source: str) -> str:
    stem: str = _SUFFIX.sub("", source.rpartition("/")[2])
    return stem.lower()
