"""The Medicare Code Editor's diagnosis lists, from the text of its definitions.

CMS publishes "Definitions of Medicare Code Edits" each fiscal year, and again in April, as a PDF and a text file in one
zip. In the text, numbered headings start the edits ("4. Age conflict"), lettered ones their lists ("B. Pediatric
diagnoses (age 0 through 17)"), and codes follow one per line, separated from their descriptions by a tab; the table of
contents has the same headings with page numbers after a tab. The list `inpatient_diagnosis` has one row per code:

- `flags`: `manifestation` (edit 6) and `unacceptable_pdx` (edit 9), separated by blanks
- `age_min`, `age_max`: the ages of edit 4, inclusive
- `sex`: F or M, by edit 5, which CMS ended on 2024-10-01

Codes that are acceptable as principal diagnosis with another one have no flag. Procedures (ICD-10-PCS) are left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import attrs
import regex

from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers.files import Source
from claimcheck.tables.readers.kinds import Kind
from claimcheck.tables.readers.reading import Account, Reading
from claimcheck.tables.readers.sheets import Head, Sheet, lines
from claimcheck.tables.rows import CodeListRow

__all__ = ["INPATIENT", "INPATIENT_LISTS"]

_AGE = regex.compile(r"[0-9]{1,3}|", regex.ASCII)
INPATIENT_LISTS: Final[Mapping[str, Mapping[str, regex.Pattern[str]]]] = MappingProxyType(
    {
        "inpatient_diagnosis": {
            "flags": regex.compile(r"[a-z0-9_]*(?: [a-z0-9_]+)*", regex.ASCII),
            "age_min": _AGE,
            "age_max": _AGE,
            "sex": regex.compile(r"[MF]|"),
        }
    }
)
"""The list by name, and the allowed content of each column."""

_TITLE = regex.compile(r"definitions? of medicare code edits", regex.IGNORECASE)
_VERSION = regex.compile(r"(?<![a-z])v(?:ersion)?[\s_.]*(?P<version>[2-9][0-9])[\s_.]?(?P<update>1)?(?![0-9])", regex.I)
_EDIT = regex.compile(r"(?P<number>[0-9]{1,2})\. [A-Z]")
_LIST = regex.compile(r"(?P<letter>[A-Z])\. (?P<title>.+)")
_AGES = regex.compile(r"\(age (?P<low>[0-9]+) through (?P<high>[0-9]+)\)", regex.IGNORECASE)
_CODE = regex.compile(r"(?P<code>[A-Z][0-9][0-9A-Z]{1,5})\t\S", regex.ASCII)
_ACCEPTABLE = regex.compile(r"considered .?acceptable.? when a secondary diagnosis", regex.IGNORECASE)
_PAGES = "The following pages"
_BEGAN = (
    1982  #: the year that version 0 of the editor would have been: version 41 is for fiscal 2024, from October 2023
)
_FLAGS = {"6": "manifestation", "9": "unacceptable_pdx"}


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
        yield _reading(sheet.source, head)

    return readings


_LOOKED_AT = 4_096  #: characters in which the title appears


def _reading(source: Source, head: Head) -> Reading:
    account = Account()

    def rows() -> Iterator[CodeListRow]:
        account.begin()
        held = _read(lines(source))
        lacking = [name for name, is_there in _EXPECTED.items() if not any(map(is_there, held.values()))]
        if lacking:
            raise source.error(f"holds no list of {', '.join(lacking)}: it is cut short, or not as published")
        for code, one in held.items():
            flags = ("flags", " ".join(sorted(one.flags)))
            values = (flags, ("age_min", one.age_min), ("age_max", one.age_max), ("sex", one.sex))
            yield CodeListRow(code, None, None, values)

    return Reading(_edition(source, head), "", source.file, source.sha256, None, rows, account)


_EXPECTED: Mapping[str, Callable[[_Held], bool]] = {
    "ages": lambda held: bool(held.age_max),
    "manifestations": lambda held: "manifestation" in held.flags,
    "unacceptable principal diagnoses": lambda held: "unacceptable_pdx" in held.flags,
}


def _edition(source: Source, head: Head) -> Edition:
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
    return Edition("medicare", "inpatient_diagnosis", name, first, last)


def _read(text: Iterator[str]) -> dict[str, _Held]:
    """The codes of the lists, in order."""
    held: dict[str, _Held] = {}
    edit, title, acceptable = "", "", False
    for raw in text:
        line = raw.strip("\r\n\x1a ")
        code = _CODE.match(line)
        if code is not None:
            if not acceptable and _is_kept(edit, title):
                _note(held.setdefault(code["code"], _Held()), edit, title)
            continue
        if "\t" in line:  # the table of contents
            continue
        heading = _EDIT.match(line)
        if heading is not None:
            edit, title, acceptable = heading["number"], "", False
        elif (lettered := _LIST.fullmatch(line)) is not None:
            title = lettered["title"].lower()
        elif _ACCEPTABLE.search(line):
            acceptable = True
        elif line.startswith(_PAGES):
            acceptable = False
    return held


def _is_kept(edit: str, title: str) -> bool:
    """Whether a list is one of those that are read."""
    if edit == "4":
        return title.startswith("perinatal") or _AGES.search(title) is not None
    return edit in _FLAGS or (edit == "5" and title.startswith("diagnoses for "))


def _note(held: _Held, edit: str, title: str) -> None:
    """What a code's place in a list says about it."""
    if edit == "4":
        ages = _AGES.search(title)
        low, high = (ages["low"], ages["high"]) if ages else ("0", "0")  # newborns
        held.age_min, held.age_max = ("" if low == "0" else low), ("" if high == _OLDEST else high)
    elif edit == "5":
        held.sex = "F" if "female" in title else "M"
    else:
        held.flags.add(_FLAGS[edit])


_OLDEST = "124"  #: the age that stands for none
INPATIENT = Kind("Medicare Code Editor's definitions", _recognise)
