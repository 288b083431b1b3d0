"""Explains a claim adjustment reason code (CARC) or a remittance advice remark code (RARC).

>>> wanted("CARC 236"), wanted("CO-97"), wanted("rarc n620"), wanted("99213")
(('CARC', '236'), ('CARC', '97'), ('RARC', 'N620'), None)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from claimcheck.explaining.explanation import Explanation, Section
from claimcheck.explaining.phrases import phrase
from claimcheck.explaining.rules import said
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Outcome, Rule
from claimcheck.tables import Absent, Found, NotCovered, Tables
from claimcheck.tables.answers import Carc, Rarc

__all__ = ["answering", "bare", "of_remittance", "wanted"]

_CODE = "([A-Z]{0,2}[0-9]{1,3})"
_NAMED = regex.compile(rf"(CARC|RARC)[ -]?{_CODE}", regex.ASCII | regex.IGNORECASE)
#: X12 adjustment group codes: contractual obligation, patient, payer initiated, other, correction.
_GROUPED = regex.compile(rf"(?:CO|PR|PI|OA|CR)[ -]?{_CODE}", regex.ASCII | regex.IGNORECASE)
_BARE = regex.compile(_CODE, regex.ASCII | regex.IGNORECASE)


def wanted(text: str) -> tuple[str, str] | None:
    """The list and code that a text names, such as CARC 236, CO-236, or RARC N620; None if it names none."""
    if named := _NAMED.fullmatch(text):
        return named[1].upper(), named[2].upper()
    grouped = _GROUPED.fullmatch(text)
    return ("CARC", grouped[1].upper()) if grouped else None


def of_remittance(kind: str, code: str, tables: Tables) -> Explanation:
    """What the list says about the code, and the rules that use it."""
    sections = (
        Section("Code list", (phrase(_listed(kind, code, tables)),)),
        Section("Rules that expect it", tuple(_lines(kind, code)) or ("none",)),
    )
    return Explanation(f"{kind} {code}", sections)


def bare(text: str, tables: Tables) -> tuple[str, ...]:
    """The lists that a code without a list name is on: "N620" is a remark code, and E11 is not."""
    if not _BARE.fullmatch(text):
        return ()
    return tuple(kind for kind in ("CARC", "RARC") if isinstance(_listed(kind, text.upper(), tables), Found))


def answering(kind: str, code: str) -> list[Rule]:
    """The rules that use a code."""
    return [rule for rule in all_rules() if any(_has(outcome, kind, code) for outcome in rule.outcomes)]


def _has(outcome: Outcome, kind: str, code: str) -> bool:
    return code == outcome.carc if kind == "CARC" else code in outcome.rarcs


def _lines(kind: str, code: str) -> Iterator[str]:
    """One line for each thing that a rule says with the code."""
    for rule in answering(kind, code):
        for text in dict.fromkeys(said(rule, outcome) for outcome in rule.outcomes if _has(outcome, kind, code)):
            yield f"{rule.id} {rule.name}: {text}"


def _listed(kind: str, code: str, tables: Tables) -> Found[Carc] | Found[Rarc] | Absent | NotCovered:
    days = [edition.exact_through for edition in tables.editions if edition.table == kind.lower()]
    day = max(days, default=date.max)
    return tables.carc(code, day) if kind == "CARC" else tables.rarc(code, day)
