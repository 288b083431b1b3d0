"""The JSON Schema of policy files: it takes every policy that loads, and refuses what loading refuses."""

from __future__ import annotations

import json
import tomllib
from copy import deepcopy
from datetime import date
from importlib import resources
from typing import Any

import pytest

from claimcheck import Policy
from claimcheck.errors import PolicyError
from claimcheck.policies.json_schema import schema
from claimcheck.policies.parameter import key_of
from claimcheck.policies.parameters import PARAMETERS
from claimcheck.policies.starting import new

pytestmark = pytest.mark.extended

validators = pytest.importorskip("jsonschema.validators", reason="the extra `test` has jsonschema")

SCHEMA = schema()


def faults(given: Any) -> list[str]:
    plain = json.loads(json.dumps(given, default=lambda day: day.isoformat()))
    return [error.message for error in validators.validator_for(SCHEMA)(SCHEMA).iter_errors(plain)]


def library(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("claimcheck.policies") / "library" / f"{name}.toml").read_text("utf-8"))


def test_the_schema_is_one():
    validators.validator_for(SCHEMA).check_schema(SCHEMA)


@pytest.mark.parametrize("name", Policy.names())
def test_every_policy_of_the_library_holds(name):
    assert faults(library(name)) == []
    assert faults(tomllib.loads(new(Policy.load(name), "Ours", [key_of(parameter) for parameter in PARAMETERS]))) == []


def test_every_parameter_is_in_it():
    assert set(SCHEMA["$defs"]) >= {key_of(parameter) for parameter in PARAMETERS}
    assert all(made["description"] for made in SCHEMA["$defs"].values())


CHARGE = {"accepts": ["0.00"], "allowed": "0.00", "reference": "our payer's letter"}
LIMIT = {"name": "a limit", "codes": ["99213"]}


def charge(**fields: Any) -> dict[str, Any]:
    return {"extends": "default", "category_ii": {"charge": [{**CHARGE, **fields}]}}


def limit(**fields: Any) -> dict[str, Any]:
    return {"extends": "default", "frequency": {"limits": [{"reference": "a letter", "limits": [{**LIMIT, **fields}]}]}}


HOLDS = {
    "a charge": charge(),
    "a day": {"title": "", "category_ii": {"charge": [CHARGE, {**CHARGE, "from": date(2024, 1, 1)}]}},
    "a limit": limit(most=2, window="pregnancy", codes=["3044F", "99202-99215"]),
    "a limit in the place of another": limit(replaces="Category II, once a year"),
    "rules": {"extends": "default", "rules": {"ignore": ["CAT"], "severity": {"NCCI101": "warning"}}},
}
WRONG = {
    "an unknown family": {"extends": "default", "category_iii": {"charge": [CHARGE]}},
    "an unknown parameter": {"extends": "default", "category_ii": {"charges": [CHARGE]}},
    "an unknown field": charge(alowed="0.00"),
    "no reference": {"extends": "default", "category_ii": {"charge": [{"accepts": ["0.00"]}]}},
    "a blank reference": charge(reference=""),
    "an amount without quotes": charge(allowed=0),
    "a negative amount": charge(allowed="-0.01"),
    "a fraction of a cent": charge(allowed="0.001"),
    "text for a list": charge(accepts="0.00"),
    "a table for a list of entries": {"extends": "default", "category_ii": {"charge": CHARGE}},
    "no entry": {"extends": "default", "category_ii": {"charge": []}},
    "a limit without codes": limit(codes=[]),
    "a limit of no code": limit(codes=["9921"]),
    "a limit of zero": limit(most=0),
    "a limit of text": limit(most="two"),
    "an unknown window": limit(window="year"),
    "yes for true": limit(paid_only="yes"),
    "a modifier in lower case": limit(except_modifiers=["lt"]),
    "an unknown severity": {"extends": "default", "rules": {"severity": {"NCCI101": "fatal"}}},
    "text for rules": {"extends": "default", "rules": {"ignore": "CAT"}},
    "no rule": {"extends": "default", "rules": {"select": []}},
    "two to extend": {"extends": ["default", "zero"]},
}


@pytest.mark.parametrize("case", HOLDS)
def test_what_loads_holds(case):
    assert Policy.from_dict(HOLDS[case])
    assert faults(HOLDS[case]) == []


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_load_is_refused(case):
    with pytest.raises(PolicyError):
        Policy.from_dict(WRONG[case])
    assert faults(WRONG[case])


@pytest.mark.parametrize("parameter", PARAMETERS, ids=key_of)
def test_a_field_that_no_parameter_has_is_refused_everywhere(parameter):
    family, _, name = key_of(parameter).partition(".")
    given = tomllib.loads(new(Policy.load("default"), "Ours", [key_of(parameter)]))
    assert faults(given) == []
    for change in ({"colour": "blue"}, {"reference": 5}, {"from": 2024}):
        wrong = deepcopy(given)
        wrong[family][name][0] |= change
        assert faults(wrong), change
        with pytest.raises(PolicyError):
            Policy.from_dict(wrong)
