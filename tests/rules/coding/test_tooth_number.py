from claimcheck.rules.coding.tooth_number import MALFORMED, TWICE
from support.cases import Case, line, rule_tests

DENTAL = {"claim_type": "dental"}


def teeth(*numbers: object) -> list[dict[str, object]]:
    return [line("D2740", tooth_numbers=list(numbers))]


HITS = {
    "no tooth": Case(teeth("33"), DENTAL, line=1, outcome=MALFORMED),
    "a number of the FDI": Case(teeth("48"), DENTAL, line=1, outcome=MALFORMED),
    "one of several": Case(teeth("1", "X"), DENTAL, line=1, outcome=MALFORMED),
    "neither text nor number": Case(teeth(3.5), DENTAL, line=1, outcome=MALFORMED),
    "on a professional claim": Case(teeth("0"), line=1, outcome=MALFORMED),
    "twice": Case(teeth("3", "03"), DENTAL, line=1, outcome=TWICE),
}
MISSES = {
    "none": Case([line("D0120")], DENTAL),
    "permanent": Case(teeth("1", "32", "8"), DENTAL),
    "primary": Case(teeth("A", "t"), DENTAL),
    "supernumerary": Case(teeth("51", "82", "AS", "TS"), DENTAL),
}
test_hits, test_misses = rule_tests("COD501", HITS, MISSES)
