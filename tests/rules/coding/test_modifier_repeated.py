from claimcheck.rules.coding.modifier_repeated import REPEATED
from support.cases import Case, line, rule_tests

HITS = {"twice": Case([line("20610", "RT", "59", "rt")], line=1, outcome=REPEATED, evidence={"modifier": "RT"})}
MISSES = {"once each": Case([line("20610", "RT", "59")]), "malformed twice": Case([line("20610", "4P", "4P")])}
test_hits, test_misses = rule_tests("COD303", HITS, MISSES)
