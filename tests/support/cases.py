"""Tables of claims that a rule finds something on (hits) and of claims that it leaves alone (misses).

A rule's test module holds two tables, by the clause of the rule's documentation that a case shows, and makes tests of
them:

    HITS = {"column two is denied": Case(lines=[line("45378"), line("45380")], line=1, outcome=DENIED)}
    MISSES = {"another day": Case(lines=[line("45378", day="2024-07-16"), line("45380")])}
    test_hits, test_misses = rule_tests("NCCI101", HITS, MISSES)

The registry test reads the same tables: a rule without a hit or a miss, or with an outcome that no hit gives, fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest

from claimcheck.claims import ClaimResult, Finding
from claimcheck.engine import Validator
from claimcheck.history import MemoryHistory
from claimcheck.policies import Policy
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Outcome
from claimcheck.tables import Tables
from support.guard import guarded

__all__ = ["DAY", "Case", "institutional", "line", "rule_tests"]

DAY = "2024-07-15"
"""A day on which every starter table answers exactly."""


def line(code: str | None = None, *modifiers: str, day: str | None = DAY, **fields: Any) -> dict[str, Any]:
    """A service line: one unit at $100.00 on `DAY`, unless `fields` say otherwise."""
    return {
        "procedure_code": code,
        "modifiers": list(modifiers),
        "units": 1,
        "charge": "100.00",
        "service_date": day,
        **fields,
    }


def institutional(bill_type: str = "0131", **fields: Any) -> dict[str, Any]:
    """The fields of an institutional claim."""
    return {"claim_type": "institutional", "bill_type": bill_type, **fields}


@attrs.frozen
class Case:
    """A claim, how it is judged, and, for a hit, what is expected.

    `claim` holds the fields of the claim beside its lines (a professional one without), or is given as it is where it
    is no mapping. `before` holds claims (field mappings with lines) that are judged and recorded first, in a history
    that the case then has. `line` is the number of the line that the finding is on (None: on the claim); `outcome` the
    outcome expected; `evidence` what the finding's evidence must contain; `unchecked` the reason expected where the
    rule must say that it did not check.
    """

    lines: Sequence[Mapping[str, Any]] = ()
    claim: Any = attrs.field(factory=dict)
    policy: str | Path | Policy = "default"
    tables: str | Path | Tables | None = None
    before: Sequence[Mapping[str, Any]] | None = ()
    as_of: str | None = None
    line: int | None = None
    outcome: Outcome | None = None
    evidence: Mapping[str, Any] = attrs.field(factory=dict)
    unchecked: str | None = None

    def judge(self) -> ClaimResult:
        """The verdict, with every rule held to what it declares to read."""
        history = None
        if self.before is not None:
            history = MemoryHistory()
            for fields in self.before:
                claim = _claim(fields)
                history.record(claim, _validator(self.policy, self.tables, history).validate(claim, self.as_of))
        whole = _claim({**self.claim, "lines": self.lines}) if isinstance(self.claim, Mapping) else self.claim
        return _validator(self.policy, self.tables, history).validate(whole, self.as_of)


def _claim(fields: Mapping[str, Any]) -> Any:
    from claimcheck import Claim

    return Claim.from_dict({"claim_type": "professional", **fields, "lines": list(fields.get("lines", ()))})


@cache
def _rules() -> tuple[Any, ...]:
    return tuple(map(guarded, all_rules()))


def _validator(policy: Any, tables: Any, history: Any) -> Validator:
    if isinstance(policy, (str, Path)) and tables is None:
        return _shared(policy).beside(history)
    return Validator(policy, tables, history, rules=_rules())


@cache
def _shared(policy: str | Path) -> Validator:
    return Validator(policy, rules=_rules())


def of_rule(result: ClaimResult, rule_id: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in result.findings if finding.rule_id == rule_id]


def matches(finding: Finding, case: Case) -> bool:
    """Whether the finding is the one that the case expects."""
    outcome = case.outcome
    said = (finding.severity, finding.disposition, finding.group_code, finding.carc, finding.rarcs)
    return (
        finding.line_number == case.line
        and (outcome is None or said == attrs.astuple(outcome, recurse=False)[: len(said)])
        and case.evidence.items() <= dict(finding.evidence).items()
    )


def rule_tests(
    rule_id: str, hits: Mapping[str, Case], misses: Mapping[str, Case]
) -> tuple[Callable[..., None], Callable[..., None]]:
    """The two tests of a rule: that it finds on every hit what the case expects, and nothing on any miss."""

    @pytest.mark.parametrize("clause", hits)
    def test_hits(clause: str) -> None:
        case = hits[clause]
        result = case.judge()
        if case.unchecked is not None:
            left = {(rule, entry.reason) for entry in result.not_checked for rule in entry.rules}
            assert (rule_id, case.unchecked) in left
        else:
            found = of_rule(result, rule_id)
            assert any(matches(finding, case) for finding in found), "\n".join(map(str, [case, *found]))

    @pytest.mark.parametrize("clause", misses)
    def test_misses(clause: str) -> None:
        case = misses[clause]
        result = case.judge()
        assert of_rule(result, rule_id) == []
        if case.unchecked is None:
            assert [entry for entry in result.not_checked if rule_id in entry.rules and entry.rules[1:] == ()] == []

    return test_hits, test_misses
