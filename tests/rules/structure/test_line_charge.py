import pytest

from claimcheck.rules.structure.line_charge import WRONG
from support.cases import Case, line, of_rule, rule_tests

HITS = {
    str(charge): Case([line("99213", charge=charge)], line=1, outcome=WRONG, evidence={"charge": kind})
    for charge, kind in (
        (None, "missing"),
        ("", "missing"),
        ("  ", "missing"),
        ("abc", "unreadable"),
        (float("nan"), "missing"),
        (float("inf"), "unreadable"),
        (10**400, "unreadable"),
        (True, "unreadable"),
        ("１２", "unreadable"),
        ("1,000", "unreadable"),
        ("-0.01", "negative"),
        ("12.345", "fraction_of_a_cent"),
    )
}
MISSES = {
    str(charge): Case([line("99213", charge=charge)])
    for charge in ("0", "0.00", 0, "0.01", "12.340", 12.5, "999999999.99")
}
test_hits, test_misses = rule_tests("STR201", HITS, MISSES)


@pytest.mark.parametrize("charge", ["0.00", "0.01", "1.00", "1.01", "5000"])
def test_a_wrong_charge_is_said_once(charge):
    result = Case([line("99213", charge=charge), line("99213", charge=f"-{charge}5")]).judge()
    assert len(of_rule(result, "STR201")) == 1
