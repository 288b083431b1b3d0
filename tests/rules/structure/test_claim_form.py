from claimcheck import Claim, Validator
from claimcheck.claims import Problem
from claimcheck.rules.structure.claim_form import (
    CONFLICT,
    MALFORMED,
    NOT_AN_OBJECT,
    OTHER_SEPARATOR,
    OTHER_VERSION,
    UNKNOWN_KEY,
    claim_form,
)
from support.cases import Case, line, rule_tests

HITS = {
    "an unknown key, and what was meant": Case(
        [], {"member_ident": "X"}, outcome=UNKNOWN_KEY, evidence={"probably": "member_id"}
    ),
    "an unknown key that is near to none": Case([], {"qqqqqq": "X"}, outcome=UNKNOWN_KEY, evidence={"probably": None}),
    "a key that is no text": Case([], {7: "X"}, outcome=UNKNOWN_KEY),
    "two names of one field that say otherwise": Case(
        [], {"npi": "1234567893", "billing_npi": "1992999825"}, outcome=CONFLICT, evidence={"field": "billing_npi"}
    ),
    "no object": Case(claim=["a claim"], outcome=NOT_AN_OBJECT),
    "a segment that cannot be read": Case(
        claim=Claim(problems=(Problem("malformed_segment", detail="segment 17"),)), outcome=MALFORMED
    ),
    "an unknown key of a diagnosis": Case(
        [], {"diagnoses": [{"code": "I10", "rolle": "other"}]}, outcome=UNKNOWN_KEY, evidence={"probably": "role"}
    ),
    "an unknown key of a value code": Case(
        [], {"value_codes": [{"code": "80", "rank": 1}]}, outcome=UNKNOWN_KEY, evidence={"probably": None}
    ),
    "another separator": Case(
        claim=Claim(problems=(Problem("other_separator", detail="segment 21"),)), outcome=OTHER_SEPARATOR
    ),
    "another version": Case(
        claim=Claim(problems=(Problem("older_version", detail="segment 3"),)), outcome=OTHER_VERSION
    ),
}
MISSES = {
    "known keys": Case([line("99213")], {"claim_id": "A"}),
    "other names of fields": Case([line("99213")], {"ClaimNumber": "A", "FL 4": "0131", "box 33a": "1234567893"}),
}
test_hits, test_misses = rule_tests("STR101", HITS, MISSES)


def found(claim):
    return [f for f in Validator(rules=[claim_form]).validate(claim).findings if f.rule_id == "STR101"]


def said(finding):
    return (finding.severity, finding.disposition, finding.group_code, finding.carc, finding.rarcs)


def outcome(of):
    return (of.severity, of.disposition, of.group_code, of.carc, of.rarcs)


def test_what_is_no_object_is_no_claim():
    for value in ([], "A", 7, None, 1.5, True, b"x", object()):
        (finding,) = found(value)
        assert said(finding) == outcome(NOT_AN_OBJECT)


def test_problems_of_the_file():
    problems = (
        Problem("malformed_segment", detail="segment 17: expected HL before NM1"),
        Problem("malformed_row", detail="row 3: total_charge"),
        Problem("older_version", detail="segment 3: 004010 is read as far as it agrees with 005010"),
        Problem("newer_version", detail="segment 3: 008020 is read as far as it agrees with 005010"),
    )
    malformed, row, older, newer = found(Claim(problems=problems))
    assert said(malformed) == outcome(MALFORMED)
    assert "Segment 17 malformed: expected HL" in malformed.message
    assert row.message == "Row 3 malformed: total_charge"
    assert said(older) == said(newer) == outcome(OTHER_VERSION)
