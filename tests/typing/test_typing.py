"""The public interface, as a type checker sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.exhaustive
api = pytest.importorskip("mypy.api", reason="mypy is not installed: pip install 'claimcheck[dev]'")

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_the_public_interface_has_the_types_that_it_says() -> None:
    out, errors, status = api.run(
        ["--strict", "--config-file", str(ROOT / "pyproject.toml"), str(HERE / "public_api.py")]
    )
    assert status == 0, out + errors


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "src" / "claimcheck" / "py.typed").is_file()
