from claimcheck.policies import Policy
from claimcheck.rules.facility.bilateral_units import TOO_MANY, UNLIKELY
from support.cases import Case, institutional, line, rule_tests
from support.made_tables import bilateral


def on(*modifiers: str, bill_type: str = "0131", units: object = 2, **fields: object) -> Case:
    return Case([line("20610", *modifiers, revenue_code="0360", units=units)], institutional(bill_type), **fields)


HITS = {
    "two units": on("50", line=1, outcome=TOO_MANY, evidence={"units": "2"}),
    "a procedure that the schedule is silent on": Case(
        [line("29580", "50", units=2, revenue_code="0361")], institutional(), line=1, outcome=TOO_MANY
    ),
    "beside other modifiers": on("XS", "50", line=1, outcome=TOO_MANY),
    "on a professional line": Case([line("20610", "50", units=2)], line=1, outcome=UNLIKELY),
    "at a critical access hospital": on("50", bill_type="0851", line=1, outcome=TOO_MANY),
}
MISSES = {
    "a procedure of both sides by itself": Case(
        [line("31231", "50", units=2, revenue_code="0361")], institutional(), tables=bilateral(_31231="2")
    ),
    "a code that is not on the schedule": Case([line("L2999", "50", units=2)], tables=bilateral(_80053="9")),
    "a procedure of no sides": Case([line("80053", "50", units=2)], tables=bilateral(_80053="9")),
    "one unit": on("50", units=1),
    "no modifier 50": on("RT"),
    "units that cannot be read": on("50", units="two"),
    "units that are missing": on("50", units=None),
    "a bill that the policy does not name": on("50", bill_type="0741"),
    "a professional line, by a policy that does not say so": Case(
        [line("20610", "50", units=2)], policy=Policy.load("default").replace(facility__bilateral={"bills": []})
    ),
    "no procedure code": Case([line(None, "50", units=2, revenue_code="0360")], institutional()),
}
test_hits, test_misses = rule_tests("FAC203", HITS, MISSES)
