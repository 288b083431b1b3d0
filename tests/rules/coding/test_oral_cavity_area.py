from claimcheck.rules.coding.oral_cavity_area import MALFORMED
from support.cases import Case, line, rule_tests

DENTAL = {"claim_type": "dental"}
HITS = {
    "no area": Case([line("D4341", oral_cavity=["50"])], DENTAL, line=1, outcome=MALFORMED),
    "a word": Case([line("D4341", oral_cavity="upper")], DENTAL, line=1, outcome=MALFORMED),
}
MISSES = {
    "none": Case([line("D4341")], DENTAL),
    "of the claim form": Case([line("D4341", oral_cavity=["00", "01", "02", "10", "20", "30", "40"])], DENTAL),
    "of X12's list": Case([line("D4341", oral_cavity=["03", "09", "L", "R"])], DENTAL),
}
test_hits, test_misses = rule_tests("COD503", HITS, MISSES)
