from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
OFFICE, HOSPITAL = line("99213"), line("99222")
GROUP = {"rendering_taxonomy": "207Q00000X"}
SAYS = outcomes("B14")
DENIED, REVIEW, WARN = SAYS[Then.DENY], SAYS[Then.REVIEW], SAYS[Then.WARN]


def then(what: str) -> Policy:
    return Policy.load("default").replace(visits__one_a_day={"visits": ["99213", "99222"], "then": what})


HITS = {
    "an office and a hospital visit": Case([OFFICE, HOSPITAL], line=1, outcome=REVIEW, evidence={"beside": "99222"}),
    "on an earlier claim": Case(
        [OFFICE],
        MEMBER,
        before=[{**MEMBER, "claim_id": "A", "lines": [HOSPITAL]}],
        line=1,
        outcome=REVIEW,
        evidence={"on_another_claim": True},
    ),
    "two physicians of one group and specialty": Case(
        [
            line("99213", rendering_npi="1234567893", **GROUP),
            line("99222", rendering_npi="1003000126", **GROUP),
        ],
        MEMBER,
        policy="medicare",
        line=1,
        outcome=REVIEW,
    ),
    "denied": Case([OFFICE, HOSPITAL], policy=then("deny"), line=1, outcome=DENIED),
    "a warning": Case([OFFICE, HOSPITAL], policy=then("warn"), line=1, outcome=WARN),
}
MISSES = {
    "25 on one": Case([line("99213", "25"), HOSPITAL]),
    "57 on the other": Case([OFFICE, line("99222", "57")]),
    "one code": Case([OFFICE]),
    "another day": Case([OFFICE, line("99222", day="2024-07-16")]),
    "another physician": Case([line("99213", rendering_npi="1234567893"), line("99222", rendering_npi="1003000126")]),
    "critical care": Case([OFFICE, line("99291")]),
    "a facility's claim": Case([OFFICE, HOSPITAL], institutional()),
}
test_hits, test_misses = rule_tests("PRO403", HITS, MISSES)
