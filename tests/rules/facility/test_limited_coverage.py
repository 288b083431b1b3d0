from claimcheck.rules.facility.limited_coverage import LIMITED
from rules.facility.stays import editor, stay
from support.cases import rule_tests

EDITOR = editor(
    {},
    {
        "02YA0Z0": "limited_coverage",
        "02RK0JZ": "artificial_heart",
        "02RL0JZ": "artificial_heart",
        "0FYG0Z0": "limited_coverage pancreas_transplant",
    },
)
HEART = ("02RK0JZ", "02RL0JZ")

HITS = {
    "a transplant": stay(procedures=("02YA0Z0",), tables=EDITOR, outcome=LIMITED, evidence={"code": "02YA0Z0"}),
    "an artificial heart in a trial": stay("I50.9", "Z00.6", procedures=HEART, tables=EDITOR, outcome=LIMITED),
    "by the starter list": stay(procedures=("02YA0Z0",), outcome=LIMITED),
    "no list of the day": stay(procedures=("02YA0Z0",), day="2028-01-01", unchecked="stale"),
}
MISSES = {
    "another procedure": stay(procedures=("0DTJ4ZZ",), tables=EDITOR),
    "no procedure": stay("I10"),
    "an artificial heart outside a trial": stay("I50.9", procedures=HEART, tables=EDITOR),
    "one that is not covered": stay("E11.9", procedures=("0FYG0Z0",), tables=EDITOR),
    "an outpatient": stay(procedures=("02YA0Z0",), bill_type="0131", tables=EDITOR),
}
test_hits, test_misses = rule_tests("FAC603", HITS, MISSES)
