from claimcheck.rules.facility.health_center import NO_PAYMENT_CODE, NO_VISIT, NOT_IN_RATE, NOT_PRIMARY, WRONG_REVENUE
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("G0466", "S"),
        procedure_row("G0467", "S"),
        procedure_row("G0470", "S"),
        procedure_row("99213", "B"),
        procedure_row("99214", "B"),
        procedure_row("90834", "Q3", "iop_service"),
        procedure_row("90791", "Q3", "iop_primary iop_service"),
        procedure_row("99490", "S", "fqhc_chronic_care"),
        procedure_row("G2172", "S"),
        procedure_row("G2086", "S"),
        procedure_row("Q3014", "A"),
        procedure_row("70450", "Q3", "fqhc_non_covered"),
        procedure_row("36415", "Q4", "rhc_modifier_conflict"),
    ],
    outpatient_pair=[
        *(
            list_row(code, kind="fqhc_visit", other=visit)
            for code in ("G0466", "G0467")
            for visit in ("99213", "99214")
        ),
        list_row("G0470", kind="fqhc_visit", other="90834"),
        list_row("36415", kind="rhc_modifier", other="CG"),
    ],
)


def on(*lines: dict, bill: str = "0771", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    claim = institutional(bill, condition_codes=list(conditions))
    return Case([{"revenue_code": "0521", **one} for one in lines], claim, tables=TABLES, **fields)


def hit(outcome: object, edit: int, *lines: dict, at: int | None = 1, **fields: object) -> Case:
    return on(*lines, line=at, outcome=outcome, evidence={"edit": edit}, **fields)


ANOTHER_DAY = "2024-07-16"
WITHOUT_PAIRS = codes(outpatient_procedure=[procedure_row("G0467", "M"), procedure_row("99213", "M")])
HITS = {
    "which visits a payment code stands for is not loaded": Case(
        [line("G0467", revenue_code="0521"), line("99213", revenue_code="0521")],
        institutional("0771"),
        tables=WITHOUT_PAIRS,
        unchecked="no_table",
    ),
    "a visit without a payment code": hit(NO_PAYMENT_CODE, 88, line("99213"), at=None),
    "a second day without one": hit(
        *(NO_PAYMENT_CODE, 88, line("G0467"), line("99213"), line("99213", day=ANOTHER_DAY)), at=None
    ),
    "a day of what is denied for another reason": hit(
        NO_PAYMENT_CODE, 88, line("G0378", revenue_code="0762"), line("70450"), at=None
    ),
    "opioid treatment with that of an office": hit(NO_PAYMENT_CODE, 88, line("G2172"), line("G2086"), at=None),
    "a payment code without a visit": hit(NO_VISIT, 89, line("G0467")),
    "a payment code with a visit of another kind": hit(NO_VISIT, 89, line("G0467"), line("90834", revenue_code="0900")),
    "its visit on another day": hit(NO_VISIT, 89, line("G0467"), line("99213", day=ANOTHER_DAY)),
    "two payment codes with one visit": hit(NO_VISIT, 89, line("G0466"), line("G0467"), line("99213"), at=2),
    "a revenue code of no visit": hit(WRONG_REVENUE, 90, line("G0467", revenue_code="0300"), line("99213")),
    "mental health under a medical revenue code": hit(WRONG_REVENUE, 90, line("G0470"), line("90834")),
    "CG outside the all-inclusive rate": hit(NOT_IN_RATE, 104, line("36415", "CG"), bill="0711"),
    "CG on a service that is not primary": hit(
        NOT_PRIMARY, 130, line("90834", "CG", revenue_code="0905"), bill="0711", conditions=["92"]
    ),
    "the editor's table is not loaded": Case(
        [line("99213", revenue_code="0521")], institutional("0771"), unchecked="no_table"
    ),
}
MISSES = {
    "a payment code and its visit": on(line("G0467"), line("99213")),
    "two payment codes, and a visit of two units": on(line("G0466"), line("G0467"), line("99213", units=2)),
    "two payment codes, and two visits": on(line("G0466"), line("G0467"), line("99213"), line("99214")),
    "mental health": on(line("G0470", revenue_code="0900"), line("90834", revenue_code="0900")),
    "chronic care alone": on(line("99490")),
    "telehealth alone": on(line("Q3014")),
    "opioid treatment alone": on(line("G2172")),
    "nothing that is covered": on(line("70450")),
    "condition code 65": on(line("99213"), conditions=["65"]),
    "a bill for no payment": on(line("99213"), bill="0770"),
    "intensive outpatient services": on(line("90791", revenue_code="0905"), conditions=["92"]),
    "CG on a visit of a clinic": on(line("99213", "CG"), bill="0711"),
    "CG on a primary service": on(line("90791", "CG", revenue_code="0905"), bill="0711", conditions=["92"]),
    "a hospital": on(line("99213"), bill="0131"),
}
test_hits, test_misses = rule_tests("FAC506", HITS, MISSES)
