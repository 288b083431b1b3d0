from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Validator
from claimcheck.policies import Policy
from claimcheck.rules.structure.duplicate_lines import EXACT, SUSPECTED, TO_REVIEW, duplicate_lines
from support.cases import Case, institutional, line, of_rule, rule_tests

XRAY = line("71046")
REVIEW = Policy.load("default").replace(structure__duplicates={"repeats": ["76"], "suspected": "review"})

HITS = {
    "exact": Case([XRAY, XRAY], line=2, outcome=EXACT),
    "exact, in spite of another pointer": Case([XRAY, {**XRAY, "diagnosis_pointers": [1]}], line=2, outcome=EXACT),
    "three times": Case([XRAY, XRAY, XRAY], line=3, outcome=EXACT),
    "another charge": Case([XRAY, {**XRAY, "charge": "90.00"}], line=2, outcome=SUSPECTED),
    "the first of two, too": Case([XRAY, {**XRAY, "units": 2}], line=1, outcome=SUSPECTED),
    "a policy that reviews": Case([XRAY, {**XRAY, "units": 2}], policy=REVIEW, line=2, outcome=TO_REVIEW),
    "on an outpatient bill": Case([XRAY, XRAY], institutional(), line=2, outcome=SUSPECTED),
}
MISSES = {
    "another day": Case([XRAY, line("71046", day="2024-07-16")]),
    "another span": Case([XRAY, {**XRAY, "service_date_end": "2024-07-16"}]),
    "repeated": Case([XRAY, line("71046", "76"), line("71046", "76")]),
    "each of the 59 family": Case([XRAY, *(line("71046", m) for m in ("59", "XE", "XP", "XS", "XU", "77", "91"))]),
    "sides": Case([line("20610", "LT"), line("20610", "RT")]),
    "components": Case([line("71046", "26"), line("71046", "TC")]),
    "another drug": Case([line("J1885", ndc="00002751001"), line("J1885", ndc="50242004062")]),
    "another provider": Case([XRAY, {**XRAY, "rendering_npi": "1234567893"}]),
    "another revenue code": Case([{**XRAY, "revenue_code": code} for code in ("0320", "0324")], institutional()),
    "another description": Case([line("J3490", description=text) for text in ("a", "b")]),
    "Category II": Case([line("3044F", charge="0.00")] * 2),
    "no code": Case([line(None)] * 2),
    "no date": Case([line("71046", day=None)] * 2),
    "an inpatient bill": Case([XRAY, XRAY], institutional("0111", discharge_date="2024-07-15")),
    "another charge on an outpatient bill": Case([XRAY, {**XRAY, "charge": "90.00"}], institutional()),
    "one line": Case([XRAY]),
}
test_hits, test_misses = rule_tests("STR601", HITS, MISSES)

VALIDATOR = Validator(rules=[duplicate_lines])
KINDS = [line(code, charge=charge) for code in ("71046", "99213") for charge in ("1.00", "2.00")]


@given(st.lists(st.sampled_from(KINDS), max_size=7), st.randoms())
def test_the_order_of_lines_decides_nothing(lines, random):
    def verdict(of):
        result = VALIDATOR.validate({"claim_type": "professional", "lines": of})
        found = of_rule(result, "STR601")
        return sorted(
            (of[f.line_number - 1]["procedure_code"], of[f.line_number - 1]["charge"], f.severity) for f in found
        )

    shuffled = list(lines)
    random.shuffle(shuffled)
    assert verdict(lines) == verdict(shuffled)
