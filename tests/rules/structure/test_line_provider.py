from claimcheck.rules.structure.line_provider import NPI, TAXONOMY, UNREADABLE
from support.cases import Case, line, rule_tests

HITS = {
    "an NPI": Case([line("99213", rendering_npi="0000000000")], line=1, outcome=NPI),
    "not text": Case([line("99213", rendering_npi=7)], line=1, outcome=NPI),
    "a taxonomy that is no text": Case([line("99213", rendering_taxonomy=7)], line=1, outcome=UNREADABLE),
    "a taxonomy": Case([line("99213", rendering_taxonomy="X")], line=1, outcome=TAXONOMY),
}
MISSES = {
    "well formed": Case([line("99213", rendering_npi="1245319599", rendering_taxonomy="207Q00000X")]),
    "missing": Case([line("99213")]),
}
test_hits, test_misses = rule_tests("STR702", HITS, MISSES)
