from claimcheck.rules.facility.editor_age import DIAGNOSIS, PROCEDURE
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("99381", "E1", "", age_min="", age_max="0"),
        procedure_row("59400", "B", "", age_min="9", age_max="64"),
        procedure_row("G0463", "V"),
    ],
    outpatient_diagnosis=[
        list_row("O800", flags="", age_min="9", age_max="64"),
        list_row("A33", flags="", age_max="0"),
    ],
)


def on(code: str, *diagnoses: str, born: str | None = "1960-01-01", bill: str = "0131", **fields: object) -> Case:
    claim = institutional(bill, diagnoses=list(diagnoses or ("I10",)))
    if born is not None:
        claim["birth_date"] = born
    return Case([line(code, revenue_code="0510")], claim, tables=TABLES, **fields)


HITS = {
    "a newborn's visit of an adult": on("99381", line=1, outcome=PROCEDURE, evidence={"edit": 7, "ages": "0 to 0"}),
    "a delivery at 64, and a day": on("59400", born="1959-07-15", line=1, outcome=PROCEDURE),
    "a newborn's tetanus of an adult": on("G0463", "A33", outcome=DIAGNOSIS, evidence={"edit": 2}),
    "a second diagnosis": on("G0463", "I10", "O80.0", born="1950-01-01", outcome=DIAGNOSIS, evidence={"code": "O80.0"}),
    "an age that is not known": on("99381", born=None, unchecked="missing_field"),
    "the editor's table of diagnoses is not loaded": Case(
        [line("G0463", revenue_code="0510")],
        institutional("0131", diagnoses=["A33"], birth_date="1960-01-01"),
        tables=codes(outpatient_procedure=[procedure_row("G0463", "V")]),
        unchecked="no_table",
    ),
    "the editor's table is not loaded": Case(
        [line("99381", revenue_code="0510")], institutional(), unchecked="no_table"
    ),
}
MISSES = {
    "a newborn": on("99381", born="2024-01-15"),
    "a delivery at 64": on("59400", born="1959-07-16"),
    "a code without a band": on("G0463"),
    "of a religious institution": on("99381", bill="0431"),
    "a bill for inpatients": on("99381", bill="0111"),
}
test_hits, test_misses = rule_tests("FAC504", HITS, MISSES)
