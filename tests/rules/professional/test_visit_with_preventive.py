from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
PREVENTIVE, VISIT = line("99396"), line("99213")
SAYS = outcomes("97", "N20")
DENIED, REVIEW, WARN = SAYS[Then.DENY], SAYS[Then.REVIEW], SAYS[Then.WARN]


def then(what: str) -> Policy:
    return Policy.load("commercial").replace(
        visits__with_preventive={"preventive": ["99396"], "visits": ["99213"], "then": what}
    )


HITS = {
    "a visit without 25": Case([PREVENTIVE, VISIT], policy="commercial", line=2, outcome=DENIED),
    "25 on the preventive visit": Case(
        [VISIT, line("99396", "25")], policy="commercial", line=1, outcome=DENIED, evidence={"beside": "99396"}
    ),
    "the preventive visit on an earlier claim": Case(
        [VISIT],
        MEMBER,
        policy="commercial",
        before=[{**MEMBER, "claim_id": "A", "lines": [PREVENTIVE]}],
        line=1,
        outcome=DENIED,
        evidence={"on_another_claim": True},
    ),
    "left to review": Case([PREVENTIVE, VISIT], policy=then("review"), line=2, outcome=REVIEW),
    "a warning": Case([PREVENTIVE, VISIT], policy=then("warn"), line=2, outcome=WARN),
}
MISSES = {
    "25 on the visit": Case([PREVENTIVE, line("99213", "25")], policy="commercial"),
    "a preventive visit that Medicare does not cover": Case([PREVENTIVE, VISIT], policy="medicare"),
    "another day": Case([PREVENTIVE, line("99213", day="2024-07-16")], policy="commercial"),
    "another provider": Case(
        [line("99396", rendering_npi="1234567893"), line("99213", rendering_npi="1003000126")], policy="commercial"
    ),
    "a facility's claim": Case([PREVENTIVE, VISIT], institutional(), policy="commercial"),
}
test_hits, test_misses = rule_tests("PRO402", HITS, MISSES)
