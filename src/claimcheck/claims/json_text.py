"""Reads JSON exactly: fractional numbers become decimals, and an object with a duplicate key is refused.

>>> decoded('{"charge": 0.1}'), decoded('{"units": 1, "units": 2}'), decoded("[1,")
(({'charge': Decimal('0.1')}, None), (None, 'an object has a key twice'), (None, 'column 4'))
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

__all__ = ["decoded", "is_json_object", "object_in"]


def is_json_object(value: object) -> bool:
    """Whether a value is text or bytes that begin like a JSON object.

    >>> is_json_object(b' {"lines": []}'), is_json_object("claims.json"), is_json_object({})
    (True, False, False)
    """
    kind = type(value)
    if kind is str:
        return value.lstrip("\ufeff \t\r\n").startswith("{")  # type: ignore[attr-defined, no-any-return]
    if kind is bytes or kind is bytearray or kind is memoryview:
        return bytes(value).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")  # type: ignore[call-overload, no-any-return]
    return False


def object_in(value: object) -> tuple[dict[str, Any] | None, str | None]:
    """The object in a JSON text, or what is wrong with it; neither for what is no such text.

    >>> object_in('{"units": 1}'), object_in('{"units"'), object_in("99213")
    (({'units': 1}, None), (None, 'text that is not JSON (column 9)'), (None, None))
    """
    if not is_json_object(value):
        return None, None
    found, fault = decoded(value)
    if fault is None and type(found) is dict:
        return found, None
    return None, f"text that is not JSON ({fault})"


def decoded(text: str | bytes | bytearray | Any) -> tuple[Any, str | None]:
    """The value in a text, or what is wrong with it."""
    try:
        whole = text if isinstance(text, str) else bytes(text).decode("utf-8")
        return _DECODER.decode(whole.lstrip("\ufeff").strip()), None
    except _TwiceError:
        return None, "an object has a key twice"
    except UnicodeDecodeError:
        return None, "it is not UTF-8"
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        return None, f"{line}column {error.colno}"
    except RecursionError:
        return None, "it is nested too deeply"
    except ValueError:
        return None, "a number has too many digits"


class _TwiceError(Exception):
    """An object repeats a key; there is no telling which value was meant."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _TwiceError
    return members


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal)
