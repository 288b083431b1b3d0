from datetime import date

from claimcheck.rules.coding.modifier_active import INACTIVE, NOT_FOR_FACILITIES
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.code_tables import codes, hcpcs_row

NATIONAL = codes(
    modifier=[
        hcpcs_row("JZ", date(2023, 1, 1)),
        hcpcs_row("ZC", date(2024, 8, 1)),
        hcpcs_row("GD", None, date(2024, 6, 30)),
    ]
)

HITS = {
    "not on the list": Case([line("99213", "ZZ")], line=1, outcome=INACTIVE, evidence={"modifier": "ZZ"}),
    "to come": Case([line("J1885", "ZC")], tables=NATIONAL, line=1, outcome=INACTIVE),
    "ended": Case([line("J1885", "GD")], tables=NATIONAL, line=1, outcome=INACTIVE),
    "before its first day, by the starter table": Case(
        [line("J1885", "JZ", day="2022-12-31")], line=1, outcome=INACTIVE
    ),
    "an exclusion on an outpatient bill": Case(
        [line("3044F", "1P")], institutional(), line=1, outcome=NOT_FOR_FACILITIES
    ),
    "an ambulance ride off an ambulance code": Case([line("99213", "RH")], unchecked="not_in_table"),
    "a date beyond the list": Case([line("99213", "25", day="2031-01-01")], unchecked="stale"),
}
MISSES = {
    "in force": Case([line("99213", "25"), line("3044F", "1P"), line("20610", "LT", "59")]),
    "an ambulance ride": Case([line("A0425", "RH")]),
    "an ambulance ride by its revenue code": Case([line("99213", "RH", revenue_code="0540")], institutional()),
    "8P on an outpatient bill": Case([line("3044F", "8P")], institutional()),
    "an exclusion on an inpatient bill": Case(
        [line("3044F", "1P")], institutional("0111", discharge_date="2024-07-15")
    ),
    "malformed": Case([line("99213", "4P")]),
}
test_hits, test_misses = rule_tests("COD302", HITS, MISSES)


def test_a_modifier_that_ended_long_ago_is_not_said_to_have_never_been():
    """21 was CPT's until 2008 (AMA, CPT 2009)."""
    (finding,) = of_rule(Case([line("99213", "21")]).judge(), "COD302")
    assert (finding.carc, finding.rarcs) == ("182", ())
    assert finding.message == "Modifier 21 not valid on the service date: not in the 2024 list"


def test_the_day_is_told():
    messages = [of_rule(Case([line("J1885", m)], tables=NATIONAL).judge(), "COD302")[0].message for m in ("ZC", "GD")]
    assert messages == [
        "Modifier ZC not valid on the service date: effective 2024-08-01",
        "Modifier GD not valid on the service date: ended 2024-06-30",
    ]
