from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Validator
from claimcheck.rules.structure.total_charge import WRONG, total_charge
from support.cases import Case, institutional, line, of_rule, rule_tests

TWO = [line("99213", charge="125.00"), line("3044F", charge="0.01")]
HITS = {
    "too little": Case(TWO, {"total_charge": "125.00"}, outcome=WRONG, evidence={"total": "125.00", "sum": "125.01"}),
    "too much": Case(TWO, {"total_charge": "125.02"}, outcome=WRONG),
    "of a total line alone": Case(
        [{"revenue_code": "0001", "charge": "5.00"}], institutional(total_charge="6.00"), outcome=WRONG
    ),
    "not a number": Case(TWO, {"total_charge": "abc"}, outcome=WRONG),
    "negative": Case(TWO, {"total_charge": "-1"}, outcome=WRONG),
    "a fraction of a cent": Case(TWO, {"total_charge": "125.011"}, outcome=WRONG),
    "a line without a charge": Case([line("99213", charge=None)], {"total_charge": "1.00"}, unchecked="missing_field"),
}
MISSES = {
    "the sum": Case(TWO, {"total_charge": "125.01"}),
    "the sum, written otherwise": Case(TWO, {"total_charge": "125.010"}),
    "zero": Case([line("3044F", charge="0.00")], {"total_charge": "0"}),
    "no total": Case(TWO),
    "no line": Case([], {"total_charge": "5.00"}),
    "a total line alone": Case([{"revenue_code": "0001", "charge": "5.00"}], institutional(total_charge="5.00")),
    "the total line of the paper form": Case(
        [line("99213", charge="5.00"), {"revenue_code": "0001", "charge": "5.00"}],
        institutional(total_charge="5.00"),
    ),
}
test_hits, test_misses = rule_tests("STR501", HITS, MISSES)

CENTS = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
VALIDATOR = Validator(rules=[total_charge])


@given(st.lists(CENTS, min_size=1, max_size=8), CENTS)
def test_only_the_sum_is_the_total(charges, other):
    claim = {"claim_type": "professional", "lines": [{"charge": charge} for charge in charges]}
    right = sum(charges)
    assert of_rule(VALIDATOR.validate({**claim, "total_charge": right}), "STR501") == []
    assert bool(of_rule(VALIDATOR.validate({**claim, "total_charge": other}), "STR501")) is (other != right)
