from claimcheck.rules.structure.bill_type import WRONG
from support.cases import Case, institutional, line, rule_tests

HITS = {
    "malformed": Case([line("99213")], institutional("013"), outcome=WRONG),
    "four characters without the zero": Case([line("99213")], institutional("131A"), outcome=WRONG),
    "not text": Case([line("99213")], {"claim_type": "institutional", "bill_type": 13.1}, outcome=WRONG),
    "missing": Case([line("99213")], {"claim_type": "institutional"}, outcome=WRONG),
    "two frequencies": Case([], institutional("0137", frequency_code="1"), outcome=WRONG),
    "a second frequency that is none": Case([], institutional("0137", frequency_code="first"), outcome=WRONG),
}
MISSES = {
    "paper": Case([line("99213")], institutional("0131")),
    "as editors write it": Case([line("99213")], institutional("131", frequency_code="1")),
    "as an 837I has it": Case([line("99213")], institutional("13", frequency_code="7")),
    "without a frequency": Case([line("99213")], institutional("13")),
    "professional": Case([line("99213")]),
}
test_hits, test_misses = rule_tests("STR506", HITS, MISSES)


def test_a_frequency_that_is_none_is_not_shown():
    result = Case([], institutional("0137", frequency_code="19600131")).judge()
    assert "19600131" not in str(result)
