from claimcheck.rules.coding.principal_diagnosis import MISSING, NO_ADMITTING, NOT_SAID
from support.cases import Case, institutional, line, rule_tests


def coded(*roles: str) -> dict:
    return {"diagnoses": [{"code": f"I1{number}", "role": role} for number, role in enumerate(roles)]}


HITS = {
    "none on an institutional claim": Case([], institutional(**coded("other")), outcome=MISSING),
    "none on a professional claim": Case([], coded("other"), outcome=NOT_SAID),
    "not the first": Case([], coded("other", "principal"), outcome=NOT_SAID),
    "behind a reason for the visit": Case([], coded("reason_for_visit", "principal"), outcome=NOT_SAID),
    "no admitting one": Case([], institutional("0111", **coded("principal")), outcome=NO_ADMITTING),
}
MISSES = {
    "the first": Case([line("99213")], coded("principal", "other")),
    "a list of codes": Case([line("99213")], {"diagnoses": ["I10", "E11.9"]}),
    "anywhere on an institutional claim": Case([], institutional(**coded("reason_for_visit", "principal"))),
    "an inpatient with both": Case([], institutional("0111", **coded("principal", "admitting"))),
    "no diagnosis": Case([line("99213")]),
}
test_hits, test_misses = rule_tests("COD204", HITS, MISSES)
