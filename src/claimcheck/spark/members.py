"""Which rows must be together: those of one member, and for a claim without a member those of the claim."""

from __future__ import annotations

from pyspark.sql import Column, Window
from pyspark.sql import functions as sql

from claimcheck.columns.table import ROW, Columns
from claimcheck.columns.words import BLANKS

__all__ = ["KEY", "key_of", "key_of_member", "named", "text_of"]

KEY = "claimcheck: key"


def key_of(columns: Columns, *, one_member: bool) -> Column:
    """The key of rows that must be together: the member, or without one the claim; a row with neither is alone."""
    claim = _first([columns.names[column] for column in columns.claim_ids])
    by_claim = sql.concat_ws("\x1f", *(_stripped(columns.names[column]) for column in columns.keys))
    own = sql.when(claim.isNotNull(), sql.concat(sql.lit("claim "), by_claim))
    alone = sql.concat(sql.lit("row "), named(ROW).cast("string"))
    member = _member(columns)
    if member is None:
        return sql.coalesce(own, alone)
    if not one_member:
        member = _of_first_line(member, columns, sql.coalesce(own, alone))
    return sql.coalesce(key_of_member(member), own, alone)


def key_of_member(member: Column) -> Column:
    """The key of all rows of a member."""
    return sql.concat(sql.lit("member "), member)


def _member(columns: Columns) -> Column | None:
    """The member in a row, under any of its names in this layout."""
    names = [columns.names[place.column] for place in columns.places if place.target.field == "member_id"]
    constant = columns.layout.constants.get("member_id")
    of_all = [] if constant is None else [sql.lit(str(constant))]
    if not names:
        return of_all[0] if of_all else None
    return sql.coalesce(_first(names), *of_all)


def _of_first_line(member: Column, columns: Columns, claim: Column) -> Column:
    """The member in a claim's first line that names one, which is the claim's: its rows may name several.

    Lines are ordered by line number if all of the claim have one, else by row.
    """
    of_claim = Window.partitionBy(claim)

    def first_by(order: Column) -> Column:
        return sql.min_by(member, sql.when(member.isNotNull(), order)).over(of_claim)

    by_row = first_by(named(ROW))
    names = [columns.names[place.column] for place in columns.places if place.target.field == "line_number"]
    if not names:
        return by_row
    number = sql.coalesce(*(_stripped(name).try_cast("bigint") for name in names))
    return sql.when(
        sql.bool_and(number.isNotNull()).over(of_claim), first_by(sql.struct(number, named(ROW)))
    ).otherwise(by_row)


def _first(names: list[str]) -> Column:
    """The first nonblank of some columns."""
    return sql.coalesce(*(text_of(name) for name in names))


def text_of(name: str) -> Column:
    """A column as text, None if it is blank."""
    return sql.nullif(_stripped(name), sql.lit(""))


def _stripped(name: str) -> Column:
    return sql.btrim(named(name).cast("string"), sql.lit(BLANKS))


def named(name: str) -> Column:
    """A column by name, whatever characters the name has."""
    return sql.col("`" + name.replace("`", "``") + "`")
