"""Parameters of CPT Category II: what is refused, and which band of a result counts."""

from decimal import Decimal

import pytest

from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.category_ii import Band, Incentive, ResultConflict, ResultGroup, Results


@pytest.mark.parametrize("amount", ["0", "-0.01", "-1"])
def test_an_incentive_pays_something(amount):
    with pytest.raises(ValueError, match="amount"):
        Incentive(CodeSpans.of(["3044F"]), Decimal(amount))
    assert Incentive(CodeSpans.of(["3044F"]), Decimal("0.01")).amount == Decimal("0.01")


@pytest.mark.parametrize("conflict", ResultConflict)
def test_bands_have_a_rank_where_the_lowest_counts(conflict):
    group = ResultGroup("systolic", (Band("3074F"), Band("3075F"), Band("3077F")), conflict)
    ranks = [Results((group,)).rank(code) for code in ("3074F", "3075F", "3077F", "3044F", None)]
    assert ranks == ([0, 1, 2, 0, 0] if conflict is ResultConflict.LOWER_BAND else [0] * 5)
