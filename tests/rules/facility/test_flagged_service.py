from claimcheck.rules.facility.flagged_service import (
    ANOTHER_BILL,
    ANOTHER_CONTRACTOR,
    IN_THE_BIOLOGICAL,
    NO_DISCOUNT,
    NO_TELEHEALTH,
    NO_WAIVER,
    NOT_OF_A_CENTER,
    NOT_PART_B,
    OFF_CAMPUS,
    QUESTIONABLE,
)
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("15780", "T", "questionable"),
        procedure_row("C9399", "A", "unclassified_drug"),
        procedure_row("G2067", "A", "opioid_treatment_program"),
        procedure_row("70450", "Q3", "fqhc_non_covered"),
        procedure_row("99213", "B", "telehealth"),
        procedure_row("11042", "T", ""),
        procedure_row("G0008", "S", "part_b_billable"),
        procedure_row("90732", "L", ""),
        procedure_row("15781", "T", "questionable non_covered"),
        procedure_row("0537T", "B", "bundled_in_biological"),
        procedure_row("E0740", "Y", "dmerc_billable_only"),
        procedure_row("29881", "J1", ""),
        procedure_row("G0378", "N", ""),
        procedure_row("99284", "J2", ""),
        procedure_row("G0463", "J2", ""),
        procedure_row("G0410", "P", ""),
        procedure_row("J9999", "G", ""),
        procedure_row("99214", "B", "coinsurance_deductible_waiver_eligible"),
    ],
    outpatient_revenue=[
        list_row("0300", status_indicator="B", flags="part_b_billable_inpatient"),
        list_row("0360", status_indicator="E1", flags=""),
        list_row("0636", status_indicator="E1", flags=""),
    ],
    outpatient_apc=[list_row("0000", status_indicator="")],
    outpatient_pair=[list_row("00000", kind="imrt", other="00000")],
)


def on(code: str, *modifiers: str, bill: str = "0131", revenue_code: str = "0360", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    claim = institutional(bill, condition_codes=list(conditions))
    return Case([line(code, *modifiers, revenue_code=revenue_code)], claim, tables=TABLES, **fields)


def hit(case: Case, outcome: object, edit: int) -> Case:
    return Case(case.lines, case.claim, tables=TABLES, line=1, outcome=outcome, evidence={"edit": edit})


def several(*given: str) -> Case:
    return Case([line(code, revenue_code="0360") for code in given], institutional(), tables=TABLES)


def dated(code: str, modifier: str, day: str, bill: str = "0131", **fields: object) -> Case:
    return Case([line(code, modifier, revenue_code="0510", day=day)], institutional(bill), tables=TABLES, **fields)


PROCEDURES_ALONE = codes(outpatient_procedure=[procedure_row("E0740", "Y", "dmerc_billable_only")])
HITS = {
    "how the others are paid is not loaded": Case(
        [line("E0740", revenue_code="0360")], institutional(), tables=PROCEDURES_ALONE, unchecked="no_table"
    ),
    "no waiver of coinsurance, on the last day": dated(
        "11042", "CS", "2023-06-30", line=1, outcome=NO_WAIVER, evidence={"edit": 114}
    ),
    "no waiver of coinsurance, on the first day, of a health center": dated(
        "11042", "CS", "2020-03-18", "0711", line=1, outcome=NO_WAIVER
    ),
    "a pass-through drug bought at a discount, on the last day": dated(
        "J9999", "JG", "2024-12-31", line=1, outcome=NO_DISCOUNT, evidence={"edit": 122}
    ),
    "a step of making a biological": hit(on("0537T"), IN_THE_BIOLOGICAL, 111),
    "equipment": hit(on("E0740"), ANOTHER_CONTRACTOR, 61),
    "a visit off campus": hit(on("99284", "PN"), OFF_CAMPUS, 101),
    "a program's service off campus": hit(on("G0410", "PN", bill="0761", conditions=["41"]), OFF_CAMPUS, 101),
    "a visit off campus, with observation that surgery keeps from paying for all": Case(
        [line("99284", "PN"), line("G0378", units=8), line("11042")],
        institutional(),
        tables=TABLES,
        line=1,
        outcome=OFF_CAMPUS,
    ),
    "of questionable coverage": hit(on("15780"), QUESTIONABLE, 12),
    "a drug without a code": hit(on("C9399"), QUESTIONABLE, 66),
    "not paid to a rural health clinic": hit(on("70450", bill="0711"), NOT_OF_A_CENTER, 91),
    "a revenue code that no health center is paid for": hit(
        on("11042", bill="0771", revenue_code="0291"), NOT_OF_A_CENTER, 91
    ),
    "opioid treatment at a hospital": hit(on("G2067"), ANOTHER_BILL, 116),
    "a modifier of telehealth on surgery": hit(on("11042", "95", bill="0851"), NO_TELEHEALTH, 126),
    "an inpatient's Part B services": hit(on("11042", bill="0121"), NOT_PART_B, 127),
    "the editor's table is not loaded": Case(
        [line("15780", revenue_code="0360")], institutional(), unchecked="no_table"
    ),
}
MISSES = {
    "a waiver of coinsurance": dated("99214", "CS", "2023-06-30"),
    "no waiver of coinsurance, a day too late": dated("11042", "CS", "2023-07-01"),
    "no waiver of coinsurance, a day too early": dated("11042", "CS", "2020-03-17"),
    "no waiver of coinsurance, on a laboratory's bill": dated("11042", "CS", "2023-06-30", "0141"),
    "a pass-through drug bought at a discount, a day too late": dated("J9999", "JG", "2025-01-01"),
    "a pass-through drug bought at a discount, a day too early": dated("J9999", "JG", "2022-03-31"),
    "a pass-through drug with another modifier": dated("J9999", "TB", "2024-12-31"),
    "another drug bought at a discount": dated("C9399", "JG", "2024-12-31", "0851"),
    "an ordinary procedure": on("11042"),
    "not paid to a health center, at a hospital": on("70450"),
    "a clinic's intensive outpatient program": on("70450", bill="0711", conditions=["92"]),
    "opioid treatment of an opioid treatment program": on("G2067", bill="0871"),
    "a telehealth service": on("99213", "95", bill="0851"),
    "a modifier of telehealth at another hospital": on("11042", "95"),
    "a revenue code that Part B pays for": on("11042", bill="0121", revenue_code="0300"),
    "a service that Part B pays for": on("G0008", bill="0121"),
    "a vaccine": on("90732", bill="0121"),
    "condition code W2": on("11042", bill="0121", conditions=["W2"]),
    "of questionable coverage, and denied by another edit": on("15781"),
    "equipment beside a comprehensive service": several("E0740", "29881"),
    "a visit off campus with observation that pays for all": Case(
        [line("99284", "PN", revenue_code="0450"), line("G0378", units=8, revenue_code="0762")],
        institutional(),
        tables=TABLES,
    ),
    "a clinic visit off campus": on("G0463", "PN"),
    "surgery off campus": on("11042", "PN"),
    "a professional claim": Case([line("15780")], tables=TABLES),
}
test_hits, test_misses = rule_tests("FAC502", HITS, MISSES)


def test_nobody_prices_a_drug_that_is_not_for_the_bill():
    case = on("C9399", bill="0121", revenue_code="0636")
    assert [one.evidence["edit"] for one in case.judge().findings if one.rule_id == "FAC502"] == [127]
