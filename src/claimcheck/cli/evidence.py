"""What the evidence of a finding adds to its message."""

from __future__ import annotations

import re
from itertools import groupby

from claimcheck.claims import Finding
from claimcheck.explaining.words import plain

__all__ = ["added", "outline_in_words"]

#: The characters of an outline, in words, so that it is not mistaken for a code.
_KINDS = {"A": "letter", "a": "lowercase letter", "9": "digit"}
#: Evidence that repeats the message in other words.
_FOR_PROGRAMS = frozenset({"accepts"})
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


def added(finding: Finding) -> str:
    """What the evidence adds to the message."""
    evidence = [(name, value) for name, value in finding.evidence.items() if name not in _FOR_PROGRAMS]
    return "; ".join(_named(name, value) for name, value in evidence if not _is_in_message(value, finding.message))


def _named(name: str, value: object) -> str:
    kind, colon, pattern = str(value).partition(": ")
    if name == "pattern":
        return f"as billed: {outline_in_words(pattern) if colon and kind.startswith('text of ') else value}"
    if name == "on_another_claim":
        return "the other service is on another claim"
    if name == "type":
        return f"add-on type {_value(value)}"
    return f"{plain(name)}: {_value(value)}"


def outline_in_words(outline: str) -> str:
    """The outline of a value in words.

    >>> outline_in_words("A9999")
    'one letter, then four digits'
    >>> outline_in_words("")
    'nothing'
    """
    runs = []
    for character, run in groupby(outline):
        count = len(list(run))
        number = _COUNTS[count] if count < len(_COUNTS) else str(count)
        kind = _KINDS.get(character, f'"{character}"')
        runs.append(f"{number} {kind}{'s' if count > 1 and character in _KINDS else ''}")
    return ", then ".join(runs) or "nothing"


def _is_in_message(value: object, message: str) -> bool:
    """Whether the message already has the value, or the value is a negative that need not be shown."""
    if value is None or value is False or value == ():
        return True
    text = _value(value)
    return any(
        _holds(message, words) or all(_holds(message, part) for part in words.split()) for words in (text, plain(text))
    )


def _holds(message: str, text: str) -> bool:
    """Whether the message contains the text as whole words; a bill type also as 13x."""
    return re.search(rf"(?<!\w){re.escape(text)}(?:x\b|(?!\w))", message, re.IGNORECASE) is not None


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, tuple) else str(value)
