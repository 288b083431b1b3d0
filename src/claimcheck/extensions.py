"""What other installed packages add to claimcheck, found through their entry points.

A package says in its `pyproject.toml` where its rules, its policies and its parameters are:

    [project.entry-points."claimcheck.rules"]
    acme = "acme_claims.rules"

    [project.entry-points."claimcheck.policies"]
    acme = "acme_claims.policies"

    [project.entry-points."claimcheck.parameters"]
    acme = "acme_claims.parameters"

Only packages that somebody installed are found, and only when a validator or a policy is first loaded.

>>> extensions("claimcheck.colours")
()
"""

from __future__ import annotations

from functools import cache
from typing import Any

from claimcheck.errors import PolicyError

__all__ = ["extensions"]


@cache
def extensions(group: str) -> tuple[tuple[str, Any], ...]:
    """The name and the object of every entry point of a group, by name. PolicyError where one cannot be loaded."""
    from importlib.metadata import entry_points  # costs more than importing claimcheck does

    return tuple(
        (point.name, _load(group, point)) for point in sorted(entry_points(group=group), key=lambda point: point.name)
    )


def _load(group: str, point: Any) -> Any:
    try:
        return point.load()
    except Exception as error:
        reason = f"{point.value} cannot be loaded ({type(error).__name__}: {error}); mend or remove that package"
        raise PolicyError(reason, place=f"entry point {point.name} of {group}") from error
