from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
CRITICAL, VISIT = line("99291"), line("99232")
SAYS = outcomes("97", "N20")
DENIED, REVIEW, WARN = SAYS[Then.DENY], SAYS[Then.REVIEW], SAYS[Then.WARN]


def then(what: str) -> Policy:
    return Policy.load("default").replace(
        visits__with_critical_care={"critical_care": ["99291"], "visits": ["99232"], "then": what}
    )


HITS = {
    "a visit without 25": Case([CRITICAL, VISIT], line=2, outcome=REVIEW),
    "whatever the order": Case([line("99213"), CRITICAL], line=1, outcome=REVIEW, evidence={"beside": "99291"}),
    "critical care on an earlier claim": Case(
        [VISIT],
        MEMBER,
        before=[{**MEMBER, "claim_id": "A", "lines": [CRITICAL]}],
        line=1,
        outcome=REVIEW,
        evidence={"on_another_claim": True},
    ),
    "denied": Case([CRITICAL, VISIT], policy=then("deny"), line=2, outcome=DENIED),
    "a warning": Case([CRITICAL, VISIT], policy=then("warn"), line=2, outcome=WARN),
}
MISSES = {
    "25 on the visit": Case([CRITICAL, line("99232", "25")]),
    "25 on the critical care": Case([line("99291", "25"), VISIT]),
    "FT": Case([line("99291", "FT"), VISIT]),
    "before 2022": Case([line("99291", day="2021-07-15"), line("99232", day="2021-07-15")]),
    "another day": Case([CRITICAL, line("99232", day="2024-07-16")]),
    "another provider": Case([line("99291", rendering_npi="1234567893"), line("99232", rendering_npi="1003000126")]),
    "another payer": Case([CRITICAL, VISIT], policy="commercial"),
    "a facility's claim": Case([CRITICAL, VISIT], institutional()),
}
test_hits, test_misses = rule_tests("PRO405", HITS, MISSES)
