from claimcheck.rules.facility.blood_billing import WRONG
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, procedure_row

TABLES = codes(
    outpatient_procedure=[procedure_row("P9016", "R", "blood_product"), procedure_row("36430", "S", "blood_service")]
)
SERVICE = line("36430", revenue_code="0391")


def blood(revenue_code: str, *modifiers: str, code: str = "P9016", **fields: object) -> dict:
    return line(code, *modifiers, revenue_code=revenue_code, **fields)


def on(*lines: dict, bill: str = "0131", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    return Case([*lines, SERVICE], institutional(bill, condition_codes=list(conditions)), tables=TABLES, **fields)


HITS = {
    "blood without its processing": on(blood("0381", "BL"), line=1, outcome=WRONG, evidence={"edit": 73}),
    "processing with BL, without the blood": on(blood("0390", "BL"), line=1, outcome=WRONG),
    "BL on the blood alone": on(blood("0381", "BL"), blood("0390"), line=1, outcome=WRONG),
    "BL on the blood alone, its processing": on(blood("0381", "BL"), blood("0390"), line=2, outcome=WRONG),
    "BL on the processing alone": on(blood("0381"), blood("0390", "BL"), line=1, outcome=WRONG),
    "no BL": on(blood("0381"), blood("0390"), line=2, outcome=WRONG),
    "units that differ": on(blood("0381", "BL", units=2), blood("0390", "BL"), line=1, outcome=WRONG),
    "another revenue code": on(blood("0250"), line=1, outcome=WRONG),
    "its processing on another day": on(
        blood("0381", "BL"), blood("0390", "BL", day="2024-07-16"), line=1, outcome=WRONG
    ),
    "the editor's table is not loaded": Case([blood("0381")], institutional(), unchecked="no_table"),
}
MISSES = {
    "blood that was bought": on(blood("0381", "BL"), blood("0390", "BL")),
    "processing of blood that was given": on(blood("0390")),
    "units on several lines": on(blood("0381", "BL", units=2), blood("0390", "BL"), blood("0390", "BL")),
    "no blood": on(),
    "condition code 41": on(blood("0381"), conditions=["41"]),
    "a critical access hospital": on(blood("0381"), bill="0851"),
}
test_hits, test_misses = rule_tests("FAC509", HITS, MISSES)
