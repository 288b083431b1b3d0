from claimcheck.rules.structure.modifier_count import TOO_MANY
from support.cases import Case, line, rule_tests

HITS = {"five": Case([line("27447", "22", "51", "58", "RT", "GC")], line=1, outcome=TOO_MANY)}
MISSES = {"four": Case([line("27447", "22", "51", "58", "RT")]), "one": Case([line("27447", "RT")])}
test_hits, test_misses = rule_tests("STR504", HITS, MISSES)
