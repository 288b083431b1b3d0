"""Words that sound like a code system: what "CPT 2", "Category II", or "Level II" may mean in free text.

*Category* I, II, III are CPT's; *level* I, II are HCPCS's (I is CPT as a whole), III the retired local codes. "CPT II"
is Category II, but also a California phlebotomy license and an enzyme. If the text itself says which (a "deficiency", a
"license", "codes"), only those readings are given; otherwise all of them.

Sources: CMS HCPCS pages (levels); AMA CPT code set (categories); California Department of Public Health,
Laboratory Field Services (certified phlebotomy technician I and II); CDC ICD-10-CM, category E71.

>>> [homonym.kind for _, homonym in find("cpt-ii")]
['family:category_ii', 'homonym:phlebotomy_license', 'homonym:enzyme']
>>> [homonym.kind for _, homonym in find("CPT II deficiency")]
['homonym:enzyme']
>>> [homonym.kind for _, homonym in find("Level II")]
['family:level_ii']
>>> find("99213")
()
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex


class Homonym(NamedTuple):
    """One meaning: a stable `kind`, the code system it belongs to ("" if none), and an explanation."""

    kind: str
    format: str
    note: str


_CATEGORIES = {
    1: Homonym("family:category_i", "CPT", "CPT Category I: five digits, 00100 to 99607"),
    2: Homonym("family:category_ii", "CPT", "CPT Category II: four digits and F, 0001F to 9007F; HCPCS Level I"),
    3: Homonym("family:category_iii", "CPT", "CPT Category III: four digits and T; HCPCS Level I"),
}
_LEVELS = {
    1: Homonym("family:level_i", "HCPCS", "HCPCS Level I: all of CPT, whatever the category"),
    2: Homonym("family:level_ii", "HCPCS", "HCPCS Level II: a letter and four digits; not CPT Category II"),
    3: Homonym("family:level_iii", "HCPCS", "HCPCS Level III: local codes W X Y Z and four digits, retired"),
}
_LICENSE = Homonym("homonym:phlebotomy_license", "", "a California phlebotomy license; not a code")
_ENZYME = Homonym(
    "homonym:enzyme",
    "",
    "carnitine palmitoyltransferase; its deficiency of the muscle is ICD-10-CM E71.314; not a procedure code",
)
_CONFUSION = Homonym(
    "confusion:level_and_category",
    "",
    "HCPCS has levels, CPT has categories: a level of CPT may mean the category or the level of that number",
)

_NUMBERS = {"1": 1, "i": 1, "2": 2, "ii": 2, "3": 3, "iii": 3}
_FLAGS = regex.ASCII | regex.IGNORECASE | regex.VERBOSE
_MENTION = regex.compile(
    r"""
    \b (?: (?P<word> cpt | cat(?:egory|egories)? | levels? ) (?P<type> (?<=cpt) [\s-]{1,3} type )?
           [\s.\-\xa0\u2010-\u2015]{0,3} (?P<first> iii | ii | i | [123] ) \b
           (?: \s{0,3} (?: and | or | & | / ) \s{0,3} (?P<second> iii | ii | i | [123] ) \b )?
         | (?P<gene> cpt [\s-]? 1[abc] ) \b )
    """,
    _FLAGS,
)
_TOPICS = {
    "cpt": regex.compile(r"\b cpt", _FLAGS),
    "enzyme": regex.compile(r"\b (?: deficien | enzyme | carnitine | palmit | metaboli )", _FLAGS),
    "license": regex.compile(r"\b (?: phlebotom | licen[cs] | venipuncture | arterial )", _FLAGS),
    "codes": regex.compile(r"\b codes? \b", _FLAGS),
}


def find(text: str) -> tuple[tuple[str, Homonym], ...]:
    """The mentions in a text with their meanings, each meaning once, in text order."""
    topics = {topic for topic, pattern in _TOPICS.items() if pattern.search(text)}
    found: dict[Homonym, str] = {}
    for mention in _MENTION.finditer(text):
        for meaning in _meanings(mention, topics):
            found.setdefault(meaning, mention[0])
    return tuple((mention, meaning) for meaning, mention in found.items())


def _meanings(mention: regex.Match[str], topics: set[str]) -> Iterator[Homonym]:
    if mention["gene"] or mention["type"]:
        yield _ENZYME
        return
    word = mention["word"].lower()
    numbers = [_NUMBERS[number.lower()] for number in mention.group("first", "second") if number]
    if word == "cpt":
        yield from _meanings_of_cpt(numbers, topics)
    elif word.startswith("cat"):
        yield from (_CATEGORIES[number] for number in numbers)
    else:
        yield from _meanings_of_level(numbers, topics)


def _meanings_of_cpt(numbers: list[int], topics: set[str]) -> Iterator[Homonym]:
    undecided = topics == {"cpt"}
    third = 3 in numbers  # neither the licenses nor the enzymes go up to three
    if "codes" in topics or undecided or third:
        yield from (_CATEGORIES[number] for number in numbers)
    if ("license" in topics or undecided) and not third:
        yield _LICENSE
    if ("enzyme" in topics or undecided) and not third:
        yield _ENZYME


def _meanings_of_level(numbers: list[int], topics: set[str]) -> Iterator[Homonym]:
    if "cpt" in topics:
        yield _CONFUSION
        yield from (_CATEGORIES[number] for number in numbers)
    yield from (_LEVELS[number] for number in numbers)
    if 3 in numbers:
        yield _CATEGORIES[3]
