"""Explains a code, or a pair of codes, from the tables on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from claimcheck.claims import Reason
from claimcheck.codes import Candidate, ProcedureCode, classify, parse_procedure
from claimcheck.errors import CodeError
from claimcheck.explaining.explanation import Explanation, Section
from claimcheck.explaining.phrases import phrase
from claimcheck.explaining.remittance import answering, bare
from claimcheck.explaining.rules import listed
from claimcheck.explaining.unchecked import table_words, why
from claimcheck.tables import Absent, NotCovered, Tables
from claimcheck.tables.declared import DECLARED

__all__ = ["of_code", "of_pair", "pair_in"]

_PAIR = regex.compile(r"([A-Z0-9]{5})\s*[/,|+\s]\s*([A-Z0-9]{5})", regex.ASCII | regex.IGNORECASE)
_NOTHING = (
    "not a code of any format, a rule, or a word that claimcheck knows",
    "try a code (3044F, E11.65), a pair (45385/45380), a rule (NCCI101), a denial code (CARC 236, RARC N620),",
    "a policy parameter (category_ii.charge), a word of a result (report only), or a term of the field (CPT II)",
)


def pair_in(text: str) -> tuple[str, str] | None:
    """The two procedure codes in a text, if that is what it holds.

    >>> pair_in("45385/45380"), pair_in("99213 11042"), pair_in("other words")
    (('45385', '45380'), ('99213', '11042'), None)
    """
    matched = _PAIR.fullmatch(text)
    try:
        return (parse_procedure(matched[1]).text, parse_procedure(matched[2]).text) if matched else None
    except CodeError:
        return None


def of_pair(one: str, two: str, tables: Tables, day: date) -> Explanation:
    """What the NCCI tables have for two codes, in both directions."""
    lines = []
    for table in ("ptp_practitioner", "ptp_outpatient_hospital"):
        for first, second in ((one, two), (two, one)):
            answer = tables.ptp(table, first, second, day)
            lines.append(f"{table_words(table)}, column one {first}, column two {second}: {phrase(answer)}")
    return Explanation(f"{one} / {two} on {day}", (Section("NCCI pairs", tuple(lines)),))


def of_code(wanted: str, tables: Tables, day: date) -> Explanation:
    """All readings of a text, and what the tables have for each on a day."""
    candidates = classify(wanted)
    lists = bare(wanted, tables)
    readings = (*map(_reading, candidates), *(f"{kind}: a payer's answer; explain {kind} {wanted}" for kind in lists))
    sections = [Section("Readings", readings or _NOTHING)]
    kinds: dict[str, None] = {}
    silent: dict[Reason, dict[str, None]] = {}
    for table, answer in _answers(candidates, tables, day):
        if isinstance(answer, NotCovered):
            silent.setdefault(answer.reason, {})[table_words(table)] = None
        else:
            kinds[f"{table_words(table)}: {phrase(answer)}"] = None
    if kinds:
        sections.append(Section(f"Tables on {day}", tuple(kinds)))
    if silent:
        lines = (f"{why(reason)}: {'; '.join(names)}" for reason, names in silent.items())
        sections.append(Section("Not checked", tuple(lines)))
    rules = [rule for kind in lists for rule in answering(kind, wanted.upper())]
    if rules:
        sections.append(Section("Rules that expect it", listed(dict.fromkeys(rules))))
    return Explanation(wanted, tuple(sections), known=bool(readings))


def _answers(candidates: tuple[Candidate, ...], tables: Tables, day: date) -> Iterator[tuple[str, object]]:
    """The answer of each table that can hold a reading; absences are omitted, except for the code's own table."""
    for candidate in candidates:
        holds = _holding(candidate.kind)
        if candidate.value is None or not holds:
            continue
        for table, answer in tables.describe(candidate.text, day).items():
            if table in holds and not (isinstance(answer, Absent) and table != holds[0]):
                yield table, answer


def _holding(kind: str) -> tuple[str, ...]:
    """The tables that can hold a code of a kind; the first says whether it exists at all."""
    return tuple(table for table, known in DECLARED.items() if kind in known.described)


def _reading(candidate: Candidate) -> str:
    value = candidate.value
    if isinstance(value, ProcedureCode):
        category = f"Category {value.category}, " if value.category else ""
        kind = "" if value.category else f" ({_kind(value)})"
        return f"{value.system} procedure code: {category}HCPCS Level {value.level}{kind}"
    name = candidate.format or candidate.kind.partition(":")[2].replace("_", " ") or candidate.kind
    return f"{name}: {candidate.note}"


def _kind(value: ProcedureCode) -> str:
    return str(value.kind.value).replace("_", " ")
