from claimcheck.rules.coding.present_on_admission import UNKNOWN
from support.cases import Case, institutional, rule_tests


def coded(poa: object) -> dict:
    return institutional("0111", diagnoses=[{"code": "I10", "role": "principal", "poa": poa}])


HITS = {str(poa): Case([], coded(poa), outcome=UNKNOWN) for poa in ("X", "y", 1.5, True)}
MISSES = {str(poa): Case([], coded(poa)) for poa in ("Y", "N", "U", "W", "1", None, "")}
test_hits, test_misses = rule_tests("COD209", HITS, MISSES)
