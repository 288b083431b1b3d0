from claimcheck.rules.facility.observation_visit import NO_VISIT
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("G0378", "N"),
        procedure_row("G0379", "J2"),
        procedure_row("99284", "J2"),
        procedure_row("11042", "T"),
        procedure_row("0518T", "Q2"),
        procedure_row("29881", "J1"),
        procedure_row("96374", "S"),
    ],
)
NEW_YEAR, EVE = "2024-01-01", "2023-12-31"


def on(*lines: dict, bill: str = "0131", conditions: tuple[str, ...] = (), **fields: object) -> Case:
    claim = institutional(bill, condition_codes=list(conditions))
    return Case([{"revenue_code": "0762", **one} for one in lines], claim, tables=TABLES, **fields)


HOURS = line("G0378", units=8, day=NEW_YEAR)
HITS = {
    "no visit": on(HOURS, line("96374", day="2024-01-02"), line=1, outcome=NO_VISIT, evidence={"edit": 57}),
    "a visit of the day after": on(HOURS, line("99284", day="2024-01-02"), line=1, outcome=NO_VISIT),
    "the editor's table is not loaded": Case(
        [line("G0378", day=NEW_YEAR, revenue_code="0762")], institutional(), unchecked="no_table"
    ),
}
MISSES = {
    "another day": on(line("96374", day="2024-01-02"), line("G0378", units=8, day="2024-01-02")),
    "too few hours": on(line("96374", day="2024-01-02"), line("G0378", units=7, day=NEW_YEAR)),
    "a visit": on(HOURS, line("99284", day=NEW_YEAR)),
    "a direct referral": on(HOURS, line("G0379", day=NEW_YEAR)),
    "surgery": on(HOURS, line("11042", day=NEW_YEAR)),
    "what is surgery where nothing packages it": on(HOURS, line("0518T", day=NEW_YEAR)),
    "a comprehensive service": on(HOURS, line("29881", day=NEW_YEAR)),
    "a mental health program": on(line("96374", day="2024-01-02"), HOURS, conditions=("41",)),
    "a critical access hospital": on(line("96374", day="2024-01-02"), HOURS, bill="0851"),
    "a professional claim": Case([HOURS], tables=TABLES),
}
test_hits, test_misses = rule_tests("FAC512", HITS, MISSES)
