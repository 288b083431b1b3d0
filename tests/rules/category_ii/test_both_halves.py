from claimcheck.policies import Policy
from claimcheck.policies.parameters.category_ii import Pairs
from claimcheck.rules.category_ii.both_halves import HALF
from support.cases import Case, line, rule_tests

MEMBER = {"member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"}


def reports(*codes: str, **fields: object) -> list[dict]:
    return [line(code, charge="0.00", **fields) for code in codes]


HITS = {
    "a list without a review": Case(reports("1159F"), line=1, outcome=HALF, evidence={"missing": ("1160F",)}),
    "a review without a list": Case(reports("1160F"), line=1, outcome=HALF, evidence={"missing": ("1159F",)}),
    "on different days": Case([*reports("1159F"), *reports("1160F", day="2024-07-16")], line=2, outcome=HALF),
    "a systolic pressure alone": Case(reports("3077F"), line=1, outcome=HALF, evidence={"missing": ("3078F-3080F",)}),
    "a diastolic pressure alone": Case(reports("3079F", "3044F"), line=1, outcome=HALF),
    "no service date": Case(reports("1159F", day=None), unchecked="no_service_date"),
}
MISSES = {
    "both": Case(reports("1160F", "1159F")),
    "both pressures, of any band": Case(reports("3074F", "3080F")),
    "the other on another claim of the day": Case(
        reports("1159F"), MEMBER, before=[{**MEMBER, "claim_id": "A", "lines": reports("1160F")}]
    ),
    "not performed": Case([line("1159F", "8P", charge="0.00")]),
    "the other not performed": Case([*reports("1159F"), line("1160F", "8P", charge="0.00")]),
    "a line that is returned": Case(reports("1159F", units=-1)),
    "no pair": Case(reports("3044F")),
    "a policy without pairs": Case(reports("1159F"), policy=Policy.load("default").replace(Pairs())),
}
test_hits, test_misses = rule_tests("CAT304", HITS, MISSES)
