"""What became of each member of a zip: which table it was read as, another form of one, not a table, or refused and
why.

The zips of a CMS quarter hold more than claimcheck reads: the relative value file's has locality tables, HCPCS's a
transaction report, ICD-10's the codes again without headers. Their names tell what they are.

>>> Member("RVU25D.zip/GPCI2025.csv", "other", words_of("GPCI2025.csv"))
Member(file='RVU25D.zip/GPCI2025.csv', outcome='other', detail='geographic practice cost indices')
>>> words_of("guide.pdf"), words_of("letter.txt")
('a document', '')
"""

from __future__ import annotations

from typing import Literal

import attrs
import regex

__all__ = ["Member", "is_changes", "words_of"]

Outcome = Literal["read", "duplicate", "other", "refused"]


@attrs.frozen
class Member:
    """One file, or one member of a zip.

    `detail` says, for "read", which editions; for "duplicate", which file it is another form of; for "other" files what
    they are, "" if unknown; and why it was "refused".
    """

    file: str
    outcome: Outcome
    detail: str


_WORDS = tuple(
    (regex.compile(pattern, regex.IGNORECASE), words)
    for pattern, words in (
        (r"\.(?:pdf|docx?|rtf|html?)$", "a document"),
        (r"oppscap", "payment caps of the outpatient system"),
        (r"gpci", "geographic practice cost indices"),
        (r"locco", "localities and their counties"),
        (r"anes(?:thesia)?[\s_-]*20[0-9]{2}", "anesthesia conversion factors"),
        (r"pprrvu.*\.txt$", "the fee schedule in fixed width: the CSV or xlsx beside it is read"),
        (r"record[\s_-]*layout", "a record layout"),
        (r"noc[\s_-]*codes", "codes not otherwise classified"),
        (r"proc[\s_-]*notes", "processing notes"),
        (r"corrections", "corrections to an earlier file"),
        (r"trans(?:action)?[\s_-]*(?:report|alpha)", "a report of what changed"),
        (r"addend(?:a|um)[\s_-]*[acdeijlp](?![a-z])", "another addendum of the outpatient system"),
        (r"addenda", "what changed since an earlier file"),
        (r"poa|exempt", "codes without a present-on-admission indicator"),
        (r"conversion[\s_-]*table", "a conversion table"),
        (r"(?:i9|i10|_)gem|equivalence", "general equivalence mappings"),
        (r"tabular|index|neoplasm|drug|eindex|definitions", "the text of the classification"),
        (r"\.(?:xml|xsd)$", "an XML file"),
        (r"\.(?:zip|gz)$", "an archive that is not opened: unpack it, and give the files in it"),
        (r"\.xls$", "an old Excel workbook: save it as xlsx or CSV"),
    )
)
_CHANGES = regex.compile(r"additions|deletions|revisions|(?<![a-z])changes(?![a-z])", regex.IGNORECASE)


def words_of(name: str) -> str:
    """What a file that is not one of our tables is, by its name; "" if unknown."""
    return next((words for pattern, words in _WORDS if pattern.search(name)), "")


def is_changes(names: tuple[str, ...]) -> bool:
    """Whether the names say that a file lists a quarter's changes: it looks like the table, and is a part of it.

    >>> is_changes(("x.txt", "medicare-ncci-2026q2-practitioner-quarterly-additions-deletions-revisions-ptp.zip"))
    True
    """
    return any(_CHANGES.search(name) for name in names)
