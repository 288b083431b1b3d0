from datetime import date, timedelta

from claimcheck.rules.facility.program_hours import TOO_FEW
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("G0410", "P", "ph_primary ph_service iop_primary iop_service ph_duration_3 iop_duration_3"),
        procedure_row("90837", "Q3", "ph_primary ph_service iop_primary iop_service"),
        procedure_row("90785", "N", "ph_service ph_addon iop_service iop_addon"),
        procedure_row("22558", "C"),
        procedure_row("29881", "J1"),
    ],
    outpatient_diagnosis=[list_row("F329", flags="mental_health")],
)
FIRST = date(2024, 7, 1)


def weeks(*services: int, code: str = "90837", bill: str = "0131", condition: str = "41", **fields: object) -> Case:
    """A claim of as many weeks: of each, how many services its days hold, the first five of them one by one."""
    lines = []
    for week, many in enumerate(services):
        for day in range(min(5, many)):
            units = many // 5 + (day < many % 5)
            on = FIRST + timedelta(7 * week + day)
            lines.append(line(code, day=on.isoformat(), units=units, revenue_code="0915"))
    last = FIRST + timedelta(7 * len(services) - 1 - fields.pop("short", 0))
    claim = institutional(
        bill,
        condition_codes=[condition, *fields.pop("conditions", ())],
        statement_from=FIRST.isoformat(),
        statement_through=last.isoformat(),
        value_codes=fields.pop("value_codes", []),
        diagnoses=["F32.9"],
    )
    return Case([*lines, *fields.pop("more", ())], claim, tables=TABLES, **fields)


def hit(*services: int, at: int, edit: int = 95, **fields: object) -> Case:
    return weeks(*services, line=at, outcome=TOO_FEW, evidence={"edit": edit}, **fields)


HITS = {
    "a week of 19 hours in between": hit(20, 19, 20, 20, at=6),
    "a week of 8 hours of intensive services": hit(10, 8, 10, 10, at=6, edit=129, condition="92"),
    "services of 45 minutes": hit(30, 26, 30, 30, at=6, code="G0410"),
    "a mental health center's": hit(20, 19, 20, 20, at=6, bill="0761"),
    "the first of several claims: its last week": hit(20, 19, at=6, bill="0132"),
    "a claim in between: its first week": hit(19, 20, at=1, bill="0133"),
    "the last claim: its first week": hit(19, 20, 20, at=1, bill="0134"),
    "the last claim: its last days, said to be a week": hit(20, 19, at=6, bill="0134", conditions=["MW"], short=2),
    "an adjusted claim: its last days, said to be a week": hit(20, 19, at=6, bill="0137", conditions=["MW"]),
    "the editor's table is not loaded": Case(
        [line("90837", revenue_code="0915")], institutional(condition_codes=["41"]), unchecked="no_table"
    ),
}
MISSES = {
    "weeks of 20 hours": weeks(20, 20, 20, 20),
    "weeks of 9 hours of intensive services": weeks(9, 9, 9, 9, condition="92"),
    "the first week, the last, and the last whole one": weeks(1, 20, 19, bill="0131"),
    "the first week of the first claim": weeks(1, 20, bill="0132"),
    "a claim in between: a first week of which hours are carried over": weeks(
        19, 20, bill="0133", value_codes=[{"code": "QA", "amount": "701.00"}]
    ),
    "the last whole week of the last claim": weeks(20, 19, bill="0134"),
    "an adjusted claim": weeks(1, 1, 1, bill="0137"),
    "a day that is denied": weeks(
        20, 19, 20, 20, more=[line("22558", day="2024-07-08"), line("29881", day="2024-07-08")]
    ),
    "no program": weeks(1, 1, 1, 1, condition="G0"),
    "a professional claim": Case([line("90837")], tables=TABLES),
}
test_hits, test_misses = rule_tests("FAC511", HITS, MISSES)


def test_hours_of_a_week_that_an_earlier_claim_began_are_counted():
    carried = [{"code": "QA", "amount": "305.00"}]  # three days, five hours
    case = weeks(14, 25, bill="0133", value_codes=carried)
    found = [finding.line_number for finding in case.judge().findings if finding.rule_id == "FAC511"]
    assert found == [1, 2, 3, 4]  # the four days that are left of that week
