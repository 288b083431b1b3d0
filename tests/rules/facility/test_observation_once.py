from claimcheck.rules.facility.observation_once import AGAIN
from support.cases import Case, institutional, line, rule_tests


def on(*lines: dict, bill_type: str = "0131", **fields: object) -> Case:
    return Case([{"revenue_code": "0762", **one} for one in lines], institutional(bill_type), **fields)


FIRST = line("G0378", units=9)
HITS = {
    "twice on a day": on(FIRST, line("G0378", units=3), line=2, outcome=AGAIN, evidence={"lines": 2}),
    "the later day, though it stands first": on(line("G0378", day="2024-07-16"), FIRST, line=1, outcome=AGAIN),
    "on two days": on(FIRST, line("G0378", units=3, day="2024-07-16"), line=2, outcome=AGAIN),
    "at a critical access hospital": on(FIRST, line("G0378"), bill_type="0851", line=2, outcome=AGAIN),
}
MISSES = {
    "once": on(FIRST, line("G0379")),
    "a bill that the policy does not name": on(FIRST, line("G0378"), bill_type="0121"),
    "partial hospitalization": Case([FIRST, FIRST], institutional(condition_codes=["41"])),
    "a professional claim": Case([FIRST, FIRST]),
}
test_hits, test_misses = rule_tests("FAC207", HITS, MISSES)


def test_the_first_line_is_left_alone():
    """The text of edit 51 speaks of the subsequent lines."""
    result = on(FIRST, line("G0378"), line("G0378", day="2024-07-16")).judge()
    assert [found.line_number for found in result.findings if found.rule_id == "FAC207"] == [2, 3]
