"""The values in a JSON input: one document (if it is a list, its items), or one value per line.

Numbers with a fraction are read exactly, as `Decimal`: a charge of 0.1 is ten cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from claimcheck.claims.json_text import decoded
from claimcheck.io.stream import Stream
from claimcheck.io.text import LONGEST, lines

__all__ = ["values"]

Numbered = tuple[int | None, Any]


def values(stream: Stream) -> Iterator[Numbered]:
    """Each value with its line number or its position in the list, counting from 1; None if the document is one value.

    JSON Lines (NDJSON) are read line by line, skipping blank lines; a document that spans lines is read as a whole.

    Raises:
        InputError: a line or the document is not JSON, or an object repeats a key.

    >>> from claimcheck.io.stream import opened
    >>> def read(text):
    ...     with opened(text, "claims.json") as stream:
    ...         return list(values(stream))
    >>> read(b'{"charge": 0.1}\\n\\n{"charge": 2}'), read(b'[{"units": 1},\\n {}]'), read(b'{"units": 1}')
    ([(1, {'charge': Decimal('0.1')}), (3, {'charge': 2})], [(1, {'units': 1}), (2, {})], [(None, {'units': 1})])
    >>> read(b'{"units": 1}\\n{"units": 1, "units": 2}')
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: claims.json, segment or row 2: not JSON: an object has a key twice
    """
    written = ((number, line) for number, line in enumerate(lines(stream), 1) if line.strip())
    number, first = next(written, (0, ""))
    if not first:
        raise stream.error("the file is empty")
    value, fault = decoded(first)
    if fault is not None:
        yield from _items(_document(stream, chain((first,), _texts(written))))
        return
    second = next(written, None)
    if second is None:
        yield from _items(value)
        return
    yield number, value
    for place, line in chain((second,), written):
        yield place, _parsed(stream, line, place)


def _items(document: Any) -> Iterable[Numbered]:
    return enumerate(document, 1) if isinstance(document, list) else [(None, document)]


def _texts(written: Iterator[tuple[int, str]]) -> Iterator[str]:
    return (line for _, line in written)


def _document(stream: Stream, parts: Iterable[str]) -> Any:
    held, size = [], 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > LONGEST:
            raise stream.error(f"a document of more than {LONGEST:,} characters: write it as JSON Lines (NDJSON)")
    return _parsed(stream, "".join(held), None)


def _parsed(stream: Stream, text: str, place: int | None) -> Any:
    value, fault = decoded(text)
    if fault is not None:
        raise stream.error(f"not JSON: {fault}", place)
    return value
