from claimcheck.rules.facility.home_health_opps import (
    ALONE,
    NO_DISCOUNT,
    NON_COVERED,
    NOT_RECOGNISED,
    OTHER_CODE,
    TOO_MANY,
    TOO_MANY_UNITS,
)
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("29405", "T", "cast"),
        procedure_row("G0008", "S", "vaccine"),
        procedure_row("99215", "B", "not_recognized_opps"),
        procedure_row("G0506", "E1", "not_recognized_mcare"),
        procedure_row("64488", "T", "bilateral_inherent"),
        procedure_row("20610", "T", "bilateral_conditional"),
        procedure_row("97110", "A"),
        procedure_row("36440", "S", "blood_service"),
        procedure_row("P9016", "R", "blood_product"),
        procedure_row("J1448", "G"),
        procedure_row("0250T", "E2"),
        procedure_row("0537T", "B", "bundled_in_biological not_recognized_opps"),
    ]
)
CAST, VACCINE = line("29405", revenue_code="0700"), line("G0008", revenue_code="0771")
HOSPICE = {"bill": "0321", "conditions": ["07"]}


def on(*lines: dict, bill: str = "0341", conditions: list[str] | None = None, **fields: object) -> Case:
    claim = institutional(bill, condition_codes=conditions or [])
    return Case([{"revenue_code": "0420", **one} for one in lines], claim, tables=TABLES, **fields)


def hit(outcome: object, edit: int, *lines: dict, at: int = 2, **fields: object) -> Case:
    return on(*lines, line=at, outcome=outcome, evidence={"edit": edit}, **fields)


HITS = {
    "what OPPS does not recognize, beside a cast": hit(NOT_RECOGNISED, 62, CAST, line("99215")),
    "beside a vaccination of another day": hit(NOT_RECOGNISED, 62, line("G0008", day="2024-07-16"), line("99215")),
    "what Medicare does not recognize": hit(OTHER_CODE, 28, VACCINE, line("G0506")),
    "inherently bilateral, two units": hit(TOO_MANY, 17, CAST, line("64488", units=2)),
    "inherently bilateral, two lines": hit(TOO_MANY, 17, CAST, line("64488"), line("64488"), at=3),
    "two units of both sides": hit(TOO_MANY_UNITS, 74, CAST, line("20610", "50", units=2)),
    "a transfusion without a blood product": hit(ALONE, 43, CAST, line("36440")),
    "a pass-through drug of a discount": hit(NO_DISCOUNT, 122, CAST, line("J1448", "JG")),
    "beside a hospice patient's cast": hit(NOT_RECOGNISED, 62, CAST, line("99215"), **HOSPICE),
    "what has no price, beside a hospice patient's cast": hit(NON_COVERED, 13, CAST, line("0250T"), **HOSPICE),
    "two units of both sides, in a nursing facility": hit(
        TOO_MANY_UNITS, 74, CAST, line("20610", "50", units=2), **(HOSPICE | {"bill": "0221"})
    ),
    "the editor's table is not loaded": Case([CAST], institutional("0341"), unchecked="no_table"),
}
MISSES = {
    "without what OPPS pays": on(line("97110"), line("99215")),
    "inherently bilateral, repeated": on(CAST, line("64488"), line("64488", "76")),
    "inherently bilateral, on two days": on(CAST, line("64488"), line("64488", day="2024-07-16")),
    "one unit of both sides": on(CAST, line("20610", "50")),
    "what OPPS pays": on(CAST, line("97110")),
    "another bill": on(CAST, line("99215"), bill="0131"),
    "under a plan of care": on(CAST, line("99215"), bill="0321"),
    "what OPPS does not recognize, in a nursing facility": on(CAST, line("99215"), **(HOSPICE | {"bill": "0221"})),
    "a hospice patient's vaccination": on(VACCINE, line("99215"), **HOSPICE),
    "a transfusion with a blood product": on(CAST, line("36440"), line("P9016")),
    "what has no price, beside a cast at home": on(CAST, line("0250T")),
    "what is part of a biological": on(CAST, line("0537T")),  # which edit 111 rejects
    "a professional claim": Case([CAST, line("99215")], tables=TABLES),
}
test_hits, test_misses = rule_tests("FAC515", HITS, MISSES)
