"""The day of a procedure. 20610, 43235 and 45378 have global days 000, 17110 has 010, 27447 and 47562 have 090."""

import pytest

from claimcheck import validate_claim
from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
OTHER = {"rendering_npi": "1003000126"}
PART, WRONG = outcomes("97", "M144"), outcomes("4")
VISIT, INJECTION, KNEE = line("99203"), line("20610", "RT"), line("27447", "RT")


def then(**what: str) -> Policy:
    return Policy.load("default").replace(surgery__outside_package=what)


HITS = {
    "a new patient's visit": Case([VISIT, INJECTION], line=1, outcome=PART[Then.DENY], evidence={"procedure": "20610"}),
    "whatever the order": Case([INJECTION, VISIT], line=2, outcome=PART[Then.DENY]),
    "in an emergency department": Case([line("99284"), line("17110")], line=1, evidence={"global_days": "010"}),
    "of the eye": Case([line("92004"), INJECTION], line=1, outcome=PART[Then.DENY]),
    "an anatomic modifier is none of a visit": Case([line("99203", "RT"), INJECTION], line=1, outcome=PART[Then.DENY]),
    "57 for a minor procedure": Case([line("99203", "57"), INJECTION], line=1, outcome=PART[Then.DENY]),
    "57 for a minor procedure, of an established patient": Case(
        [line("99213", "57"), INJECTION], line=1, outcome=PART[Then.DENY]
    ),
    "a major procedure": Case([VISIT, KNEE], line=1, outcome=PART[Then.DENY], evidence={"global_days": "090"}),
    "25 beside a major one alone": Case([line("99203", "25"), KNEE], line=1, outcome=WRONG[Then.WARN]),
    "before the operation alone": Case([VISIT, line("27447", "56")], line=1, outcome=PART[Then.DENY]),
    "on another claim": Case(
        [VISIT],
        MEMBER,
        before=[{**MEMBER, "claim_id": "A", "lines": [INJECTION]}],
        line=1,
        outcome=PART[Then.DENY],
        evidence={"on_another_claim": True},
    ),
    "two physicians of one group and specialty": Case(
        [
            line("99203", rendering_npi="1234567893", rendering_taxonomy="207Q00000X"),
            line("20610", rendering_npi="1003000126", rendering_taxonomy="207Q00000X"),
        ],
        MEMBER,
        policy="medicare",
        line=1,
        outcome=PART[Then.DENY],
    ),
    "another payer looks": Case([VISIT, INJECTION], policy="commercial", line=1, outcome=PART[Then.REVIEW]),
    "a warning": Case([VISIT, INJECTION], policy=then(visit="warn"), line=1, outcome=PART[Then.WARN]),
    "25 denied": Case(
        [line("99203", "25"), KNEE], policy=then(wrong_modifier="deny"), line=1, outcome=WRONG[Then.DENY]
    ),
    "25 looked at": Case(
        [line("99203", "25"), KNEE], policy=then(wrong_modifier="review"), line=1, outcome=WRONG[Then.REVIEW]
    ),
    "24 on the day of a minor one": Case([line("99203", "24"), INJECTION], line=1, outcome=WRONG[Then.WARN]),
    "24 on the day of a major one": Case([line("99203", "24"), KNEE], line=1, outcome=WRONG[Then.WARN]),
    "24 on the day of one for which it bypasses a pair": Case(
        [line("99213", "24"), line("20610", "79")], line=1, outcome=WRONG[Then.WARN]
    ),
    "the schedule is not known": Case([VISIT, line("27130")], line=1, unchecked="starter_table"),
}
MISSES = {
    "25 for a minor procedure": Case([line("99203", "25"), INJECTION]),
    "57 for a major one": Case([line("99203", "57"), KNEE]),
    "25 for the minor one of two": Case([line("99203", "25"), KNEE, INJECTION]),
    "57 for the major one of two": Case([line("99203", "57"), KNEE, INJECTION]),
    "both": Case([line("99203", "25", "57"), KNEE, INJECTION]),
    "24 and 25": Case([line("99203", "24", "25"), INJECTION]),
    "24 and 57": Case([line("99203", "24", "57"), KNEE]),
    "24 on the days after": Case([line("99213", "24", day="2024-07-17"), KNEE]),
    "FT": Case([line("99291", "25", "FT"), KNEE]),
    "a pair of the NCCI denies it": Case([line("99213"), INJECTION]),
    "a procedure that a pair denies": Case([line("99203", "25"), line("45378"), line("45380")]),
    "no global days": Case([VISIT, line("96372")]),
    "an add-on code": Case([VISIT, line("17003")]),
    "maternity care": Case([VISIT, line("59400")]),
    "the assistant at surgery": Case([VISIT, line("27447", "80")]),
    "an operation that was not completed": Case([VISIT, line("45378", "53")]),
    "care after the operation": Case([VISIT, line("27447", "55")]),
    "another day": Case([VISIT, line("20610", day="2024-07-17")]),
    "another provider": Case([line("99203", rendering_npi="1234567893"), line("20610", **OTHER)]),
    "another specialty of the group": Case(
        [
            line("99203", rendering_npi="1234567893", rendering_taxonomy="207Q00000X"),
            line("20610", rendering_npi="1003000126", rendering_taxonomy="207X00000X"),
        ],
        MEMBER,
        policy="medicare",
    ),
    "a preventive visit": Case([line("99386"), INJECTION]),
    "after the operation, reported alone": Case([line("99024"), KNEE]),
    "a facility's claim": Case([VISIT, INJECTION], institutional()),
    "no codes": Case([VISIT, INJECTION], policy=Policy.load("default").replace(surgery__global_package={})),
}
test_hits, test_misses = rule_tests("PRO206", HITS, MISSES)


@pytest.mark.parametrize("code", ["99203", "99213", "99284", "99222", "92014"])
@pytest.mark.parametrize("procedure", ["20610", "17110", "27447"])
def test_a_visit_is_denied_once(code: str, procedure: str) -> None:
    (visit, _) = validate_claim({"claim_type": "professional", "lines": [line(code), line(procedure)]}).lines
    denied = [finding.rule_id for finding in visit.findings if finding.disposition == "denied"]
    assert denied in (["PRO206"], ["NCCI101"])
