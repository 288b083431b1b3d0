"""Other values for some parameters of a policy, as a caller gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from claimcheck.errors import PolicyError
from claimcheck.policies.dated import Dated, citing
from claimcheck.policies.parameter import fields_of, key_of, read

__all__ = ["replaced"]

Parameters = Mapping[type[Any], tuple[Dated, ...]]


def replaced(parameters: Parameters, values: Iterable[Any], by_name: Mapping[str, Any]) -> Parameters:
    """The parameters of a policy with others in their place: `values` of parameters, or their plain values by key.

    Raises:
        PolicyError: there is no such parameter, or its values are refused.
    """
    by_key = {key_of(parameter): parameter for parameter in parameters}
    by_key |= {key_of(type(value)): type(value) for value in values if hasattr(type(value), "_parameter_key")}
    given = [(key_of(type(value)) if hasattr(type(value), "_parameter_key") else "", value) for value in values]
    given += [(spelled.replace("__", ".", 1), value) for spelled, value in by_name.items()]
    changed = dict(parameters)
    for key, value in given:
        if key not in by_key:
            raise PolicyError("unknown parameter; see Policy.describe()", place=key or type(value).__name__)
        changed[by_key[key]] = (_replaced(by_key[key], value),)
    return changed


_BY_CALLER = "the caller's own value (Policy.replace)"


def _replaced(parameter: type[Any], value: object) -> Dated:
    """What a caller gives for a parameter: the parameter itself, or its plain values by name."""
    if not isinstance(value, (parameter, Mapping)):
        raise PolicyError("the parameter or a mapping of its values is expected", place=key_of(parameter))
    given = dict(value) if isinstance(value, Mapping) else fields_of(value)
    reference = given.pop("reference", _BY_CALLER)
    if not isinstance(reference, str):
        raise PolicyError("reference: text is expected", place=key_of(parameter))
    try:
        value = read(parameter, given)
    except ValueError as error:
        raise PolicyError(f"{error}", place=key_of(parameter)) from None
    return Dated(citing(value, reference), None, reference, frozenset(given))
