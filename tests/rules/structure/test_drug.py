from claimcheck.rules.structure.drug import NDC, NO_NDC, NO_QUANTITY, NO_UNIT, QUANTITY, UNIT
from support.cases import Case, line, rule_tests


def drug(ndc: object, quantity: object = "1", unit: object = "ML") -> list[dict]:
    return [line("J1885", ndc=ndc, ndc_quantity=quantity, ndc_unit=unit)]


HITS = {
    "ten digits without hyphens": Case(drug("0002751001"), line=1, outcome=NDC),
    "not text": Case(drug(2751001), line=1, outcome=NDC),
    "no quantity": Case(drug("00002751001", None), line=1, outcome=NO_QUANTITY),
    "no unit": Case(drug("00002751001", "1", None), line=1, outcome=NO_UNIT),
    "a quantity that is none": Case(drug("00002751001", "x"), line=1, outcome=QUANTITY),
    "a quantity of zero": Case(drug("00002751001", "0"), line=1, outcome=QUANTITY),
    "another unit": Case(drug("00002751001", "1", "CC"), line=1, outcome=UNIT),
    "a unit that is no text": Case(drug("00002751001", "1", 7), line=1, outcome=UNIT),
    "a quantity of nothing": Case(drug(None, "1", None), line=1, outcome=NO_NDC),
    "a unit of nothing": Case(drug(None, None, "ML"), line=1, outcome=NO_NDC),
}
MISSES = {
    "eleven digits": Case(drug("00002751001")),
    "each form with hyphens": Case(drug("0002-7510-01") + drug("50242-040-62") + drug("60574-4114-1")),
    "each unit": Case([drug("00002751001", "2.5", unit)[0] for unit in ("F2", "GR", "ME", "ml", "UN")]),
    "none": Case([line("99213")]),
}
test_hits, test_misses = rule_tests("STR703", HITS, MISSES)
