from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, MemoryHistory, Tables, Validator, validate_claim
from claimcheck.policies import Policy
from claimcheck.rules.ncci.procedure_to_procedure import DENIED
from claimcheck.tables import Found
from support.cases import DAY, Case, institutional, line, of_rule, rule_tests
from support.made_tables import pairs

PAIR = [line("45385"), line("45380")]  # column one, column two; indicator 1
NEVER = [line("45380"), line("45378")]  # indicator 0

BEFORE_CR_11168 = "2019-06-30"
FROM_CR_11168 = "2019-07-01"
BACK = {"tables__accepted": {"approximate_history": True}}
GROUP = Policy.load("default").replace(ncci__settings={"same_provider": "group_and_specialty"})
GASTROENTEROLOGY = {"billing_npi": "1245319599", "rendering_taxonomy": "207RG0100X"}
TAX_ID = Policy.load("default").replace(ncci__settings={"same_provider": "tax_id"})
LONG_AGO = Policy.load("default").replace(**BACK)
EXEMPT = Policy.load("default").replace(ncci__settings={"exempt_modifiers": ["GX"]})
COLUMN_TWO_ONLY = Policy.load("default").replace(ncci__bypass={"distinct_service": "column_two", "other": "column_two"})
OFF = Policy.load("default").replace(ncci__procedure_to_procedure={"applies": False})
AS_OTHERS = Policy.load("default").replace(ncci__bypass={"visits": []})
STATUSES = {"_94760": "T", "_97010": "B", "_99392": "N", "_20610": "A", "_99213": "A", "_99214": "A"}
VISIT_PAIRS = pairs(*[(one, "99213") for one in ("94760", "97010", "99392", "20610", "99214")], **STATUSES)
MEDICAID = Policy.load("default").replace(ncci__settings={"program": "medicaid"})


def pair(bill_type: str, one: str = "0360", two: str = "0360", **fields: object) -> Case:
    """The pair on an institutional bill, under these revenue codes."""
    lines = [line("45385", revenue_code=one), line("45380", revenue_code=two)]
    return Case(lines, institutional(bill_type), **fields)


def dated(one: str, two: str, day: str, **fields: object) -> Case:
    return Case([line("45385", *one.split(), day=day), line("45380", *two.split(), day=day)], policy=LONG_AGO, **fields)


HITS = {
    "column two is denied": Case(PAIR, line=2, outcome=DENIED, evidence={"column_one": "45385"}),
    "whatever the order of the lines": Case(PAIR[::-1], line=1, outcome=DENIED),
    "indicator 0 admits no modifier": Case([line("45380", "59"), line("45378", "59")], line=2, outcome=DENIED),
    "76 does not bypass": Case([line("45385"), line("45380", "76")], line=2, outcome=DENIED),
    "59 is ignored on evaluation and management": Case([line("20610"), line("99213", "59")], line=2, outcome=DENIED),
    "an anatomic modifier on the procedure beside a visit": Case(
        [line("20610", "RT"), line("99213")], line=2, outcome=DENIED
    ),
    "59 on the procedure beside a visit": Case([line("20610", "59"), line("99213")], line=2, outcome=DENIED),
    "25 on the procedure beside a visit": Case([line("20610", "25"), line("99213")], line=2, outcome=DENIED),
    "79 on the visit": Case([line("20610"), line("99213", "79")], line=2, outcome=DENIED),
    "a bundled line denies no other, a payable one does": Case(
        [line("94760"), line("99213"), line("20610")],
        tables=VISIT_PAIRS,
        line=2,
        outcome=DENIED,
        evidence={"column_one": "20610"},
    ),
    "column one of status T, beside nothing that is paid": Case(
        [line("94760"), line("99213")],
        tables=pairs(("94760", "99213"), _94760="T", _99213="T"),
        line=2,
        outcome=DENIED,
    ),
    "column one is returned: no units": Case([line("45385", units=None), line("45380")], line=2, outcome=DENIED),
    "column one is returned: no charge": Case([line("45385", charge=None), line("45380")], line=2, outcome=DENIED),
    "on a facility's bill, whatever becomes of column one": Case(
        [line("45385", units=None, revenue_code="0360"), line("45380", revenue_code="0360")],
        institutional(),
        line=2,
        outcome=DENIED,
    ),
    "one unbypassed pair denies": Case([line("45385", "59"), line("45385"), line("45380")], line=3, outcome=DENIED),
    "a denied line still denies": Case(
        [line("45385"), line("45380"), line("45378")], line=3, evidence={"column_one": "45380"}
    ),
    "the hospital's table on an outpatient bill": Case(
        [line("45385", revenue_code="0360"), line("45380", revenue_code="0360")],
        institutional(),
        line=2,
        outcome=DENIED,
    ),
    "a pair that the starter table does not hold": Case([line("45385"), line("29580")], unchecked="starter_table"),
    "a date before the edition": Case(
        [line("45385", day="2023-07-15"), line("45380", day="2023-07-15")], unchecked="outside_edition"
    ),
    "a claim that does not say its type": Case(PAIR, {"claim_type": None}, unchecked="missing_field"),
    "59 on column one, before it counted there": dated("59", "", BEFORE_CR_11168, line=2, outcome=DENIED),
    "the pair on a later day of a span": Case(
        [line("45385", service_date_end="2024-07-17"), line("45380", day="2024-07-16")], line=2, outcome=DENIED
    ),
    "a home health bill": pair("0321", line=2, outcome=DENIED),
    "a critical access hospital, neither line professional": pair("0851", line=2, outcome=DENIED),
    "a critical access hospital, both lines professional": pair("0851", "0975", "0975", line=2, outcome=DENIED),
    "25 on column one, where modifiers count on column two": Case(
        [line("45385", "25"), line("45380")], policy=COLUMN_TWO_ONLY, line=2, outcome=DENIED
    ),
    "two physicians of one group and specialty": Case(
        [line("45385", rendering_npi="1234567893"), line("45380", rendering_npi="1003000126")],
        {"billing_npi": "1245319599", "rendering_taxonomy": "207RG0100X"},
        policy=GROUP,
        line=2,
        outcome=DENIED,
    ),
    "under Medicare, two physicians of one group and specialty": Case(
        [line("45385", rendering_npi="1234567893"), line("45380", rendering_npi="1003000126")],
        {"billing_npi": "1245319599", "rendering_taxonomy": "207RG0100X"},
        policy="medicare",
        line=2,
        outcome=DENIED,
    ),
    "under Medicare, one physician whose specialty one line tells": Case(
        [
            line("45385", rendering_npi="1234567893", rendering_taxonomy="207RG0100X"),
            line("45380", rendering_npi="1234567893"),
        ],
        {"billing_npi": "1245319599"},
        policy="medicare",
        line=2,
        outcome=DENIED,
    ),
    "under Medicare, another physician of the group on another claim": Case(
        [line("45380")],
        {"member_id": "1EG4TE5MK73", "claim_id": "B", **GASTROENTEROLOGY, "rendering_npi": "1003000126"},
        policy="medicare",
        before=[
            {
                "member_id": "1EG4TE5MK73",
                "claim_id": "A",
                **GASTROENTEROLOGY,
                "rendering_npi": "1234567893",
                "lines": [line("45385")],
            }
        ],
        line=1,
        evidence={"on_another_claim": True},
    ),
    "under Medicare, the same physician, who tells no specialty the second time": Case(
        [line("45380")],
        {"member_id": "1EG4TE5MK73", "claim_id": "B", "billing_npi": "1245319599", "rendering_npi": "1234567893"},
        policy="medicare",
        before=[
            {
                "member_id": "1EG4TE5MK73",
                "claim_id": "A",
                **GASTROENTEROLOGY,
                "rendering_npi": "1234567893",
                "lines": [line("45385")],
            }
        ],
        line=1,
        evidence={"on_another_claim": True},
    ),
    "under Medicare, two physicians of one group who tell no specialty": Case(
        [line("45385", rendering_npi="1234567893"), line("45380", rendering_npi="1003000126")],
        {"billing_npi": "1245319599"},
        policy="medicare",
        unchecked="missing_field",
    ),
    "two groups of one tax id": Case(
        [line("45380")],
        {"member_id": "M1", "claim_id": "B", "billing_npi": "1003000126", "billing_tax_id": "123456789"},
        policy=TAX_ID,
        before=[
            {
                "member_id": "M1",
                "claim_id": "A",
                "billing_npi": "1234567893",
                "billing_tax_id": "123456789",
                "lines": [line("45385")],
            }
        ],
        line=1,
        outcome=DENIED,
    ),
    "a program whose tables are not loaded": Case(PAIR, policy=MEDICAID, unchecked="no_table"),
    "a line without a day": Case([line("45385", day=None), line("45380")], unchecked="no_service_date"),
    "a supplier's table that is not loaded": Case(PAIR, {"provider_kind": "dme_supplier"}, unchecked="no_table"),
    "another claim's lines, when it is not known who bills": Case(
        [line("45380")],
        {"member_id": "M1", "claim_id": "B"},
        before=[{"member_id": "M1", "claim_id": "A", "billing_npi": "1234567893", "lines": [line("45385")]}],
        unchecked="missing_field",
    ),
    "across claims of one member and provider": Case(
        [line("45380")],
        {"member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"},
        before=[{"member_id": "M1", "claim_id": "A", "billing_npi": "1234567893", "lines": [line("45385")]}],
        line=1,
        evidence={"on_another_claim": True},
    ),
}
MISSES = {
    # Integrated Outpatient Code Editor, edit 40: a modifier of the initiative bypasses the pair, on whatever code
    "59 on evaluation and management of a facility": Case(
        [line("96372", revenue_code="0510"), line("99213", "59", revenue_code="0510")], institutional()
    ),
    "a bypass modifier on column two": Case([line("45385"), line("45380", "59")]),
    "a bypass modifier on column one": Case([line("45385", "XS"), line("45380")]),
    "25 on the visit": Case([line("20610"), line("99213", "25")]),
    "57 on the visit": Case([line("20610", "RT"), line("99213", "57")]),
    "24 on the visit": Case([line("20610", "79"), line("99213", "24")]),
    "25 on the other of two visits": Case([line("99214", "25"), line("99213")], tables=VISIT_PAIRS),
    "column one is of status T": Case([line("94760"), line("99213")], tables=VISIT_PAIRS),
    "column one is bundled": Case([line("97010"), line("99213")], tables=VISIT_PAIRS),
    "column one is not covered": Case([line("99392"), line("99213")], tables=VISIT_PAIRS),
    "column one is denied: a modifier of reports": Case([line("45385", "8P"), line("45380")]),
    "column one is of status T, on another claim": Case(
        [line("99213")],
        {"member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"},
        before=[{"member_id": "M1", "claim_id": "A", "billing_npi": "1234567893", "lines": [line("94760")]}],
        tables=VISIT_PAIRS,
    ),
    "a payer whose visits are as other services": Case([line("20610", "RT"), line("99213")], policy=AS_OTHERS),
    "another date": Case([line("45385"), line("45380", day="2024-07-16")]),
    "another provider": Case([line("45385", rendering_npi="1234567893"), line("45380", rendering_npi="1003000126")]),
    "the hospital's table where only the practitioner's holds the pair": Case(
        [line("20610", revenue_code="0360"), line("99213", revenue_code="0510")],
        institutional(),
        unchecked="starter_table",
    ),
    "an inpatient bill": Case([line("45385"), line("45380")], institutional("0111", discharge_date=DAY)),
    "a pair known to be no pair": Case([line("99213"), line("36415")]),
    "one line": Case([line("45385")]),
    "59 on column one, once it counted there": dated("59", "", FROM_CR_11168),
    "59 on column two, before": dated("", "59", BEFORE_CR_11168),
    "a rural health clinic's bill": pair("0711"),
    "a federally qualified health center's bill": pair("0771"),
    "a critical access hospital, one line professional": pair("0851", "0975", "0360"),
    "lines that the payer exempts": Case([line("45385", "GX"), line("45380")], policy=EXEMPT),
    "a payer that does not apply the edits": Case(PAIR, policy=OFF),
    "two specialties of one group": Case(
        [
            line("45385", rendering_taxonomy="207RG0100X"),
            line("45380", rendering_taxonomy="207Q00000X"),
        ],
        {"billing_npi": "1245319599"},
        policy=GROUP,
    ),
    "two physicians of one group who tell no specialty": Case(
        [line("45385", rendering_npi="1234567893"), line("45380", rendering_npi="1003000126")],
        {"billing_npi": "1245319599"},
        policy=GROUP,
        unchecked="missing_field",
    ),
    "the claim's physician, and another one whose specialty is not told": Case(
        [line("45385"), line("45380", rendering_npi="1003000126")],
        {**GASTROENTEROLOGY, "rendering_npi": "1234567893"},
        policy=GROUP,
        unchecked="missing_field",
    ),
    "another claim's line that was denied": Case(
        [line("43235")],
        {"member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"},
        before=[{"member_id": "M1", "claim_id": "A", "billing_npi": "1234567893", "lines": [line("43239", units=-1)]}],
    ),
    "another claim of the other kind": Case(
        [line("45380")],
        {"member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"},
        before=[
            {
                "member_id": "M1",
                "claim_id": "A",
                "billing_npi": "1234567893",
                **institutional(),
                "lines": [line("45385", revenue_code="0360")],
            }
        ],
    ),
    "another claim for an inpatient": Case(
        [line("45380", revenue_code="0360")],
        {**institutional(), "member_id": "M1", "claim_id": "B", "billing_npi": "1234567893"},
        before=[
            {
                "member_id": "M1",
                "claim_id": "A",
                "billing_npi": "1234567893",
                **institutional("0111", discharge_date=DAY),
                "lines": [line("45385", revenue_code="0360")],
            }
        ],
    ),
    "another member's claim": Case(
        [line("45380")],
        {"member_id": "M2", "claim_id": "B"},
        before=[{"member_id": "M1", "claim_id": "A", "lines": [line("45385")]}],
    ),
}
test_hits, test_misses = rule_tests("NCCI101", HITS, MISSES)


def test_the_finding_names_the_edition_that_decided():
    (finding,) = of_rule(Case(PAIR).judge(), "NCCI101")
    assert finding.edition == "medicare ptp_practitioner 2024-07-01 (starter)"


def test_an_edition_asked_beyond_its_days_is_said_to_be():
    (finding,) = of_rule(dated("", "", "2023-05-01").judge(), "NCCI101")
    assert "outside the table's dates" in finding.message


def test_a_column_two_line_of_an_earlier_claim_is_overturned():
    history = MemoryHistory()
    validator = Validator(history=history)
    fields = {"claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893"}
    first = Claim(claim_id="A", **fields, lines=[line("45380", line_number=7)])
    history.record(first, validator.validate(first))
    later = validator.validate(Claim(claim_id="B", **fields, lines=[line("45385")]))
    assert of_rule(later, "NCCI101") == []
    (entry,) = later.overturned
    assert (entry.finding.rule_id, entry.finding.line_number, entry.finding.carc) == ("NCCI101", 7, "236")


@pytest.mark.parametrize(
    ("days", "package", "suggested"),
    [
        ("000", {}, ("25",)),
        ("010", {}, ("25",)),
        ("090", {}, ("57",)),
        ("XXX", {}, ("24", "25", "57", "U1")),
        ("090", {"major": [], "minor": ["000", "010", "090"]}, ("25",)),
        ("000", {"separate": ["25", "U1"]}, ("25", "U1")),
        ("090", {"decision": ["A1"]}, ("24", "25", "57", "U1")),
    ],
)
def test_the_modifiers_suggested_for_a_visit_are_those_of_the_global_package(days, package, suggested):
    """Of those that bypass the pair, the ones for its global days; all where the policy has none for them."""
    policy = Policy.load("default").replace(
        ncci__bypass={"visit_modifiers": ["24", "25", "57", "U1"]}, surgery__global_package=package
    )
    tables = pairs(("20610", "99213"), days={"20610": days}, _20610="A", _99213="A")
    (finding,) = of_rule(Case([line("20610"), line("99213")], policy=policy, tables=tables).judge(), "NCCI101")
    assert finding.remedy.values == suggested
    assert all(modifier in finding.message for modifier in suggested)


CODES = ["45385", "45380", "45378", "43239", "43235", "20610", "20611", "99213", "99211", "96372"]
MODIFIERS = [[], ["59"], ["XS"], ["25"], ["LT"], ["76"], ["59", "76"]]


@given(billed=st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(MODIFIERS)), min_size=2, max_size=7))
def test_the_denied_lines_are_those_of_a_naive_reading_of_the_table(billed):
    """Every ordered pair of lines by itself, straight from the rows that the table holds."""
    lines = [line(code, *modifiers, line_number=place) for place, (code, modifiers) in enumerate(billed, 1)]
    result = validate_claim({"claim_type": "professional", "lines": lines})
    tables, day = Tables.starter(), date.fromisoformat(DAY)
    expected = set()
    for one, with_one in billed:
        for place, (two, with_two) in enumerate(billed, 1):
            match tables.ptp("ptp_practitioner", one, two, day):
                case Found(edit) if edit.indicator == 0 or not bypassed(one, with_one, two, with_two):
                    expected.add(place)
    assert {finding.line_number for finding in of_rule(result, "NCCI101")} == expected


def bypassed(one: str, with_one: list[str], two: str, with_two: list[str]) -> bool:
    if two.startswith("99"):
        return any("25" in modifiers for code, modifiers in ((one, with_one), (two, with_two)) if code.startswith("99"))
    return counts(one, with_one) or counts(two, with_two)


def counts(code: str, modifiers: list[str]) -> bool:
    return bool({"25", "LT"} & set(modifiers)) or (bool({"59", "XS"} & set(modifiers)) and not code.startswith("99"))
