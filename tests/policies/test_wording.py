"""The values of a policy in words."""

from datetime import date
from decimal import Decimal

import pytest

from claimcheck import Policy
from claimcheck.policies.parameters.category_ii import Band, ResultConflict
from claimcheck.policies.spans import CodeSpans
from claimcheck.policies.wording import in_words

WORDS = {
    "a parameter without fields that say anything": (Band("3044F"), "code 3044F"),
    "a parameter": (Band("3044F", below=Decimal("7.0")), "code 3044F, below 7.0"),
    "several": ((Band("3044F"), Band("3046F", above=Decimal(9))), "code 3044F; code 3046F, above 9"),
    "a set, in order": (frozenset({"8P", "1P"}), "1P, 8P"),
    "an empty set": (frozenset(), "none"),
    "an empty list": ((), "none"),
    "no codes": (CodeSpans(), "none"),
    "a word": (ResultConflict.LOWER_BAND, "lower_band"),
    "no": (False, "no"),
    "a day": (date(2024, 7, 1), "2024-07-01"),
}


@pytest.mark.parametrize("case", WORDS)
def test_in_words(case):
    value, words = WORDS[case]
    assert in_words(value) == words


@pytest.mark.parametrize("name", Policy.names())
def test_a_notebook_shows_every_value_in_words_and_nothing_of_python(name):
    shown = Policy.load(name)._repr_html_()
    for spelled in ("Decimal(", "frozenset(", "CodeSpans", "=None", "&lt;"):
        assert spelled not in shown
