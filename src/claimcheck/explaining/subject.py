"""`explain`: what is known of a code, a pair of codes, a rule, or a code that a payer answers with.

>>> print(explain("NCCI101"))  # doctest: +ELLIPSIS
NCCI101 procedure-to-procedure: Column two of an NCCI pair is denied
...
>>> print(explain("3044F"))  # doctest: +ELLIPSIS
3044F
<BLANKLINE>
Readings
  CPT procedure code: Category II, HCPCS Level I (category_ii)
...
>>> print(explain("no such thing"))
no such thing
<BLANKLINE>
Readings
  none: not a code of any format, nor a rule, nor words that claimcheck knows
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import regex

from claimcheck.claims.reading import civil_date
from claimcheck.codes import Candidate, ProcedureCode, classify
from claimcheck.errors import InputError
from claimcheck.explaining.explanation import Explanation, Section
from claimcheck.explaining.phrases import phrase
from claimcheck.policies.parameter import key_of
from claimcheck.rules.registry import all_rules, by_id
from claimcheck.rules.rule import Rule
from claimcheck.tables import Absent, NotCovered, Tables

__all__ = ["explain"]

_REMITTANCE = regex.compile(r"(CARC|RARC)[ -]?([A-Z]{0,2}[0-9]{1,3})", regex.ASCII | regex.IGNORECASE)
#: The tables that can hold a code, by the reading of it; the first says whether it exists at all.
_PROCEDURE = (
    "fee_schedule",
    "category_ii",
    "service_group",
    "opps",
    "mue_practitioner",
    "mue_outpatient_hospital",
    "mue_dme",
    "add_on",
)
_HOLDS = {
    "cpt": _PROCEDURE,
    "hcpcs": ("hcpcs", *_PROCEDURE),
    "cdt": _PROCEDURE,
    "modifier": ("modifier",),
    "icd10cm": ("icd10cm",),
    "icd10pcs": ("icd10pcs",),
    "place_of_service": ("place_of_service",),
}
_PAIR = regex.compile(r"\s*([A-Z0-9]{5})\s*[/,|]\s*([A-Z0-9]{5})\s*", regex.ASCII | regex.IGNORECASE)


def explain(subject: str, *, tables: Tables | str | Path | None = None, on: date | str | None = None) -> Explanation:
    """What is known of `subject`.

    `subject` is a code of any format, with all that the tables say of it; two procedure codes with a slash between
    them, an NCCI pair; the id or name of a rule; "CARC 236" or "RARC N620", with the rules that answer with it; or
    words such as "CPT II". `tables` as in `validate_claim`; `on` the day that the tables are asked for, by default
    the last one that the fee schedule, else any table, answers for exactly.
    """
    if not isinstance(subject, str):
        raise InputError("explain takes text: a code, a rule's id, or a denial code such as CARC 236")
    wanted = subject.strip()
    rule = by_id(wanted)
    if rule is not None:
        return _of_rule(rule)
    remittance = _REMITTANCE.fullmatch(wanted)
    if remittance is not None:
        return _of_remittance(remittance[1].upper(), remittance[2].upper(), _open(tables))
    opened = _open(tables)
    day = _day(on, opened)
    pair = _PAIR.fullmatch(wanted)
    if pair is not None:
        return _of_pair(pair[1].upper(), pair[2].upper(), opened, day)
    return _of_code(wanted, opened, day)


def _open(tables: Tables | str | Path | None) -> Tables:
    if tables is None:
        return Tables.starter()
    return tables if isinstance(tables, Tables) else Tables.open(tables)


def _day(on: date | str | None, tables: Tables) -> date:
    day = civil_date(on)
    if isinstance(day, date):
        return day
    if day is not None:
        raise InputError("`on` is no date: give a datetime.date, or text as YYYY-MM-DD")
    exact = {edition.table: edition.exact_through for edition in tables.editions}
    return exact.get("fee_schedule") or max(exact.values())


def _of_rule(rule: Rule) -> Explanation:
    body = rule.documentation.partition("\n")[2].strip()
    sections = [
        Section(heading.strip(), tuple(text.strip().splitlines()))
        for heading, _, text in (part.partition("\n") for part in body.split("## ")[1:])
    ]
    sections.append(Section("Answers", tuple(_outcome(rule))))
    if rule.parameters:
        sections.append(Section("Parameters", tuple(map(_parameter, rule.parameters))))
    sections.append(Section("References", rule.sources))
    return Explanation(f"{rule.id} {rule.name}: {rule.title}", tuple(sections))


def _outcome(rule: Rule) -> Iterator[str]:
    for outcome in rule.outcomes:
        codes = "" if outcome.carc is None else f", {outcome.group_code}-{outcome.carc} {' '.join(outcome.rarcs)}"
        yield f"{outcome.severity}, {outcome.disposition}{codes}".rstrip()


def _parameter(parameter: type[Any]) -> str:
    summary = (parameter.__doc__ or "").strip().partition("\n")[0]
    return f"{key_of(parameter)}: {summary}"


def _of_remittance(kind: str, code: str, tables: Tables) -> Explanation:
    dates = {edition.table: edition.exact_through for edition in tables.editions}
    day = dates.get(kind.lower(), date.max)
    listed = tables.carc(code, day) if kind == "CARC" else tables.rarc(code, day)
    rules = [
        f"{rule.id} {rule.name}: {rule.title}"
        for rule in all_rules()
        if any(code == outcome.carc if kind == "CARC" else code in outcome.rarcs for outcome in rule.outcomes)
    ]
    return Explanation(
        f"{kind} {code}",
        (Section("Code list", (phrase(listed),)), Section("Rules that answer with it", tuple(rules) or ("none",))),
    )


def _of_pair(one: str, two: str, tables: Tables, day: date) -> Explanation:
    lines = []
    for table in ("ptp_practitioner", "ptp_outpatient_hospital"):
        for first, second in ((one, two), (two, one)):
            answer = tables.ptp(table, first, second, day)
            lines.append(f"{table}, column one {first}, column two {second}: {phrase(answer)}")
    return Explanation(f"{one} / {two} on {day}", (Section("NCCI pairs", tuple(lines)),))


def _of_code(wanted: str, tables: Tables, day: date) -> Explanation:
    candidates = classify(wanted)
    none = "none: not a code of any format, nor a rule, nor words that claimcheck knows"
    sections = [Section("Readings", tuple(map(_reading, candidates)) or (none,))]
    said: list[str] = []
    silent: list[str] = []
    for candidate in candidates:
        holds = _HOLDS.get(candidate.kind, ())
        if candidate.value is None or not holds:
            continue
        for table, answer in tables.describe(candidate.text, day).items():
            if table in holds and isinstance(answer, NotCovered):
                silent.append(f"{table} ({answer.reason})")
            elif table in holds and not (isinstance(answer, Absent) and table != holds[0]):
                said.append(f"{table}: {phrase(answer)}")
    if said:
        sections.append(Section(f"Tables on {day}", tuple(dict.fromkeys(said))))
    if silent:
        sections.append(Section("Tables that cannot say", (", ".join(dict.fromkeys(silent)),)))
    return Explanation(wanted, tuple(sections))


def _reading(candidate: Candidate) -> str:
    value = candidate.value
    if isinstance(value, ProcedureCode):
        category = f"Category {value.category}, " if value.category else ""
        return f"{value.system} procedure code: {category}HCPCS Level {value.level} ({value.kind.value})"
    name = candidate.format or candidate.kind.partition(":")[2].replace("_", " ") or candidate.kind
    return f"{name}: {candidate.note}"
