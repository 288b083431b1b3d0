from claimcheck.rules.structure.claim_version import SUPERSEDED, VOID
from support.cases import Case, institutional, line, rule_tests

VISIT = [line("99213")]

HITS = {
    "the claim says that it was replaced": Case(VISIT, {"replaced_by_claim_id": "B"}, outcome=SUPERSEDED),
    "a void": Case(VISIT, {"frequency_code": "8", "original_claim_id": "A"}, outcome=VOID, evidence={"frequency": "8"}),
    "a void by its bill type": Case([], institutional("0138", original_claim_id="A"), outcome=VOID),
}
MISSES = {
    "a first claim": Case(VISIT, {"frequency_code": "1"}),
    "a replacement stands": Case(VISIT, {"frequency_code": "7", "original_claim_id": "A"}),
    "the payer's record of a claim stands": Case(VISIT, {"submitted_claim_id": "A"}),
}
test_hits, test_misses = rule_tests("STR507", HITS, MISSES)
