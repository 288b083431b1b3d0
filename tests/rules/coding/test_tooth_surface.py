from claimcheck.rules.coding.tooth_surface import MALFORMED, NO_TOOTH, UNLIKELY
from support.cases import Case, line, rule_tests

DENTAL = {"claim_type": "dental"}


def filling(surfaces: object, *teeth: str) -> list[dict[str, object]]:
    return [line("D2391", tooth_numbers=list(teeth), tooth_surfaces=surfaces)]


HITS = {
    "no surface": Case(filling("X", "3"), DENTAL, line=1, outcome=MALFORMED),
    "no surface in a group": Case(filling("MX", "3"), DENTAL, line=1, outcome=MALFORMED),
    "not text": Case(filling([1], "3"), DENTAL, line=1, outcome=MALFORMED),
    "no tooth": Case(filling("MO"), DENTAL, line=1, outcome=NO_TOOTH),
    "twice": Case(filling("MOM", "3"), DENTAL, line=1, outcome=UNLIKELY, evidence={"surface": "M"}),
    "occlusal of an incisor": Case(filling("O", "8"), DENTAL, line=1, outcome=UNLIKELY),
    "incisal of a molar": Case(filling("I", "A"), DENTAL, line=1, outcome=UNLIKELY),
}
MISSES = {
    "none": Case([line("D2740", tooth_numbers=["3"])], DENTAL),
    "of a molar": Case(filling(["M", "o", "D", "B", "L"], "3"), DENTAL),
    "of an incisor": Case(filling("MIDFL", "8"), DENTAL),
    "of several teeth": Case(filling(["O", "O", "I"], "3", "8"), DENTAL),
    "of what is no tooth": Case(filling("O", "99"), DENTAL),
}
test_hits, test_misses = rule_tests("COD502", HITS, MISSES)
