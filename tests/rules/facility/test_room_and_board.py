import pytest

from claimcheck.rules.facility.room_and_board import UNLIKE
from support.cases import Case, institutional, line, of_rule, rule_tests


def room(units: object, revenue: str = "0120") -> dict[str, object]:
    return {"revenue_code": revenue, "units": units, "charge": "1000.00"}


def stay(*rooms: dict[str, object], bill_type: str = "0111", status: str = "01", **fields: object) -> Case:
    case = {name: fields.pop(name) for name in ("outcome", "evidence", "unchecked") if name in fields}
    dates = {"statement_from": "2024-07-10", "statement_through": "2024-07-14", "patient_status": status, **fields}
    return Case(rooms, institutional(bill_type, **dates), **case)


HITS = {
    "more than the days": stay(room(9), outcome=UNLIKE, evidence={"units": "9", "days": 4}),
    "the day of discharge counted": stay(room(5), outcome=UNLIKE),
    "fewer, on two lines": stay(room(2), room(1, "0200"), outcome=UNLIKE, evidence={"units": "3"}),
    "a member who is still there, without the last day": stay(room(4), bill_type="0112", status="30", outcome=UNLIKE),
    "a skilled nursing stay": stay(room(1), bill_type="0211", outcome=UNLIKE),
    "no room and board at all": stay({"revenue_code": "0250", "units": 4}, unchecked="missing_field"),
    "a line without units": stay(room(2), room(None), unchecked="missing_field"),
    "no dates": stay(room(4), statement_from=None, statement_through=None, unchecked="missing_field"),
    "a statement that ends before it begins": stay(room(4), statement_from="2024-07-20", unchecked="missing_field"),
}
MISSES = {
    "one unit a night": stay(room(4)),
    "intensive care and leave of absence": stay(room(1), room(2, "0200"), room(1, "0180")),
    "a member who is still there": stay(room(5), bill_type="0112", status="30"),
    "in and out on one day": stay(room(1), statement_through="2024-07-10"),
    "services of the days before": stay(room(2), admission_date="2024-07-12"),
    "admission and discharge where the statement has no dates": stay(
        room(4), statement_from=None, statement_through=None, admission_date="2024-07-10", discharge_date="2024-07-14"
    ),
    "moved on the day of admission": stay(room(9), condition_codes=["40"]),
    "late charges": stay(room(9), bill_type="0115"),
    "an outpatient bill": stay(room(9), bill_type="0131"),
    "a professional claim": Case([line("99213")]),
}
test_hits, test_misses = rule_tests("FAC303", HITS, MISSES)


@pytest.mark.parametrize("nights", range(1, 12))
def test_as_many_units_as_nights_and_no_other_number(nights):
    through = f"2024-07-{10 + nights}"
    wrong = [n for n in range(1, 15) if of_rule(stay(room(n), statement_through=through).judge(), "FAC303")]
    assert wrong == [n for n in range(1, 15) if n != nights]
