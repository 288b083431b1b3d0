from claimcheck.policies import Policy
from claimcheck.rules.facility.revenue_alone import BUNDLED, EXCLUDED, NON_COVERED
from support.cases import Case, institutional, line, rule_tests


def on(revenue_code: str, code: str | None = None, bill_type: str = "0131", **fields: object) -> Case:
    return Case([line(code, revenue_code=revenue_code)], institutional(bill_type), **fields)


BILLS = [{"types": ["13"]}]
BY_THE_PROGRAM = Policy.load("default").replace(
    facility__revenue_alone={
        "excluded": ["0637"],
        "excluded_bills": BILLS,
        "excluded_with_procedure": True,
        "non_covered": ["0760"],
        "non_covered_bills": BILLS,
    }
)

HITS = {
    "self-administered drugs": on("0637", line=1, outcome=EXCLUDED, evidence={"revenue_code": "0637"}),
    "a step of cell therapy": on("0871", line=1, outcome=BUNDLED),
    "with a procedure code, by a policy that says so": on(
        "0637", "J1885", policy=BY_THE_PROGRAM, line=1, outcome=EXCLUDED
    ),
    "not covered, by a policy that says so": on("0760", policy=BY_THE_PROGRAM, line=1, outcome=NON_COVERED),
}
MISSES = {
    "with a procedure code": on("0637", "J1885"),
    "other codes": on("0636"),
    "text and program differ": on("0760"),
    "and of the other code": on("0990"),
    "covered with a procedure code": on("0760", "G0463", policy=BY_THE_PROGRAM),
    "inpatient": on("0637", bill_type="0111"),
    "inpatient cell therapy": on("0871", bill_type="0111"),
    "cell therapy on a bill that the policy does not name": on("0871", bill_type="0141"),
    "a payer's own list": on("0637", policy="facility_bcbs_north_dakota_2025"),
    "no revenue code": Case([line(None)], institutional()),
    "a professional claim": Case([line(None, revenue_code="0637")]),
}
test_hits, test_misses = rule_tests("FAC110", HITS, MISSES)
