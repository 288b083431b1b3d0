from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("107")
MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
MILES, TRIP = line("A0425", "SH", units=12), line("A0427", "SH")


def then(what: str) -> Policy:
    companion = {"name": "transport", "codes": ["A0425"], "needs": ["A0427"]}
    return Policy.load("default").replace(professional__companions={"companions": [companion], "otherwise": what})


HITS = {
    "mileage alone": Case([MILES], line=1, outcome=SAYS[Then.WARN], evidence={"missing": "ground ambulance transport"}),
    "a vaccine alone": Case([line("99213"), line("90686")], line=2, outcome=SAYS[Then.WARN]),
    "Medicare's own administration": Case(
        [line("90686"), line("90471")], policy="medicare", line=1, outcome=SAYS[Then.WARN]
    ),
    "the transport on another day": Case(
        [MILES, line("A0427", "SH", day="2024-07-16")], line=1, outcome=SAYS[Then.WARN]
    ),
    "a transport that is returned": Case([MILES, {**TRIP, "units": -1}], line=1, outcome=SAYS[Then.WARN]),
    "mileage by air with a transport on the ground": Case([line("A0435", "SH"), TRIP], line=1, outcome=SAYS[Then.WARN]),
    "denied": Case([MILES], policy=then("deny"), line=1, outcome=SAYS[Then.DENY]),
    "left to review": Case([MILES], policy=then("review"), line=1, outcome=SAYS[Then.REVIEW]),
}
MISSES = {
    "with the transport": Case([MILES, TRIP]),
    "the transport on an earlier claim": Case([MILES], MEMBER, before=[{**MEMBER, "claim_id": "A", "lines": [TRIP]}]),
    "with its administration": Case([line("90715"), line("90471")]),
    "with that of Medicare": Case([line("90677"), line("G0009")], policy="medicare"),
    "another vaccine under Medicare": Case([line("90715")], policy="medicare"),
    "an administration alone": Case([line("90471")]),
    "by helicopter": Case([line("A0436", "SH"), line("A0431", "SH")]),
    "a facility's claim": Case([MILES], institutional()),
}
test_hits, test_misses = rule_tests("PRO308", HITS, MISSES)
