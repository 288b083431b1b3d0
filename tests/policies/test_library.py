"""The policies that come with claimcheck: each says what its payer published, and where."""

import tomllib
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from claimcheck import Validator, validate_claim
from claimcheck.policies import Policy
from claimcheck.policies.parameters import category_ii, coding, coverage, facility, ncci, structure
from claimcheck.policies.parameters.category_ii import Charge, Incentives, Results
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.policies.parameters.frequency import Limits, Window
from support.made_tables import without_coverage

JULY = date(2024, 7, 15)
LIBRARY = resources.files("claimcheck.policies") / "library"


@pytest.mark.parametrize("name", Policy.names())
def test_a_policy_has_a_title_and_a_reference_on_every_value(name):
    policy = Policy.load(name)
    assert policy.title
    assert policy.name == name
    said = [entry for _, entries in policy.describe() for entry in entries]
    assert [entry for entry in said if not entry.reference.strip()] == []


@pytest.mark.parametrize("name", sorted(set(Policy.names()) - {"default"}))
def test_every_other_policy_extends_a_base_and_says_only_what_differs(name):
    toml = tomllib.loads((LIBRARY / f"{name}.toml").read_text("utf-8"))
    assert toml["extends"] in ("default", "commercial", "medicaid")
    default = dict(Policy.load(toml["extends"]).describe())
    own = dict(Policy.load(name).describe())
    repeated = {
        f"{family}.{short}"
        for family, parameters in toml.items()
        if isinstance(parameters, dict)
        for short in parameters
        if [(e.value, e.start) for e in own[f"{family}.{short}"]]
        == [(e.value, e.start) for e in default[f"{family}.{short}"]]
    }
    assert repeated <= _SAID_AGAIN.get(name, set())


#: Policies whose name says what they decide, whatever the default may come to be.
_SAID_AGAIN = {"zero_or_penny": {"category_ii.charge"}}


@pytest.mark.parametrize(
    ("name", "day", "accepts", "allowed"),
    [
        ("default", JULY, ("0.00", "0.01"), "0.00"),
        ("medicare", JULY, ("0.00",), "0.00"),
        ("zero", JULY, ("0.00",), "0.00"),
        ("zero_or_penny", JULY, ("0.00", "0.01"), "0.00"),
        ("penny_from_2021_06_01", date(2021, 5, 31), ("0.00",), "0.00"),
        ("penny_from_2021_06_01", date(2021, 6, 1), ("0.00", "0.01"), "0.01"),
        ("penny_from_2021_06_01", None, ("0.00", "0.01"), "0.01"),
    ],
)
def test_the_charge_of_a_category_ii_line(name, day, accepts, allowed):
    charge = Policy.load(name).on(day)[Charge]
    assert (charge.accepts, charge.allowed) == (tuple(map(Decimal, accepts)), Decimal(allowed))


def test_status_i_denies_under_medicare_only():
    denies = {name for name in Policy.names() if Policy.load(name).on(JULY)[FeeScheduleStatus].not_valid_denies}
    assert denies == {"medicare"}


@pytest.mark.parametrize(
    ("code", "diagnosis", "earns"),
    [
        ("2015F", "J45.998", True),
        ("2015F", "J45.20", True),
        ("2015F", "J47.9", False),
        ("3023F", "J44.89", True),
        ("3023F", "J40", True),
        ("3023F", "J45.20", False),
        ("3117F", "I50.89", True),
        ("3117F", "I51.9", False),
    ],
)
def test_the_companion_diagnoses_of_the_ohio_letter(code, diagnosis, earns):
    incentive = Policy.load("anthem_ohio_medicaid_2024").on(JULY)[Incentives].of(code)
    assert incentive is not None
    assert incentive.amount == Decimal(20)
    assert (diagnosis in incentive.diagnoses) is earns


def test_the_ohio_letter_pays_with_an_outpatient_visit_for_listed_codes_that_were_done():
    program = Policy.load("anthem_ohio_medicaid_2024").on(JULY)[Incentives]
    visits = ["99201", "99202", "99211", "99215", "99216"]
    assert [code for code in visits if code in program.visits] == ["99202", "99211", "99215"]
    assert program.of("3044F") is None
    assert program.of("3023F", frozenset({"8P"})) is None


def test_new_york_limits_maternity_by_pregnancy_and_the_rest_by_year():
    limits = Policy.load("empire_ny_medicaid_2023").on(JULY)[Limits].limits
    windows = {code: [limit.window for limit in limits if code in limit.codes] for code in ("0501F", "0503F", "3044F")}
    assert windows == {"0501F": [Window.PREGNANCY], "0503F": [Window.PREGNANCY], "3044F": [Window.CALENDAR_YEAR]}


def test_the_bands_of_every_test_hold_each_result_exactly_once():
    """Half a unit of the last printed digit around every edge, so that neither a gap nor an overlap stays unseen."""
    for group in Policy.load("default").on(JULY)[Results].groups:
        edges = {edge for b in group.bands for edge in (b.at_least, b.above, b.at_most, b.below) if edge is not None}
        results = [edge + step for edge in edges for step in (Decimal("-0.05"), Decimal(0), Decimal("0.05"))]
        assert [result for result in results if sum(result in band for band in group.bands) != 1] == []
        places = [next(place for place, b in enumerate(group.bands) if result in b) for result in sorted(results)]
        assert places == sorted(places), "the bands are written from the lowest to the highest"


#: What two payers' lists, and the editor's, make of a line without a procedure code on a bill of type 131.
CONFLICTS = {
    "default": {"0260": False, "0274": True, "0279": False, "0390": False, "0450": True, "0637": False, "0948": False},
    "facility_bcbs_north_dakota_2025": {"0253": False, "0260": False, "0375": False, "0450": True, "0637": False},
    "facility_blue_cross_nc_2022": {"0260": True, "0261": False, "0279": False, "0390": True, "0637": False},
    "facility_texas_medicaid_2008": {"0260": False, "0274": True, "0279": True, "0450": False, "0630": True},
    "facility_washington_medicaid": {
        "0250": False,
        "0260": True,
        "0279": True,
        "0450": True,
        "0637": True,
        "0948": False,
    },
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_where_the_lists_of_payers_conflict_a_policy_follows_its_own(name):
    judge = Validator(name)
    lines = [{"revenue_code": code, "units": 1, "charge": "80.00", "service_date": JULY} for code in CONFLICTS[name]]
    result = judge.validate({"claim_type": "institutional", "bill_type": "0131", "lines": lines})
    found = {finding.line_number for finding in result.findings if finding.rule_id == "FAC101"}
    assert {code: place in found for place, code in enumerate(CONFLICTS[name], 1)} == CONFLICTS[name]


def test_medicare_asks_for_a_medicare_beneficiary_identifier():
    judge = Validator("medicare")
    lines = [{"procedure_code": "99213", "units": 1, "charge": "80.00", "service_date": JULY}]
    found = {
        member: [finding.rule_id for finding in judge.validate({"member_id": member, "lines": lines}).findings]
        for member in ("1EG4TE5MK73", "A12")
    }
    assert ["STR705" in rules for rules in found.values()] == [False, True]


@pytest.mark.parametrize(
    "kind",
    [
        *(
            category_ii.BilledAlone,
            category_ii.Charge,
            category_ii.ZeroTotal,
            coding.IcdVersion,
            coverage.FeeScheduleStatus,
        ),
        *(coverage.OppsCategoryII, coverage.TablesAccepted, facility.TotalLine, ncci.Bypass, ncci.MedicallyUnlikely),
        *(ncci.ProcedureToProcedure, ncci.Settings, structure.Counts, structure.MemberId),
    ],
)
def test_what_the_default_policy_says_holds_where_no_file_says_it(kind):
    assert Policy.load("default").on(None)[kind] == kind()


OTHER_PAYERS = ["commercial", "medicaid"] + [
    name
    for name in Policy.names()
    if tomllib.loads((LIBRARY / f"{name}.toml").read_text("utf-8")).get("extends") in ("commercial", "medicaid")
]


@pytest.mark.parametrize("name", OTHER_PAYERS)
def test_a_payer_other_than_medicare_does_not_take_its_coverage(name):
    """A well-child visit is no benefit of Medicare's (status N, an MUE of 0), and one of everybody else's."""
    child = {"procedure_code": "99392", "units": 1, "charge": "150.00", "service_date": "2024-07-15"}
    claim, tables = {"claim_type": "professional", "lines": [child]}, without_coverage("99392")
    assert [str(line.disposition) for line in validate_claim(claim, policy=name, tables=tables).lines] == ["payable"]
    assert [str(line.disposition) for line in validate_claim(claim, tables=tables).lines] == ["denied"]


def test_medicaid_is_judged_by_its_own_tables_and_line_by_line():
    medicaid = Policy.load("medicaid").on(JULY)
    assert medicaid[ncci.Settings].program is ncci.Program.MEDICAID
    assert medicaid[ncci.MedicallyUnlikely] == ncci.MedicallyUnlikely(applies=True, line_edits_only=True)


@pytest.mark.parametrize("bill_type", ["0211", "0811"])
def test_the_lines_that_medicare_pays_a_stay_or_hospice_by_are_asked_for_by_medicare_alone(bill_type):
    line = {"revenue_code": "0120", "units": 4, "charge": "800.00", "service_date": "2024-07-15"}
    claim = {"claim_type": "institutional", "bill_type": bill_type, "lines": [line]}
    found = {name: validate_claim(claim, policy=name).findings for name in ("medicare", "commercial", "medicaid")}
    asked = {name for name, findings in found.items() if any(finding.rule_id == "FAC304" for finding in findings)}
    assert asked == {"medicare"}
