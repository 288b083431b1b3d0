from claimcheck.rules.structure.line_form import CONFLICT, NOT_AN_OBJECT, UNKNOWN_KEY, UNREADABLE
from support.cases import Case, line, rule_tests

HITS = {
    "a text in place of a line": Case(["99213"], line=1, outcome=NOT_AN_OBJECT),  # type: ignore[list-item]
    "nothing in place of a line": Case([None], line=1, outcome=NOT_AN_OBJECT),  # type: ignore[list-item]
    "an unknown key": Case([line("99213", unit=2)], line=1, outcome=UNKNOWN_KEY, evidence={"probably": "units"}),
    "an unknown key is named where its words are those of fields": Case(
        [line("99213", provider_notes="x")], line=1, outcome=UNKNOWN_KEY, evidence={"probably": None}
    ),
    "two names of one field that say otherwise": Case(
        [line("99213", qty=2)], line=1, outcome=CONFLICT, evidence={"field": "units"}
    ),
    "an unknown key that is near to none": Case(
        [line("99213", qqqqqq=2)], line=1, outcome=UNKNOWN_KEY, evidence={"probably": None}
    ),
    "a line number that is none": Case(
        [line("99213", line_number="one")], line=1, outcome=UNREADABLE, evidence={"field": "line_number"}
    ),
    "a description that is no text": Case(
        [line("J3490", description=7)], line=1, outcome=UNREADABLE, evidence={"field": "description"}
    ),
    "a revenue code that is no text": Case(
        [line("99213", revenue_code=4.5)], line=1, outcome=UNREADABLE, evidence={"field": "revenue_code"}
    ),
    "a result that is no number": Case(
        [line("3044F", result_value="high")], line=1, outcome=UNREADABLE, evidence={"field": "result_value"}
    ),
}
MISSES = {
    "two names of one field that say the same": Case([line("99213", qty="1.0", cpt="99213")]),
    "a plain line": Case([line("99213", line_number=4, description="visit", result_value="6.5")]),
    "a unit that cannot be read, which is another rule's": Case([line("99213", units="two")]),
}
test_hits, test_misses = rule_tests("STR102", HITS, MISSES)
