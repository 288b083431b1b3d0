from claimcheck.rules.facility.program_elsewhere import NOT_OF_THE_BILL
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("G0410", "P", "ph_service ph_primary ph_not_mh"),
        procedure_row("G0411", "P", "iop_primary iop_service iop_not_mh"),
        procedure_row("S9999", "E1", "non_covered ph_not_mh"),
        procedure_row("22558", "C"),
        procedure_row("G0463", "V"),
    ],
)


def on(*lines: dict, condition: str | None = None, bill: str = "0131", **fields: object) -> Case:
    claim = institutional(bill, condition_codes=[condition] if condition else [])
    return Case([{"revenue_code": "0915", **one} for one in lines], claim, tables=TABLES, **fields)


HITS = {
    "a service of partial hospitalization": on(
        line("G0410"), line=1, outcome=NOT_OF_THE_BILL, evidence={"edit": 81, "code": "G0410"}
    ),
    "for an inpatient under Part B": on(line("G0410"), bill="0121", line=1, outcome=NOT_OF_THE_BILL),
    "a service of an intensive program": on(
        line("G0463"), line("G0411"), line=2, outcome=NOT_OF_THE_BILL, evidence={"edit": 133}
    ),
    "the editor's table is not loaded": Case(
        [line("G0410", revenue_code="0915")], institutional(), unchecked="no_table"
    ),
}
MISSES = {
    "on the program's bill": on(line("G0410"), condition="41"),
    "on the intensive program's bill": on(line("G0411"), condition="92"),
    "another service": on(line("G0463")),
    "denied by another edit": on(line("S9999")),
    "a day that is denied": on(line("G0463"), line("22558"), line("G0410", day="2024-07-16")),
    "a mental health center": on(line("G0410"), bill="0761"),
    "a professional claim": Case([line("G0410")], tables=TABLES),
}
test_hits, test_misses = rule_tests("FAC513", HITS, MISSES)
