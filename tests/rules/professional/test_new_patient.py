from typing import Any

from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

SAYS = outcomes("B16")
DENIED, REVIEW, WARN = SAYS[Then.DENY], SAYS[Then.REVIEW], SAYS[Then.WARN]
SEEN, NEW = line("99213", day="2024-07-01"), line("99203")
ONE, OTHER = "1234567893", "1003000126"
MEMBER = {"claim_id": "B", "member_id": "1EG4TE5MK73", "billing_npi": ONE}


def earlier(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**MEMBER, "claim_id": "A", "lines": list(lines)}]


def then(what: str) -> Policy:
    return Policy.load("default").replace(
        visits__new_patients={"codes": ["99203"], "established_by": ["99213"], "then": what}
    )


HITS = {
    "after an established visit": Case([SEEN, NEW], line=2, outcome=DENIED, evidence={"earlier": "99213"}),
    "after surgery": Case(
        [line("20610", day="2024-07-01"), NEW], line=2, outcome=DENIED, evidence={"earlier": "20610"}
    ),
    "wherever the lines stand": Case([NEW, SEEN], line=1, outcome=DENIED),
    "two new-patient visits": Case([line("99203", day="2024-07-01"), line("99204")], line=2, outcome=DENIED),
    "after a visit in a hospital": Case([line("99222", day="2024-07-01"), NEW], line=2, outcome=DENIED),
    "by one of the same group and specialty": Case(
        [
            line("99213", day="2024-07-01", rendering_npi=ONE, rendering_taxonomy="207Q00000X"),
            line("99203", rendering_npi=OTHER, rendering_taxonomy="207Q00000X"),
        ],
        {"billing_npi": ONE},
        policy="medicare",
        line=2,
        outcome=DENIED,
    ),
    "on an earlier claim": Case(
        [NEW], MEMBER, before=earlier(SEEN), line=1, outcome=DENIED, evidence={"on_another_claim": True}
    ),
    "almost three years ago": Case(
        [NEW], MEMBER, before=earlier(line("99222", day="2021-07-16")), line=1, outcome=DENIED
    ),
    "a partner's visit on an earlier claim": Case(
        [line("99203", rendering_npi=OTHER, rendering_taxonomy="207Q00000X")],
        MEMBER,
        policy="medicare",
        before=earlier(line("99213", day="2024-07-01", rendering_npi=ONE, rendering_taxonomy="207Q00000X")),
        line=1,
        outcome=DENIED,
    ),
    "no history": Case([NEW], MEMBER, before=None, unchecked="no_history"),
    "it is not told whether the partner is of the specialty": Case(
        [line("99203", rendering_npi=OTHER)],
        MEMBER,
        policy="medicare",
        before=earlier(line("99213", day="2024-07-01", rendering_npi=ONE, rendering_taxonomy="207Q00000X")),
        unchecked="missing_field",
    ),
    "left to review": Case([SEEN, NEW], policy=then("review"), line=2, outcome=REVIEW),
    "a warning": Case([SEEN, NEW], policy=then("warn"), line=2, outcome=WARN),
}
MISSES = {
    "after a blood draw": Case([line("36415", day="2024-07-01"), NEW]),
    "after a reading": Case([line("93010", day="2024-07-01"), NEW]),
    "the new-patient visit comes first": Case([line("99203", day="2024-07-01"), line("99213")]),
    "one day": Case([line("99213", day="2024-07-15"), line("99381")], policy="commercial"),
    "a reading": Case([line("71046", "26", day="2024-07-01"), NEW]),
    "another physician": Case([line("99213", day="2024-07-01", rendering_npi=ONE), line("99203", rendering_npi=OTHER)]),
    "another specialty": Case(
        [
            line("99213", day="2024-07-01", rendering_npi=ONE, rendering_taxonomy="207Q00000X"),
            line("99203", rendering_npi=OTHER, rendering_taxonomy="207RC0000X"),
        ],
        {"billing_npi": ONE},
        policy="medicare",
    ),
    "three years ago": Case([NEW], MEMBER, before=earlier(line("99213", day="2021-07-15"))),
    "another physician on an earlier claim": Case(
        [line("99203", rendering_npi=OTHER)],
        MEMBER,
        before=earlier(line("99213", day="2024-07-01", rendering_npi=ONE)),
    ),
    "an established patient's visit": Case([line("99213")], MEMBER, before=earlier(SEEN)),
    "a visit that is returned": Case([{**SEEN, "units": -1}, NEW]),
    "a facility's claim": Case([SEEN, NEW], institutional()),
}
test_hits, test_misses = rule_tests("PRO404", HITS, MISSES)
