from claimcheck.rules.structure.line_numbers import SAME
from support.cases import Case, institutional, line, rule_tests

HITS = {
    "two of one number": Case([line("99213", line_number=1), line("36415", line_number=1)], outcome=SAME),
    "among others": Case([line("99213", line_number=n) for n in (3, 1, 3)], institutional(), outcome=SAME),
    "one of them as text": Case([line("99213", line_number="2"), line("36415", line_number=2)], outcome=SAME),
}
MISSES = {
    "numbers of their own": Case([line("99213", line_number=1), line("36415", line_number=2)]),
    "no numbers": Case([line("99213"), line("36415")]),
    "one without a number": Case([line("99213", line_number=1), line("36415")]),
    "gaps": Case([line("99213", line_number=2), line("36415", line_number=7)]),
    "one line": Case([line("99213", line_number=1)]),
}
test_hits, test_misses = rule_tests("STR508", HITS, MISSES)
