from claimcheck.policies import Policy
from claimcheck.rules.structure.duplicate_claim import EXACT, SUSPECTED, TO_REVIEW
from support.cases import Case, institutional, line, rule_tests

REVIEW = Policy.load("default").replace(structure__duplicates={"repeats": ["76"], "suspected": "review"})
MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
EARLIER = {**MEMBER, "claim_id": "A"}


def after(*lines: dict, **fields: object) -> list[dict]:
    return [{**EARLIER, "lines": lines, **fields}]


XRAY = line("71046")
SPAN = line("71046", service_date_end="2024-07-17")
TOOTH = line("D0220", tooth_numbers=["3"])
DENTAL = {**MEMBER, "claim_type": "dental"}
HITS = {
    "on an earlier claim": Case([XRAY], MEMBER, before=after(XRAY), line=1, outcome=EXACT),
    "the charge in other words": Case([{**XRAY, "charge": "100"}], MEMBER, before=after(XRAY), line=1, outcome=EXACT),
    "the place on the line": Case(
        [{**XRAY, "place_of_service": "11"}], MEMBER, before=after(XRAY, place_of_service="11"), line=1, outcome=EXACT
    ),
    "a later receipt": Case(
        [XRAY], {**MEMBER, "received_date": "2024-08-01"}, before=after(XRAY), line=1, outcome=EXACT
    ),
    "of one tooth": Case([TOOTH], DENTAL, before=after(TOOTH, claim_type="dental"), line=1, outcome=EXACT),
    "at another place": Case(
        [XRAY], {**MEMBER, "place_of_service": "22"}, before=after(XRAY), line=1, outcome=SUSPECTED
    ),
    "on a facility's bill": Case(
        [{**XRAY, "revenue_code": "0320"}],
        institutional(**MEMBER),
        before=after({**XRAY, "revenue_code": "0320"}, **institutional()),
        line=1,
        outcome=SUSPECTED,
    ),
    "at another charge": Case([{**XRAY, "charge": "9.00"}], MEMBER, before=after(XRAY), line=1, outcome=SUSPECTED),
    "repeated on both": Case(
        [line("71046", "76")], MEMBER, before=after(line("71046", "76")), line=1, outcome=SUSPECTED
    ),
    "distinct on both": Case(
        [line("20610", "59")], MEMBER, before=after(line("20610", "59")), line=1, outcome=SUSPECTED
    ),
    "several days": Case([SPAN], MEMBER, before=after(SPAN), line=1, outcome=EXACT),
    "a policy that reviews": Case(
        [{**XRAY, "charge": "9.00"}], MEMBER, policy=REVIEW, before=after(XRAY), line=1, outcome=TO_REVIEW
    ),
}
MISSES = {
    "another day": Case([line("71046", day="2024-07-16")], MEMBER, before=after(XRAY)),
    "a day of a span": Case([XRAY], MEMBER, before=after(SPAN)),
    "other units": Case([{**XRAY, "units": 2}], MEMBER, before=after(XRAY)),
    "another side": Case([line("20610", "LT")], MEMBER, before=after(line("20610", "RT"))),
    "repeated": Case([line("71046", "76")], MEMBER, before=after(XRAY)),
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
    "of another tooth": Case([{**TOOTH, "tooth_numbers": ["4"]}], DENTAL, before=after(TOOTH, claim_type="dental")),
    "no history": Case([XRAY], MEMBER),
}
test_hits, test_misses = rule_tests("STR603", HITS, MISSES)
