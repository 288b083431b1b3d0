"""Turns a file into its readings: whatever the file is called, its content says what kind of table it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs

from claimcheck.errors import TableError
from claimcheck.renamed import renamed_keyword
from claimcheck.tables.readers.complete import watched
from claimcheck.tables.readers.files import contents
from claimcheck.tables.readers.kinds import Kind
from claimcheck.tables.readers.known import KINDS, PROGRAMS, TABLES
from claimcheck.tables.readers.members import Member, is_changes, words_of
from claimcheck.tables.readers.reading import Reading
from claimcheck.tables.readers.sheets import Head, Sheet, TextSheet, text_head
from claimcheck.tables.readers.source import Asked, Source
from claimcheck.tables.readers.workbook import workbook_sheets
from claimcheck.tables.readers.zips import ZIP, Contents

__all__ = ["Survey", "read", "survey"]

_PAGE = "is a web page, such as the license page before a file: accept the license, and fetch the file again"
_FOREIGN = {
    "<!doctype": _PAGE,
    "<html": _PAGE,
    "%pdf": "is a PDF: the same page offers the table as text, CSV or xlsx",
    "\xd0\xcf\x11\xe0": "is an old Excel workbook: save it as xlsx or CSV",
    "pk\x03\x04": "is a workbook of which no sheet is a table that is known",
    "pk": "is a damaged zip: fetch it again",
}


@attrs.frozen
class Survey:
    """What a file holds: the tables, and what became of it or of each of its members."""

    readings: tuple[Reading, ...]
    members: tuple[Member, ...]


@renamed_keyword("programme", "program")
def read(
    path: str | Path,
    *,
    program: str | None = None,
    table: str | None = None,
    effective: date | None = None,
) -> Iterator[Reading]:
    """The tables in the file at `path`: a text, CSV, or xlsx file, plain or gzipped, or a zip of such.

    Kind, table, edition, and dates are determined from the content, or else from the name under which the file was
    published. What neither tells can be given: `program` ("medicare", "medicaid"), `table`, `effective` (the first
    day of the edition). Every member of a zip that is a table is read; of several forms of one table the text or CSV,
    because CMS puts all forms into one zip.

    Raises `TableError` with the file, the row, what was expected, and what to do, if the file is not a known table,
    does not say which edition it is, is damaged, or needs more memory than any published table.

    >>> next(read("/nowhere/ccipra-v302r0-f1.txt"))
    Traceback (most recent call last):
        ...
    claimcheck.errors.TableError: ccipra-v302r0-f1.txt: cannot be read: No such file or directory
    """
    yield from survey(path, program=program, table=table, effective=effective).readings


@renamed_keyword("programme", "program")
def survey(
    path: str | Path,
    *,
    program: str | None = None,
    table: str | None = None,
    effective: date | None = None,
) -> Survey:
    """What `read` returns, and what became of each member of a zip. Raises `TableError` if no table is found."""
    path = Path(path)
    if program not in (None, *PROGRAMS):
        raise TableError(f"program is one of {', '.join(PROGRAMS)}", file=path.name)
    if table not in (None, *TABLES):
        raise TableError(f"table is one of {', '.join(TABLES)}", file=path.name)
    found = _survey(path.name, contents(path, Asked(program, table, effective)))
    if table is not None and all(reading.table != table for reading in found.readings):
        raise TableError(f"holds {found.readings[0].table}, not {table}", file=path.name)
    return found


Key = tuple[str, str, str, str | None]


def _survey(file: str, held: Contents) -> Survey:
    seen: dict[Key, str] = {}
    readings: list[Reading] = []
    members: list[Member] = []
    errors: list[TableError] = []
    for source, of_source in _recognised(held.sources):
        if isinstance(of_source, TableError):
            errors.append(of_source)
            row = "" if of_source.place is None else f"row {of_source.place}: "
            members.append(Member(source.file, "refused", f"{row}{of_source.reason}"))
            continue
        new = [watched(reading) for reading in of_source if _key(reading) not in seen]
        seen |= {_key(reading): source.name for reading in new}
        readings += new
        members.append(_member(source, of_source, new, seen))
    members += (Member(other, "other", words_of(other)) for other in held.others)
    if not readings:
        raise errors[0] if errors else _unknown(file, held)
    return Survey(tuple(readings), tuple(sorted(members, key=lambda member: member.file)))


def _key(reading: Reading) -> Key:
    return reading.program, reading.table, reading.edition.name, reading.part


def _member(source: Source, found: list[Reading], new: list[Reading], seen: dict[Key, str]) -> Member:
    if new:
        return Member(source.file, "read", ", ".join(str(reading.edition) for reading in new))
    if found:
        return Member(source.file, "duplicate", seen[_key(found[0])])
    return Member(source.file, "other", words_of(source.name))


def _recognised(sources: tuple[Source, ...]) -> Iterator[tuple[Source, list[Reading] | TableError]]:
    """The readings of each source, for all forms of one table the preferred one first; [] if it is not a table."""
    texts = [source for source in sources if not _is_workbook(source)]
    told = [(source, *_readings(source)) for source in texts]
    for spare in (False, True):
        yield from ((source, readings) for source, kind, readings in told if (kind is not None and kind.spare) is spare)
    read_as_text = {_stem(source): readings for source, _, readings in told if isinstance(readings, list) and readings}
    for source in sources:
        if source not in texts:  # a workbook of the same name is not opened: that is slow, and needs an extra
            yield source, read_as_text.get(_stem(source)) or _readings(source)[1]


def _stem(source: Source) -> str:
    return source.name.rpartition(".")[0].lower()


def _is_workbook(source: Source) -> bool:
    with source.open() as stream:
        return stream.peek(4)[:4] == ZIP


def _readings(source: Source) -> tuple[Kind | None, list[Reading] | TableError]:
    """The kind of the first table in the source, and all its readings; or why it is refused."""
    first: Kind | None = None
    found: list[Reading] = []
    try:
        for sheet, head in _sheets(source):
            for kind in KINDS:
                reader = kind.recognise(head)
                if reader is not None:
                    if is_changes(source.names):
                        raise source.error("lists what changed, and is not the whole table: fetch the table itself")
                    found += reader(sheet)
                    first = first or kind
                    break
    except TableError as error:
        return first, error
    return first, found


def _sheets(source: Source) -> Iterator[tuple[Sheet, Head]]:
    if _is_workbook(source):
        yield from ((sheet, sheet.head()) for sheet in workbook_sheets(source))
    else:
        head = text_head(source)
        yield TextSheet.of(source, head), head


def _unknown(file: str, held: Contents) -> TableError:
    if not held.sources:
        return TableError("holds no .txt, .csv or .xlsx member: it is not a zip of a published table", file=file)
    first = held.sources[0]
    with first.open() as stream:
        start = stream.peek(64)[:64].decode("latin-1").lstrip("\xef\xbb\xbf \t\r\n").lower()
    kinds = ", ".join(dict.fromkeys(kind.name for kind in KINDS if not kind.name.endswith("columns")))
    reason = next((reason for sign, reason in _FOREIGN.items() if start.startswith(sign.lower())), None)
    if len(held.sources) > 1:
        reason = f"of its {len(held.sources):,} members none is a table that is known ({kinds})"
        return TableError(reason, file=file)
    return first.error(
        reason or f"is none of the tables that are known ({kinds}); it may be cut short, or another file"
    )
