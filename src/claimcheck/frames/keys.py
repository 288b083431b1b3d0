"""What makes two groups of lines alike: the classes of their lines, and how these stand to each other.

Lines of a group may have a part in each other's verdicts: by the order of their days, by who renders them, and, where
they bill one code, by which of their amounts and texts are the same. The days themselves do not matter, but where a
service is counted over a year.
"""

from __future__ import annotations

import polars as pl

from claimcheck.frames.lines import Lines
from claimcheck.frames.words import text_of

__all__ = ["group_keys"]

_PROVIDER = (("rendering_npi", "billing_npi"), ("rendering_taxonomy", "billing_taxonomy"))
_ABROAD = ("statement_from", "statement_through", "discharge_date")


def group_keys(rows: pl.Series, group: pl.Series, line_class: pl.Series, counted: pl.Series, lines: Lines) -> pl.DataFrame:
    """A `key` for each group (`group`, its first row), of the lines that stand in `rows`, and its `size`.

    `group` and `line_class` are those of these lines; `counted` says which are under a limit on services.
    """
    chunk = lines.chunk
    first = lines.first.gather(rows)
    frame = pl.DataFrame({"group": group, "class": line_class, "first": first, "counted": counted})
    same = [_pattern(group, provider.gather(rows)) for provider in _providers(lines)]
    same += [_pattern(group, cells.gather(rows)) for cells in _amounts_and_texts(lines)]
    head = [chunk.on_rows(lines.headers.days(name).set(lines.headers.professional, None)).gather(rows) for name in _ABROAD]
    frame = frame.with_columns(
        *(column.alias(f"same {place}") for place, column in enumerate(same)),
        *(column.alias(f"abroad {place}") for place, column in enumerate(head)),
    )
    least = pl.col("first").min().over("group")
    frame = frame.with_columns(least.alias("least"))
    offset = pl.col("first") - pl.col("least")
    parts = [pl.col("class"), offset.fill_null(-1), *(pl.col(f"same {place}") for place in range(len(same)))]
    text = pl.concat_str([part.cast(pl.String) for part in parts], separator=",")
    abroad = [
        (pl.col(f"abroad {place}").first() - pl.col("least").first()).cast(pl.String).fill_null("-")
        for place in range(len(head))
    ]
    over_days = pl.col("counted").any() & (pl.col("first").n_unique() > 1)
    dated = pl.when(over_days).then(pl.col("least").first().cast(pl.String)).otherwise(pl.lit(""))
    grouped = frame.with_columns(text.alias("text")).group_by("group", maintain_order=True)
    key = pl.concat_str([*abroad, dated, pl.col("text").str.join(";")], separator="|")
    return grouped.agg(key.alias("key"), pl.len().alias("size"))


def _pattern(group: pl.Series, cells: pl.Series) -> pl.Series:
    """Of each line, the place of the first line of its group that has the same cell."""
    frame = pl.DataFrame({"group": group, "cell": cells}).with_columns(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row")
    )
    first_of_group = pl.col("row").first().over("group")
    return frame.select(pl.col("row").first().over("group", "cell") - first_of_group).to_series()


def _providers(lines: Lines) -> list[pl.Series]:
    """Who renders each line, in the parts by which a policy may tell providers apart."""
    found = []
    for rendering, billing in _PROVIDER:
        own = lines.fields.places(rendering, of_line=True)
        if not own:  # then all lines of a claim have one
            continue
        columns = [lines.fields.texts(lines.rows, place.column) for place in own]
        for field in (rendering, billing):
            columns += [
                lines.chunk.on_rows(lines.fields.texts(lines.chunk.heads, place.column))
                for place in lines.fields.places(field, of_line=False)
            ]
        named = [column.alias(str(place)) for place, column in enumerate(columns)]
        found.append(pl.DataFrame(named).select(pl.coalesce(pl.all()).fill_null("")).to_series())
    return found


def _amounts_and_texts(lines: Lines) -> list[pl.Series]:
    """What makes two lines of one code two services, where their classes do not tell."""
    found = [lines.charge.cents]
    for field in ("rendering_npi", "description"):
        for place in lines.fields.places(field, of_line=True):
            found.append(text_of(lines.rows[lines.fields.columns.names[place.column]]))
    return found
