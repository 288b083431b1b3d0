"""NDC: the National Drug Code, issued by the FDA.

Labeler, product and package. The FDA writes ten digits with hyphens, 4-4-2, 5-3-2 or 5-4-1; claims carry eleven
digits without hyphens, 5-4-2, with a zero put in front of the short segment. Without its hyphens a ten-digit code
cannot be converted, since nothing tells which segment is short: it is refused.

Sources: FDA, National Drug Code format; ASC X12 005010X222/X223 (LIN02 qualifier N4).

>>> parse("0002-7510-01")
Ndc(text='00002751001')
>>> parse("50242-040-62").text, parse("60574-4114-1").hyphenated
('50242004062', '60574-4114-01')
>>> parse("0002751001")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NDC: 10 digits without hyphens are ambiguous; expected 11 digits, or hyphens
>>> parse("0002-751-001")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NDC: expected segments of 4-4-2, 5-3-2, 5-4-1 or 5-4-2 digits
>>> parse("0002-75X0-01")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NDC: expected a digit at position 8
>>> parse("00002-7510-01", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NDC: expected 11 characters, found 13
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import DIGIT, HYPHEN, Code, Shape, accepts, clean
from claimcheck.errors import CodeError

NAME = "NDC"

_SIZES = (5, 4, 2)
_PLAIN = Shape(*(DIGIT,) * 11)
_HYPHENATED: dict[tuple[int, ...], Shape] = {
    sizes: Shape(*(DIGIT,) * sizes[0], HYPHEN, *(DIGIT,) * sizes[1], HYPHEN, *(DIGIT,) * sizes[2])
    for sizes in ((4, 4, 2), (5, 3, 2), (5, 4, 1), _SIZES)
}


@attrs.frozen
class Ndc(Code):
    """A drug package: `labeler`, `product`, `package`."""

    @property
    def labeler(self) -> str:
        return self.text[:5]

    @property
    def product(self) -> str:
        return self.text[5:9]

    @property
    def package(self) -> str:
        return self.text[9:]

    @property
    def hyphenated(self) -> str:
        return f"{self.labeler}-{self.product}-{self.package}"


def parse(text: str | Any, strict: bool = False) -> Ndc:
    """Reads a drug code; lenient converts the FDA's hyphenated forms."""
    code, offset = clean(NAME, text, strict=strict)
    if "-" in code and not strict:
        return Ndc(_convert(code, offset))
    if len(code) == 10 and code.isdigit():
        raise CodeError(NAME, "10 digits without hyphens are ambiguous; expected 11 digits, or hyphens")
    _PLAIN.check(NAME, code, offset)
    return Ndc(code)


def _convert(code: str, offset: int) -> str:
    segments = code.split("-")
    shape = _HYPHENATED.get(tuple(map(len, segments)))
    if shape is None:
        raise CodeError(NAME, "expected segments of 4-4-2, 5-3-2, 5-4-1 or 5-4-2 digits")
    shape.check(NAME, code, offset)
    return "".join(segment.zfill(size) for segment, size in zip(segments, _SIZES, strict=True))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: eleven digits."""
    return parse(text).text
