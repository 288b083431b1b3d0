from claimcheck.rules.coding.manifestation import PRINCIPAL
from support.cases import Case, line, rule_tests
from support.code_tables import codes, list_row

LIST = codes(manifestation=[list_row("H42"), list_row("F02.80")])

HITS = {
    "as principal": Case([line("99213")], {"diagnoses": ["H42"]}, tables=LIST, outcome=PRINCIPAL),
    "a list that writes the dot": Case([line("99213")], {"diagnoses": ["F0280"]}, tables=LIST, outcome=PRINCIPAL),
    "no date": Case([line("99213", day=None)], {"diagnoses": ["H42"]}, tables=LIST, unchecked="no_service_date"),
    "a day that the list does not hold": Case(
        [line("99213", day="2031-01-01")], {"diagnoses": ["H42"]}, tables=LIST, unchecked="stale"
    ),
}
MISSES = {
    "neither a list nor a date": Case([line("99213", day=None)], {"diagnoses": ["H42"]}),
    "no list": Case([line("99213")], {"diagnoses": ["H42"]}),
    "behind its disease": Case([line("99213")], {"diagnoses": ["E10.39", "H42"]}, tables=LIST),
    "malformed": Case([line("99213")], {"diagnoses": ["H4"]}, tables=LIST),
}
test_hits, test_misses = rule_tests("COD206", HITS, MISSES)
