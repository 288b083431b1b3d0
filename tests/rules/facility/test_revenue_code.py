from claimcheck.policies import Policy
from claimcheck.rules.facility.revenue_code import PADDED, UNUSABLE
from support.cases import Case, institutional, line, rule_tests

OPEN = Policy.load("default").replace(facility__revenue_codes={"bills": [{"types": ["13"]}], "valid": []})


def on(revenue_code: object) -> list[dict]:
    return [line("99283", revenue_code=revenue_code)]


HITS = {
    "missing": Case(on(None), institutional(), line=1, outcome=UNUSABLE),
    "missing on an inpatient bill": Case(on(None), institutional("0111"), line=1, outcome=UNUSABLE),
    "malformed": Case(on("045X"), institutional(), line=1, outcome=UNUSABLE, evidence={"pattern": "text of 4: 999A"}),
    "not even text": Case(on(4.5), institutional(), line=1, outcome=UNUSABLE),
    "reserved": Case(on("0010"), institutional("0111"), line=1, outcome=UNUSABLE),
    "unknown": Case(on("0458"), institutional(), line=1, outcome=UNUSABLE, evidence={"revenue_code": "0458"}),
    "0892 before 2020-04-01": Case(on("0892"), institutional(received_date="2020-03-31"), line=1, outcome=UNUSABLE),
    "by the last day of the statement, where receipt is not known": Case(
        on("0892"),
        institutional(statement_from="2020-03-01", statement_through="2020-03-31"),
        line=1,
        outcome=UNUSABLE,
    ),
    "three digits": Case(on("450"), institutional(), line=1, outcome=PADDED, evidence={"revenue_code": "0450"}),
}
MISSES = {
    "known": Case(on("0450"), institutional()),
    "0892 from 2020-04-01": Case(on("0892"), institutional(received_date="2020-04-01")),
    "unknown to the editor, on an inpatient bill": Case(on("0458"), institutional("0111")),
    "a payer that keeps no list": Case(on("0458"), institutional(), policy=OPEN),
    "a professional claim": Case(on("45X")),
    "a claim that does not say its type": Case(on("45X"), {"claim_type": None}),
}
test_hits, test_misses = rule_tests("FAC102", HITS, MISSES)
