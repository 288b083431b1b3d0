"""The placeholder in a claim for a value that could not be read.

A claim is never refused and never silently repaired: `units="abc"` is not one unit, and a blank charge is not zero. An
unreadable value is replaced by an `Unreadable`, which keeps what was expected and the *shape* of the text, never the
text itself: a birth date typed into the charge must not end up in a message.

>>> Unreadable.of("abc-12", expected="an amount")
Unreadable(expected='an amount', shape='text of 6: aaa-99')
>>> Unreadable.of(float("nan"), expected="an amount")
Unreadable(expected='an amount', shape='a number')
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import attrs

__all__ = ["GUIDE_PROBLEMS", "Malformed", "Problem", "Unreadable", "not_given", "outline", "shape", "shown_if"]

_LONGEST_SHAPE = 24


def shape(value: object) -> str:
    """The outline of a value, which reveals nothing of it: letters as A or a, digits as 9, the rest as is.

    >>> shape("3044F"), shape("Łódź ٣"), shape([1, 2]), shape(None)
    ('text of 5: 9999A', 'text of 6: ??a? ?', 'a list', 'nothing')
    """
    kind = type(value)  # not `__class__`, which a value may fake or refuse
    if value is None:
        return "nothing"
    if issubclass(kind, str):
        text = str.__str__(value)
        return f"text of {len(text)}: {outline(text[:_LONGEST_SHAPE])}{'…' if len(text) > _LONGEST_SHAPE else ''}"
    if issubclass(kind, bool):
        return "true or false"
    for types, name in _SHAPES:
        if issubclass(kind, types):
            return name
    return "a value of another type"


_SHAPES = (
    ((int, float), "a number"),
    ((dict,), "an object"),
    ((list, tuple), "a list"),
    ((bytes, bytearray), "bytes"),
    ((os.PathLike,), "a path"),
)


def outline(text: str) -> str:
    """The text with every letter as A or a, every digit as 9, and anything but plain ASCII as a question mark.

    >>> outline("E11.9x"), outline(outline("E11.9x"))
    ('A99.9a', 'A99.9a')
    """
    return text.translate(_OUTLINE)


def _outline(character: str) -> str:
    if not (character.isascii() and character.isprintable()):
        return "?"
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return character


class _Outlines(dict[int, str]):
    """The outline of each ASCII character by its number, and of any other."""

    def __missing__(self, number: int) -> str:
        return "?"


_OUTLINE = _Outlines({number: _outline(chr(number)) for number in range(128)})


@attrs.frozen
class Unreadable:
    """A value that is present but cannot be read: what was `expected`, and the `shape` of the text."""

    expected: str
    shape: str = ""

    @classmethod
    def of(cls, value: Any, *, expected: str) -> Unreadable:
        return cls(expected, shape(value))


def shown_if(is_one: Callable[[str], object], expected: str) -> Callable[[object], str]:
    """The `repr` of a field that a text may stand in: of one that is no such value, the outline alone.

    >>> shown = shown_if(str.isdigit, "digits")
    >>> shown("12"), shown("Jane"), shown(None)
    ("'12'", "Unreadable(expected='digits', shape='text of 4: Aaaa')", 'None')
    """

    def shown(value: object) -> str:
        if isinstance(value, str) and not is_one(value):
            return repr(Unreadable.of(value, expected=expected))
        return repr(value)

    return shown


class Malformed(str):
    """The outline of a text that is not a code, with all that may be said about it: what is wrong (`error`).

    Replaces the text itself where that may not be kept. Two texts with the same outline are distinguished by `mark`,
    and one text in two fields by what is wrong with it there.

    >>> Malformed("A9999", error="no such letter", mark=1) == Malformed("A9999", error="no such letter", mark=2)
    False
    """

    __slots__ = ("error", "mark")
    error: str
    mark: int

    def __new__(cls, text: str, *, error: str = "", mark: int = 0) -> Malformed:
        made = super().__new__(cls, text)
        made.error, made.mark = error, mark
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Malformed) and self._all() == other._all()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._all())

    def _all(self) -> tuple[str, str, int]:
        return str(self), self.error, self.mark


GUIDE_PROBLEMS = frozenset(
    {
        *("missing_element", "missing_indicator", "unknown_value", "written_with_point", "after_creation"),
        *("total_as_line", "repeated_line_number", "not_given"),
    }
)
"""Problem kinds that rules refer to by name."""


@attrs.frozen
class Problem:
    """Something wrong with the form of a claim, apart from its values.

    For requirements of the guides in an X12 file there are kinds of their own (`GUIDE_PROBLEMS`): an element is missing
    or has an unknown value, a diagnosis is written with its decimal point, a service is dated after the file was
    created, the total of a paper form appears as a service line. `field` then names the element ("SV107-1"), and
    `detail` gives the number of days by which the service is later.

    "not_given" is a field for which the source gives something else, such as a drug quantity instead of units, or that
    such a source never gives, such as charges in CMS's claim feeds.

    "repeated_line_number", on a claim: two of its lines have the same number, where the lines themselves do not show
    it.

    Other values of `kind` are "unknown_key", "conflicting_fields" (two keys of one field that disagree), and
    "not_an_object"; "read_as", for a value read from a spelling other than claimcheck's own; "malformed_segment",
    "malformed_row", or "malformed_resource", by the kind of input; or, for an X12 file that was read anyway,
    "other_separator" (its components are separated by a character other than ISA16), "older_version" or "newer_version"
    (than 005010), "other_guide" (GS08 names another guide than the sets), or "passed_over" (content next to the
    claims). `field` is the field that is meant, or was probably meant; `detail` describes the place ("segment 17", "a
    list"), the spelling, or the key if its words are those of fields, without any text of the claim: a key or segment
    can hold anything.
    """

    kind: str
    field: str | None = None
    detail: str = ""


def not_given(problems: Iterable[Problem], field: str) -> bool:
    """Whether the source of a claim or line never gives this field, or gives something else in its place.

    >>> not_given([Problem("not_given", field="charge")], "charge"), not_given([], "charge")
    (True, False)
    """
    return any(problem.kind == "not_given" and problem.field == field for problem in problems)
