"""Reads TOML that people write for claimcheck: policies, mappings, and options.

>>> read(b'policy = "zero"')
{'policy': 'zero'}
>>> read(b'SMITH = 1\\nSMITH = {SMITH = 1, SMITH = 2}')
Traceback (most recent call last):
    ...
ValueError: not a TOML file: Duplicate inline table key (at line 2, column 30)
"""

from __future__ import annotations

import tomllib
from typing import Any

__all__ = ["read"]


def read(content: bytes) -> dict[str, Any]:
    """The content of a TOML file; a byte order mark, which some editors on Windows add, is skipped.

    Raises:
        ValueError: not TOML; with the line and column, and without quoting the file, which may be the wrong one:
            claims, for example.
    """
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        message = "it is no UTF-8 text; save it as UTF-8"
    except tomllib.TOMLDecodeError as error:
        reason, at, place = str(error).rpartition(" (at ")
        message = f"{_unnamed(reason)}{at}{place}"
    except RecursionError:
        message = "it is nested too deeply"
    except ValueError:
        message = "a number in it is too long"  # more digits than Python reads
    raise ValueError(f"not a TOML file: {message}")


def _unnamed(reason: str) -> str:
    """The parser's message without names: `Cannot declare ('a', 'b') twice`, `Duplicate ... key 'a'`."""
    begin, end = reason.find("("), reason.rfind(")")
    if 0 <= begin < end:
        reason = f"{reason[:begin]}a name{reason[end + 1 :]}"
    before, key, _ = reason.partition("inline table key")
    return before + key
