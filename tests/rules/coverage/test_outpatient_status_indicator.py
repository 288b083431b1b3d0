import pytest

from claimcheck import validate_claim
from claimcheck.rules.coverage.outpatient_status_indicator import (
    INPATIENT_ONLY,
    NON_COVERED,
    NOT_RECOGNISED,
    OTHER_CONTRACTOR,
    PACKAGED,
)
from support.cases import Case, institutional, line, of_rule, rule_tests
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


HITS = {
    "inpatient only": case("27447", INPATIENT_ONLY, evidence={"status_indicator": "C", "bill_type": "13"}),
    "not covered": case("S9999", NON_COVERED),
    "not covered, at a critical access hospital": case("S9999", NON_COVERED, "0851"),
    "covered or not, at a rural health clinic": Case(
        bill("S9999"), institutional("0711"), tables=TABLES, unchecked="no_parameter"
    ),
    "covered or not, under another programme": Case(
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
    "payable": Case(bill("99283"), institutional(), tables=TABLES),
    "not in Addendum B": Case(bill("99284"), institutional(), tables=TABLES),
    "an inpatient bill": Case(bill("27447"), institutional("0111"), tables=TABLES),
    "a professional claim": Case(bill("27447"), tables=TABLES),
    "Category II, which another payer takes as a report": Case(bill("3044F", "3046F"), institutional(), tables=TABLES),
    "a bill on which the edit does not run": Case(
        bill("27447", "0469T", "99456"), institutional("0851"), tables=TABLES
    ),
    "a bill that no edit looks at": Case(bill("S9999"), institutional("0431"), tables=TABLES),
    "a hospital's claim under another programme": Case(
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
