"""The values of a claim: how they are made, compared, pickled, and what they keep to themselves."""

import pickle
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

from claimcheck import Claim, Diagnosis, ServiceLine
from claimcheck.claims import InpatientProcedure, OccurrenceCode, Problem, Source, Unreadable, ValueCode
from claimcheck.claims.coded_values import diagnoses, values
from claimcheck.claims.unreadable import shape


def roles(value: object) -> list[str]:
    return [item.role if isinstance(item, Diagnosis) else "unreadable" for item in diagnoses(value)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, []),
        ([], []),
        ("I10", ["principal"]),
        (["I10", "E11.9"], ["principal", "other"]),
        ([None, "", "I10"], ["principal"]),
        ([None, "I10"], ["principal"]),
        (["I10", Diagnosis("E11.9", role="principal")], ["other", "principal"]),
        ([Diagnosis("I10"), "E11.9"], ["other", "other"]),
        ([{"code": "I10", "role": "principal"}], ["principal"]),
        ({"code": "I10"}, ["other"]),
        ([{"code": "I10"}, {"code": "E11.9"}], ["principal", "other"]),
        ([{"code": "I10", "role": None}], ["principal"]),
        ([{"code": "I10", "role": "other"}], ["other"]),
        ([{"code": "I10"}, {"code": "E11.9", "role": "principal"}], ["other", "principal"]),
        (["I10", 7], ["principal", "unreadable"]),
        ([{"qqq": 1}], ["unreadable"]),
        ([{}], ["other"]),
        (["", 7], ["unreadable"]),
    ],
)
def test_the_first_plain_code_is_the_principal_unless_another_says_so(value, expected):
    assert roles(value) == expected


def test_values_from_every_spelling():
    given = [
        "11",
        {"code": "A1", "date": "20240701"},
        ("B2", "20240701", "20240702"),
        OccurrenceCode("C3"),
        "",
        None,
        7,
        (),
        (1,) * 9,
    ]
    read = values(OccurrenceCode, given)
    assert [item.code for item in read if isinstance(item, OccurrenceCode)] == ["11", "A1", "B2", "C3", "07"]
    assert len([item for item in read if isinstance(item, Unreadable)]) == 2
    assert values(ValueCode, None) == ()
    unknown = (Problem("unknown_key"),)
    assert values(ValueCode, [{"code": "80", "colour": "red"}]) == (ValueCode("80", problems=unknown),)


CLAIM = Claim.from_dict(
    {
        "claim_id": "C-1",
        "claim_type": "professional",
        "member_id": "CANARY",
        "birth_date": "1913-03-17",
        "diagnoses": ["I10", 7],
        "procedures": ["0DTJ4ZZ"],
        "occurrence_codes": [("11", "20240701")],
        "value_codes": [("80", 3)],
        "condition_codes": ["44"],
        "lines": [{"procedure_code": "99213", "charge": "abc", "description": "CANARY"}, "no line"],
        "colour": "red",
    }
)


@pytest.mark.parametrize(
    "value",
    [
        CLAIM,
        *CLAIM.lines,
        *CLAIM.diagnoses,
        *CLAIM.procedures,
        *CLAIM.occurrence_codes,
        *CLAIM.value_codes,
        Source("a.837", 3),
        Problem("unknown_key", "units"),
        Unreadable("a number", "text of 3: aaa"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_are_equal_after_pickling_frozen_and_hashable(value):
    copy = pickle.loads(pickle.dumps(value))
    assert copy == value
    assert hash(copy) == hash(value)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(value, attrs.fields(type(value))[0].name, None)


def test_no_repr_says_anything_of_the_member():
    assert repr(CLAIM) == "Claim(claim_type='professional', diagnoses=2, lines=2)"
    assert repr(CLAIM.lines[0]) == "ServiceLine('99213', line_number=None)"


def test_a_claim_and_a_line_are_their_own():
    assert Claim.from_dict(CLAIM) is CLAIM
    assert ServiceLine.from_dict(CLAIM.lines[0]) is CLAIM.lines[0]
    assert Claim(lines=CLAIM.lines[0]).lines == CLAIM.lines[:1]
    assert Claim(lines=None).lines == ()
    assert Claim.from_dict("no claim").problems == (Problem("not_an_object", detail="text of 8: aa aaaaa"),)


def test_nothing_is_made_up():
    claim, line = Claim.from_dict({}), ServiceLine.from_dict({})
    for value in (claim, line):
        for field in attrs.fields(type(value)):
            assert getattr(value, field.name) in (None, ())


def test_the_constructor_and_the_mapping_agree():
    fields = {"procedure_code": " 99213 ", "units": "2", "charge": 1.5, "modifiers": "25", "diagnosis_pointers": "A"}
    assert ServiceLine(fields.pop("procedure_code"), **fields) == ServiceLine.from_dict(
        {
            "procedure_code": "99213",
            "units": 2,
            "charge": Decimal("1.5"),
            "modifiers": ["25"],
            "diagnosis_pointers": [1],
        }
    )


def test_a_source_says_where():
    assert [str(Source(*place)) for place in (("a.837", 3), ("a.837",), (None, 3), ())] == [
        "a.837, #3",
        "a.837",
        "#3",
        "",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "nothing"),
        ("Ab1-é\t", "text of 6: Aa9-??"),
        ("x" * 30, f"text of 30: {'a' * 24}…"),
        (True, "true or false"),
        (1, "a number"),
        (1.5, "a number"),
        ({}, "an object"),
        ([], "a list"),
        ((), "a list"),
        (b"", "bytes"),
        (Path("x"), "a path"),
        (object(), "a value of another type"),
    ],
)
def test_a_shape_gives_nothing_away(value, expected):
    assert shape(value) == expected


def test_inpatient_procedures_have_a_version_of_their_own():
    assert InpatientProcedure("0DTJ4ZZ").version == "ICD-10-PCS"


@pytest.mark.parametrize("kind", [Diagnosis, InpatientProcedure, OccurrenceCode, ValueCode])
@pytest.mark.parametrize("text", ["QUIXOTE", "Zebedee Quuxley", "1913-03-17", "zebedee\n1"])
def test_small_values_show_no_text_that_is_no_code(kind, text):
    """A name in the column of codes is in no traceback of a program that prints what it read."""
    fields = [field.name for field in attrs.fields(kind) if field.name not in ("problems", "date", "through", "amount")]
    for shown in (repr(kind(**{name: text})) for name in fields):
        assert text not in shown
        assert "Unreadable" in shown


@pytest.mark.parametrize(
    "value",
    [
        Diagnosis("E11.9", role="principal", poa="Y"),
        Diagnosis("4019", version="ICD-9-CM"),
        InpatientProcedure("0DTJ4ZZ", role="principal"),
        InpatientProcedure("4701", version="ICD-9-CM"),
        OccurrenceCode("a1"),
        ValueCode("80", amount="4"),
        Diagnosis(),
    ],
)
def test_small_values_show_their_codes(value):
    assert "Unreadable" not in repr(value)
    assert value.code is None or repr(value.code) in repr(value)
