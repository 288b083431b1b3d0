import pytest

from claimcheck.rules.professional.ambulance_modifier import MISSING
from support.cases import Case, institutional, line, of_rule, rule_tests

HITS = {
    "none": Case([line("A0429")], line=1, outcome=MISSING),
    "a destination as origin": Case([line("A0429", "XH")], line=1, outcome=MISSING),
    "an origin as destination": Case([line("A0427", "HS")], line=1, outcome=MISSING),
    "mileage": Case([line("A0425", units=7)], line=1, outcome=MISSING),
    "another modifier": Case([line("A0428", "GM")], line=1, outcome=MISSING),
}
MISSES = {
    "home to hospital": Case([line("A0429", "RH"), line("A0425", "RH", units=7)]),
    "from the scene": Case([line("A0427", "SH")]),
    "on the way to a hospital": Case([line("A0427", "RX")]),
    "the pair behind another modifier": Case([line("A0428", "GM", "NH")]),
    "pronounced dead": Case([line("A0429", "QL")]),
    "no ambulance": Case([line("99213")]),
    "a facility's claim": Case([line("A0429")], institutional()),
}
test_hits, test_misses = rule_tests("PRO304", HITS, MISSES)


@pytest.mark.parametrize("origin", "DEGHIJNPRS")
@pytest.mark.parametrize("destination", "DEGHIJNPRX")
def test_every_pair_is_one(origin: str, destination: str):
    assert of_rule(Case([line("A0429", origin + destination)]).judge(), "PRO304") == []
