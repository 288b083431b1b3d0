from claimcheck.rules.facility.discontinued import BOTH_SIDES, TOO_MANY
from support.cases import Case, institutional, line, rule_tests
from support.made_tables import bilateral


def on(*modifiers: str, bill_type: str = "0131", units: object = 1, **fields: object) -> Case:
    return Case([line("20610", *modifiers, revenue_code="0360", units=units)], institutional(bill_type), **fields)


HITS = {
    "broken off, of both sides": on("73", "50", line=1, outcome=BOTH_SIDES, evidence={"modifier": "73"}),
    "reduced, of both sides, two units": on("52", "50", units=2, line=1, outcome=BOTH_SIDES),
    "broken off, two units": on("73", units=2, line=1, outcome=TOO_MANY, evidence={"units": "2"}),
    "reduced, two units, at a critical access hospital": on("52", units=2, bill_type="0851", line=1, outcome=TOO_MANY),
}
MISSES = {
    "a procedure of no sides": Case(
        [line("80053", "52", "50", revenue_code="0301")], institutional(), tables=bilateral(_80053="9")
    ),
    "one unit": on("73"),
    "broken off after anesthesia": on("74", units=2),
    "both sides": on("50"),
    "units that cannot be read": on("73", units="two"),
    "units that are missing": on("73", units=None),
    "a bill that the policy does not name": on("73", units=2, bill_type="0741"),
    "a professional claim": Case([line("20610", "52", units=2)]),
    "no procedure code": Case([line(None, "73", units=2, revenue_code="0360")], institutional()),
}
test_hits, test_misses = rule_tests("FAC208", HITS, MISSES)
