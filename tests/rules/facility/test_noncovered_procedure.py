from claimcheck.rules.facility.noncovered_procedure import NOT_COVERED
from rules.facility.stays import editor, stay
from support.cases import rule_tests

EDITOR = editor(
    {
        "E1010": "noncovered_b",
        "C9100": "noncovered_d",
        "C9001": "noncovered_e",
        "Z302": "noncovered_g",
        "Z006": "",
    },
    {
        "00F3XZZ": "noncovered",
        "0FYG0Z0": "limited_coverage pancreas_transplant",
        "0TY00Z0": "kidney_transplant limited_coverage",
        "02RK0JZ": "artificial_heart",
        "02RL0JZ": "artificial_heart",
        "30233G0": "noncovered_d",
        "30230G1": "noncovered_e",
        "0SR20JZ": "noncovered_over_60",
        "0U570ZZ": "noncovered_g",
    },
)
OLD, YOUNG = {"birth_date": "1963-07-14"}, {"birth_date": "1964-07-16"}

HITS = {
    "always": stay(procedures=("00F3XZZ",), tables=EDITOR, outcome=NOT_COVERED, evidence={"code": "00F3XZZ"}),
    "a pancreas alone": stay("E11.9", procedures=("0FYG0Z0",), tables=EDITOR, outcome=NOT_COVERED),
    "bone marrow with leukemia": stay("Z51.11", "C91.00", procedures=("30233G0",), tables=EDITOR, outcome=NOT_COVERED),
    "bone marrow with myeloma": stay("C90.01", procedures=("30230G1",), tables=EDITOR, outcome=NOT_COVERED),
    "sterilization": stay("Z30.2", procedures=("0U570ZZ",), tables=EDITOR, outcome=NOT_COVERED),
    "an artificial heart outside a trial": stay(
        "I50.9", procedures=("02RK0JZ", "02RL0JZ"), tables=EDITOR, outcome=NOT_COVERED
    ),
    "over 60": stay(procedures=("0SR20JZ",), of_claim=OLD, tables=EDITOR, outcome=NOT_COVERED),
    "an age that is not known": stay(procedures=("0SR20JZ",), tables=EDITOR, unchecked="missing_field"),
    "by the starter list": stay(procedures=("00F3XZZ",), outcome=NOT_COVERED),
    "no list of the day": stay(procedures=("00F3XZZ",), day="2028-01-01", unchecked="stale"),
}
MISSES = {
    "another procedure": stay(procedures=("0DTJ4ZZ",), tables=EDITOR),
    "no procedure": stay("I10"),
    "a pancreas with a kidney": stay("E11.9", procedures=("0FYG0Z0", "0TY00Z0"), tables=EDITOR),
    "a pancreas with type 1 diabetes": stay("I12.0", "E10.10", procedures=("0FYG0Z0",), tables=EDITOR),
    "bone marrow without leukemia": stay("D61.9", procedures=("30233G0",), tables=EDITOR),
    "the diagnosis of another list": stay("C90.01", procedures=("30233G0",), tables=EDITOR),
    "an artificial heart in a trial": stay("I50.9", "Z00.6", procedures=("02RK0JZ", "02RL0JZ"), tables=EDITOR),
    "one side of an artificial heart": stay("I50.9", procedures=("02RK0JZ", "02RK0JZ"), tables=EDITOR),
    "not over 60": stay(procedures=("0SR20JZ",), of_claim=YOUNG, tables=EDITOR),
    "a bill for no payment": stay(procedures=("00F3XZZ",), bill_type="0110", tables=EDITOR),
    "in ICD-9-CM": stay(procedures=({"code": "3995", "version": "ICD-9-CM"},), tables=EDITOR),
    "malformed": stay(procedures=("00F3X",), tables=EDITOR),
    "an outpatient": stay(procedures=("00F3XZZ",), bill_type="0131", tables=EDITOR),
}
test_hits, test_misses = rule_tests("FAC602", HITS, MISSES)
