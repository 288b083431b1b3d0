"""The files of an export of the Medicare Coverage Database, which refer to each other by article and version."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs
import regex

from claimcheck import dates
from claimcheck.tables.readers.source import Source

__all__ = ["KEY", "Article", "Export", "Version", "contractors_of", "export_of", "groups_of"]

KEY = ("article_id", "article_version")
_IN_FORCE = frozenset({"A", "R"})  #: active, and retired on its end date; proposed ones (F) do not count yet
_NO_RANGE = frozenset({"", "0", "N"})
_CELL = regex.compile(r'(?:"((?:[^"]|"")*+)"|([^",\r\n]*+))(,|\r?\n|$)')
Article = tuple[str, str]


@attrs.frozen
class Version:
    """A version of an article: its number as usually written, and its dates."""

    document: str
    first: datetime.date | None
    last: datetime.date | None


@attrs.define
class Export:
    """What the other files of an export say about articles."""

    versions: dict[Article, Version] = attrs.field(factory=dict)
    newest: datetime.date | None = None


def export_of(source: Source) -> Export:
    """The articles of the export, by number and version."""
    found = Export()
    columns = ("status", "display_id", "article_eff_date", "article_end_date", "article_rev_end_date", "last_updated")
    for row in _records(_beside(source, "article"), (*KEY, *columns)):
        updated = _day(row["last_updated"])
        if updated is not None and (found.newest is None or updated > found.newest):
            found.newest = updated
        status, first = row["status"].upper(), _day(row["article_eff_date"])
        last = _day(row["article_end_date"]) or (_day(row["article_rev_end_date"]) if status == "R" else None)
        if status in _IN_FORCE and (status != "R" or last is not None):
            document = row["display_id"].upper() or f"A{row['article_id']}"
            found.versions[row["article_id"], row["article_version"]] = Version(document, first, last)
    return found


def contractors_of(source: Source) -> Mapping[Article, set[str]]:
    """The contractor numbers of each article."""
    numbers = {
        (row["contractor_id"], row["contractor_version"]): row["contractor_number"]
        for row in _records(_beside(source, "contractor"), ("contractor_id", "contractor_version", "contractor_number"))
    }
    found: dict[Article, set[str]] = defaultdict(set)
    for row in _records(_beside(source, "article_x_contractor"), (*KEY, "contractor_id", "contractor_version")):
        number = numbers.get((row["contractor_id"], row["contractor_version"]), "")
        if regex.fullmatch(r"[0-9]{1,5}", number):
            found[row["article_id"], row["article_version"]].add(number.zfill(5))
    return found


def groups_of(source: Source, name: str, column: str) -> dict[Article, set[str]]:
    """The groups of each article in one of the files; a code range counts as a group."""
    found: dict[Article, set[str]] = defaultdict(set)
    held = _held(source).get(name)
    for row in [] if held is None else _records(held, (*KEY, column, "range")):
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
