from claimcheck.rules.facility.drug_at_token_charge import DRUG_AT_TOKEN
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("J9271", "K"),
        procedure_row("J9999", "G"),
        procedure_row("J1885", "N"),
        procedure_row("29881", "J1"),
        procedure_row("G0463", "V"),
        procedure_row("22558", "C"),
    ],
    outpatient_revenue=[list_row("0636", status_indicator="E1", flags="")],
)
VISIT, SURGERY = line("G0463", revenue_code="0510"), line("29881", revenue_code="0360")


def on(*lines: dict, bill: str = "0131", day: str = "2024-07-15", **fields: object) -> Case:
    given = [{"revenue_code": "0636", **one, "service_date": day} for one in lines]
    claim = institutional(bill, condition_codes=fields.pop("conditions", []))
    return Case(given, claim, tables=TABLES, **fields)


def drug(charge: str = "0.01", code: str = "J9271") -> dict:
    return line(code, revenue_code="0636", charge=charge)


HITS = {
    "beside a visit": on(drug(), VISIT, line=1, outcome=DRUG_AT_TOKEN, evidence={"edit": 117, "status_indicator": "K"}),
    "a dollar": on(drug("1.00"), VISIT, line=1, outcome=DRUG_AT_TOKEN),
    "of pass-through status, which no comprehensive service pays for": on(
        drug(code="J9999"), SURGERY, line=1, outcome=DRUG_AT_TOKEN, evidence={"status_indicator": "G"}
    ),
    "beside surgery on a mental health program's bill, which is paid by no comprehensive service": on(
        drug(), SURGERY, conditions=["41"], line=1, outcome=DRUG_AT_TOKEN
    ),
    "the editor's table is not loaded": Case([drug()], institutional(), unchecked="no_table"),
}
MISSES = {
    "paid for by a comprehensive service: its final status indicator is N": on(drug(), SURGERY),
    "a cent more than the token": on(drug("1.01"), VISIT),
    "nothing": on(drug("0.00"), VISIT),
    "packaged in any case": on(drug(code="J1885"), VISIT),
    "on the last day before the edit": on(drug(), VISIT, day="2021-06-30"),
    "a laboratory's bill": on(drug(), VISIT, bill="0141"),
    "a critical access hospital": on(drug(), VISIT, bill="0851"),
    "a professional claim": Case([drug()], tables=TABLES),
}
test_hits, test_misses = rule_tests("FAC514", HITS, MISSES)
