from claimcheck.rules.facility.stay_member import AGE, SEX
from rules.facility.stays import stay
from support.cases import rule_tests

HITS = {
    "over 124": stay("I21.9", of_claim={"birth_date": "1899-07-15"}, outcome=AGE, evidence={"expected": 124}),
    "unknown, until the editor took it": stay("I21.9", of_claim={"sex": "U"}, day="2024-09-30", outcome=SEX),
    "none that is assigned": stay("I21.9", of_claim={"sex": "X"}, day="2024-10-01", outcome=SEX),
}
MISSES = {
    "at 124 at admission": stay("I21.9", of_claim={"birth_date": "1899-07-12", "admission_date": "2024-07-10"}),
    "at 124": stay("I21.9", of_claim={"birth_date": "1899-07-16"}),
    "unknown, since": stay("I21.9", of_claim={"sex": "U"}, day="2024-10-01"),
    "a woman": stay("I21.9", of_claim={"sex": "F", "birth_date": "1960-01-01"}),
    "missing": stay("I21.9"),
    "a bill of a nursing facility": stay("I21.9", bill_type="0211", of_claim={"sex": "U"}),
    "an outpatient": stay("I21.9", bill_type="0131", of_claim={"sex": "U", "birth_date": "1890-01-01"}),
}
test_hits, test_misses = rule_tests("FAC608", HITS, MISSES)
