"""The ICD-10-CM tabular list as XML: the notes under its codes, and which codes are for one side.

CMS and CDC publish it each fiscal year with the code files ("Code Tables, Tabular and Index"): chapters, sections, and
nested codes (`diag`), each with its `name`, its `desc`, and its notes: `excludes1`, `codeFirst`, `useAdditionalCode`.
The list `icd10cm_notes` has a row for each note, under the code it belongs to, without its dot; those of a chapter or
section are listed under each of its categories:

- `kind`: `excludes1`, `code_first`, `use_additional`, or `side`
- `codes`: the codes in the note's parentheses, as ranges separated by blanks ("E08 E10 I60-I69"), where a code stands
  for everything below it; for a side `right`, `left`, or `bilateral`
- `optional`: `yes` if the note says "if applicable" or similar, else `no`

Codes that a note narrows in words ("with fifth character 5") are left out. A code is for one side if its parent has one
for each side that differ in nothing else.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element, ParseError, iterparse

import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers.kinds import Kind
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import CodeListRow

__all__ = ["NOTE_LISTS", "TABULAR"]

_SPANS = regex.compile(r"(?:[A-Z0-9]{2,7}(?:-[A-Z0-9]{2,7})?(?: |$))*|right|left|bilateral", regex.ASCII)
NOTE_LISTS: Final[Mapping[str, Mapping[str, regex.Pattern[str]]]] = MappingProxyType(
    {
        "icd10cm_notes": {
            "kind": regex.compile(r"excludes1|code_first|use_additional|side"),
            "codes": _SPANS,
            "optional": regex.compile(r"yes|no"),
        }
    }
)
"""The list by name, and the allowed content of each column."""

_KINDS = {"excludes1": "excludes1", "codeFirst": "code_first", "useAdditionalCode": "use_additional"}
_IN_PARENTHESES = regex.compile(r"\(([^()]*)\)")
_CODE = r"([A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?)\.?-?"
_CODES = regex.compile(rf"(?<![0-9A-Z.]){_CODE}(?: ?- ?{_CODE})?(?![0-9A-Z])", regex.ASCII)
_OPTIONAL = regex.compile(r"\bif (?:applicable|known|any|present|appropriate)\b|\bany associated\b", regex.IGNORECASE)
_SIDES = {"right": "left", "left": "right"}
_ROOT = "<ICD10CM.tabular"
_YEAR = regex.compile(r"<version>\s*(20[0-9]{2})")
_APRIL = regex.compile(r"april", regex.IGNORECASE)


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    if _ROOT not in head.text:
        return None
    year = _YEAR.search(head.text)

    def readings(sheet: Sheet) -> Iterator[Reading]:
        yield _reading(sheet.source, head, None if year is None else int(year[1]))

    return readings


def _reading(source: Source, head: Head, year: int | None) -> Reading:
    if "<!DOCTYPE" in head.text or "<!ENTITY" in head.text:
        raise source.error("declares entities, which the published list does not: refused")
    account = Account()

    def rows() -> Iterator[CodeListRow]:
        account.begin()
        given = 0
        for row in _rows(source):
            given += 1
            yield row
        if not given:
            raise source.error("holds no note: it is not the tabular list as published")

    return Reading(_edition(source, year), "", source.file, source.sha256, None, rows, account)


def _edition(source: Source, year: int | None) -> Edition:
    """Of a fiscal year: from October to March, because the April update may change a note; or from April on."""
    first = source.asked.effective
    if first is None:
        if year is None:
            raise source.error("does not say its fiscal year (version): give its first day (--effective, effective=)")
        april = any(_APRIL.search(name) for name in source.names)
        first = datetime.date(year, 4, 1) if april else datetime.date(year - 1, 10, 1)
    last = datetime.date(first.year, 9, 30) if first.month in range(4, 10) else datetime.date(first.year + 1, 3, 31)
    return Edition("medicare", "icd10cm_notes", first.isoformat(), first, last)


def _rows(source: Source) -> Iterator[CodeListRow]:
    with source.open() as stream:
        try:
            for _, element in iterparse(stream):  # noqa: S314 - a document type was refused, and so are entities
                if element.tag == "chapter":
                    yield from _of_chapter(element)
                    element.clear()
        except ParseError as error:
            raise source.error(f"is no well-formed XML ({error}): it is cut short, or damaged") from None


def _of_chapter(chapter: Element) -> Iterator[CodeListRow]:
    for section in chapter.iter("section"):
        above = [*_notes(chapter), *_notes(section)]
        for category in section.findall("diag"):
            for kind, codes, optional in above:
                yield _row(category, kind, codes, optional)
            yield from _of_code(category)


def _of_code(diag: Element) -> Iterator[CodeListRow]:
    for kind, codes, optional in _notes(diag):
        yield _row(diag, kind, codes, optional)
    below = diag.findall("diag")
    for code, side in _sides(below):
        yield _row(code, "side", side, "no")
    for code in below:
        yield from _of_code(code)


def _row(diag: Element, kind: str, codes: str, optional: str) -> CodeListRow:
    values = (("kind", kind), ("codes", codes), ("optional", optional))
    return CodeListRow((diag.findtext("name") or "").strip().replace(".", "").upper(), None, None, values)


def _notes(element: Element) -> Iterator[tuple[str, str, str]]:
    """For each kind of note directly under the element: the codes it names, and whether it is optional."""
    for tag, kind in _KINDS.items():
        texts = [note.text or "" for under in element.findall(tag) for note in under.findall("note")]
        codes = " ".join(dict.fromkeys(code for text in texts for code in _named(text)))
        if codes or (kind == "code_first" and texts):
            optional = "yes" if any(_OPTIONAL.search(text) for text in texts) else "no"
            yield kind, codes, optional


def _named(text: str) -> Iterator[str]:
    """The codes in a note's parentheses, and ranges of them.

    >>> list(_named("diabetes (E08.-, E13) with (T36-T50 with fifth or sixth character 5) and (I60.0-I69.9)"))
    ['E08', 'E13', 'I600-I699']
    """
    for inside in _IN_PARENTHESES.findall(text):
        if " with " in f" {inside} ":
            continue
        for low, high in _CODES.findall(inside):
            yield (f"{low}-{high}" if high else low).replace(".", "")


def _sides(codes: Iterable[Element]) -> Iterator[tuple[Element, str]]:
    """The codes, among those with one parent, that are for one side or for both."""
    words = [((code.findtext("desc") or "").lower().replace(",", " ").split(), code) for code in codes]
    told = [text for text, _ in words]
    paired = [
        (code, side)
        for text, code in words
        for side, other in _SIDES.items()
        if side in text and other not in text and [other if word == side else word for word in text] in told
    ]
    yield from paired
    if paired:
        yield from ((code, "bilateral") for text, code in words if "bilateral" in text)


TABULAR = Kind("tabular list of ICD-10-CM", _recognise)
