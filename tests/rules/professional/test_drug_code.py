from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.drug_code import UNITS
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row

SAYS = outcomes("16", "M119")
PEMBROLIZUMAB, SHARED = "00006302602", "00004025901"
CROSSWALK = codes(
    ndc_hcpcs=[
        list_row("00006", package="302602", hcpcs="J9271", units_item="100", units_package="100"),
        list_row("00004", package="025901", hcpcs="J7524", units_item="5000", units_package="5000"),
        list_row("00004", package="025901", hcpcs="J7526", units_item="", units_package=""),
    ]
)


def then(what: str) -> Policy:
    return Policy.load("default").replace(drugs__crosswalk={"then": what})


def drug(code: str, ndc: str = PEMBROLIZUMAB, quantity: object = None, unit: object = None, units: object = 1):
    return line(code, ndc=ndc, ndc_quantity=quantity, ndc_unit=unit, units=units)


HITS = {
    "of another code": Case(
        [drug("J9299")], tables=CROSSWALK, line=1, outcome=SAYS[Then.REVIEW], evidence={"expected": ("J9271",)}
    ),
    "of two other codes": Case(
        [drug("J9299", SHARED)], tables=CROSSWALK, line=1, evidence={"expected": ("J7524", "J7526")}
    ),
    "on a visit": Case([drug("99213")], tables=CROSSWALK, line=1, outcome=SAYS[Then.REVIEW]),
    "denied": Case([drug("J9299")], policy=then("deny"), tables=CROSSWALK, line=1, outcome=SAYS[Then.DENY]),
    "a warning": Case([drug("J9299")], policy=then("warn"), tables=CROSSWALK, line=1, outcome=SAYS[Then.WARN]),
    "more units than the items hold": Case(
        [drug("J9271", quantity="2", unit="UN", units=201)], tables=CROSSWALK, line=1, outcome=UNITS
    ),
    "no crosswalk": Case([drug("J9271")], unchecked="no_table"),
}
MISSES = {
    "its code": Case([drug("J9271", quantity="2", unit="UN", units=200)], tables=CROSSWALK),
    "one of its codes": Case([drug("J7526", SHARED)], tables=CROSSWALK),
    "fewer units": Case([drug("J9271", quantity="2", unit="UN", units=150)], tables=CROSSWALK),
    "another measure": Case([drug("J9271", quantity="2", unit="ML", units=400)], tables=CROSSWALK),
    "units of the item not told": Case([drug("J7526", SHARED, "1", "UN", 9999)], tables=CROSSWALK),
    "a code without one of its own": Case([drug("J3490")], tables=CROSSWALK),
    "an NDC that is not on it": Case([drug("J9299", "00006302604")], tables=CROSSWALK),
    "no NDC": Case([line("J9271")], tables=CROSSWALK),
    "a facility's claim": Case([drug("J9299")], institutional(), tables=CROSSWALK),
}
test_hits, test_misses = rule_tests("PRO602", HITS, MISSES)
