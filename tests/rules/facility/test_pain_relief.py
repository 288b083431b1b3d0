from datetime import date

from claimcheck.rules.facility.pain_relief import MORE
from claimcheck.tables.rows import Record
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import procedure_row
from support.made_tables import made_tables

ROWS: list[Record] = [
    *(procedure_row(code, "H1", "nonopioid_device") for code in ("C9804", "C9806", "C9807")),
    *(procedure_row(code, "K1") for code in ("C9088", "C9089", "J0666", "J1096")),
    procedure_row("G0463", "V"),
]
TABLES = made_tables("outpatient_procedure", ROWS, date(2019, 7, 1), date(2026, 12, 31))


def on(*codes: str, day: str = "2025-07-15", bill: str = "0131", **fields: object) -> Case:
    return Case(
        [line(code, day=day, revenue_code="0636") for code in codes], institutional(bill), tables=TABLES, **fields
    )


HITS = {
    "a third device": on("C9804", "C9806", "C9807", "G0463", line=3, outcome=MORE, evidence={"edit": 137}),
    "a fourth drug": on("C9088", "C9089", "J0666", "J1096", "G0463", line=4, outcome=MORE, evidence={"edit": 138}),
    "the editor's table is not loaded": Case(
        [line("C9804", day="2025-07-15", revenue_code="0278")], institutional(), unchecked="no_table"
    ),
}
MISSES = {
    "two devices": on("C9804", "C9806", "C9804", "G0463"),
    "three drugs": on("C9088", "C9089", "J0666", "C9088", "G0463"),
    "nothing that they are paid with": on("C9804", "C9806", "C9807"),
    "devices before the editor had the edit": on("C9804", "C9806", "C9807", "G0463", day="2025-03-15"),
    "drugs before the editor had the edit": on("C9088", "C9089", "J0666", "J1096", "G0463", day="2024-12-15"),
    "a laboratory's bill": on("C9804", "C9806", "C9807", "G0463", bill="0141"),
}
test_hits, test_misses = rule_tests("FAC510", HITS, MISSES)
