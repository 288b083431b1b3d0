"""The errors of a bad call.

A bad *claim* never raises: it gives findings. A bad *call* (a code that cannot be parsed, a policy that contradicts
itself, a damaged table file, an input that is not a claim file) raises one of these. Each says what was wrong, where,
and what to do. None ever contains a member's identifier, name, or birth date, or the raw text of a claim.

>>> from claimcheck.codes import npi
>>> npi.parse("123456789X")
Traceback (most recent call last):
    ...
claimcheck.errors.CodeError: NPI: expected a digit at position 10
"""

from __future__ import annotations

from claimcheck.visible import visible

__all__ = [
    "ClaimcheckError",
    "CodeError",
    "ConfigError",
    "HistoryError",
    "InputError",
    "MissingExtraError",
    "PolicyError",
    "TableError",
]


class ClaimcheckError(Exception):
    """The base of every error that claimcheck raises on purpose."""


class CodeError(ClaimcheckError, ValueError):
    """A text is not a code of the requested format.

    `format` names the format ("NPI", "ICD-10-CM"); `reason` says what is wrong; `position` is the 1-based position of
    the first wrong character in the text as given, or None if the text as a whole is wrong (its length, its type).
    """

    def __init__(self, format: str, reason: str, position: int | None = None) -> None:  # noqa: A002 - the field's word
        self.format = format
        self.reason = reason
        self.position = position
        where = "" if position is None else f" at position {position}"
        super().__init__(f"{format}: {reason}{where}")

    def __reduce__(self) -> tuple[type[CodeError], tuple[str, str, int | None]]:
        return type(self), (self.format, self.reason, self.position)


class _LocatedError(ClaimcheckError):
    """An error located in a file: `file`, and the place within it.

    The message escapes unprintable characters in the file's name; `file` has it as is.
    """

    _place = "place"

    def __init__(self, reason: str, *, file: str | None = None, place: int | str | None = None) -> None:
        self.reason = reason
        self.file = file
        self.place = place
        where = [] if file is None else [file]
        where += [] if place is None else [f"{self._place} {place}"]
        super().__init__(visible(f"{', '.join(where)}: {reason}" if where else reason))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.reason, self.file, self.place)


def _rebuild(kind: type[_LocatedError], reason: str, file: str | None, place: int | str | None) -> _LocatedError:
    return kind(reason, file=file, place=place)


class PolicyError(_LocatedError):
    """A policy cannot be used: says the file and the key (`place`)."""

    _place = "key"


class TableError(_LocatedError):
    """A table file or table store cannot be used: says the file and the row (`place`, 1-based)."""

    _place = "row"


class HistoryError(_LocatedError):
    """A history cannot be used: says the file. Its key is missing, wrong, or readable by others; or it is not a
    history."""


class ConfigError(_LocatedError):
    """An options file (`claimcheck.toml`, `pyproject.toml`) cannot be used: says the file and the key (`place`)."""

    _place = "key"


class MissingExtraError(ClaimcheckError, ModuleNotFoundError):
    """A package from one of claimcheck's extras is missing: says which, and how to install it."""

    def __init__(self, package: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{package} is not installed: pip install 'claimcheck[{extra}]'", name=package)

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        return type(self), (str(self.name), self.extra)


class InputError(_LocatedError):
    """An input file cannot be read as claims: says the file and the segment or row (`place`, 1-based)."""

    _place = "segment or row"
