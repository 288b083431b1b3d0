from claimcheck.rules.facility.inherently_bilateral import TOO_MANY
from claimcheck.tables.rows import FeeScheduleRow, OppsRow
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes
from support.made_tables import bilateral

TABLES = bilateral(_31231="2", _20610="1", _92250="2", _92002="2")
VISITS = codes(
    fee_schedule=[FeeScheduleRow(code, "", "A", "000", "1.0", "1.0", "2", "0") for code in ("31231", "92002")],
    opps=[OppsRow("92002", "V", "5012"), OppsRow("31231", "T", "5153")],
)


def on(*lines: dict, bill_type: str = "0131", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    claim = institutional(bill_type, condition_codes=list(conditions))
    return Case([{"revenue_code": "0361", **one} for one in lines], claim, tables=TABLES, **fields)


HITS = {
    "two units": on(line("31231", units=2), line=1, outcome=TOO_MANY, evidence={"units": "2"}),
    "two lines": on(line("31231", "LT"), line("31231", "RT"), line=2, outcome=TOO_MANY),
    "the first of two lines": on(line("31231"), line("31231", "59"), line=1, outcome=TOO_MANY),
    "at a critical access hospital": on(line("31231", units=2), bill_type="0851", line=1, outcome=TOO_MANY),
    "a physician's line beside two units of a critical access hospital": on(
        line("31231", units=2), line("31231", "26", revenue_code="0975"), bill_type="0851", line=2, outcome=TOO_MANY
    ),
    "condition code G0 says nothing of a procedure": Case(
        [line("31231", units=2, revenue_code="0361")],
        institutional(condition_codes=["G0"]),
        tables=VISITS,
        line=1,
        outcome=TOO_MANY,
    ),
    "whether it is a visit is not known": on(line("92002", units=2), conditions=["G0"], unchecked="no_table"),
    "a schedule that does not hold the code": Case(
        [line("31231", units=2, revenue_code="0361")], institutional(), unchecked="starter_table"
    ),
}
MISSES = {
    "one unit": on(line("31231")),
    "another day": on(line("31231"), line("31231", day="2024-07-16")),
    "done again": on(line("31231"), line("31231", "76")),
    "a procedure of one side": on(line("20610", units=2)),
    "a code that is not on the schedule": on(line("99999", units=2)),
    "a physician's line beside a critical access hospital's": on(
        line("31231"), line("31231", "26", revenue_code="0975"), bill_type="0851"
    ),
    "visits of which condition code G0 says that there were several": Case(
        [line("92002", units=2, revenue_code="0510")], institutional(condition_codes=["G0"]), tables=VISITS
    ),
    "two codes": on(line("31231"), line("92250")),
    "a Category II line": on(line("3044F", units=2)),
    "condition code 89": on(line("31231", units=2), conditions=["89"]),
    "a bill that the policy does not name": on(line("31231", units=2), bill_type="0741"),
    "a professional claim": Case([line("31231", units=2)], tables=TABLES),
}
test_hits, test_misses = rule_tests("FAC210", HITS, MISSES)
