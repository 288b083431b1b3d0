"""The names that claimcheck gives."""

import subprocess
import sys

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
