import pytest

from claimcheck import validate_claim
from claimcheck.rules.coverage.outpatient_status_indicator import (
    EXCLUDED,
    INPATIENT_ONLY,
    NON_COVERED,
    NOT_RECOGNISED,
    OTHER_CODE,
    OTHER_CONTRACTOR,
    PACKAGED,
    REPORTING_ONLY,
)
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.code_tables import codes, procedure_row
from support.made_tables import opps

TABLES = opps(
    _27447="C",
    S9999="E1",
    _0469T="E2",
    _99456="B",
    G8427="M",
    E0114="Y",
    J1885="N",
    _99283="J2",
    _3044F="M",
    _3046F="E1",
)


def bill(*codes: str, revenue: str = "0510") -> list[dict]:
    return [line(code, revenue_code=revenue) for code in codes]


def case(code: str, outcome: object, bill_type: str = "0131", revenue: str = "0510", **fields: object) -> Case:
    return Case(bill(code, revenue=revenue), institutional(bill_type), tables=TABLES, line=1, outcome=outcome, **fields)


EDITOR = codes(
    outpatient_procedure=[
        procedure_row("S9999", "E1", "non_covered"),
        procedure_row("A0001", "E1", "statutory_exclusion"),
        procedure_row("G9001", "E1", "not_recognized_mcare"),
        procedure_row("1111F", "M", "non_billable_mac information_only"),
        procedure_row("G0428", "E1", ""),
        procedure_row("22110", "C", "separate_procedure"),
        procedure_row("22558", "C", ""),
    ]
)


def edited(code: str, outcome: object, edit: int, bill_type: str = "0131") -> Case:
    claim = institutional(bill_type)
    return Case(bill(code), claim, tables=EDITOR, policy="medicare", line=1, outcome=outcome, evidence={"edit": edit})


HITS = {
    # Integrated Outpatient Code Editor, edits 9, 28, 50 and 112: what E1 means, its own table says
    "not covered, by the editor's table": edited("S9999", NON_COVERED, 9, "0711"),
    "excluded by law": edited("A0001", EXCLUDED, 50),
    "another code": edited("G9001", OTHER_CODE, 28),
    "for reporting only": edited("1111F", REPORTING_ONLY, 112),
    "inpatient only, by the editor's table": Case(
        bill("22558"), institutional(), tables=EDITOR, line=1, outcome=INPATIENT_ONLY
    ),
    "inpatient only": case("27447", INPATIENT_ONLY, evidence={"status_indicator": "C", "bill_type": "13"}),
    "not covered": case("S9999", NON_COVERED),
    "not covered, at a critical access hospital": case("S9999", NON_COVERED, "0851"),
    "covered or not, at a rural health clinic": Case(
        bill("S9999"), institutional("0711"), tables=TABLES, unchecked="no_parameter"
    ),
    "covered or not, under another program": Case(
        bill("S9999"), institutional(condition_codes=["89"]), tables=TABLES, unchecked="no_parameter"
    ),
    "without a price": case("0469T", NON_COVERED),
    "not recognised on the bill": case("99456", NOT_RECOGNISED, "0141"),
    "not billable to this contractor": case("G8427", OTHER_CONTRACTOR),
    "not billable, on a facility line of a critical access hospital": case("G8427", OTHER_CONTRACTOR, "0851"),
    "not billable, on a hospice bill": case("G8427", OTHER_CONTRACTOR, "0811"),
    "durable medical equipment": case("E0114", OTHER_CONTRACTOR),
    "packaged": case("J1885", PACKAGED, revenue="0250"),
    "Category II at Medicare": case("3044F", OTHER_CONTRACTOR, policy="medicare"),
    "Category II at Medicare, of the other class": case("3046F", NON_COVERED, policy="medicare"),
    "without Addendum B": Case(bill("27447"), institutional(), unchecked="no_table"),
    "a day that no edition covers": Case(
        [line("27447", day="2024-10-01")], institutional(), tables=TABLES, unchecked="stale"
    ),
}
MISSES = {
    "of no edit of E1 (G0428)": Case(bill("G0428"), institutional(), tables=EDITOR),
    "another code, at a rural health clinic": Case(bill("G9001"), institutional("0711"), tables=EDITOR),
    "an inpatient procedure that is done with another": Case(bill("22110"), institutional(), tables=EDITOR),
    "an inpatient procedure of a patient who died": Case(
        [line("22558", "CA", revenue_code="0360")], institutional(), tables=EDITOR
    ),
    "payable": Case(bill("99283"), institutional(), tables=TABLES),
    "not in Addendum B": Case(bill("99284"), institutional(), tables=TABLES),
    "an inpatient bill": Case(bill("27447"), institutional("0111"), tables=TABLES),
    "a professional claim": Case(bill("27447"), tables=TABLES),
    "Category II, which another payer takes as a report": Case(bill("3044F", "3046F"), institutional(), tables=TABLES),
    "a bill on which the edit does not run": Case(
        bill("27447", "0469T", "99456"), institutional("0851"), tables=TABLES
    ),
    "a bill that no edit looks at": Case(bill("S9999"), institutional("0431"), tables=TABLES),
    "a hospital's claim under another program": Case(
        bill("27447", "99456"), institutional(condition_codes=["89"]), tables=TABLES
    ),
    "not billable, on a physician's line of a critical access hospital": Case(
        bill("G8427", revenue="0960"), institutional("0851"), tables=TABLES
    ),
    "not billable, for a physician of a hospice": Case(
        bill("G8427", revenue="0657"), institutional("0811"), tables=TABLES
    ),
    "a line without a code": Case([line(None, revenue_code="0250")], institutional(), tables=TABLES),
}
test_hits, test_misses = rule_tests("COV201", HITS, MISSES)


@pytest.mark.parametrize(
    ("code", "disposition"),
    [
        ("27447", "denied"),
        ("S9999", "denied"),
        ("0469T", "denied"),
        ("99456", "rejected"),
        ("G8427", "rejected"),
        ("E0114", "rejected"),
        ("J1885", "payable"),
    ],
)
def test_the_editors_dispositions(code, disposition):
    """Line denials and line rejections are denials here; what the editor returns to the provider is rejected."""
    result = validate_claim({**institutional(), "lines": bill(code)}, tables=TABLES)
    (finding,) = of_rule(result, "COV201")
    assert finding.disposition == disposition
