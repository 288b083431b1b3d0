from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("97", "M15")
REVIEW = SAYS[Then.REVIEW]
MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
PACKAGE, VISITS, AFTER = line("59400"), line("59425", day="2024-05-02"), line("59430", day="2024-08-20")


def earlier(*lines: dict) -> list[dict]:
    return [{**MEMBER, "claim_id": "A", "lines": list(lines)}]


def then(what: str) -> Policy:
    return Policy.load("default").replace(surgery__maternity={"packages": ["59400"], "parts": ["59425"], "then": what})


HITS = {
    "a part before it": Case([VISITS, PACKAGE], line=1, outcome=REVIEW, evidence={"beside": "59400"}),
    "a part after it": Case([PACKAGE, AFTER], line=2, outcome=REVIEW),
    "a part of the day": Case([PACKAGE, line("59409")], line=2, outcome=REVIEW),
    "two packages of a day": Case([PACKAGE, line("59510")], line=2, outcome=REVIEW),
    "a part on an earlier claim": Case(
        [PACKAGE], MEMBER, before=earlier(VISITS), line=1, outcome=REVIEW, evidence={"on_another_claim": True}
    ),
    "the package on an earlier claim": Case([AFTER], MEMBER, before=earlier(PACKAGE), line=1, outcome=REVIEW),
    "the last day before": Case([line("59425", day="2023-11-08"), PACKAGE], line=1, outcome=REVIEW),
    "two codes for antepartum visits": Case(
        [VISITS, line("59426")], line=2, outcome=REVIEW, evidence={"beside": "59425"}
    ),
    "the same code again": Case([VISITS, line("59425")], line=2, outcome=REVIEW),
    "two codes for antepartum visits of a day": Case([line("59426"), line("59425")], line=2, outcome=REVIEW),
    "one for antepartum visits on an earlier claim": Case(
        [line("59426")], MEMBER, before=earlier(VISITS), line=1, outcome=REVIEW, evidence={"on_another_claim": True}
    ),
    "denied": Case([VISITS, PACKAGE], policy=then("deny"), line=1, outcome=SAYS[Then.DENY]),
    "a warning": Case([VISITS, PACKAGE], policy=then("warn"), line=1, outcome=SAYS[Then.WARN]),
}
MISSES = {
    "parts alone": Case([VISITS, line("59409"), AFTER]),
    "antepartum visits of another pregnancy": Case([line("59425", day="2023-11-07"), line("59426")]),
    "another pregnancy": Case([line("59425", day="2023-11-07"), PACKAGE]),
    "after the care": Case([PACKAGE, line("59430", day="2024-10-08")]),
    "a twin": Case([PACKAGE, line("59409", "59")]),
    "another provider": Case([{**VISITS, "rendering_npi": "1234567893"}, {**PACKAGE, "rendering_npi": "1003000126"}]),
    "a part that is returned": Case([{**VISITS, "units": -1}, PACKAGE]),
    "another provider on an earlier claim": Case(
        [PACKAGE], {**MEMBER, "billing_npi": "1003000126"}, before=earlier(VISITS)
    ),
    "a facility's claim": Case([VISITS, PACKAGE], institutional()),
}
test_hits, test_misses = rule_tests("PRO209", HITS, MISSES)
