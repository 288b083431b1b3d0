from claimcheck.rules.facility.wrong_procedure import WRONG
from rules.facility.stays import editor, stay
from support.cases import rule_tests

EDITOR = editor({"Y6551": "wrong_procedure"})

HITS = {
    "a secondary diagnosis": stay("K35.80", "Y65.51", tables=EDITOR, outcome=WRONG, evidence={"code": "Y65.51"}),
    "an external cause": stay("K35.80", {"code": "Y65.51", "role": "external_cause"}, tables=EDITOR, outcome=WRONG),
    "by the starter list": stay("K35.80", "Y65.51", outcome=WRONG),
    "no list of the day": stay("K35.80", "Y65.51", day="2028-01-01", unchecked="stale"),
}
MISSES = {
    "another external cause": stay("K35.80", "W19.XXXA", tables=EDITOR),
    "a bill for no payment": stay("K35.80", "Y65.51", bill_type="0110", tables=EDITOR),
    "an outpatient": stay("K35.80", "Y65.51", bill_type="0131", tables=EDITOR),
}
test_hits, test_misses = rule_tests("FAC604", HITS, MISSES)
