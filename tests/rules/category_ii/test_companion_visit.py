from claimcheck.policies import Policy
from claimcheck.rules.category_ii.companion_visit import NO_VISIT
from support.cases import Case, line, rule_tests

OHIO = "anthem_ohio_medicaid_2024"
COPD = {"diagnoses": ["J44.9"]}


def listed(*modifiers: str, code: str = "3023F") -> dict:
    return line(code, *modifiers, charge="20.00")


def case(*lines: dict, policy: object = OHIO, **expected: object) -> Case:
    return Case(list(lines), COPD, policy=policy, **expected)


HITS = {
    "alone": case(listed(), line=1, outcome=NO_VISIT, evidence={"code": "3023F", "visits": ("99202-99215",)}),
    "beside another service": case(listed(), line("97110"), line=1, outcome=NO_VISIT),
    "beside a visit that is not listed": case(listed(), line("99221"), line=1, outcome=NO_VISIT),
    "beside a code that the letter of another payer lists": case(listed(), line("99201"), line=1, outcome=NO_VISIT),
    "beside a visit that is returned": case(line("99213", units=-1), listed(), line=2, outcome=NO_VISIT),
}
MISSES = {
    "beside a visit": case(listed(), line("99213")),
    "before a visit of the claim, on another day": case(listed(), line("99202", day="2024-07-16")),
    "a code that is not listed": case(listed(code="3044F")),
    "not performed": case(listed("8P")),
    "a line that is returned": case({**listed(), "units": -1}),
    "a payer without a program": case(listed(), policy="default"),
    "a program without a visit": case(
        listed(),
        policy=Policy.load(OHIO).replace(category_ii__incentives={"listed": [{"codes": ["3023F"], "amount": "5.00"}]}),
    ),
}
test_hits, test_misses = rule_tests("CAT401", HITS, MISSES)
