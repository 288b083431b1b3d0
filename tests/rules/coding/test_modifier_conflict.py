from claimcheck.rules.coding.modifier_conflict import RETURNED, WARNED
from support.cases import Case, institutional, line, rule_tests

WARN = [("26", "TC"), ("LT", "RT"), ("50", "LT"), ("RT", "50"), ("59", "XE"), ("XS", "59")]
WARN += [("GA", "GZ"), ("GX", "GA"), ("GY", "GZ"), ("GV", "GW"), ("JW", "JZ"), ("62", "80"), ("95", "93")]
RETURN = [("CT", "FX"), ("CT", "FY"), ("FX", "FY"), ("ER", "PN"), ("PO", "ER"), ("PN", "PO")]
HITS = {
    **{"+".join(pair): Case([line("71046", *pair)], line=1, outcome=WARNED) for pair in WARN},
    **{"+".join(pair): Case([line("71046", *pair)], institutional(), line=1, outcome=RETURNED) for pair in RETURN},
}
MISSES = {
    "one of a pair": Case([line("71046", "26"), line("71046", "TC")]),
    "others": Case([line("71046", "26", "59"), line("20610", "RT", "XS")]),
    "the editor's pairs off its bills": Case([line("71046", *pair) for pair in RETURN]),
    "on an inpatient bill": Case([line("71046", "CT", "FX")], institutional("0111", discharge_date="2024-07-15")),
    "on a bill that the editor leaves alone": Case([line("71046", "CT", "FX")], institutional("0231")),
    "one unit of each side": Case([line("20610", "LT", "RT", units=2)]),
}
test_hits, test_misses = rule_tests("COD304", HITS, MISSES)
