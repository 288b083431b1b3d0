"""Every verdict on pairs, units and frequency is that of a slow oracle, which knows the published rows and no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings

from claimcheck import ClaimResult, MemoryHistory, Tables, Validator, validate_claims
from proof import oracle, scenes
from proof.oracle import Past, Said

REFUSED = ("denied", "rejected")


def said_by(result: ClaimResult) -> Said:
    """What claimcheck said, in the oracle's words."""
    said = Said()
    for line in result.lines:
        for finding in line.findings:
            evidence = dict(finding.evidence)
            if finding.rule_id == "NCCI101":
                assert (finding.severity, finding.disposition, finding.carc) == ("error", "denied", "236")
                said.pairs.add((line.position, evidence["column_one"], evidence["column_two"]))
            elif finding.rule_id == "NCCI201":
                assert (finding.severity, finding.disposition, finding.carc) == ("error", "denied", "151")
                said.units.add((line.position, evidence["code"]))
            elif finding.rule_id == "FRQ101":
                assert (finding.severity, finding.disposition, finding.carc) == ("warning", "report_only", "119")
                said.excess.add(line.position)
    for entry in result.not_checked:
        if entry.rule_id == "NCCI101":
            said.pairs_unchecked |= set(entry.lines)
        elif entry.rule_id == "NCCI201":
            said.units_unchecked |= set(entry.lines)
        elif entry.rule_id == "FRQ101":
            said.excess_unchecked |= set(entry.lines)
    for other in result.overturned:
        evidence = dict(other.finding.evidence)
        if other.finding.rule_id in ("NCCI101", "NCCI201"):
            code = evidence["column_two"] if other.finding.rule_id == "NCCI101" else evidence["code"]
            said.upon_others.add((other.claim, other.finding.position or 0, str(code)))
    return said


def refused(result: ClaimResult) -> list[int]:
    """The lines that are denied or rejected. No rule after the frequency's does so at the charges of these claims."""
    return [line.position for line in result.lines if line.disposition in REFUSED]


def prove(claims: list[dict[str, Any]], results: Iterable[ClaimResult], source: oracle.Source) -> None:
    past = Past()
    for claim, result in zip(claims, results, strict=True):
        beyond = refused(result)
        expected, got = oracle.judge(claim, past, source, beyond), said_by(result)
        undated = {place for place, line in enumerate(claim["lines"], 1) if line["service_date"] is None}
        got.pairs_unchecked -= undated
        got.units_unchecked -= undated
        for said in (expected, got):  # a line that falls is settled, whatever is not known of another of its days
            said.units_unchecked -= {position for position, _ in said.units}
        assert got == expected
        accepted = [place not in beyond for place in range(1, len(claim["lines"]) + 1)]
        past.record(claim, accepted, rejected=result.disposition == "rejected")


STARTER = oracle.starter()
VALIDATOR = Validator(history=MemoryHistory())


@given(scenes.batches())
@settings(max_examples=150)
def test_batches_by_the_starter_tables(claims: list[dict[str, Any]]) -> None:
    prove(claims, VALIDATOR.validate_many(claims), STARTER)
