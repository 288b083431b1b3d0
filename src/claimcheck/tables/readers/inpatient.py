"""The Medicare Code Editor's lists of diagnoses and procedures, from the text of its definitions.

CMS publishes "Definitions of Medicare Code Edits" each fiscal year, and again in April, as a PDF and a text file in one
zip. In the text, numbered headings start the edits ("4. Age conflict"), lettered ones their lists ("B. Pediatric
diagnoses (age 0 through 17)"), and codes follow one per line, separated from their descriptions by a tab; the table of
contents has the same headings with page numbers after a tab. The list `inpatient_diagnosis` has one row per code:

- `flags`, separated by blanks: those that `inpatient_flags` names
- `age_min`, `age_max`: the ages of edit 4, inclusive
- `sex`: F or M, by edit 5, which CMS ended on 2024-10-01

and the list `inpatient_procedure` (ICD-10-PCS) has `flags` and `sex`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import attrs
import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers.inpatient_flags import LAST_AGE, Place, ages_of, flag_of, is_procedure, sex_of
from claimcheck.tables.readers.kinds import Kind
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet, lines
from claimcheck.tables.readers.source import Source
from claimcheck.tables.rows import CodeListRow

__all__ = ["INPATIENT", "INPATIENT_LISTS"]

_AGE = regex.compile(r"[0-9]{1,3}|", regex.ASCII)
_FLAGS = regex.compile(r"[a-z0-9_]*(?: [a-z0-9_]+)*", regex.ASCII)
_SEX = regex.compile(r"[MF]|")
_DIAGNOSES, _PROCEDURES = "inpatient_diagnosis", "inpatient_procedure"
INPATIENT_LISTS: Final[Mapping[str, Mapping[str, regex.Pattern[str]]]] = MappingProxyType(
    {
        _DIAGNOSES: {"flags": _FLAGS, "age_min": _AGE, "age_max": _AGE, "sex": _SEX},
        _PROCEDURES: {"flags": _FLAGS, "sex": _SEX},
    }
)
"""The lists by name, and the allowed content of each column."""

_TITLE = regex.compile(r"definitions? of medicare code edits", regex.IGNORECASE)
_VERSION = regex.compile(r"(?<![a-z])v(?:ersion)?[\s_.]*(?P<version>[2-9][0-9])[\s_.]?(?P<update>1)?(?![0-9])", regex.I)
_EDIT = regex.compile(r"(?P<number>[0-9]{1,2})\. [A-Z]")
_LIST = regex.compile(r"(?P<letter>[A-Z])\. (?P<title>.+)")
_CODE = regex.compile(r"(?P<code>[0-9A-Z][0-9A-Z]{2,6})\t\S", regex.ASCII)
_ACCEPTABLE = regex.compile(r"considered .?acceptable.? when a secondary diagnosis", regex.IGNORECASE)
_PAGES = "The following pages"
_BEGAN = 1982  #: the year before version 1 would have been: version 41 is of fiscal 2024, from October 2023


@attrs.define
class _Held:
    flags: set[str] = attrs.field(factory=set)
    age_min: str = ""
    age_max: str = ""
    sex: str = ""


def _recognise(head: Head) -> Callable[[Sheet], Iterator[Reading]] | None:
    if _TITLE.search(head.text[:_LOOKED_AT]) is None:
        return None

    def readings(sheet: Sheet) -> Iterator[Reading]:
        for table in INPATIENT_LISTS:
            yield _reading(sheet.source, head, table)

    return readings


_LOOKED_AT = 4_096  #: characters in which the title appears


def _reading(source: Source, head: Head, table: str) -> Reading:
    account = Account()

    def rows() -> Iterator[CodeListRow]:
        account.begin()
        held = _read(lines(source), of_procedures=table == _PROCEDURES)
        lacking = [name for name, is_there in _EXPECTED[table].items() if not any(map(is_there, held.values()))]
        if lacking:
            raise source.error(f"holds no list of {', '.join(lacking)}: it is cut short, or not as published")
        for code, one in held.items():
            values = {**attrs.asdict(one), "flags": " ".join(sorted(one.flags))}
            yield CodeListRow(code, None, None, tuple((name, values[name]) for name in INPATIENT_LISTS[table]))

    return Reading(_edition(source, head, table), "", source.file, source.sha256, None, rows, account)


_EXPECTED: Mapping[str, Mapping[str, Callable[[_Held], bool]]] = {
    _DIAGNOSES: {
        "ages": lambda held: bool(held.age_max),
        "manifestations": lambda held: "manifestation" in held.flags,
        "unacceptable principal diagnoses": lambda held: "unacceptable_pdx" in held.flags,
    },
    _PROCEDURES: {
        "non-covered procedures": lambda held: "noncovered" in held.flags,
        "procedures of limited coverage": lambda held: "limited_coverage" in held.flags,
    },
}


def _edition(source: Source, head: Head, table: str) -> Edition:
    """The edition for the version in the names or title: October to March; its update April to September."""
    first = source.asked.effective
    name = first.isoformat() if first else ""
    if first is None:
        found = next((match for text in (*source.names, head.text) if (match := _VERSION.search(text))), None)
        if found is None:
            raise source.error(
                "does not say its version: name it as published, like definition-medicare-code-edits-v411"
            )
        october = datetime.date(_BEGAN + int(found["version"]), 10, 1)
        first = datetime.date(october.year + 1, 4, 1) if found["update"] else october
        name = f"v{found['version']}{'.1' if found['update'] else ''}"
    last = datetime.date(first.year, 9, 30) if first.month in range(4, 10) else datetime.date(first.year + 1, 3, 31)
    return Edition("medicare", table, name, first, last)


def _read(text: Iterator[str], *, of_procedures: bool) -> dict[str, _Held]:
    """The diagnoses, or the procedures, of the lists, in their order."""
    held: dict[str, _Held] = {}
    place = Place("", "", "")
    for raw in text:
        line = raw.strip("\r\n\x1a ")
        code = _CODE.match(line)
        if code is not None:
            if is_procedure(code["code"], place) is of_procedures:
                _note(held, code["code"], place)
            continue
        if "\t" in line:  # the table of contents
            continue
        heading = _EDIT.match(line)
        if heading is not None:
            place = Place(heading["number"], "", "")
        elif (lettered := _LIST.fullmatch(line)) is not None:
            place = Place(place.edit, lettered["letter"], lettered["title"].lower())
        elif _ACCEPTABLE.search(line):
            place = place._replace(acceptable=True)
        elif line.startswith(_PAGES):
            place = place._replace(acceptable=False)
    return held


def _note(held: dict[str, _Held], code: str, place: Place) -> None:
    """What a code's place in the lists says of it; nothing where the list is none of those that are read."""
    flag, ages, sex = flag_of(code, place), ages_of(place), sex_of(place)
    if flag is None and ages is None and sex is None:
        return
    one = held.setdefault(code, _Held())
    if ages is not None:
        low, high = ages
        one.age_min, one.age_max = ("" if low == "0" else low), ("" if high == LAST_AGE else high)
    if sex is not None:
        one.sex = sex
    if flag is not None:
        one.flags.add(flag)


INPATIENT = Kind("Medicare Code Editor's definitions", _recognise)
