"""What becomes of a line together with its claim."""

import pytest

from claimcheck import Disposition, Finding, LineResult, Severity
from claimcheck.claims.outcome import outcome, upon_claim
from history.made import claim, result

STRENGTH = list(Disposition)


def found(disposition, position=None):
    return Finding("STR999", "rule", Severity.ERROR, Disposition(disposition), "said", position, position)


def judged(*findings):
    made = result(claim())
    return type(made)(made.claim_id, made.disposition, made.lines, findings, (), made.receipt)


@pytest.mark.parametrize("of_line", Disposition)
@pytest.mark.parametrize("of_claim", ["review", "denied", "rejected"])
def test_the_stronger_decides(of_line, of_claim):
    own = found(of_line, 1)
    upon = found(of_claim)
    disposition, deciding = outcome(LineResult(1, 1, of_line, own), upon)
    by_claim = STRENGTH.index(Disposition(of_claim)) > STRENGTH.index(of_line)
    assert disposition is (upon.disposition if by_claim else of_line)
    assert deciding is (upon if by_claim else own)


def test_the_strongest_finding_on_the_claim_is_upon_its_lines():
    findings = found("payable"), found("review"), found("rejected"), found("denied"), found("rejected", 1)
    assert upon_claim(judged(*findings)) is findings[2]


@pytest.mark.parametrize("findings", [(), (found("payable"),), (found("report_only"),), (found("rejected", 1),)])
def test_what_is_found_on_a_line_or_keeps_nothing_unpaid_is_not(findings):
    assert upon_claim(judged(*findings)) is None
    assert outcome(LineResult(1, 1, Disposition.PAYABLE), None) == (Disposition.PAYABLE, None)
