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

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

import attrs
import regex

from claimcheck import dates
from claimcheck.codes import icd10cm
from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import editions
from claimcheck.tables.readers.files import Source
from claimcheck.tables.readers.kinds import CODE, PROCEDURE, Header, Kind, header, notice, sheet_reader, unlike
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet
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

_KEY = ("article_id", "article_version")
_PROCEDURES = (*_KEY, "hcpc_code_id", "hcpc_code_group")
_DIAGNOSES = {
    "covered": (*_KEY, "icd10_code_id", "icd10_covered_group"),
    "noncovered": (*_KEY, "icd10_code_id", "icd10_noncovered_group"),
}
_IN_FORCE = frozenset({"A", "R"})  #: active, and retired on its end date; proposed ones (F) do not count yet
_NO_RANGE = frozenset({"", "0", "N"})
_NO_ASTERISK = frozenset({"", "0", "N"})
_CELL = regex.compile(r'(?:"((?:[^"]|"")*+)"|([^",\r\n]*+))(,|\r?\n|$)')
Article = tuple[str, str]


@attrs.frozen
class _Version:
    """A version of an article: its number as usually written, and its dates."""

    document: str
    first: datetime.date | None
    last: datetime.date | None


@attrs.define
class _Export:
    """What the other files of an export say about articles."""

    versions: dict[Article, _Version] = attrs.field(factory=dict)
    newest: datetime.date | None = None


@attrs.frozen
class _Opened:
    """A file of codes and the files next to it."""

    head: Head
    top: Header
    export: _Export
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
    opened = _Opened(head, top, _export(source))
    contractors = _contractors(source)
    groups = _groups(source, "article_x_hcpc_code", "hcpc_code_group")
    covered = _groups(source, "article_x_icd10_covered", "icd10_covered_group")
    noncovered = _groups(source, "article_x_icd10_noncovered", "icd10_noncovered_group")

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
    opened = _Opened(head, top, _export(sheet.source))

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


def _edition(source: Source, table: str, export: _Export) -> Edition:
    made = export.newest
    first = source.asked.effective or made
    if first is None or made is None:
        raise source.error("does not say when it was made (last_updated): give its first day (--effective, effective=)")
    if source.asked.effective is None and any("all_article" in name.lower() for name in source.names):
        first = editions.FIRST_DAY
    return Edition("medicare", table, made.isoformat(), first, dates.quarter_end(max(made, first)))


def _version(cells: list[str], top: Header, export: _Export) -> tuple[Article, _Version] | str | None:
    """The article of a row and its version; None for a blank row, or an article that is not in force."""
    if not any(cells):
        return None
    if len(cells) < len(top.cells):
        return f"{len(cells)} columns where {len(top.cells)} are expected"
    article = (cells[top.at["article_id"]].strip(), cells[top.at["article_version"]].strip())
    version = export.versions.get(article)
    return None if version is None else (article, version)


# ---------------------------------------------------------------------- neighboring files


def _export(source: Source) -> _Export:
    """The articles of the export, by number and version."""
    found = _Export()
    columns = ("status", "display_id", "article_eff_date", "article_end_date", "article_rev_end_date", "last_updated")
    for row in _records(_beside(source, "article"), (*_KEY, *columns)):
        updated = _day(row["last_updated"])
        if updated is not None and (found.newest is None or updated > found.newest):
            found.newest = updated
        status, first = row["status"].upper(), _day(row["article_eff_date"])
        last = _day(row["article_end_date"]) or (_day(row["article_rev_end_date"]) if status == "R" else None)
        if status in _IN_FORCE and (status != "R" or last is not None):
            document = row["display_id"].upper() or f"A{row['article_id']}"
            found.versions[row["article_id"], row["article_version"]] = _Version(document, first, last)
    return found


def _contractors(source: Source) -> Mapping[Article, set[str]]:
    """The contractor numbers of each article."""
    numbers = {
        (row["contractor_id"], row["contractor_version"]): row["contractor_number"]
        for row in _records(_beside(source, "contractor"), ("contractor_id", "contractor_version", "contractor_number"))
    }
    found: dict[Article, set[str]] = defaultdict(set)
    for row in _records(_beside(source, "article_x_contractor"), (*_KEY, "contractor_id", "contractor_version")):
        number = numbers.get((row["contractor_id"], row["contractor_version"]), "")
        if regex.fullmatch(r"[0-9]{1,5}", number):
            found[row["article_id"], row["article_version"]].add(number.zfill(5))
    return found


def _groups(source: Source, name: str, column: str) -> dict[Article, set[str]]:
    """The groups of each article in one of the files; a code range counts as a group."""
    found: dict[Article, set[str]] = defaultdict(set)
    held = _held(source).get(name)
    for row in [] if held is None else _records(held, (*_KEY, column, "range")):
        groups = found[row["article_id"], row["article_version"]]
        groups.add(row[column])
        if row["range"].upper() not in _NO_RANGE:
            groups.add("range")
    return found


def _held(source: Source) -> dict[str, Source]:
    named = {name.rpartition("/")[2].rpartition(".")[0].lower(): one for name, one in source.siblings.items()}
    return {source.name.rpartition(".")[0].lower(): source, **named}


def _beside(source: Source, name: str) -> Source:
    held = _held(source).get(name)
    if held is None:
        raise source.error(f"refers to {name}.csv: give the whole zip of the export")
    return held


def _records(source: Source, columns: Iterable[str]) -> Iterator[dict[str, str]]:
    """Some columns of a file's rows, "" for one that is missing, whatever the length of the others."""
    with source.open() as stream:
        text = stream.read().decode("latin-1").removeprefix("\xef\xbb\xbf")
    at: dict[str, int] | None = None
    for cells in _cells(text):
        if at is None:
            places = {name.strip().lower(): place for place, name in enumerate(cells)}
            if not all(name in places for name in columns if name.endswith("_id")):
                raise source.error("lacks the columns by which the files of the export refer to each other", 1)
            at = {name: places.get(name, -1) for name in columns}
        elif any(cells):
            yield {name: cells[place].strip() if 0 <= place < len(cells) else "" for name, place in at.items()}


def _cells(text: str) -> Iterator[list[str]]:
    """The rows of comma-separated text. Prose cells exceed the csv module's default limit."""
    row: list[str] = []
    for match in _CELL.finditer(text):
        row.append(match[2] if match[1] is None else match[1].replace('""', '"'))
        if match[3] != ",":
            yield row
            row = []
        if match.end() == len(text):
            return


def _day(text: str) -> datetime.date | None:
    """A date written yyyy-mm-dd or mm/dd/yyyy, ignoring any time after it."""
    day, _, _ = text.strip().partition(" ")
    month, slash, rest = day.partition("/")
    if slash:
        number, _, year = rest.partition("/")
        day = f"{year}-{month:0>2}-{number:0>2}"
    return dates.read(day[:10]) if day else None


COVERAGE = Kind("articles of the Medicare Coverage Database", _recognise)
