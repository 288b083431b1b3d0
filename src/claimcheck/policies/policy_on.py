"""A policy as of one day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

from claimcheck.policies.dated import Dated

__all__ = ["P", "PolicyOn"]

P = TypeVar("P")


@attrs.frozen
class PolicyOn:
    """A policy as of one day: `policy_on[Parameter]` is the parameter's value, its default if the policy has none."""

    name: str
    _entries: Mapping[type[Any], Dated] = attrs.field(repr=False)

    def __getitem__(self, parameter: type[P]) -> P:
        try:
            value: P = self._entries[parameter].value
        except KeyError:  # for a rule that is being tried out, and not installed
            value = parameter()
        return value

    def source(self, parameter: type[Any], *fields: str) -> str | None:
        """Where the policy sets a parameter: the reference of the entry in force, for a finding to cite.

        None if it does not: if the entry sets none of the `fields`, the default is the rule's own, and so is its
        source.

        >>> from claimcheck.policies.parameters.facility import TotalLine
        >>> entry = Dated(TotalLine(accepted=False), None, "our letter of 2024-05-02", frozenset({"accepted"}))
        >>> PolicyOn("ours", {TotalLine: entry}).source(TotalLine)
        'our letter of 2024-05-02'
        >>> PolicyOn("ours", {}).source(TotalLine) is None
        True
        """
        entry = self._entries.get(parameter)
        if entry is None:
            return None
        if entry.fields is None or (entry.fields.intersection(fields) if fields else entry.fields):
            return entry.reference
        return None
