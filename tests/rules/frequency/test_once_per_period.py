from support.cases import Case, line, rule_tests

from claimcheck.policies import Policy
from claimcheck.rules.frequency.once_per_period import EXCESS, EXCESS_IN_12_MONTHS

MEMBER = {"member_id": "M1", "claim_id": "B"}
ROLLING = Policy.load("default").replace(
    frequency__limits={"limits": [{"name": "rolling", "codes": ["0001F-9007F"], "window": "rolling_12_months"}]}
)


def report(code: str, day: str, *modifiers: str) -> dict:
    return line(code, *modifiers, day=day, charge="0.00")


def earlier(*lines: dict, **fields: object) -> dict:
    return {"member_id": "M1", "claim_id": "A", "lines": lines, **fields}


HITS = {
    "twice in a year, on one claim": Case(
        [report("3044F", "2024-02-01"), report("3044F", "2024-08-01")], MEMBER, before=[], line=2, outcome=EXCESS
    ),
    "another result code of the same test": Case(
        [report("3044F", "2024-02-01"), report("3046F", "2024-08-01")], MEMBER, before=[], line=2, outcome=EXCESS
    ),
    "in order of service date, not of lines": Case(
        [report("3046F", "2024-08-01"), report("3044F", "2024-02-01")], MEMBER, before=[], line=1, outcome=EXCESS
    ),
    "against an earlier claim": Case(
        [report("3046F", "2024-08-01")],
        MEMBER,
        before=[earlier(report("3044F", "2024-02-01"))],
        line=1,
        outcome=EXCESS,
    ),
    "whoever the provider": Case(
        [report("3046F", "2024-08-01")],
        {**MEMBER, "rendering_npi": "1003000126"},
        before=[earlier(report("3044F", "2024-02-01"), rendering_npi="1234567893")],
        line=1,
        outcome=EXCESS,
    ),
    "within twelve months, where the policy rolls": Case(
        [report("3046F", "2024-07-31")],
        MEMBER,
        policy=ROLLING,
        before=[earlier(report("3044F", "2023-08-01"))],
        line=1,
        outcome=EXCESS_IN_12_MONTHS,
    ),
    "without a history": Case([report("3044F", "2024-02-01")], MEMBER, unchecked="no_history"),
}
MISSES = {
    "another year": Case([report("3046F", "2025-01-01")], MEMBER, before=[earlier(report("3044F", "2024-12-31"))]),
    "another service": Case([report("3044F", "2024-02-01"), report("3074F", "2024-02-01")], MEMBER, before=[]),
    "the other half of a blood pressure": Case(
        [report("3074F", "2024-02-01"), report("3078F", "2024-02-01")], MEMBER, before=[]
    ),
    "an action not performed does not count": Case(
        [report("3046F", "2024-08-01")], MEMBER, before=[earlier(report("3044F", "2024-02-01", "8P"))]
    ),
    "another member": Case(
        [report("3046F", "2024-08-01")], {**MEMBER, "member_id": "M2"}, before=[earlier(report("3044F", "2024-02-01"))]
    ),
    "a voided claim": Case(
        [report("3046F", "2024-08-01")],
        MEMBER,
        before=[
            earlier(report("3044F", "2024-02-01")),
            {
                **earlier(report("3044F", "2024-02-01")),
                "claim_id": "V",
                "frequency_code": "8",
                "original_claim_id": "A",
            },
        ],
    ),
    "no Category II code": Case([line("80053"), line("80053"), line("99213"), line("99213")], MEMBER, before=[]),
}
test_hits, test_misses = rule_tests("FRQ101", HITS, MISSES)
