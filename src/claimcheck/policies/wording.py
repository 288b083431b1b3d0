"""Policy values in words, for a screen or a notebook.

>>> from claimcheck.policies.spans import CodeSpans
>>> in_words(True), in_words(None), in_words(("0.00", "0.01")), in_words(CodeSpans.of(["99202-99215", "G0463"]))
('yes', 'none', '0.00, 0.01', '99202-99215 G0463')
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.policies.spans import CodeSpans

__all__ = ["in_words"]


def in_words(value: Any) -> str:
    """A parameter value; for a parameter itself, its fields one after another."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, CodeSpans):
        return " ".join(value) or "none"
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(in_words, value))) or "none"
    if isinstance(value, tuple):
        by = "; " if any(attrs.has(type(item)) for item in value) else ", "
        return by.join(map(in_words, value)) or "none"
    if attrs.has(type(value)):
        values = [(field.name, getattr(value, field.name)) for field in attrs.fields(type(value))]
        return ", ".join(f"{name} {in_words(own)}" for name, own in values if own is not None and name != "reference")
    return str(value)
