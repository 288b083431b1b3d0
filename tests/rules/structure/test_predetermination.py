from claimcheck import Claim, MemoryHistory, validate_claim
from claimcheck.rules.structure.predetermination import ASKS
from support.cases import Case, institutional, line, rule_tests

HITS = {"asks": Case([line("D2750", day=None)], {"claim_type": "dental", "predetermination": True}, outcome=ASKS)}
MISSES = {
    "a claim": Case([line("D2750")], {"claim_type": "dental"}),
    "a claim that says so": Case([line("D2750")], {"claim_type": "dental", "predetermination": False}),
}
test_hits, test_misses = rule_tests("STR515", HITS, MISSES)


def test_it_asks_for_no_days() -> None:
    asked = {"claim_id": "A", "member_id": "M", "billing_npi": "1234567893", "total_charge": "100.00"}
    claim = {**institutional(), **asked, "diagnoses": ["I10"], "predetermination": True}
    result = validate_claim({**claim, "lines": [line("99213", revenue_code="0510", day=None)]})
    assert {finding.rule_id for finding in result.findings} == {"STR515"}


def test_nothing_of_it_is_kept() -> None:
    line_of = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}
    history = MemoryHistory()
    for asks in (True, False):
        claim = Claim(
            claim_id=f"A{asks}", claim_type="professional", member_id="M", predetermination=asks, lines=[line_of]
        )
        history.record(claim, validate_claim(claim))
    assert [kept.claim for kept in history.lines("M", *2 * [claim.lines[0].service_date])] == ["AFalse"]
