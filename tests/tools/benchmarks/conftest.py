"""A little of what the generator reads from the reference folder, so that it can be tested without."""

from __future__ import annotations

import polars
import pytest
from tools.benchmarks.generator import Generator, Reference

_CODES = {
    "99213": 50,
    "99214": 40,
    "99284": 20,
    "80053": 20,
    "85025": 20,
    "36415": 10,
    "71046": 10,
    "96374": 5,
    "97110": 10,
    "T1019": 60,
    "A0425": 5,
    "G0463": 8,
    "90837": 10,
}
_DIAGNOSES = "I10 E785 E119 Z0000 Z23 J069 F411 M5450 M25561 K219 E039 J449 N390 R079 S93401A C50911"


@pytest.fixture(scope="session")
def reference() -> Reference:
    """Thirteen procedure codes and sixteen diagnoses."""
    return Reference(_CODES, tuple(_DIAGNOSES.split()), ("17000", "66984", "93000"))


@pytest.fixture(scope="session")
def generator(reference: Reference) -> Generator:
    """Four thousand claims."""
    return Generator(reference, 4_000, seed=7)


@pytest.fixture(scope="session")
def frame(generator: Generator) -> polars.DataFrame:
    """Their lines."""
    return generator.frame()
