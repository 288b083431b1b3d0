"""Loads rules and starter tables before the first example of a property rather than during it."""

from __future__ import annotations

from functools import cache

from claimcheck.testing.assertions import assert_ok
from claimcheck.testing.builders import a_claim, a_line, an_institutional_claim

__all__ = ["warm_up"]


@cache
def warm_up() -> None:
    """Validates a claim of each type once: Hypothesis treats a first example that is slower than the others as a flaw
    of the test, but does not count the time in which an example is made."""
    assert_ok(a_claim("99213", a_line("3044F", charge="0.00")))
    assert_ok(an_institutional_claim(a_line("83036", revenue_code="0301")))
