import pickle

import pytest

from claimcheck import ClaimcheckError, CodeError, InputError, PolicyError, TableError

LOCATED = [(PolicyError, "key"), (TableError, "row"), (InputError, "segment or row")]


@pytest.mark.parametrize(("kind", "place"), LOCATED)
@pytest.mark.parametrize(
    ("where", "text"),
    [
        ({}, "wrong"),
        ({"file": "a.txt"}, "a.txt: wrong"),
        ({"place": 7}, "{place} 7: wrong"),
        ({"file": "a.txt", "place": 7}, "a.txt, {place} 7: wrong"),
    ],
)
def test_a_located_error_says_where(kind, place, where, text):
    error = kind("wrong", **where)
    assert str(error) == text.format(place=place)
    assert (error.reason, error.file, error.place) == ("wrong", where.get("file"), where.get("place"))
    assert isinstance(error, ClaimcheckError)


@pytest.mark.parametrize(
    ("position", "text"), [(None, "NPI: expected a digit"), (3, "NPI: expected a digit at position 3")]
)
def test_a_code_error_says_the_position(position, text):
    error = CodeError("NPI", "expected a digit", position)
    assert str(error) == text
    assert isinstance(error, ValueError)


@pytest.mark.parametrize(
    "error",
    [
        CodeError("NPI", "expected a digit", 3),
        CodeError("NPI", "expected text"),
        *(kind("wrong", file="a.txt", place=7) for kind, _ in LOCATED),
        *(kind("wrong") for kind, _ in LOCATED),
    ],
    ids=repr,
)
def test_errors_survive_pickling(error):
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (str(copy), vars(copy)) == (str(error), vars(error))
