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
_OF_BILL = ("statement_from", "statement_through", "discharge_date")


def group_keys(
    rows: pl.Series,
    group: pl.Series,
    line_class: pl.Series,
    *,
    counted: pl.Series,
    codes: pl.Series,
    most_units: pl.Series,
    lines: Lines,
) -> pl.DataFrame:
    """A `key` for each group (`group`, its first row), of the lines that stand in `rows`, and its `size`.

    `group`, `line_class` and `codes` are those of these lines; `counted` says which are under a limit on services, and
    `most_units` of how many units, by all lines of a code, there is nothing to be said.
    """
    frame = pl.DataFrame({"group": group, "class": line_class, "first": lines.first.gather(rows), "counted": counted})
    frame = frame.with_columns(
        pl.col("first").min().over("group").alias("least"), _repeats(group, codes).alias("repeats")
    )
    apart = [_pattern(group, provider.gather(rows)) for provider in _providers(lines)]
    billed = [_pattern(group, cells.gather(rows)) for cells in _amounts_and_texts(lines)]
    billed += _units(
        group, codes, most_units, [units.gather(rows) for units in lines.units], lines.whole_units.gather(rows)
    )
    apart += [column.set(~frame["repeats"], 0) for column in billed]
    of_bill = [_of_bill(lines, name).gather(rows) for name in _OF_BILL]
    apart += _told_of_providers(lines, rows)
    named = [column.alias(f"apart {place}") for place, column in enumerate(apart)]
    named += [column.alias(f"of bill {place}") for place, column in enumerate(of_bill)]
    frame = frame.with_columns(named)
    offset = (pl.col("first") - pl.col("least")).fill_null(-1)
    parts = [pl.col("class"), offset, *(pl.col(f"apart {place}") for place in range(len(apart)))]
    text = pl.concat_str([part.cast(pl.String).fill_null("-") for part in parts], separator=",")
    heads = [
        (pl.col(f"of bill {place}").first() - pl.col("least").first()).cast(pl.String).fill_null("-")
        for place in range(len(of_bill))
    ]
    over_days = pl.col("counted").any() & (pl.col("first").n_unique() > 1)
    dated = pl.when(over_days).then(pl.col("least").first().cast(pl.String)).otherwise(pl.lit(""))
    key = pl.concat_str([*heads, dated, pl.col("text").str.join(";")], separator="|")
    grouped = frame.with_columns(text.alias("text")).group_by("group", maintain_order=True)
    return grouped.agg(key.alias("key"), pl.len().alias("size"))


def _repeats(group: pl.Series, codes: pl.Series) -> pl.Series:
    """Whether lines of the group of each line bill one code."""
    frame = pl.DataFrame({"group": group, "code": codes})
    again = (pl.len().over("group", "code") > 1) & (pl.col("code") >= 0)
    return frame.with_columns(again.alias("again")).select(pl.col("again").any().over("group")).to_series()


def _units(
    group: pl.Series, codes: pl.Series, most: pl.Series, units: list[pl.Series], whole: pl.Series
) -> list[pl.Series]:
    """The units of lines, where those of one code may be more than nothing is said of; else which are alike."""
    frame = pl.DataFrame({"group": group, "code": codes, "most": most, "whole": whole})
    plain = frame.select(
        ((pl.col("whole") > 0).all() & (pl.col("whole").sum() <= pl.col("most").first())).over("group", "code")
    ).to_series()
    return [column.zip_with(~plain, _pattern(group, column).cast(column.dtype)) for column in units] + [
        plain.cast(pl.Int8)
    ]


def _of_bill(lines: Lines, field: str) -> pl.Series:
    """A day of the claim of a facility, on each row."""
    return lines.chunk.on_rows(lines.headers.days(field).set(lines.headers.professional, None))


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


def _told_of_providers(lines: Lines, rows: pl.Series) -> list[pl.Series]:
    """What a line and its claim say of who rendered it, and whether the line names the one whom the claim names.

    Of whom no specialty is told, it is not known whether another one is of the same (`claims.performer`).
    """
    if not any(lines.fields.places(field, of_line=True) for field, _ in _PROVIDER):
        return []
    own: dict[str, pl.Series] = {}
    of_claim: dict[str, pl.Series] = {}
    for field in ("rendering_npi", "billing_npi", "rendering_taxonomy", "billing_taxonomy"):
        for place in reversed(lines.fields.places(field, of_line=True)):
            texts = lines.fields.texts(lines.rows, place.column).gather(rows)
            own[field] = texts.zip_with(texts.is_not_null(), own.get(field, texts))
        for place in reversed(lines.fields.places(field, of_line=False)):
            texts = lines.chunk.on_rows(lines.fields.texts(lines.chunk.heads, place.column)).gather(rows)
            of_claim[field] = texts.zip_with(texts.is_not_null(), of_claim.get(field, texts))
    told = [column.is_not_null().cast(pl.Int8) for column in (*own.values(), *of_claim.values())]
    if "rendering_npi" in own:
        told += [
            (own["rendering_npi"] == of_claim[field]).fill_null(False).cast(pl.Int8)
            for field in ("rendering_npi", "billing_npi")
            if field in of_claim
        ]
    if "rendering_npi" in of_claim and "billing_npi" in of_claim:
        told.append((of_claim["rendering_npi"] == of_claim["billing_npi"]).fill_null(False).cast(pl.Int8))
    return told


def _amounts_and_texts(lines: Lines) -> list[pl.Series]:
    """What makes two lines of one code two services, where their classes do not tell."""
    found = [lines.charge.cents]
    for field in ("rendering_npi", "description", "place_of_service"):
        places = lines.fields.places(field, of_line=True)
        found += [text_of(lines.rows[lines.fields.columns.names[place.column]]) for place in places]
    return found
