"""What all code formats share: values, shapes, cleaning, and locating the wrong character.

A format states what may be at each position (a `Shape`); everything else follows from it: what is accepted, and which
position of a refused text is wrong and why.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from operator import contains
from typing import NamedTuple

import attrs

from claimcheck.errors import CodeError

WHITE_SPACE = " \t\n\r\f\v"
"""White space that lenient parsing trims. Other white space (a no-break space) is refused like any non-ASCII
character."""


@attrs.frozen
class Code:
    """A well-formed code, made by its format's `parse`; `text` is canonical, and the parts are views of it."""

    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from claimcheck import markup

        return markup.joined(markup.code(self), type(self).__name__)


@attrs.frozen(repr=False)
class ConfidentialCode(Code):
    """A code that identifies a person: only `text` and the named parts show it, never `repr` or `str`."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(****)"

    def __str__(self) -> str:
        return "****"


class Place(NamedTuple):
    """What may be at one position, and how an error describes it."""

    allowed: str
    expected: str


DIGIT = Place("0123456789", "a digit")
LETTER = Place("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "a letter")
LETTER_OR_DIGIT = Place(LETTER.allowed + DIGIT.allowed, "a letter or a digit")
HYPHEN = Place("-", "a hyphen")
DOT = Place(".", "a dot")


class Shape:
    """The positions of a format in order; trailing ones may be left out, down to `minimum` characters."""

    __slots__ = ("_alphabets", "maximum", "minimum", "places")

    def __init__(self, *places: Place, minimum: int | None = None) -> None:
        self.places = places
        self.maximum = len(places)
        self.minimum = self.maximum if minimum is None else minimum
        self._alphabets = tuple(place.allowed for place in places)

    def check(self, name: str, code: str, offset: int) -> None:
        """Raises unless the code has this shape. `offset` is what `clean` trimmed from its start."""
        length = len(code)
        if not self.minimum <= length <= self.maximum:
            wanted = f"{self.maximum}" if self.minimum == self.maximum else f"{self.minimum} to {self.maximum}"
            plural = "" if wanted == "1" else "s"
            raise CodeError(name, f"expected {wanted} character{plural}, found {length}")
        if not all(map(contains, self._alphabets, code)):
            raise self._wrong_character(name, code, offset)

    def _wrong_character(self, name: str, code: str, offset: int) -> CodeError:
        index = next(i for i, char in enumerate(code) if char not in self._alphabets[i])
        allowed, expected = self.places[index]
        case = " in upper case" if code[index].upper() in allowed else ""
        return CodeError(name, f"expected {expected}{case}", offset + index + 1)


class Separated:
    """A shape that people also write with separators at fixed places. Only lenient reading accepts that form."""

    __slots__ = ("_cuts", "_plain", "_separator", "_written")

    def __init__(self, plain: Shape, separator: Place, *cuts: int) -> None:
        places: list[Place] = []
        for start, end in pairwise((0, *cuts, plain.maximum)):
            places += [*plain.places[start:end], separator]
        # The last separator has something after it, even where the plain text may end there.
        minimum = len(cuts) + max(plain.minimum, cuts[-1] + 1)
        self._plain = plain
        self._written = Shape(*places[:-1], minimum=minimum)
        self._separator = separator.allowed
        self._cuts = cuts

    def check(self, name: str, code: str, offset: int, *, strict: bool) -> str:
        """The code without its separators; raises unless it has the shape."""
        if self._separator in code and not strict:
            self._written.check(name, code, offset)
            return code.replace(self._separator, "")
        self._plain.check(name, code, offset)
        return code

    def write(self, code: str) -> str:
        """The code as people write it."""
        parts = [code[start:end] for start, end in pairwise((0, *self._cuts, len(code)))]
        return self._separator.join(filter(None, parts))


def clean(name: str, text: object, *, strict: bool) -> tuple[str, int]:
    """The text to check, and how many characters were trimmed from its start.

    Lenient trims and converts to uppercase. Strict changes nothing, so a lowercase letter is checked as it is.
    """
    if not isinstance(text, str):
        raise CodeError(name, "expected text")
    text = str.__str__(text)  # a subclass (an enum member, NumPy's str_) must not survive in the value
    if not text.isascii():
        # Before uppercasing: "ı".upper() is "I" and "ſ".upper() is "S".
        position = next(i for i, char in enumerate(text, 1) if not char.isascii())
        raise CodeError(name, "expected an ASCII character", position)
    trimmed = text.strip(WHITE_SPACE)
    if trimmed == text:
        return (text if strict else text.upper()), 0
    if strict:
        position = 1 if text[0] in WHITE_SPACE else len(text.rstrip(WHITE_SPACE)) + 1
        raise CodeError(name, "expected no white space", position)
    return trimmed.upper(), len(text) - len(text.lstrip(WHITE_SPACE))


def read(name: str, shape: Shape, text: object, *, strict: bool) -> str:
    """The canonical text of a format with one shape."""
    code, offset = clean(name, text, strict=strict)
    shape.check(name, code, offset)
    return code


def accepts(parse: Callable[[object, bool], Code], text: object, *, strict: bool) -> bool:
    """Whether `parse` returns a value."""
    try:
        parse(text, strict)
    except CodeError:
        return False
    return True
