from claimcheck.policies import Policy
from claimcheck.rules.structure.duplicate_claim import SUSPECTED, TO_REVIEW
from support.cases import Case, institutional, line, rule_tests

REVIEW = Policy.load("default").replace(structure__duplicates={"repeats": ["76"], "suspected": "review"})
MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
EARLIER = {**MEMBER, "claim_id": "A"}


def after(*lines: dict, **fields: object) -> list[dict]:
    return [{**EARLIER, "lines": lines, **fields}]


XRAY = line("71046")
SPAN = line("71046", service_date_end="2024-07-17")
HITS = {
    "on an earlier claim": Case([XRAY], MEMBER, before=after(XRAY), line=1, outcome=SUSPECTED),
    "at another charge": Case([{**XRAY, "charge": "9.00"}], MEMBER, before=after(XRAY), line=1, outcome=SUSPECTED),
    "several days": Case([SPAN], MEMBER, before=after(SPAN), line=1, outcome=SUSPECTED),
    "a policy that reviews": Case([XRAY], MEMBER, policy=REVIEW, before=after(XRAY), line=1, outcome=TO_REVIEW),
}
MISSES = {
    "another day": Case([line("71046", day="2024-07-16")], MEMBER, before=after(XRAY)),
    "a day of a span": Case([XRAY], MEMBER, before=after(SPAN)),
    "other units": Case([{**XRAY, "units": 2}], MEMBER, before=after(XRAY)),
    "another side": Case([line("20610", "LT")], MEMBER, before=after(line("20610", "RT"))),
    "repeated": Case([line("71046", "76")], MEMBER, before=after(line("71046", "76"))),
    "another provider": Case([XRAY], {**MEMBER, "billing_npi": "1003000126"}, before=after(XRAY)),
    "another member": Case([XRAY], {**MEMBER, "member_id": "M2"}, before=after(XRAY)),
    "an earlier line that was rejected": Case([XRAY], MEMBER, before=after({**XRAY, "charge": None})),
    "a claim that this one replaces": Case(
        [XRAY], {**MEMBER, "frequency_code": "7", "original_claim_id": "A"}, before=after(XRAY)
    ),
    "Category II": Case([line("3044F", charge="0.00")], MEMBER, before=after(line("3044F", charge="0.00"))),
    "an inpatient bill": Case(
        [XRAY],
        institutional("0111", discharge_date="2024-07-15", **MEMBER),
        before=after(XRAY, **institutional("0111", discharge_date="2024-07-15")),
    ),
    "no history": Case([XRAY], MEMBER),
}
test_hits, test_misses = rule_tests("STR603", HITS, MISSES)
