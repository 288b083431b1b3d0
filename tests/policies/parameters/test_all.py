"""Parameters that other packages add: those of their own modules, in families of their own."""

from types import ModuleType

import pytest

from claimcheck import PolicyError
from claimcheck.policies import parameter
from claimcheck.policies.parameters import _all
from claimcheck.policies.parameters.structure import Counts


def module(name: str, *keys: str, **others: object) -> ModuleType:
    """A module that defines a parameter for each key."""
    made = ModuleType(name)
    for place, key in enumerate(keys):
        own = parameter(key)(type(f"P{place}", (), {"__module__": name, "__annotations__": {}}))
        setattr(made, f"P{place}", own)
    vars(made).update(others)
    return made


def added(monkeypatch: pytest.MonkeyPatch, *modules: ModuleType) -> list[str]:
    """The keys of the parameters beside claimcheck's own."""
    named = [(one.__name__, one) for one in modules]
    monkeypatch.setattr(_all, "extensions", lambda group: named if group == "claimcheck.parameters" else [])
    found = _all.all_parameters.__wrapped__()
    assert found[: len(_all.PARAMETERS)] == _all.PARAMETERS
    return [one._parameter_key for one in found[len(_all.PARAMETERS) :]]


def test_what_a_module_defines_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    assert added(monkeypatch, module("acme", "acme.visits", "acme.counts"), module("payer", "payer.visits")) == [
        "acme.visits",
        "acme.counts",
        "payer.visits",
    ]


def test_what_it_imports_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = module("elsewhere", "elsewhere.visits")
    own = module("acme", "acme.visits", Counts=Counts, theirs=theirs.P0, number=5, text="acme.other")
    assert added(monkeypatch, own) == ["acme.visits"]


@pytest.mark.parametrize(
    ("modules", "place"),
    [
        ([("acme", "structure.visits")], "acme: structure.visits"),
        ([("acme", "acme.visits"), ("payer", "acme.visits")], "payer: acme.visits"),
    ],
)
def test_a_family_of_claimchecks_and_a_key_of_anothers_are_refused(
    monkeypatch: pytest.MonkeyPatch, modules: list[tuple[str, str]], place: str
) -> None:
    with pytest.raises(PolicyError, match="needs its own family") as caught:
        added(monkeypatch, *[module(name, key) for name, key in modules])
    assert caught.value.place == place
