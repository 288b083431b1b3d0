from datetime import date

import pytest

from claimcheck.rules.coding.procedure_active import INACTIVE
from claimcheck.tables.rows import OppsRow
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.code_tables import codes, hcpcs_row, list_row, schedule_rows

NATIONAL = codes(
    hcpcs=[
        hcpcs_row("J1885", date(1997, 1, 1)),
        hcpcs_row("G2211", date(2024, 8, 1)),
        hcpcs_row("J9999", date(1997, 1, 1), date(2024, 6, 30)),
        hcpcs_row("C1713", date(2001, 1, 1)),
    ]
)
SCHEDULE = codes(fee_schedule=schedule_rows(_99213="A", _0042T="N", _99201="D", _99241="F", _99243="H", _3044F="M"))
REPLACED = codes(replacement=[list_row("3045F", replaced_by="3051F"), list_row("3045F", replaced_by="3052F")])

HITS = {
    "a code that Addendum B keeps as discontinued": Case(
        [line("99242", revenue_code="0510")],
        institutional(),
        tables=codes(fee_schedule=schedule_rows(_99213="A"), opps=[OppsRow("99242", "D", "")]),
        line=1,
        outcome=INACTIVE,
    ),
    "a retired Category II code": Case([line("3045F")], line=1, outcome=INACTIVE),
    "its last day is told": Case([line("3045F", day="2020-01-01")], line=1, outcome=INACTIVE),
    "what took its place": Case(
        [line("3045F")], tables=REPLACED, line=1, outcome=INACTIVE, evidence={"replaced_by": ("3051F", "3052F")}
    ),
    "a Category II code off the starter table": Case([line("9999F")], line=1, outcome=INACTIVE),
    "a Category II code off a whole schedule": Case([line("3046F")], tables=SCHEDULE, line=1, outcome=INACTIVE),
    "a discontinued code that the schedule keeps": Case([line("99241")], tables=SCHEDULE, line=1, outcome=INACTIVE),
    "a code that the schedule keeps without its modifier": Case(
        [line("99243")], tables=SCHEDULE, line=1, outcome=INACTIVE
    ),
    "a Category I code off the schedule": Case([line("99242")], tables=SCHEDULE, line=1, outcome=INACTIVE),
    "a Category III code off the schedule": Case([line("0043T")], tables=SCHEDULE, line=1, outcome=INACTIVE),
    "a deleted code that the schedule keeps": Case([line("99201")], tables=SCHEDULE, line=1, outcome=INACTIVE),
    "a Level II code that ended": Case([line("J9999")], tables=NATIONAL, line=1, outcome=INACTIVE),
    "a Level II code to come": Case([line("G2211")], tables=NATIONAL, line=1, outcome=INACTIVE),
    "a Level II code that the file does not list": Case([line("J0001")], tables=NATIONAL, line=1, outcome=INACTIVE),
    "on a bill for inpatients, by the discharge": Case(
        [line("J9999", day="2024-06-29")],
        institutional("0111", discharge_date="2024-07-02"),
        tables=NATIONAL,
        line=1,
        outcome=INACTIVE,
    ),
    "a visit code that ended, by the starter schedule": Case([line("99201")], line=1, outcome=INACTIVE),
    "a COVID-19 vaccine's administration, long ended": Case([line("0001A")], line=1, outcome=INACTIVE),
    "a laboratory list": Case([line("0001U")], tables=SCHEDULE, unchecked="not_in_table"),
    "a dental code": Case([line("D0120")], tables=NATIONAL, unchecked="not_in_table"),
    "the starter schedule does not hold it": Case([line("99499")], unchecked="starter_table"),
    "no national file": Case([line("J1885")], unchecked="no_table"),
    "a date beyond the table": Case([line("99213", day="2031-01-01")], tables=SCHEDULE, unchecked="stale"),
    "a date before the table": Case([line("3044F", day="2019-12-31")], unchecked="outside_edition"),
    "no date": Case([line("99213", day=None)], unchecked="no_service_date"),
}
MISSES = {
    "a code whose listing is younger than Addendum B's, of a facility": Case(
        [line("G2211", revenue_code="0510")],
        institutional(),
        tables=codes(hcpcs=[hcpcs_row("G2211", date(2024, 8, 1))], opps=[OppsRow("G2211", "N", "")]),
    ),
    # CPT 90684 is in force from 2024-07-01; the fee schedule of that quarter lacks it, and Addendum B has it
    "a new vaccine that Addendum B lists": Case(
        [line("90684", revenue_code="0636")],
        institutional(),
        tables=codes(fee_schedule=schedule_rows(_99213="A"), opps=[OppsRow("90684", "M", "")]),
    ),
    "in force": Case([line("99213"), line("0042T"), line("3044F")], tables=SCHEDULE),
    "Level II in force": Case([line("J1885"), line("C1713"), line("J9999", day="2024-06-30")], tables=NATIONAL),
    "a local code, which is another rule's": Case([line("W1234")]),
    "a HIPPS code": Case([line("1AFKS", code_qualifier="HP")], institutional()),
    "what is no code": Case([line("A123F"), line(None)]),
}
test_hits, test_misses = rule_tests("COD103", HITS, MISSES)


@pytest.mark.parametrize(
    ("code", "tables", "day"),
    [("J9999", NATIONAL, "ended 2024-06-30"), ("G2211", NATIONAL, "effective 2024-08-01")],
)
def test_the_day_is_told(code, tables, day):
    (finding,) = of_rule(Case([line(code)], tables=tables).judge(), "COD103")
    assert finding.message.endswith(day)
    assert finding.edition == "medicare hcpcs made"


@pytest.mark.parametrize(
    ("code", "tables", "why"),
    [
        # terminated on 2013-12-31, and dropped from the file since: that it was never held would be a false reason
        (
            "G0275",
            NATIONAL,
            "not in the HCPCS Level II file (made)",
        ),
        # the starter table begins in 2020: a code that was retired before is not on it either
        (
            "9999F",
            None,
            "not in the physician fee schedule (2024-07)",
        ),
        (
            "99242",
            SCHEDULE,
            "not in the physician fee schedule (made)",
        ),
    ],
)
def test_what_a_table_does_not_list_is_not_said_to_have_never_been(code, tables, why):
    (finding,) = of_rule(Case([line(code)], tables=tables).judge(), "COD103")
    assert (finding.carc, finding.rarcs) == ("181", ("N56",))
    assert finding.message == f"Code {code} not valid on the service date: {why}"
