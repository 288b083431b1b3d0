from claimcheck.rules.facility.visit_with_procedure import NEEDS_MODIFIER
from claimcheck.tables.rows import FeeScheduleRow, OppsRow
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row, procedure_row
from support.made_tables import opps

OPPS = opps(
    G0463="V",
    G0379="J2",
    _99284="J2",
    _99291="J2",
    _11042="T",
    _76705="S",
    _27447="J1",
    G0378="N",
    _36415="Q4",
    _93005="Q1",
    _70450="Q3",
    _99283="J2",
    _96374="S",
    _17003="S",
    _71046="Q3",
    _0518T="Q2",
    _20670="Q2",
)
GROUPS = codes(
    outpatient_procedure=[
        procedure_row("99284", "J2"),
        procedure_row("G0379", "J2"),
        procedure_row("G0378", "N"),
        procedure_row("96374", "S"),
        procedure_row("75710", "Q2", apc="5183"),
        procedure_row("43887", "Q2", apc="5054"),
    ],
    outpatient_apc=[
        list_row("5183", status_indicator="J1", flags=""),
        list_row("5054", status_indicator="T", flags=""),
    ],
)
#: Of a visit whose second unit edit 17 rejects.
BOTH_SIDES = codes(
    opps=[OppsRow("92002", "V", ""), OppsRow("11042", "T", ""), OppsRow("92518", "S", ""), OppsRow("G0463", "V", "")],
    fee_schedule=[FeeScheduleRow(code, "", "A", "000", "1.0", "1.0", "2", "0") for code in ("92002", "92518")],
)


def day(*lines: dict, bill_type: str = "0131", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    claim = institutional(bill_type, condition_codes=list(conditions))
    return Case([{"revenue_code": "0510", **one} for one in lines], claim, **{"tables": OPPS, **fields})


HITS = {
    "a visit of one unit": day(line("92002"), line("11042"), line=1, outcome=NEEDS_MODIFIER, tables=BOTH_SIDES),
    "a procedure that only surgery packages": day(line("G0463"), line("0518T"), line=1, outcome=NEEDS_MODIFIER),
    "a visit with a procedure": day(
        line("G0463"), line("11042"), line=1, outcome=NEEDS_MODIFIER, evidence={"procedure": "11042"}
    ),
    "a significant procedure": day(line("76705"), line("G0463"), line=2, outcome=NEEDS_MODIFIER),
    "an emergency visit": day(line("99284"), line("11042"), line=1, outcome=NEEDS_MODIFIER),
    "25 on the procedure does not help": day(line("G0463"), line("11042", "25"), line=1, outcome=NEEDS_MODIFIER),
    "27 does not help": day(line("G0463", "27"), line("11042"), line=1, outcome=NEEDS_MODIFIER),
    "at a critical access hospital": day(
        line("G0463"), line("11042"), bill_type="0851", line=1, outcome=NEEDS_MODIFIER
    ),
    "a critical access hospital is not paid by comprehensive groups": day(
        line("G0463"), line("11042"), line("27447"), bill_type="0851", line=1, outcome=NEEDS_MODIFIER
    ),
    "critical care at a critical access hospital": day(
        line("99291"), line("11042"), bill_type="0851", line=1, outcome=NEEDS_MODIFIER
    ),
    "a procedure that is denied for what is no edit": day(
        line("G0463"), line("11042", "P1"), line=1, outcome=NEEDS_MODIFIER
    ),
    "a procedure that is returned": day(line("G0463"), line("11042", "ZZ?"), line=1, outcome=NEEDS_MODIFIER),
    # Q3 is paid through its group, of status S (CMS, OPPS Addendum A and M)
    "imaging of a composite group": day(line("99283"), line("70450"), line=1, outcome=NEEDS_MODIFIER),
    "imaging beside a clinic visit": day(line("G0463"), line("71046"), line=1, outcome=NEEDS_MODIFIER),
    "critical care is a procedure": day(line("99291"), line("G0463"), line=2, outcome=NEEDS_MODIFIER),
    # Medicare Claims Processing Manual, chapter 4, section 290.5.3: eight hours, a visit, and no surgery
    "too few hours of observation pay for nothing": day(
        line("G0378", units=6), line("99284"), line("96374"), line=2, outcome=NEEDS_MODIFIER
    ),
    "observation with what is paid as surgery, there being no other": day(
        line("G0378", units=8), line("99284"), line("0518T"), line=2, outcome=NEEDS_MODIFIER
    ),
    "observation with surgery": day(
        line("G0378", units=8), line("99284"), line("11042"), line=2, outcome=NEEDS_MODIFIER
    ),
    "observation with surgery of another day": day(
        *(line("G0378", units=8), line("99284"), line("96374"), line("11042", day="2024-07-17")),
        line=2,
        outcome=NEEDS_MODIFIER,
    ),
    "a visit two days before observation": day(
        line("99284", day="2024-07-13"),
        line("96374", day="2024-07-13"),
        line("G0378", units=8),
        line=1,
        outcome=NEEDS_MODIFIER,
    ),
    "a direct referral at a critical access hospital": day(
        *(line("G0378", units=8), line("G0379"), line("96374")), bill_type="0851", line=2, outcome=NEEDS_MODIFIER
    ),
    "a direct referral that is paid": day(
        line("G0378", units=2), line("G0379"), line("96374"), line=2, outcome=NEEDS_MODIFIER
    ),
    "status indicators that are not loaded": Case(
        [line("G0463", revenue_code="0510"), line("11042", revenue_code="0361")],
        institutional(),
        unchecked="no_table",
    ),
}
MISSES = {
    # CMS, Integrated Outpatient Code Editor, edit 17: the line is rejected, and is neither a visit nor a procedure
    "a visit that is rejected as a second unit": day(line("92002", units=2), line("11042"), tables=BOTH_SIDES),
    "beside a procedure that is rejected as a second unit": day(
        line("92518", units=3), line("G0463"), bill_type="0851", tables=BOTH_SIDES
    ),
    "what a comprehensive group pays, nothing packaging it": day(
        line("99284"), line("96374"), line("75710"), tables=GROUPS
    ),
    "a direct referral beside what is paid as surgery": day(
        line("G0379"), line("G0378", units=8), line("43887"), tables=GROUPS
    ),
    "a procedure that surgery of another day packages": day(
        line("G0463"), line("0518T"), line("11042", day="2024-07-16")
    ),
    "of two that only surgery packages the one of another day is paid": day(
        line("20670", day="2024-07-14"), line("G0463"), line("0518T")
    ),
    "modifier 25 on the visit": day(line("G0463", "25"), line("11042")),
    "another day": day(line("G0463"), line("11042", day="2024-07-16")),
    "no visit": day(line("76705"), line("11042")),
    "no procedure": day(line("G0463"), line("36415")),
    "a conditionally packaged procedure": day(line("G0463"), line("93005")),
    "critical care is no visit": day(line("99291"), line("11042")),
    "an add-on code that is denied is no procedure": day(
        line("99283"), line("17003", revenue_code="0361"), bill_type="0851"
    ),
    "a comprehensive service pays for all": day(line("G0463"), line("11042"), line("27447")),
    "a comprehensive service of another day": day(line("G0463"), line("11042"), line("27447", day="2024-07-16")),
    "observation pays for all": day(line("99284"), line("96374"), line("G0378", units=8)),
    "observation after a visit of the day before": day(
        line("99284"), line("96374"), line("G0378", units=24, day="2024-07-16")
    ),
    "a direct referral without hours, at a critical access hospital": day(
        line("G0379"), line("96374"), bill_type="0851"
    ),
    "a direct referral without hours is packaged": day(line("G0379"), line("96374")),
    "a direct referral beside surgery is packaged": day(line("G0378", units=2), line("G0379"), line("11042")),
    "an imaging code that a comprehensive service pays for": day(line("G0463"), line("70450"), line("27447")),
    "a visit that is column two of a pair": Case(
        [line("20610", revenue_code="0361"), line("99211", revenue_code="0510"), line("96372", revenue_code="0510")],
        institutional(),
        tables=OPPS,
    ),
    "a procedure that the editor denies and returns": day(
        line("G0463"), line("17003", revenue_code="0762"), bill_type="0851"
    ),
    "a code that Addendum B cannot list": day(line("G0463"), line("D0120")),
    "condition code 41": day(line("G0463"), line("11042"), conditions=["41"]),
    "a bill that the policy does not name": day(line("G0463"), line("11042"), bill_type="0141"),
    "a Category II line, where no table is loaded": Case(
        [line("G0463", revenue_code="0510"), line("3044F", revenue_code="0510")], institutional()
    ),
    "a professional claim": Case([line("G0463"), line("11042")], tables=OPPS),
    "one line": day(line("G0463")),
}
test_hits, test_misses = rule_tests("FAC204", HITS, MISSES)
