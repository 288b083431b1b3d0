"""Selects which claims of an input are read, so that processes can share one: each reads its own and skips the rest.

A reader that is given `wanted` calls it once for each claim, in order, with the claim's member identifier. A claim that
is not wanted is skipped: it is not assembled and not yielded. Nothing else changes: places, faults, and notes on other
claims stay the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["Wanted"]

Wanted = Callable[[Any], bool]
"""Takes a member identifier as `Claim` has it: text, None, or unreadable."""
