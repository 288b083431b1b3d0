"""Ranges and alternatives in words, for messages."""

from __future__ import annotations

from collections.abc import Collection, Iterable

__all__ = ["age_range", "alternatives", "diagnosis_ranges"]


def age_range(least: str, most: str) -> str:
    """The range from `least` to `most` years, both as text, "" where there is no such limit.

    >>> age_range("9", "64"), age_range("65", ""), age_range("", "17"), age_range("0", "0")
    ('ages 9 to 64', 'ages 65 and over', 'ages 0 to 17', 'age 0')
    """
    if not most:
        return f"ages {least} and over"
    return f"age {most}" if (least or "0") == most else f"ages {least or '0'} to {most}"


def alternatives(values: Collection[str]) -> str:
    """Some values, one of which is expected, in order; nothing for none.

    >>> alternatives({"KX"}), alternatives(["KS", "GA", "KX"]), alternatives([])
    ('KX', 'GA, KS or KX', '')
    """
    *first, last = sorted(values) or [""]
    return f"{', '.join(first)} or {last}" if first else last


def diagnosis_ranges(spans: Iterable[str]) -> str:
    """Diagnoses and ranges of them, with their decimal points.

    >>> diagnosis_ranges(["E119", "J40-J449"])
    'E11.9, J40-J44.9'
    """
    return ", ".join("-".join(map(_with_point, span.split("-"))) for span in spans)


def _with_point(code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
