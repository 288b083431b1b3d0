"""What a text alone may be: all readings, over all formats.

The field (and its qualifier) decides what a code is, never its looks: E1165 has the shape of HCPCS and is a diagnosis.
So this never chooses. It returns the readings in a fixed order: procedure codes, modifiers, diagnoses and inpatient
procedures, codes of institutional bills and professional lines, identifiers; then what words such as "CPT II" may mean
(`claimcheck.codes.homonyms`). A reading says that the text is well formed, not that it exists.

Sources: those of each format.

>>> [candidate.kind for candidate in classify("E1165")]
['hcpcs', 'hipps', 'icd10cm', 'icd9cm']
>>> [candidate.kind for candidate in classify("CPT-II")]
['family:category_ii', 'homonym:phlebotomy_license', 'homonym:enzyme']
>>> classify("nothing of the kind")
()
>>> classify(None)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: free text: expected text
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from claimcheck.codes import (
    bill_type,
    cdt,
    clia,
    cpt,
    hcpcs,
    hipps,
    icd9cm,
    icd10cm,
    icd10pcs,
    mbi,
    modifier,
    ndc,
    npi,
    place_of_service,
    revenue,
    tax_id,
    taxonomy,
)
from claimcheck.codes._format import Code
from claimcheck.errors import CodeError


@attrs.frozen
class Candidate:
    """One reading of a text.

    `kind` is the format's module ("cpt", "icd10cm"; "icd9cm_procedure"), "family:..." for a group of codes that is
    named rather than written, "homonym:..." for something that is not a code, "confusion:..." for words that contradict
    each other. `format` is the name that a `CodeError` of the format gives, or "". `text` is the canonical text, or the
    words found; `value` the parsed value, or None; `note` a caution.
    """

    kind: str
    format: str
    text: str = attrs.field(repr=False)  # it may identify a person
    value: Code | None
    note: str


_FORMATS: tuple[tuple[str, str, Callable[[object], Code], str], ...] = (
    ("cpt", cpt.NAME, cpt.parse, "procedure; HCPCS Level I"),
    ("hcpcs", hcpcs.NAME, hcpcs.parse, "procedure, supply or drug; HCPCS Level II, or a retired local code"),
    ("cdt", cdt.NAME, cdt.parse, "dental procedure"),
    ("hipps", hipps.NAME, hipps.parse, "facility rate, only under qualifier HP"),
    ("modifier", modifier.NAME, modifier.parse, "beside a procedure code"),
    ("icd10cm", icd10cm.NAME, icd10cm.parse, "diagnosis, from 2015-10-01"),
    ("icd10pcs", icd10pcs.NAME, icd10pcs.parse, "inpatient procedure, from 2015-10-01"),
    ("icd9cm", icd9cm.NAME, icd9cm.parse, "diagnosis, until 2015-09-30"),
    ("icd9cm_procedure", icd9cm.NAME_PROCEDURE, icd9cm.parse_procedure, "inpatient procedure, until 2015-09-30"),
    ("revenue", revenue.NAME, revenue.parse, "institutional line; three digits lack their leading zero"),
    ("bill_type", bill_type.NAME, bill_type.parse, "institutional claim"),
    ("place_of_service", place_of_service.NAME, place_of_service.parse, "professional claim or line"),
    ("npi", npi.NAME, npi.parse, "provider; the check digit agrees"),
    ("mbi", mbi.NAME, mbi.parse, "Medicare beneficiary: identifies a person"),
    ("ndc", ndc.NAME, ndc.parse, "drug package"),
    ("taxonomy", taxonomy.NAME, taxonomy.parse, "provider's specialty"),
    ("clia", clia.NAME, clia.parse, "laboratory certificate"),
    ("tax_id", tax_id.NAME, tax_id.parse, "billing provider; may be a person's social security number"),
)


def classify(text: str | Any) -> tuple[Candidate, ...]:
    """All readings of a text, in the order of the module's docstring; empty if it looks like no code."""
    if not isinstance(text, str):
        raise CodeError("free text", "expected text")
    return (*_codes(text), *_words(text))


def _codes(text: str) -> Iterator[Candidate]:
    for kind, name, parse, note in _FORMATS:
        try:
            value = parse(text)
        except CodeError:
            continue
        yield Candidate(kind, name, value.text, value, note)


def _words(text: str) -> Iterator[Candidate]:
    from claimcheck.codes import homonyms  # its patterns are slow to load, and only free text needs them

    for mention, homonym in homonyms.find(text):
        yield Candidate(homonym.kind, homonym.format, mention, None, homonym.note)
