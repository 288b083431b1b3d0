"""Policy values as a policy file has them: what `read` reads, written.

>>> from claimcheck.policies.spans import CodeSpans
>>> toml_of(True), toml_of(Decimal("0.01")), toml_of(CodeSpans.of(["99202-99215", "G0463"]))
('true', '"0.01"', '["99202-99215", "G0463"]')
>>> from claimcheck.policies.parameters.frequency import Limit, Limits
>>> limit = Limit("HbA1c", CodeSpans.of(["3044F", "3046F"]), most=2)
>>> print(entry(Limits((limit,)), "our letter of 2024-05-02", date(2024, 7, 1)))
[[frequency.limits]]
from = 2024-07-01
reference = "our letter of 2024-05-02"
limits = [
  { name = "HbA1c", codes = ["3044F", "3046F"], most = 2 },
]
>>> toml_of(None)
Traceback (most recent call last):
    ...
ValueError: TOML has no value for nothing: leave the field out
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from claimcheck.policies.choice import RuleChoice
from claimcheck.policies.parameter import key_of
from claimcheck.policies.spans import CodeSpans

__all__ = ["entry", "field_lines", "rules", "toml_of"]

_WIDTH = 100


def toml_of(value: Any) -> str:
    """A field value on one line; a table leaves out fields with their defaults."""
    match value:
        case None:
            raise ValueError("TOML has no value for nothing: leave the field out")
        case bool():
            return str(value).lower()
        case int():
            return str(int(value))
        case date():
            return value.isoformat()
        case str() | Decimal():
            return _text(str(value))
        case frozenset():
            return f"[{', '.join(map(toml_of, sorted(value)))}]"
        case CodeSpans() | tuple() | list():
            return f"[{', '.join(map(toml_of, value))}]"
        case _:
            return f"{{ {', '.join(f'{name} = {toml_of(own)}' for name, own in _given(value))} }}"


def field_lines(value: Any, *, reference: str = "") -> Iterator[str]:
    """Every field of a parameter, a list of tables with one table per line; a table's reference only if it differs."""
    for field in attrs.fields(type(value)):
        own = getattr(value, field.name)
        if own is not None:
            yield f"{field.name} = {_spread(own, reference)}"


def entry(value: Any, reference: str, start: date | None = None, *, replace: bool = False) -> str:
    """A parameter as an entry of a policy file; `replace` says that its list replaces an inherited one."""
    head = [f"[[{key_of(type(value))}]]"]
    head += [] if start is None else [f"from = {start}"]
    head += [f"reference = {_text(reference)}", *(["replace = true"] if replace else [])]
    return "\n".join([*head, *field_lines(value, reference=reference)])


def rules(choice: RuleChoice) -> Iterator[str]:
    """Which rules run and with what severity: a `[rules]` for each policy of the chain that has one."""
    for step in choice.steps:
        yield "[rules]"
        if step.select is not None:
            yield f"select = {_spread(step.select, '')}"
        if step.ignore:
            yield f"ignore = {_spread(step.ignore, '')}"
        if step.severity:
            yield f"severity = {{ {', '.join(f'{name} = {toml_of(word)}' for name, word in step.severity)} }}"
        if step.references:
            yield f"references = {{ {', '.join(f'{name} = {_text(said)}' for name, said in step.references)} }}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _given(value: Any, reference: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of a table that differ from their defaults."""
    for field in attrs.fields(type(value)):
        own = getattr(value, field.name)
        made = getattr(field.default, "factory", None)
        default = field.default if made is None else made()
        if own is not None and own != default and not (field.name == "reference" and own == reference):
            yield field.name, own


def _spread(value: Any, reference: str) -> str:
    """A list of tables with one per line, a long list of codes on several lines, anything else on one."""
    if isinstance(value, tuple) and not isinstance(value, CodeSpans) and any(attrs.has(type(item)) for item in value):
        tables = (", ".join(f"{name} = {toml_of(own)}" for name, own in _given(item, reference)) for item in value)
        return "\n".join(["[", *(f"  {{ {table} }}," for table in tables), "]"])
    plain = toml_of(value)
    if len(plain) <= _WIDTH or not isinstance(value, (tuple, frozenset, CodeSpans)):
        return plain
    items = sorted(value) if isinstance(value, frozenset) else value
    return "\n".join(["[", *(f"  {line}" for line in _filled(map(toml_of, items))), "]"])


def _filled(items: Iterable[str]) -> Iterator[str]:
    line = ""
    for item in items:
        if line and len(line) + len(item) + 2 > _WIDTH:
            yield line
            line = ""
        line += f"{' ' if line else ''}{item},"
    if line:
        yield line
