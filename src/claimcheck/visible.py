"""Text of others, such as a file's name or a claim id, shown so that it steers nothing and hides nothing.

A terminal obeys control characters (C0 and C1), and shows text in another order where a bidirectional control stands
in it; spreadsheets, editors and web pages do the latter too. What is not printable is shown as Python writes it.

>>> print(visible("A\\x1b[31m1\\n"), visible("gpj.\\u202eexe"), visible("Zo\\u00eb.837"))
A\\x1b[31m1\\n gpj.\\u202eexe Zoë.837
"""

from __future__ import annotations

__all__ = ["visible"]


def visible(text: str) -> str:
    """The text, with an escape for every character that is not printable (`str.isprintable`).

    Those are the controls, all format characters (bidirectional ones and isolates, zero-width ones), separators of
    lines and paragraphs, spaces other than the plain one, and what is no character.
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
