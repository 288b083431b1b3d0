"""The order of lines, of rules and of claims never changes a verdict."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimcheck import ClaimResult, Validator, validate_claims
from claimcheck.claims import Claim
from claimcheck.engine.assemble import assemble
from claimcheck.engine.rulebook import Rulebook
from claimcheck.engine.shared import Workshop
from claimcheck.engine.told import judge
from engine.generated import CODES, claims
from support.cases import line as a_line
from support.made_tables import opps

VALIDATOR = Validator()
OUTPATIENT = Validator(
    tables=opps(
        G0463="V", _99213="B", _20610="T", _11042="T", _96372="S", _45385="T", _45378="J1", G0378="N", G0379="J2"
    )
)


def untied(claim: dict[str, Any]) -> dict[str, Any]:
    """The claim without what is told apart by its place alone, so that order does decide.

    Of lines that are duplicates in all but their pointers, their modifiers' order and what cannot be read in them, the
    first is the one that stays. (The uses of one service on one day are such ties too.) Of the lines with hours of
    observation, only the first may be billed.
    """
    observed = [line for line in claim["lines"] if line["procedure_code"] == "G0378"]
    lines = [
        {**line, "diagnosis_pointers": [], "modifiers": sorted({text for text in line["modifiers"] if text.isalnum()})}
        for line in claim["lines"]
        if line not in observed[1:]
    ]
    return {**claim, "lines": lines}


WITHOUT_LIMITS = [code for code in CODES if not code.endswith("F")]


def content(line: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in line.items() if name != "line_number"}, sort_keys=True)


def said(claim: dict[str, Any], result: ClaimResult) -> Counter[Any]:
    """What was said of each line, by what the line holds and not by where it stands."""
    held = {line["line_number"]: content(line) for line in claim["lines"]}
    counted: Counter[Any] = Counter()
    for line in result.lines:
        findings = sorted(
            (
                finding.rule_id,
                finding.disposition,
                finding.message,
                str(sorted(dict(finding.evidence).items(), key=str)),
                tuple(sorted(held[number] for number in finding.related_lines)),
            )
            for finding in line.findings
        )
        deciding = line.deciding and (line.deciding.rule_id, line.deciding.message)
        counted[held[line.line_number], line.disposition, deciding, str(line.allowed_amount), tuple(findings)] += 1
    for entry in result.not_checked:
        counted[entry.rule_id, entry.reason, entry.table, tuple(sorted(held[number] for number in entry.lines))] += 1
    for finding in result.findings:
        if finding.line_number is None:
            counted[finding.rule_id, finding.message] += 1
    counted[result.disposition] += 1
    return counted


@given(claim=claims(WITHOUT_LIMITS).map(untied), seed=st.randoms(use_true_random=False))
def test_lines(claim: dict[str, Any], seed: random.Random) -> None:
    shuffled = list(claim["lines"])
    seed.shuffle(shuffled)
    assert said(claim, VALIDATOR.validate(claim)) == said(claim, VALIDATOR.validate({**claim, "lines": shuffled}))


@given(claim=claims(WITHOUT_LIMITS).map(untied), seed=st.randoms(use_true_random=False))
def test_lines_by_their_status_indicators(claim: dict[str, Any], seed: random.Random) -> None:
    shuffled = list(claim["lines"])
    seed.shuffle(shuffled)
    assert said(claim, OUTPATIENT.validate(claim)) == said(claim, OUTPATIENT.validate({**claim, "lines": shuffled}))


@given(claim=claims(), seed=st.randoms(use_true_random=False))
def test_rules(claim: dict[str, Any], seed: random.Random) -> None:
    rules = list(VALIDATOR.rules)
    seed.shuffle(rules)
    workshop = Workshop(Rulebook.of(rules), VALIDATOR.policy, VALIDATOR.tables)
    read = Claim.from_dict(claim)
    expected = VALIDATOR.validate(read)
    got = assemble(read, judge(read, workshop, expected.receipt.as_of, None), expected.receipt)
    assert got.lines == expected.lines
    assert got.findings == expected.findings
    assert Counter(got.not_checked) == Counter(expected.not_checked)


@given(batch=st.lists(claims(max_lines=3), max_size=5), seed=st.randoms(use_true_random=False))
def test_claims_of_a_sorted_batch(batch: list[dict[str, Any]], seed: random.Random) -> None:
    batch = [{**claim, "claim_id": f"C{number}"} for number, claim in enumerate(batch)]
    shuffled = list(batch)
    seed.shuffle(shuffled)
    one, other = (
        {result.claim_id: result for result in VALIDATOR.validate_many(some, sort=True)} for some in (batch, shuffled)
    )
    assert one == other


def test_a_phase_sees_the_standing_of_earlier_ones_only() -> None:
    rulebook = Rulebook.of(VALIDATOR.rules)
    every_rule = (1 << len(rulebook.wide)) - 1
    phases = [phase for phase, *_ in rulebook.asked(every_rule)]
    assert phases == sorted(phases) == sorted({rule.phase for rule in rulebook.wide})


def test_sorted_claims_whose_dates_interleave_have_one_winner():
    def claim(claim_id: str, *days: str) -> dict:
        lines = [a_line("3044F", charge="0.00", day=day) for day in days]
        return {"claim_type": "professional", "claim_id": claim_id, "member_id": "M1", "lines": lines}

    claims = [claim("A", "2023-12-01", "2024-09-01"), claim("B", "2024-06-01")]
    for order in (claims, claims[::-1]):
        first, second = validate_claims(order, sort=True)
        assert [[f.carc for f in verdict.findings if f.rule_id == "FRQ101"] for verdict in first.lines] == [[], ["119"]]
        assert [f.rule_id for f in second.findings if f.rule_id == "FRQ101"] == []
