from claimcheck.rules.coding.dental_code import OTHER
from support.cases import Case, line, rule_tests

DENTAL = {"claim_type": "dental"}
HITS = {
    "CPT": Case([line("D0120"), line("99213")], DENTAL, line=2, outcome=OTHER),
    "HCPCS": Case([line("J1885")], DENTAL, line=1, outcome=OTHER),
}
MISSES = {
    "CDT": Case([line("D0120")], DENTAL),
    "no code": Case([line("D012"), line(None)], DENTAL),
    "CDT and CPT on a professional claim": Case([line("D0120"), line("99213")]),
}
test_hits, test_misses = rule_tests("COD504", HITS, MISSES)
