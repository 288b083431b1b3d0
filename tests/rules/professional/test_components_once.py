from claimcheck.rules.professional.components_once import PART
from support.cases import Case, institutional, line, rule_tests

MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
EARLIER = [{**MEMBER, "claim_id": "A", "lines": [line("71046")]}]

HITS = {
    "the professional component": Case(
        [line("71046"), line("71046", "26")], line=2, outcome=PART, evidence={"modifier": "26"}
    ),
    "the technical component": Case([line("71046", "TC"), line("71046")], line=1, outcome=PART),
    "on an earlier claim": Case(
        [line("71046", "26")], MEMBER, before=EARLIER, line=1, outcome=PART, evidence={"on_another_claim": True}
    ),
}
MISSES = {
    "both components": Case([line("71046", "TC"), line("71046", "26")]),
    "repeated": Case([line("71046"), line("71046", "26", "76")]),
    "another code": Case([line("71046"), line("73030", "26")]),
    "another day": Case([line("71046"), line("71046", "26", day="2024-07-16")]),
    "another provider": Case(
        [line("71046", rendering_npi="1234567893"), line("71046", "26", rendering_npi="1003000126")]
    ),
    "a whole test that is returned": Case([line("71046", units=-1), line("71046", "26")]),
    "a facility's claim": Case([line("71046"), line("71046", "26")], institutional()),
}
test_hits, test_misses = rule_tests("PRO104", HITS, MISSES)
