"""Revenue codes: the lines of an institutional bill by department, issued by the NUBC (UB-04 form locator 42).

Four digits: a category of three, the first mostly 0, and a subcategory. Policies often print three digits (450);
lenient parsing puts the leading zero in front and says so in `padded`, the only padding in this package.

0001 is the total-charge line of the paper form; an electronic claim has no such line. Some ranges are reserved
(001x for the payer's own use), some carry a HIPPS rate code (0022 to 0024).

Sources: Medicare Claims Processing Manual chapter 25, form locator 42; Michigan Medicaid revenue-code table
(reserved ranges); Wisconsin PES manual (0001).

>>> parse("0450")
Revenue(text='0450', padded=False)
>>> parse("450")
Revenue(text='0450', padded=True)
>>> parse("0001").is_total, parse("0010").is_reserved, parse("0022").carries_hipps
(True, True, True)
>>> parse("450", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: revenue code: expected 4 characters, found 3
>>> parse("045X")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: revenue code: expected a digit at position 4
>>> parse("45")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: revenue code: expected 3 to 4 characters, found 2
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import DIGIT, Code, Shape, accepts, clean

NAME = "revenue code"

RESERVED = (("0010", "0019"), ("0020", "0021"), ("0025", "0029"), ("0030", "0099"), ("0102", "0109"))
"""Inclusive ranges that the NUBC has not assigned, or leaves to the payer (001x)."""

_STRICT = Shape(*(DIGIT,) * 4)
_LENIENT = Shape(*(DIGIT,) * 4, minimum=3)


@attrs.frozen
class Revenue(Code):
    """A revenue code: `category` and `subcategory`. `padded` is ignored in comparisons."""

    padded: bool = attrs.field(eq=False)

    @property
    def category(self) -> str:
        return self.text[:3]

    @property
    def subcategory(self) -> str:
        return self.text[3]

    @property
    def is_total(self) -> bool:
        return self.text == "0001"

    @property
    def is_reserved(self) -> bool:
        return any(first <= self.text <= last for first, last in RESERVED)

    @property
    def carries_hipps(self) -> bool:
        """Whether the line's procedure code is a HIPPS rate code (SNF, home health, rehabilitation payment)."""
        return "0022" <= self.text <= "0024"


def parse(text: str | Any, strict: bool = False) -> Revenue:
    """Reads a revenue code; lenient also takes three digits."""
    code, offset = clean(NAME, text, strict=strict)
    (_STRICT if strict else _LENIENT).check(NAME, code, offset)
    return Revenue(code.zfill(4), padded=len(code) == 3)


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: four digits."""
    return parse(text).text
