"""Shows external text, such as a file name or claim id, so that it controls nothing and hides nothing.

A terminal interprets control characters (C0 and C1), and reorders text around bidirectional controls, as do
spreadsheets, editors, and web pages. Unprintable characters are shown as Python escapes.

>>> print(visible("A\\x1b[31m1\\n"), visible("gpj.\\u202eexe"), visible("Zo\\u00eb.837"))
A\\x1b[31m1\\n gpj.\\u202eexe Zoë.837
"""

from __future__ import annotations

__all__ = ["visible"]


def visible(text: str) -> str:
    """The text, with an escape for every character that is not printable (`str.isprintable`).

    Those are controls, all format characters (including bidirectional and zero-width ones), line and paragraph
    separators, spaces other than the plain one, and unassigned code points.
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
