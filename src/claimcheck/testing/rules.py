"""For the tests of your own rule: checks that it has everything a rule needs.

>>> from claimcheck.rules.registry import by_id
>>> assert_rule(by_id("NCCI101"))
>>> import attrs
>>> assert_rule(attrs.evolve(by_id("NCCI101"), sources=(), reads=("weather",)))
Traceback (most recent call last):
    ...
AssertionError: NCCI101 procedure-to-procedure
- it names no source
- it reads weather, which is no fact of a Day
"""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Final

import attrs
import regex

from claimcheck.claims import Disposition
from claimcheck.policies.parameters import all_parameters
from claimcheck.rules.facts import ClaimDiagnosis, Day, Line, Outline, Service, Setting, WholeClaim
from claimcheck.rules.rule import Outcome, Rule, Scope
from claimcheck.tables import Found, Tables

__all__ = ["assert_rule"]

SECTIONS: Final = ["What it checks", "Why payers deny it", "Example", "What it does not check"]
NEEDS_REMARK: Final = frozenset(["16", "96", "125", "129", "148", "226", "227", "234", "237", "251", "252", "A1"])
"""CARCs whose text requires at least one remark code that is not an alert (X12, code list of June 2024)."""

_LISTED: Final = date(2024, 6, 18)  # the code lists in the starter tables
_VIEWS: Final = MappingProxyType(
    {
        Scope.SETTING: Setting,
        Scope.OUTLINE: Outline,
        Scope.DIAGNOSIS: ClaimDiagnosis,
        Scope.LINE: Line,
        Scope.CLAIM: WholeClaim,
        Scope.DAY: Day,
        Scope.MEMBER: Service,
    }
)


def assert_rule(rule: Rule) -> None:
    """Fails if the rule lacks part of its documentation or a source, names an unknown fact or parameter, or has a
    reason code that cannot be sent; or if the example in its documentation does not run as shown."""
    __tracebackhide__ = True
    wrong = [*_documentation(rule), *_metadata(rule), *_adjustments(rule)]
    if wrong:
        raise AssertionError("\n- ".join([f"{rule.id} {rule.name}", *wrong]))


def _documentation(rule: Rule) -> Iterator[str]:
    sections = regex.findall(r"^## (.+)$", rule.documentation, regex.MULTILINE)
    if sections != SECTIONS:
        yield f"its documentation has the sections {sections}, not {SECTIONS}"
    test = doctest.DocTestParser().get_doctest(rule.documentation, {}, rule.id, None, None)
    faults: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    if runner.run(test, out=faults.append).failed or not test.examples:
        yield "its example does not run as shown" if faults else "it has no example"


def _metadata(rule: Rule) -> Iterator[str]:
    if not rule.sources:
        yield "it names no source"
    view = _VIEWS[rule.scope]
    facts = {field.name for field in attrs.fields(view)} | {name for name in vars(view) if not name.startswith("_")}
    for name in rule.reads:
        if name not in facts:
            yield f"it reads {name}, which is no fact of a {view.__name__}"
    for parameter in rule.parameters:
        if parameter not in all_parameters():
            yield f"its parameter {parameter.__name__} is not registered, and no policy file can say anything of it"


def _adjustments(rule: Rule) -> Iterator[str]:
    tables = Tables.starter()
    for outcome in rule.outcomes:
        if outcome.carc is None:
            if outcome.disposition in (Disposition.DENIED, Disposition.REJECTED, Disposition.REPORT_ONLY):
                yield f"an outcome that is {outcome.disposition} has no reason code"
            continue
        if not isinstance(tables.carc(outcome.carc, _LISTED), Found):
            yield f"CARC {outcome.carc} is on no list"
        yield from _remarks(outcome, tables)


def _remarks(outcome: Outcome, tables: Tables) -> Iterator[str]:
    answers = {code: tables.rarc(code, _LISTED) for code in outcome.rarcs}
    for code, answer in answers.items():
        if not isinstance(answer, Found):
            yield f"RARC {code} is on no list"
    remarks = [answer for answer in answers.values() if isinstance(answer, Found) and not answer.value.is_alert]
    if outcome.carc in NEEDS_REMARK and not remarks:
        yield f"CARC {outcome.carc} demands a remark code that is not an alert"
