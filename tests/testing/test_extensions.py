"""Rules, parameters and policies of other packages: what is found, and what is refused."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from claimcheck import Policy, PolicyError, Validator
from claimcheck.extensions import extensions
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters import PARAMETERS, all_parameters
from claimcheck.rules.registry import all_rules, by_id
from claimcheck.rules.rule import Outcome, Rule
from claimcheck.testing import a_claim, a_line, assert_finding
from claimcheck.testing.rules import assert_rule

EXAMPLE = Path(__file__).parents[2] / "examples" / "claims-rules"
GROUPS = ("rules", "parameters", "policies")

Install = Callable[..., None]


def forget() -> None:
    """Lets the next one who asks look for entry points anew."""
    for cached in (extensions, all_parameters, all_rules):
        cached.cache_clear()


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Makes objects, or modules by name, stand behind the entry points of claimcheck's groups, each under "acme"."""
    true = metadata.entry_points

    def entry_points(**wanted: str) -> Any:
        found = given.get(wanted.get("group", ""))
        return true(**wanted) if found is None else found

    def point(group: str, value: Any) -> metadata.EntryPoint:
        if isinstance(value, str):
            return metadata.EntryPoint("acme", value, group)
        module = ModuleType("acme_given")
        module.value = value  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, f"acme_given_{group[11:]}", module)
        return metadata.EntryPoint("acme", f"acme_given_{group[11:]}:value", group)

    def do(**values: Any) -> None:
        for name, value in values.items():
            given[f"claimcheck.{name}"] = [point(f"claimcheck.{name}", value)]
        forget()

    given: dict[str, list[metadata.EntryPoint]] = {f"claimcheck.{name}": [] for name in GROUPS}
    monkeypatch.setattr(metadata, "entry_points", entry_points)
    monkeypatch.syspath_prepend(EXAMPLE / "src")
    forget()
    yield do
    monkeypatch.undo()
    forget()
    for name in [name for name in sys.modules if name.startswith("acme_claims")]:
        del sys.modules[name]


@pytest.fixture
def example(install: Install) -> None:
    install(**{name: f"acme_claims.{name}" for name in GROUPS})


@pytest.mark.usefixtures("example")
def test_the_example_is_found() -> None:
    rule = by_id("acme-101")
    assert rule is not None
    assert rule in Validator().rules
    assert_rule(rule)
    assert "acme_2025" in Policy.names()
    claim = a_claim(a_line("99213", "95"), place_of_service="11")
    assert_finding(claim, "ACME-101", line=1, validator=Validator("acme_2025"))
    assert all_parameters()[: len(PARAMETERS)] == PARAMETERS


@pytest.mark.usefixtures("example")
def test_a_policy_file_may_extend_an_added_policy(tmp_path: Path) -> None:
    parameters = importlib.import_module("acme_claims.parameters")
    file = tmp_path / "ours.toml"
    file.write_text('extends = "acme_2025"\n[[acme.telehealth]]\nmodifiers = ["95"]\nreference = "ours"\n')
    assert Policy.load(file).on(None)[parameters.Telehealth].modifiers == {"95"}


def a_rule(**changes: Any) -> Rule:
    known = by_id("STR301")
    assert known is not None
    return attrs.evolve(known, **{"id": "ACME-7", "name": "acme-units", **changes})


def test_a_rule_alone_may_stand_behind_an_entry_point(install: Install) -> None:
    rule = a_rule(id="ACME-107")
    install(rules=rule)
    assert by_id("acme-units") is rule


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "STR999"}, "key STR999: the id of an added rule is a namespace and a number, such as ACME-101"),
        ({"id": "acme-101"}, "key acme-101: the id of an added rule"),
        ({"id": "ACME-101", "name": "units-again"}, "the name of an added rule begins with its namespace: acme-"),
        ({"id": "ACME-101", "sources": ()}, "key ACME-101: a rule has sources"),
    ],
)
def test_a_rule_without_a_namespace_or_sources_is_refused(install: Install, changes: Any, reason: str) -> None:
    install(rules=a_rule(**changes))
    with pytest.raises(PolicyError, match=reason):
        all_rules()


@pytest.mark.parametrize("nothing", [3, "acme_claims.parameters"])
def test_what_holds_no_rule_is_refused(install: Install, nothing: Any) -> None:
    install(rules=nothing)
    with pytest.raises(PolicyError, match=r"claimcheck\.rules: acme: neither a rule, nor a module or package of rules"):
        all_rules()


def test_what_cannot_be_loaded_is_named(install: Install) -> None:
    install(rules="acme_is_not_here")
    with pytest.raises(PolicyError, match=r"entry point acme of claimcheck.rules: acme_is_not_here cannot be loaded"):
        all_rules()


@parameter("acme.limit")
class Limit:
    """How much."""

    most: int = 1


@parameter("acme.limit")
class LimitAgain:
    """How much, once more."""


@parameter("category_ii.colour")
class Colour:
    """What is not ACME's to say."""


def module_of(*parameters: type[Any]) -> ModuleType:
    module = ModuleType(__name__)
    for place, one in enumerate(parameters):
        setattr(module, f"parameter{place}", one)
    return module


def test_parameters_have_families_and_keys_of_their_own(install: Install) -> None:
    install(parameters=module_of(Limit))
    assert Policy.load("default").on(None)[Limit].most == 1
    for wrong, key in (((Colour,), "category_ii.colour"), ((Limit, LimitAgain), "acme.limit")):
        install(parameters=module_of(*wrong))
        with pytest.raises(PolicyError, match=f"acme: {key}: an added parameter needs its own family"):
            all_parameters()


def test_two_policies_of_one_name_are_refused(install: Install) -> None:
    install(policies="claimcheck.policies.library")
    with pytest.raises(PolicyError, match="both library and acme have a policy of this name"):
        Policy.names()


def test_a_parameter_can_be_tried_out_before_it_is_installed() -> None:
    policy = Policy.load("default")
    assert policy.on(None)[Limit] == Limit()
    changed = policy.replace(Limit(most=3))
    assert changed.on(None)[Limit].most == 3
    assert changed.hash != policy.hash
    with pytest.raises(PolicyError, match=r"acme\.limit: unknown parameter"):
        policy.replace(acme__limit={"most": 3})


@pytest.mark.parametrize("rule_id", ["CAT101", "COD101", "FRQ101", "NCCI101", "STR105"])
def test_rules_of_claimcheck_are_all_that_a_rule_must_be(rule_id: str) -> None:
    rule = by_id(rule_id)
    assert rule is not None
    assert_rule(rule)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sources": ()}, "it names no source"),
        ({"reads": ("units", "weather")}, "it reads weather, which is no fact of a Line"),
        ({"parameters": (Limit,)}, "its parameter Limit is not registered"),
        ({"outcomes": (Outcome("error", "denied"),)}, "an outcome that is denied has no reason code"),
        ({"outcomes": (Outcome("error", "denied", "CO", "999"),)}, "CARC 999 is on no list"),
        ({"outcomes": (Outcome("error", "denied", "CO", "236", ("X9",)),)}, "RARC X9 is on no list"),
        ({"outcomes": (Outcome("error", "denied", "CO", "16", ("N620",)),)}, "CARC 16 demands a remark code"),
    ],
)
def test_what_a_rule_lacks_is_said(changes: Any, said: str) -> None:
    known = by_id("STR301")
    assert known is not None
    assert_rule(known)
    with pytest.raises(AssertionError, match=said):
        assert_rule(attrs.evolve(known, **changes))


@pytest.mark.parametrize(
    ("documentation", "said"),
    [("A rule.", "it has no example"), ("A rule.\n\n## Example\n>>> 1 + 1\n3", "its example does not run as shown")],
)
def test_documentation_without_an_example_that_runs(documentation: str, said: str) -> None:
    module = ModuleType("acme_documented", documentation)

    def check(_line: object) -> Any:
        return iter(())

    check.__module__ = module.__name__
    sys.modules[module.__name__] = module
    try:
        with pytest.raises(AssertionError, match=rf"(?s)has the sections \[.*{said}"):
            assert_rule(a_rule(check=check))
    finally:
        del sys.modules[module.__name__]
