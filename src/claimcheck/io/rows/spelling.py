"""Date formats of a table ("YYYY-MM-DD", "MM/DD/YYYY", "D-Mon-YYYY", and similar), and numeric identifiers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache

import regex

__all__ = ["IDENTIFIERS", "WHOLE_FLOAT", "identifier", "reader"]

IDENTIFIERS = frozenset(
    {"claim_id", "member_id", "payer_id", "original_claim_id", "submitted_claim_id", "replaced_by_claim_id"}
    | {"other_claim_id", "line_control_number"}
)
"""Identifier fields, which other rows, tables, and runs use as well."""
WHOLE_FLOAT = r"^([0-9]{1,18})\.0$"
_WHOLE_FLOAT = regex.compile(WHOLE_FLOAT, regex.ASCII)

#: YYYY, MM, and DD have that many digits, M and D one or two; Mon is the beginning of an English month name. YY is not
#: supported: two digits do not give the century.
_TOKENS = {
    "YYYY": "(?P<year>[0-9]{4})",
    "MM": "(?P<month>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2})",
    "Mon": "(?P<name>[A-Za-z]{3})",
    "DD": "(?P<day>[0-9]{2})",
    "D": "(?P<day>[0-9]{1,2})",
}
_TOKEN = regex.compile("YYYY|Mon|MM|M|DD|D|[^A-Za-z0-9]+|.")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def identifier(text: str) -> str:
    """An identifier without the ".0" of a float: pandas turns a column of integers with a missing value into floats.

    >>> identifier("12.0"), identifier("12.5"), identifier("A12.0")
    ('12', '12.5', 'A12.0')
    """
    return text[:-2] if text.endswith(".0") and _WHOLE_FLOAT.match(text) else text


def reader(format: str) -> Callable[[str], str]:  # noqa: A002 - the word for it
    """A function that converts a date in `format` to YYYY-MM-DD, and returns any other text unchanged.

    Raises:
        ValueError: `format` does not have year, month, and day exactly once.

    >>> reader("DD-Mon-YYYY")("10-Jul-2014"), reader("M/D/YYYY")("7/4/2024"), reader("MM/DD/YYYY")("13/01/2024")
    ('2014-07-10', '2024-07-04', '13/01/2024')
    >>> reader("MM/DD/YY")
    Traceback (most recent call last):
        ...
    ValueError: YYYY, MM or M or Mon, and DD or D are expected, each once, with signs between them
    """
    parts = _TOKEN.findall(format)
    pattern = "".join(_TOKENS[part] if part in _TOKENS else regex.escape(part) for part in parts)
    letters = sorted(part[0] for part in parts if part in _TOKENS)
    if letters != ["D", "M", "Y"] or any(part.isalnum() and part not in _TOKENS for part in parts):
        raise ValueError("YYYY, MM or M or Mon, and DD or D are expected, each once, with signs between them")
    matches = regex.compile(pattern).fullmatch

    @lru_cache(maxsize=16_384)
    def read(text: str) -> str:
        match = matches(text.strip())
        if match is None:
            return text
        found = match.groupdict()
        name = found.get("name")
        month = found.get("month") if name is None else _month(name)
        try:
            return datetime.date(int(found["year"]), int(month or 0), int(found["day"])).isoformat()
        except ValueError:
            return text

    return read


def _month(name: str) -> str:
    return str(_MONTHS.index(name.lower()) + 1) if name.lower() in _MONTHS else "0"
