from claimcheck.rules.facility.inpatient_only import (
    INPATIENT_ONLY,
    MORE_THAN_ONE,
    NOT_COVERED,
    NOT_PAID_APART,
    PATIENT_LIVES,
)
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, procedure_row
from support.made_tables import opps

TABLES = codes(
    outpatient_procedure=[
        procedure_row("22558", "C"),
        procedure_row("22110", "C", "separate_procedure"),
        procedure_row("C1713", "N", "device"),
        procedure_row("29881", "J1"),
        procedure_row("11042", "T"),
        procedure_row("G0463", "V"),
        procedure_row("S9999", "E1", "non_covered"),
    ]
)
ADDENDUM = opps(_22558="C", _11042="T", _29881="J1")


def on(*lines: dict, status: str = "01", bill: str = "0131", tables: object = TABLES, **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    claim = institutional(bill, condition_codes=list(conditions), patient_status=status)
    return Case([{"revenue_code": "0360", **one} for one in lines], claim, tables=tables, **fields)


def hit(outcome: object, edit: int, *lines: dict, at: int = 1, **fields: object) -> Case:
    return on(*lines, line=at, outcome=outcome, evidence={"edit": edit}, **fields)


ANOTHER_DAY = "2024-07-16"
HITS = {
    "no table": Case(
        [line("22558", revenue_code="0360"), line("C1713", revenue_code="0278")], institutional(), unchecked="no_table"
    ),
    "the rest of the day": hit(INPATIENT_ONLY, 49, line("22558"), line("C1713"), at=2),
    "the rest of the day, by Addendum B alone": hit(
        INPATIENT_ONLY, 49, line("22558"), line("11042"), at=2, tables=opps(_22558="C", _11042="V")
    ),
    "a line without a code": hit(INPATIENT_ONLY, 49, line("22558"), line(None), at=2),
    "a separate procedure with a comprehensive service": hit(NOT_PAID_APART, 45, line("22110"), line("29881")),
    "a separate procedure with surgery": hit(NOT_PAID_APART, 45, line("22110"), line("11042")),
    "a separate procedure alone": hit(INPATIENT_ONLY, 18, line("22110"), line("G0463")),
    "the day of a separate procedure alone": hit(INPATIENT_ONLY, 49, line("22110"), line("G0463"), at=2),
    "a separate procedure, surgery on another day": hit(
        INPATIENT_ONLY, 18, line("22110"), line("11042", day=ANOTHER_DAY)
    ),
    "whether it is a separate procedure is not known": on(
        line("22558"), line("29881"), tables=ADDENDUM, unchecked="no_table"
    ),
    "CA with a patient who went home": hit(PATIENT_LIVES, 70, line("22558", "CA")),
    "CA on two lines": hit(MORE_THAN_ONE, 60, line("22558", "CA"), line("22558", "CA"), at=2, status="20"),
    "CA on two units": hit(MORE_THAN_ONE, 60, line("22558", "CA", units=2), status="20"),
    "a separate procedure with CA, beside surgery": hit(
        NOT_PAID_APART, 45, line("22110", "CA"), line("11042"), status="20"
    ),
    "what is not covered beside CA": hit(
        NOT_COVERED, 121, line("22558", "CA"), line("S9999", day=ANOTHER_DAY), at=2, status="20"
    ),
}
MISSES = {
    "another day": on(line("22558"), line("C1713", day=ANOTHER_DAY)),
    "the procedure alone": on(line("22558")),
    "CA with a patient who died": on(line("22558", "CA"), line("C1713"), status="20"),
    "CA with a patient who was transferred": on(line("22558", "CA"), line("C1713"), status="02"),
    "CA without an inpatient procedure": on(line("11042", "CA")),
    "a critical access hospital": on(line("22558"), line("C1713"), bill="0851"),
    "no inpatient procedure": on(line("11042"), line("G0463")),
    "an inpatient bill": on(line("22558"), line("C1713"), bill="0111"),
}
test_hits, test_misses = rule_tests("FAC505", HITS, MISSES)
