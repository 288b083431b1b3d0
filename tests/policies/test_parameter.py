"""Plain values, as TOML gives them, into parameters: each type, and the refusal of everything else."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import attrs
import pytest

from claimcheck.policies import CodeSpans, parameter
from claimcheck.policies.parameter import key_of, read


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@attrs.frozen
class Inner:
    name: str
    amount: Decimal | None = None


@parameter("example.everything")
class Everything:
    text: str = "a"
    number: int = 1
    flag: bool = False
    day: date = date(2024, 1, 1)
    amount: Decimal = Decimal(0)
    maybe: Decimal | None = None
    colour: Colour = Colour.RED
    codes: CodeSpans = CodeSpans()
    words: frozenset[str] = frozenset()
    numbers: tuple[int, ...] = ()
    inner: tuple[Inner, ...] = ()


GOOD = [
    ("text", "b", "b"),
    ("number", 2, 2),
    ("flag", True, True),
    ("day", date(2021, 6, 1), date(2021, 6, 1)),
    ("amount", "0.01", Decimal("0.01")),
    ("amount", Decimal("2.5"), Decimal("2.5")),
    ("maybe", None, None),
    ("maybe", "3", Decimal(3)),
    ("colour", "blue", Colour.BLUE),
    ("colour", Colour.BLUE, Colour.BLUE),
    ("codes", ["99202-99215"], CodeSpans.of(["99202-99215"])),
    ("codes", CodeSpans.of(["J40"]), CodeSpans.of(["J40"])),
    ("words", ["A", "B", "A"], frozenset("AB")),
    ("words", frozenset("AB"), frozenset("AB")),
    ("numbers", [2, 1], (2, 1)),
    ("inner", [{"name": "x", "amount": "1.00"}], (Inner("x", Decimal("1.00")),)),
    ("inner", [Inner("x")], (Inner("x"),)),
]
BAD = [
    ("text", 5, "text: text is expected"),
    ("number", "2", "number: a whole number is expected"),
    ("number", True, "number: a whole number is expected"),
    ("number", 2.0, "number: a whole number is expected"),
    ("flag", "yes", "flag: true or false is expected"),
    ("flag", 1, "flag: true or false is expected"),
    ("day", "2021-06-01", "day: a date is expected"),
    ("day", datetime(2021, 6, 1), "day: a date is expected"),
    ("amount", 0.01, 'amount: an amount in quotes ("0.01") is expected'),
    ("amount", 1, 'amount: an amount in quotes ("0.01") is expected, not 1'),
    ("amount", "a penny", 'amount: an amount in quotes ("0.01") is expected'),
    ("maybe", "three", 'maybe: an amount in quotes ("0.01") is expected'),
    ("colour", "green", "colour: one of red, blue is expected"),
    ("colour", ["red"], "colour: one of red, blue is expected"),
    ("codes", "99202-99215", "codes: a list is expected"),
    ("codes", [99202], "codes: text is expected"),
    ("codes", ["99215-99202"], "codes: the span 99215-99202 ends before it begins"),
    ("words", "AB", "words: a list is expected"),
    ("words", [1], "words: text is expected"),
    ("numbers", ["1"], "numbers: a whole number is expected"),
    ("inner", [5], "inner: a table is expected"),
    ("inner", [{}], "inner: no. 1: name: missing"),
    ("inner", [{"name": "x", "colour": 1}], "inner: no. 1 ('x'): colour: unknown; known: name, amount"),
    (
        "inner",
        [{"name": "x", "amount": True}],
        "inner: no. 1 ('x'): amount: an amount in quotes (\"0.01\") is expected",
    ),
    ("size", 1, "size: unknown; known: text, number"),
]


@pytest.mark.parametrize(("field", "plain", "value"), GOOD)
def test_what_is_taken(field, plain, value):
    assert read(Everything, {field: plain}) == attrs.evolve(Everything(), **{field: value})


@pytest.mark.parametrize(("field", "plain", "message"), BAD)
def test_what_is_refused_and_why(field, plain, message):
    with pytest.raises(ValueError) as caught:
        read(Everything, {field: plain})
    assert str(caught.value).startswith(message)


def test_a_parameter_is_immutable_equal_by_value_and_knows_its_key():
    assert key_of(Everything) == "example.everything"
    assert read(Everything, {}) == Everything()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Everything().number = 2
