from claimcheck.rules.facility.packaged_only import NOT_PAID_APART, NOTHING_PAID
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("J1885", "N"),
        procedure_row("G0378", "N"),
        procedure_row("G0463", "V"),
        procedure_row("G0177", "N", "educational"),
        procedure_row("S9999", "E1", "non_covered"),
        procedure_row("93005", "Q1"),
        procedure_row("15780", "T", "questionable non_covered"),
        procedure_row("15781", "T", "non_covered"),
        procedure_row("29881", "J1", "non_covered"),
        procedure_row("80053", "Q4"),
        procedure_row("J7212", "K", "bypass_e99"),
        procedure_row("97597", "N", "therapy_conditionally_paid"),
        procedure_row("29405", "Q1", "cast"),
        procedure_row("90472", "N", "vaccine"),
    ],
    outpatient_revenue=[
        list_row("0250", status_indicator="N", flags=""),
        list_row("0420", status_indicator="E1", flags="therapy"),
        list_row("0510", status_indicator="E1", flags=""),
        list_row("0636", status_indicator="E1", flags=""),
    ],
    outpatient_apc=[list_row("0000", status_indicator="")],
    outpatient_pair=[list_row("00000", kind="imrt", other="00000")],
)


def on(*lines: dict, bill: str = "0131", **fields: object) -> Case:
    claim = institutional(bill, condition_codes=fields.pop("conditions", []), diagnoses=fields.pop("diagnoses", []))
    return Case([{"revenue_code": "0636", **one} for one in lines], claim, tables=TABLES, **fields)


DRUG, PHARMACY, VISIT = line("J1885"), line(None, revenue_code="0250"), line("G0463", revenue_code="0510")
PROCEDURES_ALONE = codes(outpatient_procedure=[procedure_row("J1885", "N")])
HITS = {
    "what revenue codes are paid by is not loaded": Case(
        [DRUG, PHARMACY], institutional(), tables=PROCEDURES_ALONE, unchecked="no_table"
    ),
    "a packaged drug alone": on(DRUG, outcome=NOTHING_PAID, evidence={"edit": 27}),
    "a revenue code that is packaged": on(PHARMACY, DRUG, outcome=NOTHING_PAID, evidence={"lines": 2}),
    "beside a code that is not in force": on(DRUG, line("99999"), outcome=NOTHING_PAID),
    "beside what is denied": on(DRUG, line("S9999"), line=1, outcome=NOT_PAID_APART, evidence={"edit": 47}),
    "a laboratory test of a mental health center": on(
        line("80053"), bill="0761", conditions=["41"], outcome=NOTHING_PAID
    ),
    "a laboratory test beside what is denied": on(
        line("80053"), line("15781"), line=1, outcome=NOT_PAID_APART, evidence={"edit": 47}
    ),
    "of what a comprehensive service pays for, that being denied": on(
        line("G0463"), line("29881"), line=1, outcome=NOT_PAID_APART
    ),
    "beside a drug at a token charge, which is not paid": on(
        line("G0378"), line("J7212", charge="0.01"), line=1, outcome=NOT_PAID_APART, evidence={"edit": 47}
    ),
    "at home, beside a vaccination": on(
        line("90472"), line("80053"), bill="0341", line=2, outcome=NOT_PAID_APART, evidence={"edit": 47}
    ),
    "the editor's table is not loaded": Case([DRUG], institutional(), unchecked="no_table"),
}
MISSES = {
    "beside a visit": on(DRUG, VISIT),
    "beside what is packaged with others only": on(DRUG, line("93005")),
    "a visit alone": on(VISIT),
    "a laboratory test alone": on(line("80053")),
    "beside a laboratory test, on a laboratory's bill": on(line("80053"), line("G0378"), bill="0141"),
    "therapy, by its revenue code": on(line("97597", revenue_code="0420"), line("15781")),
    "denied, and the diagnosis has the claim returned": on(DRUG, line("S9999"), diagnoses=["V0001XA"]),
    "training alone, which another edit returns": on(line("G0177")),
    "denied, and another line is returned": on(DRUG, line("S9999"), line("G0463", "CT", "FX", revenue_code="0510")),
    "at home, without what OPPS pays for": on(DRUG, line("S9999"), bill="0341"),
    "a hospice patient's cast": on(line("29405"), line("S9999"), bill="0321", conditions=["07"]),
    "a critical access hospital": on(DRUG, bill="0851"),
    "packaged, and denied itself": on(line("G0378", revenue_code="0762"), bill="0141"),
    "a professional claim": Case([DRUG], tables=TABLES),
}
test_hits, test_misses = rule_tests("FAC508", HITS, MISSES)
