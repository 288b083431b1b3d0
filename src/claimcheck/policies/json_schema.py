"""A JSON Schema for policy files, for editors that complete and check TOML.

It is generated from the parameters, including those of installed packages. It knows keys, types, words, and the form of
codes; what only loading can detect (overlapping dates, a policy that extends itself, an amount above every accepted
charge) is reported by `Policy.faults`.

>>> made = schema()
>>> made["properties"]["category_ii"]["properties"]["charge"]["items"]
{'$ref': '#/$defs/category_ii.charge'}
>>> charge = made["$defs"]["category_ii.charge"]
>>> charge["required"], charge["properties"]["allowed"]["pattern"], charge["additionalProperties"]
(['reference'], '^([0-9]+(\\\\.[0-9]{1,2})?)$', False)
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs

from claimcheck.claims import Severity
from claimcheck.policies.kind import AtLeastOne, Kind
from claimcheck.policies.named import names
from claimcheck.policies.parameter import item_of, key_of, list_of
from claimcheck.policies.parameters import all_parameters
from claimcheck.policies.spans import CodeSpans

__all__ = ["schema"]

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_NAMES: Schema = {"type": "array", "items": _TEXT}
_DAY: Schema = {"type": "string", "format": "date", "description": "in force from this day: a date without quotes"}
_REFERENCE: Schema = {**_TEXT, "description": "where the payer says so: document, date, page"}
_REPLACE: Schema = {"type": "boolean", "description": "whether the list takes the place of the inherited one"}
_REPLACES: Schema = {**_TEXT, "description": "the name of the inherited table that this one takes the place of"}


def schema() -> Schema:
    """The schema of a policy file, in draft 2020-12."""
    parameters = sorted(all_parameters(), key=key_of)
    families: dict[str, Schema] = {}
    for parameter in parameters:
        family, _, name = key_of(parameter).partition(".")
        entries = {"type": "array", "minItems": 1, "items": {"$ref": f"#/$defs/{key_of(parameter)}"}}
        families.setdefault(family, {})[name] = entries
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A payer policy of claimcheck",
        **_object(
            {
                "name": {**_TEXT, "description": "its name; else that of the file"},
                "title": {"type": "string", "description": "what it is, in one line"},
                "extends": {**_TEXT, "description": "a policy of the library, or a file", "examples": [*names()]},
                "rules": _rules(),
                **{family: _object(entries) for family, entries in families.items()},
            }
        ),
        "$defs": {key_of(parameter): _entry(parameter) for parameter in parameters},
    }


def _object(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    needed = sorted(required)
    made: Schema = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    return {**made, "required": needed} if needed else made


def _rules() -> Schema:
    severity = {"type": "object", "additionalProperties": {"enum": [str(word) for word in Severity]}}
    references = {"type": "object", "additionalProperties": _TEXT}
    return _object(
        {"select": {**_NAMES, "minItems": 1}, "ignore": _NAMES, "severity": severity, "references": references}
    )


def _entry(parameter: type[Any]) -> Schema:
    """An entry of a parameter: its date, its reference, its fields."""
    own = _table(parameter)
    properties = {"from": _DAY, "reference": _REFERENCE, **own["properties"]}
    if (field := list_of(parameter)) is not None:
        properties["replace"] = _REPLACE
        item = _table(item_of(parameter))
        item["properties"]["replaces"] = _REPLACES
        properties[field] = {"type": "array", "items": item}
    made = _object(properties, {"reference", *own.get("required", ())})
    return {"description": _said(parameter), **made}


def _table(cls: type[Any]) -> Schema:
    hints = get_type_hints(cls, include_extras=True)
    fields = attrs.fields(cls)
    return _object(
        {field.name: _of(hints[field.name]) for field in fields},
        (field.name for field in fields if field.default is attrs.NOTHING),
    )


def _said(cls: type[Any]) -> str:
    return " ".join((cls.__doc__ or "").split())


def _of(hint: Any) -> Schema:
    """The schema for the annotation `hint`, as `parameter.read` interprets it."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _narrowed(_of(inner[0]), inner[1:])
    if origin in (Union, types.UnionType):
        return _of(next(kind for kind in inner if kind is not type(None)))
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _of(inner[0])}
    if hint is CodeSpans:
        return {"type": "array", "items": {"type": "string"}, "description": "codes and spans of codes"}
    if attrs.has(hint):
        return _table(hint)
    if issubclass(hint, StrEnum):
        return {"enum": [str(word) for word in hint]}
    return dict(_PLAIN[hint])


_PLAIN: Mapping[Any, Schema] = types.MappingProxyType(
    {
        str: {"type": "string"},
        int: {"type": "integer"},
        bool: {"type": "boolean"},
        date: _DAY,
        Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    }
)


def _narrowed(made: Schema, kinds: Iterable[Any]) -> Schema:
    """What the kinds in an annotation add: to the value, or to each of several."""
    for kind in kinds:
        if isinstance(kind, AtLeastOne):
            made = {**made, "minItems": 1}
        elif isinstance(kind, Kind) and made.get("type") == "array":
            spans = made.get("description") is not None
            made = {**made, "items": {**made["items"], **dict(_limits(kind, spans=spans))}}
        elif isinstance(kind, Kind):
            made = {**made, **dict(_limits(kind, spans=False))}
    return made


def _limits(kind: Kind, *, spans: bool) -> Iterator[tuple[str, Any]]:
    yield "description", kind.expected.rstrip(",")
    if kind.pattern is not None:
        one = f"({kind.pattern})"
        yield "pattern", f"^{one}(-{one})?$" if spans else f"^{one}$"
    if kind.least is not None:
        yield "minimum", kind.least
    if kind.most is not None:
        yield "maximum", kind.most
