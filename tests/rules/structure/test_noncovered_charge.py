from claimcheck.rules.structure.noncovered_charge import WRONG
from support.cases import Case, line, rule_tests

HITS = {
    str(charge): Case([line("99213", noncovered_charge=charge)], line=1, outcome=WRONG)
    for charge in ("abc", "-1", "0.001")
}
HITS["more than the charge"] = Case(
    [line("99213", charge="90.00", noncovered_charge="90.01")],
    line=1,
    outcome=WRONG,
    evidence={"charge": "above_charge"},
)
HITS["more than a charge of nothing"] = Case(
    [line("99213", charge="0.00", noncovered_charge="5.00")], line=1, outcome=WRONG
)
MISSES = {str(charge): Case([line("99213", noncovered_charge=charge)]) for charge in (None, "0", "12.00")}
MISSES["all of the charge"] = Case([line("99213", charge="90.00", noncovered_charge="90.00")])
MISSES["of a charge that is missing"] = Case([line("99213", charge=None, noncovered_charge="90.00")])
test_hits, test_misses = rule_tests("STR202", HITS, MISSES)
