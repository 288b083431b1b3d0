"""A value that a payer's policy may have instead of the current one, and the policy with that value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from claimcheck.policies import Policy
from claimcheck.policies.parameter import key_of, list_of, read
from claimcheck.policies.parameters import all_parameters
from claimcheck.policies.spans import CodeSpans

__all__ = ["RULES", "Candidate", "parameter_of", "plain", "with_value"]

RULES = "rules.ignore"
"""The key of a candidate that turns a rule off."""


@attrs.frozen(eq=False)
class Candidate:
    """One value of one parameter, or a rule that is not enforced.

    `values` are what the policy file has under `key`; at most one candidate of a `family` is proposed. `cost` is how
    many codes and choices it names: each must explain lines that a simpler value leaves unexplained.
    """

    family: str
    key: str
    values: Mapping[str, Any]
    title: str
    cost: int = 1


def parameter_of(key: str) -> type[Any]:
    """The parameter with that key."""
    return next(parameter for parameter in all_parameters() if key_of(parameter) == key)


def with_value(policy: Policy, candidate: Candidate) -> Policy:
    """The policy with the candidate's value on all dates.

    >>> from claimcheck.policies.parameters.category_ii import BilledAlone
    >>> candidate = Candidate("alone", "category_ii.alone", {"then": "reject"}, "")
    >>> with_value(Policy.load("default"), candidate).on(None)[BilledAlone].then
    <Alone.REJECT: 'reject'>
    """
    if candidate.key == RULES:
        return policy.choosing(ignore=candidate.values["ignore"])
    parameter = parameter_of(candidate.key)
    field = list_of(parameter)
    if field is None:
        return policy.replace(read(parameter, candidate.values))
    replaced = {item.get("replaces") for item in candidate.values[field]}
    own = [{name: value for name, value in item.items() if name != "replaces"} for item in candidate.values[field]]
    kept = [item for item in getattr(policy.on(None)[parameter], field) if item.name not in replaced]
    return policy.replace(parameter(tuple(kept) + getattr(read(parameter, {field: own}), field)))


def plain(value: Any) -> Any:
    """A parameter value as a policy file writes it; fields with their default are left out.

    >>> plain(CodeSpans.of(["99202-99215"])), plain(Decimal("0.01")), plain(frozenset({"26", "25"}))
    (['99202-99215'], '0.01', ['25', '26'])
    """
    if isinstance(value, CodeSpans):
        return list(value)
    if isinstance(value, Enum | Decimal):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(map(plain, value))
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if attrs.has(type(value)):
        said = [(field, getattr(value, field.name)) for field in attrs.fields(type(value))]
        return {field.name: plain(own) for field, own in said if own is not None and not _is_default(field, own)}
    return value


def _is_default(field: Any, value: Any) -> bool:
    default = field.default
    return bool((default.factory() if isinstance(default, attrs.Factory) else default) == value)  # type: ignore[arg-type]
