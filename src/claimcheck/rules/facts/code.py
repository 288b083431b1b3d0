"""A code field: missing, unreadable, malformed, or with a code.

What a rule may report about the field follows from its state: only a well-formed code has a text. Anything else is
described by its outline, because a birth date typed into a code field must not end up in a message.

>>> from claimcheck.codes import npi
>>> read_code(npi.parse, "1234567893").text
'1234567893'
>>> malformed = read_code(npi.parse, "1234567890")
>>> malformed.state, malformed.text, malformed.error
(<State.MALFORMED: 'malformed'>, None, 'the check digit does not agree with the other digits')
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any

import attrs

from claimcheck.claims import Unreadable
from claimcheck.claims.unreadable import Malformed, shape
from claimcheck.errors import CodeError

__all__ = ["MISSING", "CodeField", "State", "read_code"]


class State(StrEnum):
    """The state of a code field."""

    MISSING = "missing"
    UNREADABLE = "unreadable"  #: not even text
    MALFORMED = "malformed"  #: text that is not a code of the format
    CODE = "code"


@attrs.frozen(cache_hash=True)
class CodeField:
    """A code field.

    `text` is the canonical code and `value` its parts, both only if well formed; `error` says what is wrong and where;
    `shape` is the outline of the content; `changed` says whether the text was not canonical as given.
    """

    state: State
    text: str | None = None
    value: Any = attrs.field(default=None, eq=False)
    error: str = ""
    shape: str = ""
    changed: bool = False

    def __bool__(self) -> bool:
        return self.text is not None

    @property
    def missing(self) -> bool:
        """Whether the field is empty."""
        return self.state is State.MISSING

    @property
    def wrong(self) -> bool:
        """Whether the field has content that is not a code."""
        return self.state is State.MALFORMED or self.state is State.UNREADABLE


MISSING = CodeField(State.MISSING)


@lru_cache(maxsize=16_384)
def read_code(parse: Callable[[object], Any], given: str | Unreadable | None) -> CodeField:
    """The state of a code field, by the `parse` of its format."""
    if given is None:
        return MISSING
    if isinstance(given, Malformed):
        return CodeField(State.MALFORMED, error=given.error, shape=shape(given))
    if isinstance(given, Unreadable):
        return CodeField(State.UNREADABLE, error=f"expected {given.expected}", shape=given.shape)
    try:
        value = parse(given)
    except CodeError as error:
        return CodeField(State.MALFORMED, error=str(error).removeprefix(f"{error.format}: "), shape=shape(given))
    return CodeField(State.CODE, value.text, value, shape=shape(given), changed=value.text != given)
