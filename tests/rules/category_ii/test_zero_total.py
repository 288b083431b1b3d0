from claimcheck.policies import Policy
from claimcheck.rules.category_ii.zero_total import RETURNED
from support.cases import Case, institutional, line, rule_tests

STRICT = Policy.load("default").replace(category_ii__zero_total={"rejects": True})
STRICTER = Policy.load("default").replace(category_ii__zero_total={"rejects": True, "reporting_passes": False})
ZERO = [line("3044F", charge="0.00"), line("3074F", charge=0)]
REPORTING = {"reporting_only": True}

HITS = {
    "all lines at zero": Case(ZERO, policy=STRICT, outcome=RETURNED),
    "whatever the kind of code": Case([line("99213", charge="0")], policy=STRICT, outcome=RETURNED),
    "sent as reporting, where that does not pass": Case(ZERO, REPORTING, policy=STRICTER, outcome=RETURNED),
    "a facility claim": Case(ZERO, institutional(), policy=STRICT, outcome=RETURNED),
}
MISSES = {
    "accepted, by default": Case(ZERO),
    "a penny": Case([*ZERO, line("3078F", charge="0.01")], policy=STRICT),
    "sent as reporting": Case(ZERO, REPORTING, policy=STRICT),
    "a bill that is meant to pay nothing": Case(ZERO, institutional("0130"), policy=STRICT),
    "a void": Case(ZERO, {"frequency_code": "8", "original_claim_id": "A"}, policy=STRICT),
    "a blank charge is not zero": Case([line("3044F", charge=None)], policy=STRICT),
    "an unreadable charge is not zero": Case([line("3044F", charge="free")], policy=STRICT),
    "no lines": Case([], policy=STRICT),
}
test_hits, test_misses = rule_tests("CAT204", HITS, MISSES)
