from datetime import date

from claimcheck.dates import months_later
from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import DAY, Case, institutional, line, rule_tests

SAYS = outcomes("108", "N130")
MEMBER = {"claim_id": "B", "member_id": "1EG4TE5MK73", "billing_npi": "1234567893"}
RENTAL = line("E0601", "RR", "KJ")


def month(before: int, *modifiers: str, code: str = "E0601", days: int = 0) -> dict:
    day = months_later(date.fromisoformat(DAY), -before)
    return line(code, *(modifiers or ("RR", "KJ")), day=date.fromordinal(day.toordinal() - days).isoformat())


def earlier(*lines: dict) -> list[dict]:
    return [{**MEMBER, "claim_id": "A", "lines": list(lines)}]


def then(what: str) -> Policy:
    return Policy.load("medicare").replace(
        professional__equipment={"months": ["KJ"], "rental_months": 2, "after_rental_months": what}
    )


def medicare(*before: dict, rental: dict = RENTAL, **expected: object) -> Case:
    return Case([rental], MEMBER, policy="medicare", before=earlier(*before), **expected)


YEAR = [month(before) for before in range(1, 14)]
HITS = {
    "a fourteenth month": medicare(*YEAR, line=1, outcome=SAYS[Then.REVIEW], evidence={"months": 13, "most": 13}),
    "after a break of sixty days": medicare(
        *[month(before, days=60) for before in range(1, 14)], line=1, outcome=SAYS[Then.REVIEW]
    ),
    "on one claim": Case([month(2), month(1), RENTAL], policy=then("deny"), line=3, outcome=SAYS[Then.DENY]),
    "a warning": Case([month(2), month(1), RENTAL], policy=then("warn"), line=3, outcome=SAYS[Then.WARN]),
}
MISSES = {
    "the thirteenth month": medicare(*YEAR[:12]),
    "after a long break": medicare(*[month(before, days=62) for before in range(1, 14)]),
    "another code": medicare(*[month(before, code="E0470") for before in range(1, 14)]),
    "no rentals": medicare(*[month(before, "MS") for before in range(1, 14)]),
    "no month": medicare(*YEAR, rental=line("E0601", "RR")),
    "any number of months": Case([*YEAR, RENTAL], policy="default"),
    "a facility's claim": Case([*YEAR, RENTAL], institutional(), policy="medicare"),
    "another supplier": Case(
        [RENTAL], {**MEMBER, "billing_npi": "1003000126"}, policy="medicare", before=earlier(*YEAR)
    ),
}
test_hits, test_misses = rule_tests("PRO309", HITS, MISSES)
