"""What decides whether a claim is related to others of its member: some bytes per claim, read once for all.

Members, claim ids, kinds, and providers are compared by hash: two with one hash are treated as related, and then found
not to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np
import polars as pl

from claimcheck.claims import Claim, code_fields, reading
from claimcheck.codes.procedure import text_of
from claimcheck.columns.fields import Fields
from claimcheck.columns.numbering import Ints
from claimcheck.columns.order import CLAIM, MEMBER
from claimcheck.engine.other_days import Reach
from claimcheck.engine.related import CountedServices, Relating
from claimcheck.history.entry import rank_of
from claimcheck.policies import Policy
from claimcheck.tables import Tables

__all__ = ["NAMES_ANOTHER", "Counted", "Survey", "surveyed", "surveyed_columns"]

NAMES_ANOTHER = ("original_claim_id", "submitted_claim_id", "replaced_by_claim_id")
"""The fields in which a claim names another version of its bill."""
_OF_CLAIMS = (
    *("claim_id", "member_id", "claim_type", "frequency_code", "bill_type", *NAMES_ANOTHER),
    *("statement_from", "discharge_date", "billing_npi", "rendering_npi", "billing_tax_id"),
)
_OF_LINES = ("procedure_code", "service_date", "service_date_end", "rendering_npi", "billing_npi", "billing_tax_id")
_NEVER, _EVER = np.iinfo(np.int32).max, np.iinfo(np.int32).min
_SCHEMA = {
    CLAIM: pl.UInt32(),
    MEMBER: pl.UInt64(),
    "id": pl.UInt64(),
    "kind": pl.UInt64(),
    "undoes": pl.Boolean(),
    "unknown": pl.Boolean(),
    "first": pl.Int32(),
    "last": pl.Int32(),
    "reach": pl.Int32(),
}


class Counted:
    """The service as which a frequency limit counts a cell's code, as a number (`claimcheck.engine.related`).

    `providers` are the fields that name a provider; `reach` is how many days around a claim with the code rules look.
    """

    ANY = CountedServices.ANY

    def __init__(self, policy: Policy, tables: Tables, reaches: Sequence[Reach] = ()) -> None:
        self._relating = Relating(policy, tables, reaches)
        self.providers = self._relating.provider_fields

    def __call__(self, cell: Any) -> int:
        return self._relating.of_code(code_of(cell))[0]

    def reach(self, cell: Any) -> int:
        """How many days from a claim with the code another claim may be and still matter to it; 0 for its own days."""
        return self._relating.of_code(code_of(cell))[1]


def code_of(cell: Any) -> str | None:
    """The procedure code in a cell, whatever its qualifier; None if there is none.

    >>> code_of("99213"), code_of(99213), code_of("99213-25"), code_of("no code")
    ('99213', '99213', '99213', None)
    """
    read = reading.value_of(code_fields.procedure_code(cell))
    return text_of(read) if isinstance(read, str) else None


@attrs.frozen(eq=False)
class Survey:
    """What is known about claims (`CLAIM`): one row each, and rows for services and possible providers.

    `kind` is the claim type; `undoes` says that the claim may replace or void another, `unknown` that its provider is
    unknown; its lines, if dated, are from `first` to `last`, and `reach` is how many days around them other claims may
    matter to it, or it to them.
    """

    claims: pl.DataFrame
    services: pl.DataFrame
    providers: pl.DataFrame

    @classmethod
    def beside(cls, surveys: Iterable[Survey]) -> Survey:
        """All of these together; for none, an empty survey."""
        parts = [*surveys] or [
            cls(
                pl.DataFrame(schema=_SCHEMA),
                pl.DataFrame(schema={CLAIM: pl.UInt32(), "service": pl.UInt32()}),
                pl.DataFrame(schema={CLAIM: pl.UInt32(), "provider": pl.UInt64()}),
            )
        ]
        return cls(
            pl.concat([part.claims for part in parts]),
            pl.concat([part.services for part in parts]),
            pl.concat([part.providers for part in parts]),
        )

    def renumbered(self, numbers: pl.Series) -> Survey:
        """The same with other claim numbers, under which several may be one."""

        def renumber(frame: pl.DataFrame) -> pl.DataFrame:
            return frame.with_columns(numbers.gather(frame[CLAIM]).alias(CLAIM))

        claims = renumber(self.claims)
        if claims[CLAIM].is_duplicated().any():
            claims = _by_claim(claims)
        return Survey(claims, renumber(self.services), renumber(self.providers))


def surveyed_columns(fields: Fields) -> list[str]:
    """The columns that a survey reads."""
    columns = fields.columns
    read = {place.column for place in columns.places if _is_read(place.target.field, of_line=place.target.of_line)}
    return [name for column, name in enumerate(columns.names) if column in read or column in columns.keys]


def _is_read(field: str, *, of_line: bool) -> bool:
    return field in (_OF_LINES if of_line else _OF_CLAIMS)


def surveyed(frame: pl.DataFrame, fields: Fields, counted: Counted) -> Survey:
    """A survey of the claims in some rows, where those of one claim are adjacent."""
    if frame.is_empty():
        return Survey.beside(())
    claim = frame[CLAIM].to_numpy()
    begins = np.concatenate([[True], claim[1:] != claim[:-1]])
    rows = pl.DataFrame([frame[name].rechunk() for name in (CLAIM, *surveyed_columns(fields))])
    heads = rows.filter(pl.Series(begins | _headers_differ(rows, fields)))
    first, last = _days(heads, fields, (("statement_from", False), ("discharge_date", False)))
    claims = pl.DataFrame(
        [
            heads[CLAIM],
            _hash(heads, fields, "member_id").alias(MEMBER),
            _hash(heads, fields, "claim_id").alias("id"),
            _hash(heads, fields, "claim_type", lower=True).alias("kind"),
            _undoes(heads, fields).alias("undoes"),
            _unknown(heads, fields, counted.providers).alias("unknown"),
            pl.Series("first", first),
            pl.Series("last", last),
            pl.repeat(0, len(heads), dtype=pl.Int32, eager=True).alias("reach"),
        ]
    )
    starts = np.flatnonzero(begins)
    if len(claims) > len(starts):
        claims = _by_claim(claims)
    first, last = _days(rows, fields, (("service_date", True), ("service_date_end", True)))
    claims = claims.with_columns(
        pl.min_horizontal("first", pl.Series(np.minimum.reduceat(first, starts))),
        pl.max_horizontal("last", pl.Series(np.maximum.reduceat(last, starts))),
        pl.Series("reach", np.maximum.reduceat(_reach(rows, fields, counted), starts)),
    )
    return Survey(claims, _services(rows, fields, counted), _providers(heads, rows, fields, counted.providers))


def _headers_differ(rows: pl.DataFrame, fields: Fields) -> Ints:
    """Whether a row's claim fields differ from the previous row's."""
    differs = np.zeros(len(rows), bool)
    for place in fields.columns.places:
        if place.target.of_line or not _is_read(place.target.field, of_line=False):
            continue
        cells = rows[fields.columns.names[place.column]]
        if cells.dtype.is_nested() or cells.dtype == pl.Object:
            cells = fields.words(rows, place.column)[1]
        differs |= cells.ne_missing(cells.shift(1)).to_numpy()
    return differs


def _by_claim(claims: pl.DataFrame) -> pl.DataFrame:
    """One row per claim, from several."""
    return claims.group_by(CLAIM, maintain_order=True).agg(
        pl.col(MEMBER, "id", "kind").drop_nulls().first(),
        pl.col("undoes", "unknown").any(),
        pl.col("first").min(),
        pl.col("last").max(),
        pl.col("reach").max(),
    )


def _hash(frame: pl.DataFrame, fields: Fields, field: str, *, lower: bool = False) -> pl.Series:
    """A claim field as a number: equal for equal texts, None if missing."""
    texts = _texts(frame, fields, field, of_line=False)
    if texts is None:
        return pl.repeat(None, len(frame), dtype=pl.UInt64, eager=True)
    texts = texts.str.to_lowercase() if lower else texts
    return texts.hash().set(texts.is_null(), None)


def _texts(frame: pl.DataFrame, fields: Fields, field: str, *, of_line: bool) -> pl.Series | None:
    """A text field; if missing, the layout's constant."""
    found, constant = fields.text(frame, field, of_line=of_line), None if of_line else fields.constant(field)
    if constant is None:
        return found
    of_all = str(constant)
    return pl.repeat(of_all, len(frame), dtype=pl.String, eager=True) if found is None else found.fill_null(of_all)


def _unknown(heads: pl.DataFrame, fields: Fields, names: tuple[str, ...]) -> pl.Series:
    """Whether the provider of a claim's lines is unknown."""
    of_all = [_texts(heads, fields, name, of_line=False) for name in names if name != "rendering_npi"]
    if any(texts is None for texts in of_all):
        return pl.repeat(value=True, n=len(heads), dtype=pl.Boolean, eager=True)
    return _any(heads, [texts.is_null() for texts in of_all if texts is not None])


def _providers(heads: pl.DataFrame, rows: pl.DataFrame, fields: Fields, names: tuple[str, ...]) -> pl.DataFrame:
    """The possible providers of each claim, as numbers: all those named on it and its lines."""
    found = [pl.DataFrame(schema={CLAIM: pl.UInt32(), "provider": pl.UInt64()})]
    for name in names:
        for of_line, frame in ((False, heads), (True, rows)):
            texts = _texts(frame, fields, name, of_line=of_line)
            if texts is not None:
                there = texts.is_not_null()
                found.append(pl.DataFrame([frame[CLAIM].filter(there), texts.filter(there).hash().alias("provider")]))
    return pl.concat(found)


def _services(rows: pl.DataFrame, fields: Fields, counted: Counted) -> pl.DataFrame:
    """The service numbers of rows that have any; if several columns hold a code, of each."""
    found = [pl.DataFrame(schema={CLAIM: pl.UInt32(), "service": pl.UInt32()})]
    for place in fields.places("procedure_code", of_line=True):
        service = fields.asked(rows, place, counted, missing=0, dtype=pl.UInt32)
        there = service > 0
        found.append(pl.DataFrame([rows[CLAIM].filter(there), service.filter(there).alias("service")]))
    return pl.concat(found).unique(maintain_order=True)


def _reach(rows: pl.DataFrame, fields: Fields, counted: Counted) -> Ints:
    """How many days around each row rules look; if several columns hold a code, the maximum."""
    found = np.zeros(len(rows), np.int32)
    for place in fields.places("procedure_code", of_line=True):
        days = fields.asked(rows, place, counted.reach, missing=0, dtype=pl.Int32)
        found = np.maximum(found, days.to_numpy())
    return found


def _undoes(frame: pl.DataFrame, fields: Fields) -> pl.Series:
    """Whether the claim may replace or void another: by its frequency or bill type, or because it names one."""
    found = [
        fields.asked(frame, place, _frequency_undoes, missing=False, dtype=pl.Boolean)
        for place in fields.places("frequency_code", of_line=False)
    ]
    found += [
        fields.asked(frame, place, _bill_type_undoes, missing=False, dtype=pl.Boolean)
        for place in fields.places("bill_type", of_line=False)
    ]
    for name in NAMES_ANOTHER:
        texts = fields.text(frame, name, of_line=False)
        if texts is not None:
            found.append(texts.is_not_null())
    constant = rank_of(Claim(frequency_code=fields.constant("frequency_code"), bill_type=fields.constant("bill_type")))
    return _any(frame, [*found, pl.repeat(bool(constant), len(frame), dtype=pl.Boolean, eager=True)])


def _frequency_undoes(cell: Any) -> bool:
    return bool(rank_of(Claim(frequency_code=cell)))


def _bill_type_undoes(cell: Any) -> bool:
    return bool(rank_of(Claim(bill_type=cell)))


def _days(frame: pl.DataFrame, fields: Fields, names: Iterable[tuple[str, bool]]) -> tuple[Ints, Ints]:
    """The first and last of some dates in each row, far apart if there is none."""
    first, last = np.full(len(frame), _NEVER, np.int32), np.full(len(frame), _EVER, np.int32)
    for name, of_line in names:
        read = fields.days(frame, name, of_line=of_line)
        if read is not None:
            first = np.minimum(first, read[0].fill_null(_NEVER).to_numpy())
            last = np.maximum(last, read[0].fill_null(_EVER).to_numpy())
    return first, last


def _any(frame: pl.DataFrame, flags: list[pl.Series]) -> pl.Series:
    result = pl.repeat(value=False, n=len(frame), dtype=pl.Boolean, eager=True)
    for flag in flags:
        result = result | flag
    return result
