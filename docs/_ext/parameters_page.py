"""The policy reference: fields, types, allowed values, defaults, examples, and the rules that each changes."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs

from claimcheck import Policy
from claimcheck.policies import CodeSpans
from claimcheck.policies.kind import AtLeastOne, Kind
from claimcheck.policies.parameter import key_of, list_of
from claimcheck.policies.writing import entry, toml_of
from claimcheck.rules.registry import all_rules

INTRODUCTION = """\
Every parameter of a policy file: its fields, what they may hold, their defaults, an example, and the rules whose
findings it changes. [Policies](../policies.md) shows how a file is put together.

A policy is a TOML file that names the policy it extends and states what is different:

```toml
title = "Acme Health Plan"
extends = "commercial"

[[structure.timely_filing]]  # in force until the next entry of the same parameter
reference = "Acme provider manual 2026, section 4.2"
days = 180

[[structure.timely_filing]]
from = 2026-07-01  # a date of service, without quotes
reference = "Acme bulletin 2026-11"
days = 90
```

- Each entry begins with its key, `[[family.name]]`, and needs a `reference`: where the payer says so. Only the first
  entry of a parameter has no `from`.
- An entry replaces the entries of the extended policy. **A field that you leave out has the default shown here**, not
  the value of the extended policy. To change one field, copy the whole entry of the example, or let
  `claimcheck policies new FILE --parameter KEY` write it with the extended policy's values.
- Some lists of named tables, such as the `limits` of `frequency.limits`, are added to the list of the extended policy
  instead; the parameter says so. In a table, `replaces = "its name"` takes the place of an inherited one; in the entry,
  `replace = true` discards them all.
- A list of codes holds codes and ranges, as text: `["99202-99215", "G0463"]`. An amount is text, too: `"0.01"`.
- `claimcheck policies check FILE` lists what is wrong with a file, `claimcheck policies diff default FILE` shows what
  it changes, and `claimcheck policies schema` writes a JSON Schema, with which editors complete and check it."""

_PLAIN: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    date: "date",
    Decimal: "amount in quotes",
}
_MOST = 4
_LONGEST_DEFAULT = 80


def sections(parameter: type[Any]) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """What is said of fields, and their rows: of the parameter itself, then of each kind of table in its fields."""
    yield inspect.cleandoc(parameter.__doc__ or ""), rows(parameter)
    for table, names in nested(parameter).items():
        which = ", ".join(f"`{name}`" for name in dict.fromkeys(names))
        yield f"Each table of {which}: {inspect.cleandoc(table.__doc__ or '')}", rows(table)


def nested(cls: type[Any]) -> dict[type[Any], list[str]]:
    """The tables that the fields hold, and those that their fields hold, with the names of these fields."""
    found: dict[type[Any], list[str]] = {}
    for name, hint in get_type_hints(cls).items():
        table = table_in(hint)
        if table is not None:
            found.setdefault(table, []).append(name)
            for inner, names in nested(table).items():
                found.setdefault(inner, []).extend(names)
    return found


def table_in(hint: Any) -> type[Any] | None:
    if get_origin(hint) in (Union, types.UnionType, tuple, frozenset, Annotated):
        return next(filter(None, map(table_in, get_args(hint))), None)
    return hint if isinstance(hint, type) and hint is not CodeSpans and attrs.has(hint) else None


def inherits(parameter: type[Any]) -> str:
    """How an entry changes the extended policy, where it does not replace what that says."""
    field = list_of(parameter)
    return "" if field is None else f"The tables of `{field}` are added to those of the extended policy."


def rows(cls: type[Any]) -> list[tuple[str, ...]]:
    hints = get_type_hints(cls, include_extras=True)
    return [
        (f"`{field.name}`", kind(hints[field.name]), allowed(hints[field.name]), default(field))
        for field in attrs.fields(cls)
    ]


def kind(hint: Any) -> str:
    """The type of a value, as one writes it in TOML."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return kind(inner[0])
    if origin in (Union, types.UnionType):
        return kind(next(one for one in inner if one is not type(None)))
    if origin in (tuple, frozenset):
        return "list of tables" if table_in(inner[0]) else f"list of {plural(kind(inner[0]))}"
    if hint is CodeSpans:
        return "list of codes and spans"
    if attrs.has(hint):
        return "table"
    return "text" if issubclass(hint, StrEnum) else _PLAIN[hint]


def plural(name: str) -> str:
    return {"text": "texts", "whole number": "whole numbers", "amount in quotes": "amounts in quotes"}.get(name, name)


def allowed(hint: Any) -> str:
    """What a value may be, in words."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        said = [one.expected.rstrip(",") for one in inner[1:] if isinstance(one, Kind)]
        said += [f"at least {one.expected}" for one in inner[1:] if isinstance(one, AtLeastOne)]
        return "; ".join(filter(None, [*said, allowed(inner[0])]))
    if origin in (Union, types.UnionType, tuple, frozenset):
        return next(filter(None, map(allowed, inner)), "")
    return options(hint) if isinstance(hint, type) and issubclass(hint, StrEnum) else ""


def options(words: type[StrEnum]) -> str:
    said = remarks(words)
    return "; ".join(f'`"{word.value}"`{f" ({said[word.name]})" if word.name in said else ""}' for word in words)


def remarks(words: type[StrEnum]) -> dict[str, str]:
    """What the source says of each word, behind it or above it."""
    found, above = {}, ""
    for line in inspect.getsource(words).splitlines():
        if line.strip().startswith("#:"):
            above += line.strip().removeprefix("#:")
        elif assigned := re.match(r'\s+([A-Z]\w+) = "[^"]*"(?:\s+#: (.*))?$', line):
            remark = assigned[2] or above.strip()
            if remark:
                found[assigned[1]] = remark
            above = ""
    return found


def default(field: Any) -> str:
    if field.default is attrs.NOTHING:
        return "required"
    made = getattr(field.default, "factory", None)
    value = field.default if made is None else made()
    if value is None:
        return "none"
    text = toml_of(value)
    if len(text) <= _LONGEST_DEFAULT:
        return f"`{text}`"
    return f"`{toml_of(shortened(value))[:-1]}, ...]`"


def example(parameter: type[Any]) -> tuple[str, str]:
    """A whole entry as a policy file has it, and the policy whose values it has: that of the library that says most."""
    name, value = max(in_library(parameter), key=lambda one: sum(map(differs, attrs.fields(parameter), values(one[1]))))
    return name, entry(without_references(value), "the payer's manual of 2024-05-02, page 12")


def values(value: Any) -> Iterator[Any]:
    return (getattr(value, field.name) for field in attrs.fields(type(value)))


def in_library(parameter: type[Any]) -> Iterator[tuple[str, Any]]:
    for name in ("default", *Policy.names()):
        for said in dict(Policy.load(name).describe())[key_of(parameter)]:
            yield name, said.value


def without_references(value: Any) -> Any:
    """The value without the library's references inside it, which are not the payer's."""
    if isinstance(value, tuple) and not isinstance(value, CodeSpans):
        return tuple(map(without_references, value))
    if not attrs.has(type(value)) or isinstance(value, CodeSpans):
        return value
    own = {field.name: without_references(getattr(value, field.name)) for field in attrs.fields(type(value))}
    return attrs.evolve(value, **{**own, **({"reference": ""} if "reference" in own else {})})


def differs(field: Any, value: Any) -> bool:
    made = getattr(field.default, "factory", None)
    return bool(value) and value != (field.default if made is None else made())


def shortened(value: Any) -> Any:
    match value:
        case CodeSpans():
            return CodeSpans.of([*value][:_MOST])
        case frozenset():
            return frozenset(sorted(value)[:_MOST])
        case tuple():
            tables = any(attrs.has(type(item)) for item in value)
            return tuple(map(shortened, value[: 1 if tables else _MOST]))
        case _ if attrs.has(type(value)):
            own = {field.name: shortened(getattr(value, field.name)) for field in attrs.fields(type(value))}
            return attrs.evolve(value, **{**own, **({"reference": ""} if "reference" in own else {})})
        case _:
            return value


def findings(parameter: type[Any]) -> Iterator[tuple[str, ...]]:
    """The rules whose findings the parameter changes: what each says, and what may become of a line by it."""
    for rule in all_rules():
        if parameter in rule.parameters:
            results = dict.fromkeys(outcome.disposition.replace("_", " ") for outcome in rule.outcomes)
            carcs = dict.fromkeys(f"{one.group_code}-{one.carc}" for one in rule.outcomes if one.carc)
            yield f"[{rule.id}](rules/{rule.id}.md)", rule.title, ", ".join(results), ", ".join(carcs)
