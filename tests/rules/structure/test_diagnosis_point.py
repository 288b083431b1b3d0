from claimcheck import Claim
from claimcheck.claims import Problem
from claimcheck.rules.structure.diagnosis_point import WITH_POINT
from support.cases import Case, line, rule_tests

HITS = {
    "a code with its point": Case(
        claim=Claim(claim_type="professional", problems=[Problem("written_with_point", field="HI02-2")]),
        outcome=WITH_POINT,
        evidence={"element": "HI02-2"},
    )
}
MISSES = {"a code with its point on a claim that is no 837": Case([line("99213")], {"diagnoses": ["E11.65"]})}
test_hits, test_misses = rule_tests("STR512", HITS, MISSES)
