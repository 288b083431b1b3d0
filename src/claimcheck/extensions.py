"""What other installed packages add to claimcheck through entry points.

A package lists its rules, policies, and parameters in its `pyproject.toml`:

    [project.entry-points."claimcheck.rules"]
    acme = "acme_claims.rules"

    [project.entry-points."claimcheck.policies"]
    acme = "acme_claims.policies"

    [project.entry-points."claimcheck.parameters"]
    acme = "acme_claims.parameters"

Only installed packages are found, and only when a validator or a policy is first loaded.

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
    """The name and object of every entry point in a group, by name. PolicyError if one cannot be loaded."""
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
