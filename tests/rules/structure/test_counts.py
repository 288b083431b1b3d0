from claimcheck.rules.structure.counts import TOO_MANY_DIAGNOSES, TOO_MANY_LINES, TWO_ADMITTING, TWO_PRINCIPALS
from support.cases import Case, institutional, line, rule_tests


def coded(**roles: int) -> dict:
    return {"diagnoses": [{"code": "I10", "role": role} for role, count in roles.items() for _ in range(count)]}


HITS = {
    "51 lines": Case([line("99213")] * 51, outcome=TOO_MANY_LINES, evidence={"lines": 51, "most": 50}),
    "1000 lines": Case([line("99213")] * 1000, institutional(), outcome=TOO_MANY_LINES, evidence={"most": 999}),
    "13 diagnoses": Case([], coded(principal=1, other=12), outcome=TOO_MANY_DIAGNOSES, evidence={"diagnoses": 13}),
    "26 on an institutional claim": Case([], institutional(**coded(principal=1, other=25)), outcome=TOO_MANY_DIAGNOSES),
    "13 external causes": Case([], institutional(**coded(external_cause=13)), outcome=TOO_MANY_DIAGNOSES),
    "4 reasons for the visit": Case([], institutional(**coded(reason_for_visit=4)), outcome=TOO_MANY_DIAGNOSES),
    "two principals": Case([], coded(principal=2), outcome=TWO_PRINCIPALS),
    "two admitting": Case([], institutional(**coded(admitting=2)), outcome=TWO_ADMITTING),
}
MISSES = {
    "as much as there is room for": Case([line("99213")] * 50, coded(principal=1, other=11)),
    "on an institutional claim": Case(
        [line("99213")] * 999,
        institutional(**coded(principal=1, other=24, external_cause=12, reason_for_visit=3, admitting=1)),
    ),
    "a claim of no type": Case([line("99213")] * 51, {"claim_type": None}),
}
test_hits, test_misses = rule_tests("STR502", HITS, MISSES)
