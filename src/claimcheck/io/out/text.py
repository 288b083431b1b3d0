"""Text writers, one record per line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.claims.listing import a_result
from claimcheck.io.out import cells
from claimcheck.io.out.target import Sink, Target, Writer, opened

__all__ = ["Records", "csv_writer", "json_line", "jsonl_writer"]

Records = Callable[[Claim, ClaimResult], Iterable[Any]]


@attrs.frozen
class _LineWriter:
    sink: Sink
    records: Records
    line: Callable[[Any], str]

    def add(self, claim: object, result: ClaimResult) -> None:
        for record in self.records(Claim.from_dict(claim), a_result(result)):
            self.sink.write(self.line(record))


@contextmanager
def csv_writer(target: Target, records: Records, columns: Iterable[str], *, resume: bool) -> Iterator[Writer]:
    """CSV, with a header unless the file already has rows."""
    with opened(target, resume=resume) as sink:
        if not sink.begun:
            sink.write(cells.row(columns))
        yield _LineWriter(sink, records, cells.row)


@contextmanager
def jsonl_writer(target: Target, records: Records, *, resume: bool) -> Iterator[Writer]:
    """JSON Lines, from mappings or named tuples."""
    with opened(target, resume=resume) as sink:
        yield _LineWriter(sink, records, json_line)


def json_line(record: Any) -> str:
    """A line of JSON. Amounts are text, so that they stay exact; unprintable characters are escaped.

    >>> from decimal import Decimal
    >>> json_line({"amount": Decimal("40.00")})
    '{"amount":"40.00"}\\n'
    >>> json_line({"claim_id": "Zo\\u00eb\\u202e1"})
    '{"claim_id":"Zoë\\\\u202e1"}\\n'
    """
    plain = record if isinstance(record, dict) else record._asdict()
    line = _JSON.encode(plain)
    if line.isascii() and "\x7f" not in line:  # what JSON escapes by default
        return line + "\n"
    return "".join(map(_shown, line)) + "\n"


def _shown(character: str) -> str:
    """A JSON character, escaped if a terminal would interpret or hide it; the value stays the same."""
    return character if character.isprintable() else json.dumps(character)[1:-1]


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)
