from claimcheck.rules.facility.observation import ANOTHER_BILL, NOT_OBSERVATION
from support.cases import Case, institutional, line, rule_tests


def on(code: str | None, bill_type: str = "0131", revenue_code: str = "0762", **fields: object) -> Case:
    conditions = fields.pop("conditions", ())
    return Case(
        [line(code, revenue_code=revenue_code)], institutional(bill_type, condition_codes=list(conditions)), **fields
    )


HITS = {
    "another service under the observation revenue code": on("99285", line=1, outcome=NOT_OBSERVATION),
    "at a critical access hospital": on("99285", "0851", line=1, outcome=NOT_OBSERVATION),
    "a physician's code for observation": on("99236", line=1, outcome=NOT_OBSERVATION),
    "hours on another bill": on("G0378", "0741", line=1, outcome=ANOTHER_BILL),
    "a direct referral on another bill": on("G0379", "0121", "0510", line=1, outcome=ANOTHER_BILL),
    "hours on a 13x bill of condition code 89": on("G0378", conditions=["89"], line=1, outcome=ANOTHER_BILL),
}
MISSES = {
    "hours": on("G0378"),
    "a direct referral": on("G0379"),
    "no code": on(None),
    "another revenue code": on("99285", revenue_code="0450"),
    "a 12x bill": on("99285", "0121"),
    "hours at a critical access hospital": on("G0378", "0851"),
    "an inpatient bill": on("G0378", "0111"),
    "a professional claim": Case([line("99285", revenue_code="0762")]),
}
test_hits, test_misses = rule_tests("FAC202", HITS, MISSES)
