from claimcheck.rules.facility.mental_health import (
    DAY_DENIED,
    NO_PRIMARY,
    NO_SECOND,
    NOT_MENTAL_HEALTH,
    NOT_OF_THE_BILL,
    TOO_FEW,
)
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("90837", "Q3", "ph_primary ph_service iop_primary iop_service"),
        procedure_row("G0410", "P", "ph_service ph_primary ph_not_mh"),
        procedure_row("G0177", "N", "ph_service iop_service"),
        procedure_row("G0129", "P", "ph_service iop_service ph_not_mh"),
        procedure_row("90785", "N", "ph_service ph_addon iop_service iop_addon"),
        procedure_row("90845", "Q3", "mh_not_ph mh_not_iop"),
        procedure_row("G0411", "P", "iop_primary iop_service iop_not_mh"),
        procedure_row("22558", "C"),
        procedure_row("G0463", "V"),
    ],
    outpatient_diagnosis=[
        list_row("F329", flags="mental_health"),
        list_row("F0280", flags="mental_health code_first"),
        list_row("G20", flags="code_first"),
    ],
)
FULL = (line("90837"), line("90837"), line("G0177"))


def on(*lines: dict, condition: str = "41", bill: str = "0131", first: str = "F32.9", **fields: object) -> Case:
    claim = institutional(bill, condition_codes=[condition] if condition else [], diagnoses=[first])
    claim["diagnoses"] += fields.pop("others", [])
    return Case([{"revenue_code": "0915", **one} for one in lines], claim, tables=TABLES, **fields)


def hit(outcome: object, edit: int, *lines: dict, at: int | None = None, **fields: object) -> Case:
    return on(*lines, line=at, outcome=outcome, evidence={"edit": edit}, **fields)


def of_2023(*codes: str, bill: str = "0131", **fields: object) -> Case:
    return on(*(line(code, day="2023-12-31") for code in codes), bill=bill, **fields)


HITS = {
    "the editor's table of diagnoses is not loaded": Case(
        [{"revenue_code": "0915", **one} for one in FULL],
        institutional("0131", condition_codes=["41"], diagnoses=["I10"]),
        tables=codes(
            outpatient_procedure=[
                procedure_row("90837", "Q3", "ph_primary ph_service"),
                procedure_row("G0177", "N", "ph_service"),
            ]
        ),
        unchecked="no_table",
    ),
    "two services of a day, in 2023": of_2023(
        "90837", "G0177", line=2, outcome=DAY_DENIED, evidence={"edit": 30, "code": "G0177"}
    ),
    "three services without a primary one, in 2023": of_2023(
        "G0129", "G0177", "G0177", line=1, outcome=DAY_DENIED, evidence={"edit": 30}
    ),
    "an add-on service counts for none, in 2023": of_2023("90837", "G0177", "90785", line=1, outcome=DAY_DENIED),
    "of a mental health center, in 2023": of_2023("90837", bill="0761", line=1, outcome=DAY_DENIED),
    "a diagnosis of the body": hit(NOT_MENTAL_HEALTH, 29, *FULL, first="I10"),
    "a diagnosis of the body, of a mental health center": hit(NOT_MENTAL_HEALTH, 29, *FULL, first="I10", bill="0761"),
    "coded first, without mental health second": hit(NO_SECOND, 109, *FULL, first="G20", others=["I10"]),
    "an inpatient-only procedure alone on its day": hit(
        NOT_MENTAL_HEALTH, 29, line("22558", day="2024-07-16"), *FULL, first="I10"
    ),
    "coded first, without a second": hit(NO_SECOND, 109, *FULL, first="G20"),
    "a day without a primary service": hit(NO_PRIMARY, 191, line("G0129"), line("G0177"), line("G0177")),
    "an intensive day without a primary service": hit(
        NO_PRIMARY, 190, line("G0129"), line("G0177"), line("G0177"), condition="92"
    ),
    "a rural health clinic's intensive services without a primary one": hit(
        NO_PRIMARY, 190, line("G0177", revenue_code="0905"), condition="92", bill="0711"
    ),
    "two services of a day": hit(TOO_FEW, 131, line("90837"), line("G0177"), at=1),
    "an add-on service counts for none": hit(TOO_FEW, 131, line("90837"), line("G0177"), line("90785"), at=2),
    "two intensive services of a day": hit(TOO_FEW, 128, line("90837"), line("G0177"), at=2, condition="92"),
    "not approved for partial hospitalization": hit(NOT_OF_THE_BILL, 80, *FULL, line("90845"), at=4, bill="0761"),
    "not approved for intensive services": hit(
        NOT_OF_THE_BILL, 132, *FULL, line("90845"), at=4, bill="0761", condition="92"
    ),
    "the editor's table is not loaded": Case(
        [line("90837", revenue_code="0915")], institutional(condition_codes=["41"]), unchecked="no_table"
    ),
}
MISSES = {
    "a full day, in 2023": of_2023("90837", "90837", "G0177"),
    "no service of a program, in 2023": of_2023("G0463"),
    "a hospital without a program, in 2023": of_2023("90837", condition=""),
    "a full day": on(*FULL),
    "a full day of one line": on(line("90837", units=3)),
    "a full intensive day": on(*FULL, condition="92"),
    "coded first, with mental health second": on(*FULL, first="G20", others=["F32.9"]),
    "another service of a hospital": on(*FULL, line("90845")),
    "an inpatient-only procedure beside a full day": on(line("22558", day="2024-07-16"), *FULL),
    "an ordinary bill": on(line("G0463"), condition="", first="I10"),
    "a day that is denied": on(line("22558"), line("90837"), first="I10"),
    "a critical access hospital": on(line("G0129"), condition="", bill="0851"),
}
test_hits, test_misses = rule_tests("FAC507", HITS, MISSES)
