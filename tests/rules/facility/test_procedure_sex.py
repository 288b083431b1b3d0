from claimcheck.rules.facility.procedure_sex import CONFLICT
from rules.facility.stays import editor, stay
from support.cases import rule_tests

EDITOR = editor({}, {"0UT90ZZ": "F", "0VT00ZZ": "M"})
MAN, WOMAN = {"sex": "M"}, {"sex": "F"}

HITS = {
    "of a man": stay(procedures=("0UT90ZZ",), of_claim=MAN, tables=EDITOR, outcome=CONFLICT),
    "of a woman": stay(procedures=("0VT00ZZ",), of_claim=WOMAN, tables=EDITOR, outcome=CONFLICT),
    "a sex that is missing": stay(procedures=("0UT90ZZ",), tables=EDITOR, unchecked="missing_field"),
    "by the starter list": stay(procedures=("0UT90ZZ",), of_claim=MAN, outcome=CONFLICT),
    "no list of the day": stay(procedures=("0UT90ZZ",), of_claim=MAN, day="2016-01-15", unchecked="outside_edition"),
}
MISSES = {
    "of the member's sex": stay(procedures=("0UT90ZZ",), of_claim=WOMAN, tables=EDITOR),
    "of either": stay(procedures=("0DTJ4ZZ",), of_claim=MAN, tables=EDITOR),
    "after the edit ended": stay(procedures=("0UT90ZZ",), of_claim=MAN, day="2024-10-01", tables=EDITOR),
    "meant": stay(procedures=("0UT90ZZ",), of_claim={**MAN, "condition_codes": ["45"]}, tables=EDITOR),
    "an outpatient": stay(procedures=("0UT90ZZ",), of_claim=MAN, bill_type="0131", tables=EDITOR),
}
test_hits, test_misses = rule_tests("FAC607", HITS, MISSES)
