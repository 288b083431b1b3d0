"""Taxonomy: the Health Care Provider Taxonomy, what a provider does, maintained by the NUCC.

Ten characters: provider type (2), classification (2), area of specialization (5), and a last X.

Source: NUCC Health Care Provider Taxonomy; VA VistA PERSON CLASS file (which characters make which level).

>>> parse("207q00000x")
Taxonomy(text='207Q00000X')
>>> parse("207Q00000X").provider_type, parse("207Q00000X").classification, parse("207Q00000X").specialization
('20', '7Q', '00000')
>>> parse("193200000X").is_group, parse("207Q00000X").is_group
(True, False)
>>> parse("207Q0000")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: taxonomy: expected 10 characters, found 8
>>> parse("207Q000000")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: taxonomy: expected the letter X at position 10
>>> parse("207q00000X", strict=True)
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: taxonomy: expected a letter or a digit in upper case at position 4
"""

from __future__ import annotations

from typing import Any

import attrs

from claimcheck.codes._format import LETTER_OR_DIGIT, Code, Place, Shape, accepts, read

NAME = "taxonomy"

#: Single-specialty and multi-specialty group: the codes of the NUCC's section of groups.
_GROUPS = frozenset({"193200000X", "193400000X"})
_SHAPE = Shape(*(LETTER_OR_DIGIT,) * 9, Place("X", "the letter X"))


@attrs.frozen
class Taxonomy(Code):
    """A provider taxonomy code and its three levels."""

    @property
    def provider_type(self) -> str:
        return self.text[:2]

    @property
    def classification(self) -> str:
        return self.text[2:4]

    @property
    def specialization(self) -> str:
        return self.text[4:9]

    @property
    def is_group(self) -> bool:
        """Whether the code says that a group of practitioners bills, of one specialty or several."""
        return self.text in _GROUPS


def parse(text: str | Any, strict: bool = False) -> Taxonomy:
    """Reads a taxonomy code."""
    return Taxonomy(read(NAME, _SHAPE, text, strict=strict))


def is_valid(text: str | Any, strict: bool = False) -> bool:
    """Whether `parse` accepts the text."""
    return accepts(parse, text, strict=strict)


def normalize(text: str | Any) -> str:
    """The canonical text: trimmed, upper case."""
    return parse(text).text
