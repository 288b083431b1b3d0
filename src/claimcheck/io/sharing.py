"""Which claims of an input are read: where several processes share one, each reads its own and passes over the others.

A reader that is given `wanted` asks it once for every claim, in their order, by the member identifier that the claim
has. A claim that is not wanted is passed over: it is not put together, and is not among those that the reader gives,
and everything else is as if it were: the places, the faults, what is noted on the other claims.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["Wanted"]

Wanted = Callable[[Any], bool]
"""Takes a member identifier as `Claim` has it: a text, None, or unreadable."""
