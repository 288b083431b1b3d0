from claimcheck.policies import Policy
from claimcheck.rules.category_ii.billed_alone import NO_INCENTIVE, RETURNED, WARNED
from support.cases import Case, line, rule_tests

REPORTS = [line("3023F", charge="20.00"), line("3044F", charge="0.00")]
DIAGNOSES = {"diagnoses": ["J44.9"]}


def policy(then: str) -> Policy:
    """The Ohio program without its own condition of a visit."""
    ohio = Policy.load("anthem_ohio_medicaid_2024")
    listed = [{"codes": ["3023F"], "diagnoses": ["J40-J44.9"], "amount": "20.00"}]
    return ohio.replace(category_ii__alone={"then": then}, category_ii__incentives={"listed": listed})


HITS = {
    "a warning": Case(REPORTS, policy=policy("warn"), outcome=WARNED),
    "no incentive for a listed code": Case(
        REPORTS, DIAGNOSES, policy=policy("no_incentive"), line=1, outcome=NO_INCENTIVE, evidence={"code": "3023F"}
    ),
    "returned": Case(REPORTS, policy=policy("reject"), outcome=RETURNED),
}
MISSES = {
    "allowed, by default": Case(REPORTS),
    "beside a visit": Case([*REPORTS, line("99213")], policy=policy("reject")),
    "beside a line whose code is malformed": Case([*REPORTS, line("9921")], policy=policy("reject")),
    "beside a line without a code": Case([*REPORTS, line(None)], policy=policy("reject")),
    "no lines": Case([], policy=policy("reject")),
    "no incentive for codes that are not listed": Case([REPORTS[1]], policy=policy("no_incentive")),
    "no incentive for what was not done": Case([line("3023F", "8P", charge="0.00")], policy=policy("no_incentive")),
}
test_hits, test_misses = rule_tests("CAT201", HITS, MISSES)


def test_alone_and_without_incentive_the_line_is_a_report():
    result = Case(REPORTS, DIAGNOSES, policy=policy("no_incentive")).judge()
    listed = result.lines[0]
    assert (listed.disposition, listed.deciding.rule_id, str(listed.allowed_amount)) == (
        "report_only",
        "CAT201",
        "0.00",
    )
    assert {finding.carc for finding in listed.findings} >= {"107", "246"}
