from claimcheck.rules.facility.questionable_admission import DELIVERY, QUESTIONABLE
from rules.facility.stays import editor, stay
from support.cases import rule_tests

EDITOR = editor(
    {"E669": "questionable_admission", "Z370": "delivery_outcome unacceptable_pdx"},
    {"10E0XZZ": "delivery", "10D00Z1": "delivery"},
)

HITS = {
    "a principal diagnosis": stay("E66.9", tables=EDITOR, outcome=QUESTIONABLE, evidence={"code": "E66.9"}),
    "a delivery without an outcome": stay(
        "O80", procedures=("10E0XZZ",), tables=EDITOR, outcome=DELIVERY, evidence={"code": "10E0XZZ"}
    ),
    "an outcome as the principal diagnosis": stay("Z37.0", procedures=("10E0XZZ",), tables=EDITOR, outcome=DELIVERY),
    "by the starter list": stay("E66.9", outcome=QUESTIONABLE),
    "no list of the day": stay("E66.9", day="2028-01-01", unchecked="stale"),
    "no list of procedures": stay("O80", procedures=("10E0XZZ",), day="2028-01-01", unchecked="stale"),
}
MISSES = {
    "a secondary diagnosis": stay("I21.9", "E66.9", tables=EDITOR),
    "a delivery with its outcome": stay("O80", "Z37.0", procedures=("10E0XZZ",), tables=EDITOR),
    "another procedure": stay("O80", procedures=("0DTJ4ZZ",), tables=EDITOR),
    "a bill of a nursing facility": stay("E66.9", bill_type="0211", tables=EDITOR),
    "an outpatient": stay("E66.9", bill_type="0131", tables=EDITOR),
}
test_hits, test_misses = rule_tests("FAC601", HITS, MISSES)
