from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
LATER = "2025-03-03"
VISIT, COMPLEX = line("99214", "25"), line("G2211")
SAYS = outcomes("97", "N20")
DENIED, REVIEW, WARN = SAYS[Then.DENY], SAYS[Then.REVIEW], SAYS[Then.WARN]


def then(what: str) -> Policy:
    return Policy.load("default").replace(visits__complexity={"codes": ["G2211"], "visits": ["99214"], "then": what})


HITS = {
    "a visit with 25": Case([VISIT, COMPLEX], line=2, outcome=DENIED, evidence={"beside": "99214"}),
    "a procedure, from 2025": Case(
        [line("99214", "25", day=LATER), line("G2211", day=LATER), line("20610", day=LATER)], line=2, outcome=DENIED
    ),
    "a vaccine, before 2025": Case([VISIT, COMPLEX, line("90471")], line=2, outcome=DENIED),
    "the visit on an earlier claim": Case(
        [COMPLEX],
        MEMBER,
        before=[{**MEMBER, "claim_id": "A", "lines": [VISIT]}],
        line=1,
        outcome=DENIED,
        evidence={"on_another_claim": True},
    ),
    "left to review": Case([VISIT, COMPLEX], policy=then("review"), line=2, outcome=REVIEW),
    "a warning": Case([VISIT, COMPLEX], policy=then("warn"), line=2, outcome=WARN),
}
MISSES = {
    "a visit without 25": Case([line("99214"), COMPLEX]),
    "a vaccine, from 2025": Case([line("99214", "25", day=LATER), line("G2211", day=LATER), line("G0008", day=LATER)]),
    "a wellness visit, from 2025": Case(
        [line("99214", "25", day=LATER), line("G2211", day=LATER), line("G0439", day=LATER)]
    ),
    "another day": Case([VISIT, line("G2211", day="2024-07-16")]),
    "another provider": Case(
        [line("99214", "25", rendering_npi="1234567893"), line("G2211", rendering_npi="1003000126")]
    ),
    "a visit that is returned": Case([line("99214", "25", units=-1), COMPLEX]),
    "a commercial payer": Case([VISIT, COMPLEX], policy="commercial"),
    "a facility's claim": Case([VISIT, COMPLEX], institutional()),
}
test_hits, test_misses = rule_tests("PRO401", HITS, MISSES)
