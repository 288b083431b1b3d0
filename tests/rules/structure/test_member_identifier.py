from claimcheck.policies import Policy
from claimcheck.rules.structure.member_identifier import MALFORMED
from support.cases import Case, rule_tests

MEDICARE = Policy.load("default").replace(structure__member_id={"format": "mbi"})
HITS = {
    member: Case([], {"member_id": member}, policy=MEDICARE, outcome=MALFORMED, evidence={"field": "member_id"})
    for member in ("0EG4TE5MK73", "1SG4TE5MK73", "1EG4TE5MK7", "1EG4TE5MKA3", "M1")
}
MISSES = {
    "an MBI": Case([], {"member_id": "1EG4-TE5-MK73"}, policy=MEDICARE),
    "another payer": Case([], {"member_id": "M1"}),
    "missing": Case([], policy=MEDICARE),
    "what cannot be read, which is another rule's": Case([], {"member_id": 7.5}, policy=MEDICARE),
}
test_hits, test_misses = rule_tests("STR705", HITS, MISSES)


def test_nothing_of_it_is_shown():
    result = Case([], {"member_id": "CANARY-77"}, policy=MEDICARE).judge()
    assert "CANARY" not in str(result)
    assert "CANARY" not in str(result.to_dict()["findings"])
