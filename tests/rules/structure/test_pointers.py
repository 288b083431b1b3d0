from claimcheck.rules.structure.pointers import DUPLICATE, WRONG
from support.cases import Case, institutional, line, rule_tests

TWO = {"diagnoses": ["I10", "E11.9"]}
MANY = {"diagnoses": ["I10", "E11.9", "Z00.00", "J45.20", "J44.9"]}


def pointing(*pointers: object) -> list[dict]:
    return [line("99213", diagnosis_pointers=list(pointers))]


HITS = {
    "zero": Case(pointing(0), TWO, line=1, outcome=WRONG, evidence={"pointer": "zero"}),
    "negative": Case(pointing(-1), TWO, line=1, outcome=WRONG, evidence={"pointer": "zero"}),
    "beyond": Case(pointing(3), TWO, line=1, outcome=WRONG, evidence={"pointer": "beyond"}),
    "beyond none": Case(pointing(1), line=1, outcome=WRONG, evidence={"pointer": "beyond"}),
    "a letter beyond": Case(pointing("C"), TWO, line=1, outcome=WRONG, evidence={"pointer": "beyond"}),
    "unreadable": Case(pointing("?"), TWO, line=1, outcome=WRONG, evidence={"pointer": "unreadable"}),
    "five": Case(pointing(1, 2, 3, 4, 5), MANY, line=1, outcome=WRONG, evidence={"pointer": "too_many"}),
    "twice the same": Case(pointing(1, 1), TWO, line=1, outcome=DUPLICATE),
    "none": Case(pointing(), TWO, unchecked="missing_field"),
    "none, where the claim has no diagnosis": Case(pointing(), unchecked="missing_field"),
}
MISSES = {
    "numbers": Case(pointing(1, 2), TWO),
    "letters": Case(pointing("A", "b"), TWO),
    "none on a claim of no type": Case(pointing(), {**TWO, "claim_type": None}),
    "an institutional claim": Case(pointing(9), institutional(**TWO)),
}
test_hits, test_misses = rule_tests("STR503", HITS, MISSES)
