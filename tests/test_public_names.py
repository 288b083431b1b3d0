"""The names that claimcheck gives."""

import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

import claimcheck


@pytest.mark.parametrize("name", claimcheck.__all__)
def test_every_public_name_is_there(name):
    assert getattr(claimcheck, name) is not None
    assert name in dir(claimcheck)


def test_no_other_name_is():
    with pytest.raises(AttributeError, match="module 'claimcheck' has no attribute 'nothing'"):
        claimcheck.nothing  # noqa: B018


def test_importing_claimcheck_loads_nothing_yet():
    ours = "('attr', 'regex', 'typing', 'claimcheck')"
    loaded = f"import sys, claimcheck; print(sorted(name for name in sys.modules if name.split('.')[0] in {ours}))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['claimcheck', 'claimcheck.version']"


def test_the_formats_are_there_without_being_imported():
    asked = "import claimcheck; print(claimcheck.codes.parse_procedure('3044F').category)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "II\n"


def _public_functions() -> Iterator[tuple[str, Any]]:
    names = (one.name for one in pkgutil.iter_modules(claimcheck.codes.__path__))
    formats = [f"claimcheck.codes.{name}" for name in names if not name.startswith("_")]
    for module in map(import_module, ["claimcheck", "claimcheck.testing", "claimcheck.remittance", *formats]):
        for name in getattr(module, "__all__", [name for name in vars(module) if not name.startswith("_")]):
            thing = getattr(module, name)
            members = vars(thing).items() if inspect.isclass(thing) else [("", thing)]
            for member, given in members:
                function = getattr(given, "__func__", given)
                imported = module.__name__ in formats and getattr(function, "__module__", "") != module.__name__
                if inspect.isfunction(function) and not member.startswith("_") and not imported:
                    yield f"{module.__name__}.{name}.{member}", function


def test_no_public_function_takes_an_object() -> None:
    """An editor that shows `object` says nothing of what may be given."""
    vague = {
        f"{name}({parameter.name})"
        for name, function in _public_functions()
        for parameter in inspect.signature(function).parameters.values()
        if parameter.annotation in ("object", object)
    }
    assert vague == set()
