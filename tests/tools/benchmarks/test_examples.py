"""The examples in the benchmarks' docstrings."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = ("generator.chance", "generator.codes", "generator.people", "measures")


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    tried = doctest.testmod(importlib.import_module(f"tools.benchmarks.{name}"))
    assert tried.attempted > 0
    assert tried.failed == 0
