"""A policy in Python: looked at on a day, varied, compared, sent elsewhere."""

import os
import pickle
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import PolicyError
from claimcheck.policies import Policy
from claimcheck.policies.parameters import PARAMETERS
from claimcheck.policies.parameters.category_ii import Alone, BilledAlone, Charge
from claimcheck.policies.parameters.frequency import Limits
from claimcheck.policies.parameters.ncci import Bypass, Side

DEFAULT = Policy.load("default")


def test_replace_takes_parameters_and_plain_values():
    changed = DEFAULT.replace(
        Charge(accepts=(Decimal(0),)), category_ii__alone={"then": "reject"}, ncci__bypass=Bypass(other=Side.COLUMN_TWO)
    )
    on = changed.on(date(2000, 1, 1))
    assert on[Charge].accepts == (Decimal(0),)
    assert on[BilledAlone].then is Alone.REJECT
    assert on[Bypass].other is Side.COLUMN_TWO
    assert changed.name == "default (changed)"
    assert DEFAULT.replace(name="own").name == "own"
    assert DEFAULT.on(None)[BilledAlone].then is Alone.ALLOW


@pytest.mark.parametrize(
    ("values", "changes", "message"),
    [
        ((), {"category_ii__colour": {}}, "key category_ii.colour: unknown parameter"),
        ((), {"charge": {}}, "key charge: unknown parameter"),
        (
            (),
            {"category_ii__charge": 3},
            "key category_ii.charge: the parameter or a mapping of its values",
        ),
        ((), {"category_ii__charge": BilledAlone()}, "key category_ii.charge: the parameter or a mapping"),
        ((), {"category_ii__charge": {"alowed": "1"}}, "key category_ii.charge: alowed: unknown"),
        (({"accepts": []},), {}, "key dict: unknown parameter"),
        ((Charge,), {}, "key type: unknown parameter"),
    ],
)
def test_replace_refuses_what_it_does_not_know(values, changes, message):
    with pytest.raises(PolicyError) as caught:
        DEFAULT.replace(*values, **changes)
    assert str(caught.value).startswith(message)


def test_the_hash_is_of_what_a_policy_says_not_of_its_name():
    assert DEFAULT.replace(name="a").hash == DEFAULT.hash
    assert Policy.load("zero").hash != DEFAULT.hash
    reworded = DEFAULT.replace(Charge(), name="b")
    assert reworded.hash != DEFAULT.hash  # the reference is part of what it says


def test_the_hash_is_the_same_in_every_process():
    said = [
        subprocess.run(
            [sys.executable, "-c", "from claimcheck import Policy; print(Policy.load('default').hash)"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert said == [DEFAULT.hash] * 2


def test_a_policy_travels_to_another_process():
    again = pickle.loads(pickle.dumps(DEFAULT))
    assert (again.name, again.hash) == (DEFAULT.name, DEFAULT.hash)
    assert again.on(date(2024, 7, 15))[Limits] == DEFAULT.on(date(2024, 7, 15))[Limits]


@given(st.dates())
def test_between_two_boundaries_a_policy_says_the_same(day):
    assert day == date.min or day in DEFAULT.boundaries or DEFAULT.on(day) is DEFAULT.on(day - timedelta(1))


def test_a_value_is_in_force_from_its_day_on():
    penny = Policy.load("penny_from_2021_06_01")
    allowed = [penny.on(date(2021, month, day))[Charge].allowed for month, day in ((5, 31), (6, 1), (6, 2))]
    assert allowed == [Decimal("0.00"), Decimal("0.01"), Decimal("0.01")]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_parameter_is_documented_and_has_a_default_for_every_field(parameter):
    assert parameter.__doc__
    assert parameter() == parameter()
    assert hash(parameter()) == hash(parameter())
    assert attrs.fields(parameter)
