from claimcheck.rules.structure.lines_present import NO_LINES
from support.cases import Case, line, rule_tests

HITS = {"no line": Case([], outcome=NO_LINES)}
MISSES = {"a line": Case([line("99213")]), "what is no line": Case(["99213"])}  # type: ignore[list-item]
test_hits, test_misses = rule_tests("STR103", HITS, MISSES)
