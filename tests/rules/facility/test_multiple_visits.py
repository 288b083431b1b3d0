from claimcheck.rules.facility.multiple_visits import NEEDS_CONDITION
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row
from support.made_tables import opps

OPPS = opps(G0463="V", G0378="N", _11042="T", _96374="S", _99284="J2", _27447="J1", _36415="Q4")
GROUPS = codes(
    outpatient_procedure=[
        procedure_row("D0150", "Q1", apc="5871"),
        procedure_row("96374", "S"),
        procedure_row("20670", "Q2", apc="5073"),
        procedure_row("36252", "Q2", apc="5072"),
    ],
    outpatient_apc=[
        list_row("5871", status_indicator="V", flags="payment_60000"),
        list_row("5072", status_indicator="T", flags="payment_15000"),
        list_row("5073", status_indicator="T", flags="payment_250000"),
    ],
)


def day(*lines: dict, bill_type: str = "0131", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    claim = institutional(bill_type, condition_codes=list(conditions))
    return Case([{"revenue_code": "0510", **one} for one in lines], claim, **{"tables": OPPS, **fields})


HITS = {
    "two visits": day(line("G0463"), line("99284"), line=2, outcome=NEEDS_CONDITION, evidence={"visits": "2"}),
    "two units": day(line("G0463", units=2), line=1, outcome=NEEDS_CONDITION),
    "a visit that another edit denied": day(line("G0463", "CT", "FX"), line("99284"), line=2, outcome=NEEDS_CONDITION),
    "25 does not help": day(line("G0463"), line("99284", "25"), line=1, outcome=NEEDS_CONDITION),
    # Medicare Claims Processing Manual, chapter 4, section 10.4: Q1 is paid by its group, here that of a visit
    "a service that nothing packages": day(
        line("D0150", units=2), line=1, outcome=NEEDS_CONDITION, tables=GROUPS, evidence={"visits": "2"}
    ),
    "a service that is paid before surgery of a lower rate": day(
        line("36252"), line("D0150", units=2), line=2, outcome=NEEDS_CONDITION, tables=GROUPS
    ),
    # Medicare Claims Processing Manual, chapter 4, section 290.5.3
    "too few hours of observation pay for nothing": day(
        line("G0463", units=2), line("G0378", units=6), line=1, outcome=NEEDS_CONDITION
    ),
    "observation with surgery": day(
        line("99284", units=2), line("G0378", units=8), line("11042"), line=1, outcome=NEEDS_CONDITION
    ),
    "status indicators that are not loaded": Case(
        [line("G0463", units=2, revenue_code="0510")], institutional(), unchecked="no_table"
    ),
}
MISSES = {
    "condition code G0": day(line("G0463"), line("99284"), conditions=["G0"]),
    "one visit": day(line("G0463")),
    "other services": day(line("36415"), line("36415", "91"), line("G0463")),
    "different revenue codes": day(line("G0463"), line("99284", revenue_code="0450")),
    "a service that a procedure packages": day(line("D0150", units=2), line("96374"), tables=GROUPS),
    "a service before which surgery is paid": day(line("D0150", units=2), line("20670"), tables=GROUPS),
    "a service that an earlier one packages": day(line("D0150"), line("D0150"), tables=GROUPS),
    "different days": day(line("G0463"), line("99284", day="2024-07-16")),
    "a visit without a revenue code": day(line("G0463", revenue_code=None), line("99284", revenue_code=None)),
    "units that are missing": day(line("G0463", units=None), line("99284")),
    "observation pays for all": day(line("99284", units=2), line("G0378", units=8)),
    "a comprehensive service pays for all": day(line("G0463", units=2), line("27447")),
    "a bill that the policy does not name": day(line("G0463", units=2), bill_type="0121"),
    "a Category II line, where no table is loaded": Case(
        [line("G0463", revenue_code="0510"), line("3044F", revenue_code="0510")], institutional()
    ),
    "a professional claim": Case([line("G0463", units=2)], tables=OPPS),
}
test_hits, test_misses = rule_tests("FAC205", HITS, MISSES)
