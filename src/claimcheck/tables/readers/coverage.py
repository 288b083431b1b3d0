"""The diagnoses for which a service is covered: Medicare Coverage Database articles, as exported by CMS.

The downloads page has zips (`current_article`, `all_article`), each with an inner zip of CSV files that refer to each
other by `article_id` and `article_version`. Read are `article` (status, dates), `article_x_hcpc_code`,
`article_x_icd10_covered`, and `_noncovered`; `article_x_contractor` and `contractor` say whose articles they are. They
become two lists:

- `coverage_procedure`, by HCPCS code: `document` (A and the number), `contractors` (their numbers separated by blanks;
  blank for all), `covered`, and `noncovered` (yes or no: whether it lists noncovered diagnoses)
- `coverage_diagnosis`, by ICD-10-CM code without its dot: `document`, `list` (covered or noncovered), `asterisk` (yes
  if the code is listed with a condition, such as a second diagnosis)

Groups of HCPCS codes and of diagnoses are numbered independently; which belongs to which is stated in prose. So
`covered` is `sure` if an article has one group of each, `unsure` if it has more, and `none` if it lists no covered
diagnoses. National determinations and user lists come in the same two layouts.

An export of all versions answers for every date until the end of its quarter, one of the current versions from the day
it was made: the newest `last_updated`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

import attrs
import regex

from claimcheck import dates
from claimcheck.codes import icd10cm
from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import editions
from claimcheck.tables.readers.coverage_export import (
    KEY,
    Article,
    Export,
    Version,
    contractors_of,
    export_of,
    groups_of,
)
from claimcheck.tables.readers.kinds import CODE, PROCEDURE, Header, Kind, header, notice, sheet_reader, unlike
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import CodeListRow

__all__ = ["COVERAGE", "COVERAGE_LISTS"]

_DOCUMENT = regex.compile(r"[0-9A-Z][0-9A-Z.]{1,11}", regex.ASCII)
_YES_OR_NO = regex.compile(r"yes|no")
COVERAGE_LISTS: Final[Mapping[str, Mapping[str, regex.Pattern[str]]]] = MappingProxyType(
    {
        "coverage_procedure": {
            "document": _DOCUMENT,
            "contractors": regex.compile(r"(?:[0-9]{5}(?: |$))*", regex.ASCII),
            "covered": regex.compile(r"sure|unsure|none"),
            "noncovered": _YES_OR_NO,
        },
        "coverage_diagnosis": {
            "document": _DOCUMENT,
            "list": regex.compile(r"covered|noncovered"),
            "asterisk": _YES_OR_NO,
        },
    }
)
"""The lists by name, and the allowed content of each column."""

_PROCEDURES = (*KEY, "hcpc_code_id", "hcpc_code_group")
_DIAGNOSES = {
    "covered": (*KEY, "icd10_code_id", "icd10_covered_group"),
    "noncovered": (*KEY, "icd10_code_id", "icd10_noncovered_group"),
}
_NO_ASTERISK = frozenset({"", "0", "N"})


@attrs.frozen
class _Opened:
    """A file of codes and the files next to it."""

    head: Head
    top: Header
    export: Export
    account: Account = attrs.field(factory=Account)


_Parse = Callable[[list[str]], CodeListRow | str | None]


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    top = header(head, *_PROCEDURES)
    if top is not None:
        return partial(_procedures, head=head, top=top)
    for name, columns in _DIAGNOSES.items():
        top = header(head, *columns)
        if top is not None and "icd10_covered_ast" not in top.at:
            return partial(_diagnoses, head=head, top=top, of=name)
    return None


def _procedures(sheet: Sheet, head: Head, top: Header) -> Iterator[Reading]:
    source = sheet.source
    opened = _Opened(head, top, export_of(source))
    contractors = contractors_of(source)
    groups = groups_of(source, "article_x_hcpc_code", "hcpc_code_group")
    covered = groups_of(source, "article_x_icd10_covered", "icd10_covered_group")
    noncovered = groups_of(source, "article_x_icd10_noncovered", "icd10_noncovered_group")

    def said(article: Article) -> tuple[tuple[str, str], ...]:
        one_of_each = len(groups.get(article, ())) == 1 and len(covered.get(article, ())) == 1
        how = "none" if article not in covered else "sure" if one_of_each else "unsure"
        whose = " ".join(sorted(contractors.get(article, ())))
        return (("contractors", whose), ("covered", how), ("noncovered", "yes" if article in noncovered else "no"))

    def parse(cells: list[str]) -> CodeListRow | str | None:
        found = _version(cells, top, opened.export)
        if found is None or isinstance(found, str):
            return found
        article, version = found
        code = opened.account.procedure(cells[top.at["hcpc_code_id"]].strip().upper())
        if CODE.fullmatch(code) is None:
            return unlike("hcpc_code_id", code, PROCEDURE)
        return CodeListRow(code, version.first, version.last, (("document", version.document), *said(article)))

    yield _reading(sheet, opened, parse, "coverage_procedure")


def _diagnoses(sheet: Sheet, head: Head, top: Header, of: str) -> Iterator[Reading]:
    opened = _Opened(head, top, export_of(sheet.source))

    def parse(cells: list[str]) -> CodeListRow | str | None:
        found = _version(cells, top, opened.export)
        if found is None or isinstance(found, str):
            return found
        _, version = found
        text = cells[top.at["icd10_code_id"]].strip().upper()
        if not icd10cm.is_valid(text):
            return unlike("icd10_code_id", text, "an ICD-10-CM code")
        marked = "asterisk" in top.at and cells[top.at["asterisk"]].strip().upper() not in _NO_ASTERISK
        values = (("document", version.document), ("list", of), ("asterisk", "yes" if marked else "no"))
        return CodeListRow(text.replace(".", ""), version.first, version.last, values)

    yield _reading(sheet, opened, parse, "coverage_diagnosis", of)


def _reading(sheet: Sheet, opened: _Opened, parse: _Parse, table: str, part: str | None = None) -> Reading:
    source, top = sheet.source, opened.top
    rows = sheet_reader(sheet, top.row + 1, parse, opened.account)
    edition = _edition(source, table, opened.export)
    return Reading(edition, notice(opened.head, top.row), source.file, source.sha256, part, rows, opened.account)


def _edition(source: Source, table: str, export: Export) -> Edition:
    made = export.newest
    first = source.asked.effective or made
    if first is None or made is None:
        raise source.error("does not say when it was made (last_updated): give its first day (--effective, effective=)")
    if source.asked.effective is None and any("all_article" in name.lower() for name in source.names):
        first = editions.FIRST_DAY
    return Edition("medicare", table, made.isoformat(), first, dates.quarter_end(max(made, first)))


def _version(cells: list[str], top: Header, export: Export) -> tuple[Article, Version] | str | None:
    """The article of a row and its version; None for a blank row, or an article that is not in force."""
    if not any(cells):
        return None
    if len(cells) < len(top.cells):
        return f"{len(cells)} columns where {len(top.cells)} are expected"
    article = (cells[top.at["article_id"]].strip(), cells[top.at["article_version"]].strip())
    version = export.versions.get(article)
    return None if version is None else (article, version)


# ---------------------------------------------------------------------- neighboring files


COVERAGE = Kind("articles of the Medicare Coverage Database", _recognise)
