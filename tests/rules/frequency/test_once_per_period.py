from claimcheck.policies import Policy
from claimcheck.rules.frequency.once_per_period import (
    DENIED,
    DENIED_IN_12_MONTHS,
    DENIED_IN_LIFETIME,
    DENIED_IN_LIFETIME_OF_REPORTS,
    EXCESS,
    EXCESS_IN_12_MONTHS,
    EXCESS_IN_LIFETIME,
    EXCESS_IN_LIFETIME_OF_REPORTS,
)
from support.cases import Case, line, rule_tests

MEMBER = {"member_id": "M1", "claim_id": "B"}
ONE, OTHER = "1234567893", "1003000126"


def policy(*codes: str, **limit: object) -> Policy:
    limits = [{"name": "the limit", "codes": codes or ["0001F-9007F"], **limit}]
    return Policy.load("default").replace(frequency__limits={"limits": limits})


def report(code: str, day: str | None, *modifiers: str, **fields: object) -> dict:
    return line(code, *modifiers, day=day, charge="0.00", **fields)


def earlier(*lines: dict, **fields: object) -> dict:
    return {"member_id": "M1", "claim_id": "A", "lines": lines, **fields}


ROLLING = policy(window="rolling_12_months")
FISCAL = policy(window="policy_year", year_starts="07-01")
TRIMESTER = policy("0500F-0503F", window="trimester")
PREGNANCY = policy("0500F-0503F", window="pregnancy")
LIFETIME = policy("0001F-9007F", "G0402", window="lifetime", excess="report_only")
PROVIDER = policy(per="member_and_provider")
GROUP = policy(per="member_and_group")
#: Of a payer that covers what Medicare's fee schedule says it does not.
PREVENTIVE = policy("99381-99397", group="preventive visit", excess="denied").replace(
    coverage__fee_schedule_status={"non_covered": []}
)
#: CMS Change Request 7079: G0438 once in a lifetime, and either eleven full months after the last of G0402 and both.
WELLNESS = Policy.load("default").replace(
    frequency__limits={
        "limits": [
            {"name": "first", "codes": ["G0438"], "window": "lifetime", "excess": "denied"},
            {
                "name": "yearly",
                "codes": ["G0402", "G0438-G0439"],
                "group": "annual wellness visit",
                "window": "11_full_months",
                "excess": "denied",
            },
        ]
    }
)
COLON = policy("G0121", after=["G0104"], group="colonoscopy", window="47_full_months")
FEBRUARY = report("3044F", "2024-02-01")
AUGUST = report("3046F", "2024-08-15")


def after(before: dict, *lines: dict, policy: str | Policy = "default", **fields: object) -> Case:
    """The lines, after an earlier claim."""
    expected = {name: fields.pop(name) for name in ("line", "outcome", "evidence", "unchecked") if name in fields}
    return Case(lines, {**MEMBER, **fields}, policy=policy, before=[before], **expected)


HITS = {
    "another service before it": after(
        earlier(line("G0104", day="2022-07-15")), line("G0121"), policy=COLON, line=1, outcome=DENIED
    ),
    "another service before it, on one claim": Case(
        [line("G0121"), line("G0104", day="2022-07-15")], MEMBER, policy=COLON, before=[], line=1, outcome=DENIED
    ),
    "within thirty days": after(
        earlier(line("99496", day="2024-06-16")),
        line("99496"),
        policy=policy("99495-99496", window="rolling_30_days"),
        line=1,
        outcome=DENIED,
    ),
    "twice in a year, on one claim": Case(
        [FEBRUARY, report("3044F", "2024-08-01")], MEMBER, before=[], line=2, outcome=EXCESS
    ),
    "twice on one day": Case([FEBRUARY, FEBRUARY], MEMBER, before=[], line=2, outcome=EXCESS),
    "another result code of the same test": Case(
        [FEBRUARY, AUGUST],
        MEMBER,
        before=[],
        line=2,
        outcome=EXCESS,
        evidence={"service": "hba1c_result", "most": 1, "window": "calendar_year", "per": "member"},
    ),
    "of blood pressures of one day the lowest band is paid, wherever it stands": Case(
        [report("3077F", "2024-02-01"), report("3075F", "2024-02-01"), report("3074F", "2024-02-01")],
        MEMBER,
        before=[],
        line=2,
        outcome=EXCESS,
        evidence={"service": "systolic_pressure"},
    ),
    "of blood pressures of one day on two claims the claim received first has it": after(
        earlier(report("3077F", "2024-02-01"), received_date="2024-02-05"),
        report("3074F", "2024-02-01"),
        received_date="2024-02-06",
        line=1,
        outcome=EXCESS,
    ),
    "in order of service date, not of lines": Case([AUGUST, FEBRUARY], MEMBER, before=[], line=1, outcome=EXCESS),
    "against an earlier claim": after(
        earlier(FEBRUARY), AUGUST, line=1, outcome=EXCESS, evidence={"on_another_claim": True}
    ),
    "on the first and the last day of the year": after(
        earlier(report("3044F", "2024-01-01")), report("3044F", "2024-12-31"), line=1, outcome=EXCESS
    ),
    "whoever the provider": after(
        earlier(FEBRUARY, rendering_npi=ONE), AUGUST, rendering_npi=OTHER, line=1, outcome=EXCESS
    ),
    "on one day the claim received first has it": after(
        earlier(FEBRUARY, received_date="2024-02-05"), FEBRUARY, received_date="2024-02-06", line=1, outcome=EXCESS
    ),
    "on one day and received together, the first claim id has it": after(
        earlier(FEBRUARY), FEBRUARY, line=1, outcome=EXCESS
    ),
    "a code by itself, where codes are not grouped": after(
        earlier(FEBRUARY),
        report("3044F", "2024-08-01"),
        policy=policy(grouped=False),
        line=1,
        outcome=EXCESS,
        evidence={"service": "3044F"},
    ),
    "a third, where two are paid": Case(
        [FEBRUARY, AUGUST, report("3051F", "2024-11-01")],
        MEMBER,
        policy=policy(most=2),
        before=[],
        line=3,
        outcome=EXCESS,
    ),
    "within twelve months, where the policy rolls": after(
        earlier(report("3044F", "2023-08-01")),
        report("3046F", "2024-07-31"),
        policy=ROLLING,
        line=1,
        outcome=EXCESS_IN_12_MONTHS,
    ),
    "until the twelve months after a 29 February are over": after(
        earlier(report("3044F", "2024-02-29")),
        report("3046F", "2025-02-27"),
        policy=ROLLING,
        line=1,
        outcome=EXCESS_IN_12_MONTHS,
    ),
    "within a policy year": after(
        earlier(report("3044F", "2023-07-01")), report("3046F", "2024-06-30"), policy=FISCAL, line=1, outcome=EXCESS
    ),
    "in one pregnancy, over the turn of the year": after(
        earlier(report("0501F", "2023-11-01"), delivery_date="2024-03-01"),
        report("0502F", "2024-01-15"),
        delivery_date="2024-03-01",
        policy=PREGNANCY,
        line=1,
        outcome=EXCESS,
    ),
    "in one trimester": after(
        earlier(report("0501F", "2023-09-01"), delivery_date="2024-03-01"),
        report("0502F", "2023-12-07"),
        delivery_date="2024-03-01",
        policy=TRIMESTER,
        line=1,
        outcome=EXCESS,
    ),
    "without the delivery that tells the trimester": Case(
        [report("0501F", "2024-07-15")], {"member_id": "M1"}, policy=TRIMESTER, unchecked="missing_field"
    ),
    "in a lifetime": after(
        earlier(report("G0402", "2004-08-15")),
        report("G0402", "2024-08-15"),
        policy=LIFETIME,
        line=1,
        outcome=EXCESS_IN_LIFETIME,
    ),
    "a service, where the limit says nothing of what is beyond": after(
        earlier(report("G0402", "2004-08-15")),
        report("G0402", "2024-08-15"),
        policy=policy("G0402", window="lifetime"),
        line=1,
        outcome=DENIED_IN_LIFETIME,
    ),
    "in a lifetime, of a report, which no patient pays": after(
        earlier(report("3044F", "2004-08-15")), AUGUST, policy=LIFETIME, line=1, outcome=EXCESS_IN_LIFETIME_OF_REPORTS
    ),
    "a third within twelve months, where two are paid": after(
        earlier(FEBRUARY, report("3044F", "2024-03-01")),
        AUGUST,
        policy=policy(window="rolling_12_months", most=2),
        line=1,
        outcome=EXCESS,
    ),
    "another code of a group that the policy names, which denies": after(
        earlier(line("99395", day="2024-02-01")),
        line("99386", day="2024-08-01"),
        policy=PREVENTIVE,
        line=1,
        outcome=DENIED,
        evidence={"service": "preventive visit"},
    ),
    "before eleven full months have passed": after(
        earlier(line("G0438", day="2023-06-01")),
        line("G0439", day="2024-05-31"),
        policy=WELLNESS,
        line=1,
        outcome=DENIED_IN_12_MONTHS,
        evidence={"service": "annual wellness visit", "limit": "yearly"},
    ),
    "a second first visit": after(
        earlier(line("G0438", day="2022-06-15")),
        line("G0438", day="2024-06-15"),
        policy=WELLNESS,
        line=1,
        outcome=DENIED_IN_LIFETIME,
        evidence={"service": "G0438", "limit": "first"},
    ),
    "in a lifetime, of a report that the payer denies": after(
        earlier(report("3044F", "2004-08-15")),
        AUGUST,
        policy=policy(window="lifetime", excess="denied"),
        line=1,
        outcome=DENIED_IN_LIFETIME_OF_REPORTS,
    ),
    "per provider": after(
        earlier(FEBRUARY, rendering_npi=ONE), AUGUST, rendering_npi=ONE, policy=PROVIDER, line=1, outcome=EXCESS
    ),
    "per provider, who bills without a rendering one": after(
        earlier(FEBRUARY, billing_npi=ONE), AUGUST, billing_npi=ONE, policy=PROVIDER, line=1, outcome=EXCESS
    ),
    "per group, whoever renders": after(
        earlier(FEBRUARY, billing_npi=ONE, rendering_npi=ONE),
        AUGUST,
        billing_npi=ONE,
        rendering_npi=OTHER,
        policy=GROUP,
        line=1,
        outcome=EXCESS,
    ),
    "a line that is only a report counts, where all that is accepted does": after(
        earlier(report("3044F", "2024-02-01")), AUGUST, policy=policy(), line=1, outcome=EXCESS
    ),
    "a paid line counts, where only those do": after(
        earlier(line("3044F", day="2024-02-01", charge="0.01")),
        line("3044F", day="2024-08-01", charge="0.01"),
        policy=Policy.load("penny_from_2021_06_01").replace(
            frequency__limits={"limits": [{"name": "paid", "codes": ["0001F-9007F"], "paid_only": True}]}
        ),
        line=1,
        outcome=EXCESS,
    ),
    "without a history": Case([FEBRUARY], MEMBER, before=None, unchecked="no_history"),
    "without a member": Case([FEBRUARY], before=[], unchecked="missing_field"),
    "without the provider that the limit counts by": Case(
        [FEBRUARY], MEMBER, policy=PROVIDER, before=[], unchecked="missing_field"
    ),
    "without the delivery that tells the pregnancy": Case(
        [report("0501F", "2024-02-01")], MEMBER, policy=PREGNANCY, before=[], unchecked="missing_field"
    ),
    "beside a use that lacks the delivery": after(
        earlier(report("0501F", "2024-02-01")),
        report("0502F", "2024-04-01"),
        delivery_date="2024-06-01",
        policy=PREGNANCY,
        unchecked="missing_field",
    ),
    "of a day for which it is not known which codes report one service": Case(
        [report("3044F", "2015-09-30")], MEMBER, before=[], unchecked="outside_edition"
    ),
}
MISSES = {
    "only other services hold it off": after(earlier(line("G0121", day="2022-07-15")), line("G0121"), policy=COLON),
    "the service that holds another off": after(earlier(line("G0121", day="2022-07-15")), line("G0104"), policy=COLON),
    "thirty days later": after(
        earlier(line("99496", day="2024-06-15")),
        line("99496"),
        policy=policy("99495-99496", window="rolling_30_days"),
    ),
    "another year": after(earlier(report("3044F", "2024-12-31")), report("3046F", "2025-01-01")),
    "another service": Case([FEBRUARY, report("3074F", "2024-02-01")], MEMBER, before=[]),
    "the other half of a blood pressure": Case(
        [report("3074F", "2024-02-01"), report("3078F", "2024-02-01")], MEMBER, before=[]
    ),
    "an action not performed does not count": after(earlier(report("3044F", "2024-02-01", "8P")), AUGUST),
    "and is no excess": after(earlier(FEBRUARY), report("3044F", "2024-08-01", "1P")),
    "another member": Case([AUGUST], {**MEMBER, "member_id": "M2"}, before=[earlier(FEBRUARY)]),
    "a voided claim": Case(
        [AUGUST],
        MEMBER,
        before=[
            earlier(FEBRUARY),
            {**earlier(FEBRUARY), "claim_id": "V", "frequency_code": "8", "original_claim_id": "A"},
        ],
    ),
    "a void itself": after(earlier(FEBRUARY), AUGUST, frequency_code="8", original_claim_id="X"),
    "the claim that it replaces": after(earlier(FEBRUARY), AUGUST, frequency_code="7", original_claim_id="A"),
    "a replaced claim": Case(
        [report("3044F", "2025-08-01")],
        MEMBER,
        before=[
            earlier(report("3044F", "2025-02-01")),
            {**earlier(FEBRUARY), "claim_id": "R", "frequency_code": "7", "original_claim_id": "A"},
        ],
    ),
    "a line that was returned": after(earlier({**FEBRUARY, "units": -1}), AUGUST),
    "a returned line is no excess": after(earlier(FEBRUARY), {**AUGUST, "units": -1}),
    "an excess is not counted against a later use": Case(
        [report("3044F", "2025-06-15")],
        MEMBER,
        policy=ROLLING,
        before=[earlier(report("3044F", "2024-06-01"), report("3044F", "2024-12-01"))],
    ),
    "another code, where codes are not grouped": after(earlier(FEBRUARY), AUGUST, policy=policy(grouped=False)),
    "the day that is free again": after(
        earlier(report("3044F", "2023-08-01")), report("3044F", "2024-08-01"), policy=ROLLING
    ),
    "the day that a 29 February frees": after(
        earlier(report("3044F", "2024-02-29")), report("3044F", "2025-02-28"), policy=ROLLING
    ),
    "the first day after eleven full months": after(
        earlier(line("G0438", day="2023-06-30")), line("G0439", day="2024-06-01"), policy=WELLNESS
    ),
    "a line that was denied under another limit takes nothing": Case(
        [line("G0439", day="2024-08-15")],
        MEMBER,
        policy=WELLNESS,
        before=[
            earlier(line("G0438", day="2022-06-15")),
            {**earlier(line("G0438", day="2024-06-15")), "claim_id": "AA"},
        ],
    ),
    "another visit of the group, in the next year": after(
        earlier(line("99395", day="2024-12-31")), line("99396", day="2025-01-01"), policy=PREVENTIVE
    ),
    "another visit, of no limit": after(
        earlier(line("99395", day="2024-02-01")), line("99213", day="2024-08-01"), policy=PREVENTIVE
    ),
    "the next policy year": after(earlier(report("3044F", "2024-06-30")), report("3046F", "2024-07-01"), policy=FISCAL),
    "the next trimester": after(
        earlier(report("0501F", "2023-09-01"), delivery_date="2024-03-01"),
        report("0502F", "2023-12-08"),
        delivery_date="2024-03-01",
        policy=TRIMESTER,
    ),
    "another pregnancy, in the same year": after(
        earlier(report("0501F", "2024-01-15"), delivery_date="2024-02-01"),
        report("0501F", "2024-12-15"),
        delivery_date="2025-08-01",
        policy=PREGNANCY,
    ),
    "a use that lacks the delivery, years ago": after(
        earlier(report("0501F", "2021-01-15")),
        report("0501F", "2024-12-15"),
        delivery_date="2025-08-01",
        policy=PREGNANCY,
    ),
    "another provider, where the limit is per provider": after(
        earlier(FEBRUARY, rendering_npi=ONE), AUGUST, rendering_npi=OTHER, policy=PROVIDER
    ),
    "another group, where the limit is per group": after(
        earlier(FEBRUARY, billing_npi=ONE), AUGUST, billing_npi=OTHER, policy=GROUP
    ),
    "a line that was not paid, where only paid ones count": after(
        earlier(FEBRUARY), AUGUST, policy=policy(paid_only=True)
    ),
    "no limit": after(earlier(FEBRUARY), AUGUST, policy="medicare"),
    "a code that no limit names": Case([line("99213"), line("99213")], MEMBER, before=[]),
    "no service date": Case([report("3044F", None)], MEMBER, before=[]),
}
test_hits, test_misses = rule_tests("FRQ101", HITS, MISSES)


def test_a_limit_counts_the_lines_of_the_time_in_which_it_is_in_force(tmp_path):
    """A rolling limit that begins in 2024 does not look at 2023, on one claim as across claims."""
    own = tmp_path / "own.toml"
    own.write_text(
        """
extends = "default"

[[frequency.limits]]
reference = "nothing is limited before 2024"

[[frequency.limits]]
from = 2024-01-01
reference = "the letter of 2024"
limits = [{ name = "rolling", codes = ["0001F-9007F"], window = "rolling_12_months" }]
"""
    )
    before, later = report("3044F", "2023-12-01"), report("3044F", "2024-02-01")
    for case in (
        Case([before, later], MEMBER, policy=own, before=[]),
        Case([later], MEMBER, policy=own, before=[earlier(before)]),
    ):
        assert [finding.rule_id for finding in case.judge().findings if finding.rule_id == "FRQ101"] == []


def test_a_use_that_does_not_count_leaves_nothing_open():
    counted, excluded = report("3044F", "2024-02-01"), report("3046F", "2024-03-01", "1P")
    for line_of_it, open_ones in ((counted, [("CAT301", "FRQ101")]), (excluded, [])):
        result = Case([line_of_it], MEMBER, before=None).judge()
        assert [entry.rules for entry in result.not_checked if "FRQ101" in entry.rules] == open_ones


def test_the_lines_that_took_the_period_are_named():
    lines = [report("3044F", "2023-02-01"), AUGUST, FEBRUARY]
    (finding,) = (finding for finding in Case(lines, MEMBER, before=[]).judge().findings if finding.rule_id == "FRQ101")
    assert (finding.line_number, finding.related_lines, finding.evidence["on_another_claim"]) == (2, (3,), False)


def test_days_at_the_ends_of_the_calendar_are_judged_as_any():
    for window in ("rolling_12_months", "policy_year", "calendar_year", "lifetime"):
        for day in ("0001-01-01", "9999-12-31"):
            judge = policy(window=window, **({"year_starts": "07-01"} if window == "policy_year" else {}))
            result = Case([report("3044F", day)] * 2, MEMBER, policy=judge, before=[]).judge()
            assert [finding.line_number for finding in result.findings if finding.rule_id == "FRQ101"] == [2]
