from claimcheck.rules.facility.direct_referral import WITHOUT_HOURS
from support.cases import Case, institutional, line, rule_tests


def day(*lines: dict, bill_type: str = "0131", **fields: object) -> Case:
    return Case([{"revenue_code": "0762", **one} for one in lines], institutional(bill_type), **fields)


HITS = {
    "no hours": day(line("G0379"), line=1, outcome=WITHOUT_HOURS),
    "hours of another day": day(line("G0379"), line("G0378", day="2024-07-16"), line=1, outcome=WITHOUT_HOURS),
    "at a critical access hospital": day(line("G0379"), bill_type="0851", line=1, outcome=WITHOUT_HOURS),
    "a line without a day": day(line("G0379", day=None), unchecked="no_service_date"),
}
MISSES = {
    "hours of the day": day(line("G0379"), line("G0378", units=8)),
    "hours alone": day(line("G0378", units=8)),
    "a bill that the policy does not name": day(line("G0379"), bill_type="0741"),
    "a bill on which it does not belong": day(line("G0379"), bill_type="0121"),
    "a professional claim": Case([line("G0379")]),
}
test_hits, test_misses = rule_tests("FAC206", HITS, MISSES)
