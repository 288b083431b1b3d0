"""Whether a code is in a list of the policy, as a question for `Line.of_code`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

__all__ = ["listed"]


@cache
def listed(parameter: type[Any], field: str) -> Callable[[Any, Any, Any], bool]:
    """A question whether a code is in that field of a policy parameter; the same function for the same field.

    >>> from datetime import date
    >>> from claimcheck.policies import Policy
    >>> from claimcheck.policies.parameters.professional import Ambulance
    >>> policy = Policy.load("default").on(date(2024, 7, 15))
    >>> [listed(Ambulance, "codes")(code, policy, None) for code in ("A0428", "99213", None)]
    [True, False, False]
    """

    def is_listed(code: str | None, policy: Any, _: object) -> bool:
        return code in getattr(policy[parameter], field)

    return is_listed
