"""Results in columns as CSV: byte for byte the rows that `claimcheck.io.out` writes.

Most columns have few distinct cells, so each distinct cell is formatted once.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from claimcheck.io.out.cells import safe
from claimcheck.io.out.records import Found, Judged

__all__ = ["findings_text", "lines_text"]

_FORMULAS = "^[=+\\-@]"
_TOKEN = pl.lit("0.00")


def lines_text(lines: pl.DataFrame, file: str) -> pl.Series:
    """Rows for lines: the columns of `Judged`, where `charge` and `allowed_amount` are text as written."""
    return _rows(lines.with_columns(file=pl.lit(file)), Judged._fields)


def findings_text(findings: pl.DataFrame, file: str) -> pl.Series:
    """Rows for findings: the columns of `Found`."""
    return _rows(findings.with_columns(file=pl.lit(file)), Found._fields)


def _rows(frame: pl.DataFrame, names: tuple[str, ...]) -> pl.Series:
    cells = [_cells(frame[name], name) for name in names]
    row = pl.concat_str(pl.all(), separator=",")
    return pl.DataFrame(cells).select(pl.concat_str(row, pl.lit("\n"))).to_series().alias("text")


def _cells(column: pl.Series, name: str) -> pl.Series:
    """The cells of a column, quoted."""
    kind = column.dtype
    if kind == pl.List:
        column = column.list.eval(pl.element().cast(pl.String)).list.join(" ")
    elif kind == pl.Boolean:
        return _spelled(column, {True: '"True"', False: '"False"', None: '""'}).alias(name)
    elif kind != pl.String:
        column = column.cast(pl.String)  # positive integers, and dates
    texts = column.fill_null("")
    if name != "claim_id" and kind in (pl.String, pl.List):
        return _spelled(texts, {text: _quoted(safe(text)) for text in texts.unique().to_list()}).alias(name)
    if kind == pl.String:
        # Printable ASCII only, as in claims that are in columns.
        texts = texts.str.replace_all('"', '""', literal=True)
        marked = pl.select(pl.when(texts.str.contains(_FORMULAS)).then("'" + texts).otherwise(texts)).to_series()
        texts = marked
    return pl.select('"' + texts + '"').to_series().alias(name)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _spelled(column: pl.Series, spellings: Mapping[object, str]) -> pl.Series:
    return column.replace_strict([*spellings], [*spellings.values()], return_dtype=pl.String)
