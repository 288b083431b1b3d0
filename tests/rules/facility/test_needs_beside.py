from claimcheck.rules.facility.needs_beside import ALONE, BEFORE_APPROVAL, NO_SUCH_SERVICE, NOT_PAID_ALONE, PART_OF_IT
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("G0177", "N", "educational"),
        procedure_row("C1052", "H", "passthrough_device"),
        procedure_row("C2616", "U"),
        procedure_row("36430", "S", "blood_service"),
        procedure_row("P9016", "R", "blood_product"),
        procedure_row("15271", "T", "skin_substitute_sg_hi"),
        procedure_row("C5271", "T", "skin_substitute_sg_lo"),
        procedure_row("Q4101", "N", "skin_substitute_hi"),
        procedure_row("Q4102", "N", "skin_substitute_lo"),
        procedure_row("22551", "J1", "device_procedure"),
        procedure_row("22853", "N", "device_procedure bypass_e92_modifier"),
        procedure_row("C1776", "N", "device"),
        procedure_row("V2785", "F", "cornea_tissue_processing"),
        procedure_row("65730", "J1", "cornea_transplant"),
        procedure_row("J1234", "K"),
        procedure_row("J7192", "K", "bypass_e99"),
        procedure_row("C9088", "K1"),
        procedure_row("C9089", "K1", "non_covered"),
        procedure_row("15781", "T", "non_covered"),
        procedure_row("38240", "J1", "allogeneic_transplant"),
        procedure_row("45378", "T", "colorectal"),
        procedure_row("0308T", "J1", "device_dependent_procedure"),
        procedure_row("C1840", "N", "device"),
        procedure_row("77301", "S", "imrt"),
        procedure_row("77280", "S"),
        procedure_row("43227", "J1"),
        procedure_row("43255", "J1"),
        procedure_row("G0463", "V"),
        procedure_row("80053", "Q4"),
        procedure_row("70450", "Q3"),
        procedure_row("U0005", "A", "addon_covid_lab"),
        procedure_row("U0003", "A"),
    ],
    outpatient_pair=[
        list_row("0308T", kind="device", other="C1840", approved=""),
        list_row("77301", kind="imrt", other="77280", approved=""),
        list_row("C1052", kind="offset", other="43227", approved=""),
        list_row("C1052", kind="offset", other="43255", approved="2024-08-01"),
    ],
    outpatient_apc=[list_row("0000", status_indicator="")],
    outpatient_revenue=[list_row("0360", status_indicator="E1", flags="")],
)


def on(*lines: dict, bill: str = "0131", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    claim = institutional(bill, condition_codes=list(conditions))
    return Case([{"revenue_code": "0360", **one} for one in lines], claim, tables=TABLES, **fields)


def hit(outcome: object, edit: int, *lines: dict, at: int = 1, bill: str = "0131") -> Case:
    return on(*lines, bill=bill, line=at, outcome=outcome, evidence={"edit": edit})


ANOTHER_DAY = "2024-07-16"
WITHOUT_PAIRS = codes(outpatient_procedure=[procedure_row("0308T", "J1", "device_dependent_procedure")])
HITS = {
    "which device a procedure has is not loaded": Case(
        [line("0308T", revenue_code="0360")], institutional(), tables=WITHOUT_PAIRS, unchecked="no_table"
    ),
    "a pain relief drug that is denied": hit(ALONE, 99, line("C9089")),
    "a pain relief drug beside a procedure that is denied": hit(ALONE, 99, line("C9088"), line("15781")),
    "the add-on code of a test without the test": on(
        line("U0005", day="2023-06-30"), line=1, outcome=NOT_PAID_ALONE, evidence={"edit": 115}
    ),
    "the add-on code of a test of another day": on(
        line("U0005", day="2023-05-01"), line("U0003", day="2023-05-02"), line=1, outcome=NOT_PAID_ALONE
    ),
    "training alone": hit(ALONE, 35, line("G0177")),
    "training, and another service of another day": hit(ALONE, 35, line("G0177"), line("G0463", day=ANOTHER_DAY)),
    "a radiation source without a procedure": hit(ALONE, 38, line("C2616"), line("G0463")),
    "a transfusion without blood": hit(ALONE, 43, line("36430"), line("G0463")),
    "a skin substitute of high cost with a product of low": hit(ALONE, 87, line("15271"), line("Q4102")),
    "a skin substitute of low cost without a product": hit(ALONE, 87, line("C5271")),
    "its product on another day": hit(ALONE, 87, line("15271"), line("Q4101", day=ANOTHER_DAY)),
    "a device-intensive procedure without a device": hit(ALONE, 92, line("22551")),
    "CG on a procedure that it says nothing of": hit(ALONE, 92, line("22551", "CG")),
    "corneal tissue without a transplant": hit(NOT_PAID_ALONE, 93, line("V2785"), line("22551"), line("C1776")),
    "a device of pass-through status without its procedure": hit(
        ALONE, 98, line("C1052"), line("22551"), line("C1776")
    ),
    "a drug beside a laboratory test": hit(ALONE, 99, line("J1234"), line("80053")),
    "a transplant without the donor's line": hit(ALONE, 100, line("38240")),
    "a device before its approval for the procedure": hit(BEFORE_APPROVAL, 105, line("C1052"), line("43255")),
    "PT without a colorectal procedure": hit(NO_SUCH_SERVICE, 120, line("G0463", "PT"), line("45378", day=ANOTHER_DAY)),
    "part of the plan of radiation": hit(PART_OF_IT, 125, line("77301"), line("77280", day=ANOTHER_DAY), at=2),
    "a procedure without its own device": hit(ALONE, 135, line("0308T"), line("C1776")),
    "the editor's table is not loaded": Case(
        [line("36430", revenue_code="0391")], institutional(), unchecked="no_table"
    ),
}
MISSES = {
    "a drug beside a procedure that is denied": on(line("J1234"), line("15781")),
    "the add-on code of a test with the test": on(line("U0005", day="2023-05-01"), line("U0003", day="2023-05-01")),
    "the add-on code of a test, a day too late": on(line("U0005", day="2023-07-01")),
    "the add-on code of a test, a day too early": on(line("U0005", day="2020-12-31")),
    "training beside another service": on(line("G0177"), line("G0463")),
    "a radiation source with a procedure": on(line("C2616"), line("43227")),
    "a radiation source with imaging that is paid through its group": on(line("C2616"), line("70450")),
    "a transfusion with blood, on another day": on(line("36430"), line("P9016", day=ANOTHER_DAY)),
    "a skin substitute with its product": on(line("15271"), line("Q4101")),
    "a device-intensive procedure with a device": on(line("22551"), line("C1776")),
    "a procedure that was broken off": on(line("22551", "73")),
    "CG on a procedure that needs no device": on(line("22853", "CG")),
    "corneal tissue with a transplant": on(line("V2785"), line("65730")),
    "a device with its procedure": on(line("C1052"), line("43227")),
    "a drug with a visit of another day": on(line("J1234"), line("G0463", day=ANOTHER_DAY)),
    "a clotting factor": on(line("J7192"), line("80053")),
    "a transplant with the donor's line": on(line("38240"), line(None, revenue_code="0815")),
    "PT beside a colorectal procedure": on(line("G0463", "PT"), line("45378")),
    "a procedure with its own device": on(line("0308T"), line("C1840")),
    "a procedure with its own device, broken off": on(line("0308T", "52")),
    "part of a plan without the plan": on(line("77280")),
    "a laboratory's bill": on(line("J1234"), line("80053"), bill="0141"),
    "condition code 41": on(line("V2785"), conditions=["41"]),
    "at a critical access hospital, beside a physician": on(
        line("15271"), line("G0463", revenue_code="0981"), bill="0851"
    ),
}
test_hits, test_misses = rule_tests("FAC503", HITS, MISSES)
