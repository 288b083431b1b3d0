"""Which claims have to do with others: as `claimcheck.cli.survey` tells it, of columns."""

from __future__ import annotations

import numpy as np
import polars as pl

from claimcheck.claims import Claim
from claimcheck.cli.meeting import asking
from claimcheck.columns.fields import EPOCH
from claimcheck.engine import Validator
from claimcheck.frames.x12 import Batch837
from claimcheck.history.batch import days_of
from claimcheck.history.versions import names_another

__all__ = ["Looked"]

_NEVER = 1 << 40
_SCHEMA = {
    "file": pl.UInt32(),
    "place": pl.Int64(),
    "member": pl.UInt64(),
    "bill": pl.UInt64(),
    "names": pl.Boolean(),
    "counts": pl.Boolean(),
    "reach": pl.Int64(),
    "first": pl.Int64(),
    "last": pl.Int64(),
}


class Looked:
    """What a look at files keeps of each claim: some fifty bytes."""

    def __init__(self, validator: Validator) -> None:
        self._counted, self._reaching = asking(validator.policy, validator.reaches)
        self._named: dict[str | None, bool] = {}
        self._parts: list[pl.DataFrame] = []

    def add(self, file: int, batch: Batch837) -> None:
        """Notes the claims of a batch, of the file of that number."""
        parts = [part for part in (self._of_rows(batch.lines), self._of_claims(batch.claims)) if len(part)]
        if parts:
            found = pl.concat(parts).sort("place")
            numbered = found.with_columns(pl.lit(file, dtype=pl.UInt32).alias("file"))
            self._parts.append(numbered.select([pl.col(name).cast(kind) for name, kind in _SCHEMA.items()]))

    def _of_rows(self, lines: pl.DataFrame) -> pl.DataFrame:
        codes = lines["procedure_code"].unique().to_list()
        frequencies = lines["frequency_code"]
        for frequency in frequencies.unique().to_list():
            if frequency not in self._named:
                self._named[frequency] = names_another(Claim(frequency_code=frequency))
        named = pl.col("original_claim_id").is_not_null() | pl.col("frequency_code").replace_strict(
            [*self._named], [*self._named.values()], return_dtype=pl.Boolean
        )
        days = ("service_date", "service_date_end", "discharge_date")
        code = pl.col("procedure_code")
        rows = lines.lazy().select(
            pl.col("claim_segment").alias("place"),
            "member_id",
            "claim_id",
            named.alias("names"),
            code.replace_strict(codes, [*map(self._counted, codes)], return_dtype=pl.Boolean).alias("counts"),
            code.replace_strict(codes, [*map(self._reaching, codes)], return_dtype=pl.Int64).alias("reach"),
            pl.min_horizontal(days).to_physical().cast(pl.Int64).alias("first"),
            pl.max_horizontal(days).to_physical().cast(pl.Int64).alias("last"),
        )
        claims = rows.group_by("place", maintain_order=True).agg(
            pl.col("member_id").first(),
            pl.col("claim_id").first(),
            pl.col("names").first(),
            pl.col("counts").any(),
            pl.col("reach").max(),
            pl.col("first").min() + EPOCH,
            pl.col("last").max() + EPOCH,
        )
        return _marked(claims.collect())

    def _of_claims(self, claims: tuple[Claim, ...]) -> pl.DataFrame:
        rows = [self._of_claim(claim) for claim in claims]
        names = ("place", "member_id", "claim_id", "names", "counts", "reach", "first", "last")
        kinds = (pl.Int64, pl.String, pl.String, pl.Boolean, pl.Boolean, pl.Int64, pl.Int64, pl.Int64)
        return _marked(pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row"))

    def _of_claim(self, claim: Claim) -> tuple[object, ...]:
        codes = [line.procedure_code for line in claim.lines]
        asked = any(map(self._counted, codes)), max(map(self._reaching, codes), default=0)
        own = [one if isinstance(one, str) else None for one in (claim.member_id, claim.claim_id)]
        place = 0 if claim.source is None else claim.source.place
        return place, *own, names_another(claim), *asked, *(days_of(claim) or (None, None))

    # ------------------------------------------------------------------ what that tells

    def seen(self) -> Seen:
        """What all that was noted tells."""
        claims = pl.concat(self._parts) if self._parts else pl.DataFrame(schema=_SCHEMA)
        self._parts.clear()
        return Seen(claims)


class Seen:
    """The claims that have to do with others, by their places among all (from 0).

    `versions` are all claims of members of whom one may be a version of another's bill, `met` those that may have a
    part in each other's verdicts.
    """

    def __init__(self, claims: pl.DataFrame) -> None:
        known = claims["member"].is_not_null()
        of_member = claims["member"]
        again = claims.select(pl.struct("member", "bill").is_duplicated()).to_series()
        named = claims["names"] | (again & claims["bill"].is_not_null())
        members = of_member.filter(known & named).unique()
        self.versions = np.flatnonzero((known & of_member.is_in(members.implode())).to_numpy())
        self.met = _met(claims)
        self._claims = claims.select("file", "place", "member")

    def chosen(self) -> pl.DataFrame:
        """The files and places of all of these, each with its place among all (`at`) and its member."""
        at = np.union1d(self.versions, self.met)
        return self._claims[at].with_columns(pl.Series("at", at, dtype=pl.Int64))


def _marked(claims: pl.DataFrame) -> pl.DataFrame:
    """Members and bills as numbers: equal ones have equal numbers; None where there is none."""
    member, bill = pl.col("member_id"), pl.concat_str("member_id", "claim_id", separator="\x1f")
    return claims.select(
        "place",
        pl.when(member.is_not_null()).then(member.hash()).alias("member"),
        pl.when(bill.is_not_null()).then(bill.hash()).alias("bill"),
        "names",
        "counts",
        "reach",
        "first",
        "last",
    )


def _met(claims: pl.DataFrame) -> np.ndarray:  # type: ignore[type-arg]
    """The places of the claims of a member that lie within a day of each other, or report what is counted."""
    with_place = claims.with_row_index("at").filter(pl.col("member").is_not_null())
    several = with_place.filter(pl.len().over("member") > 1)
    counted = several.filter(pl.col("counts") & (pl.col("counts").sum().over("member") > 1))["at"].to_numpy()
    ordered = several.with_columns(pl.col("first").fill_null(_NEVER), pl.col("last").fill_null(-1)).sort(
        "member", "first", maintain_order=True
    )
    member, first, last = (ordered[name].to_numpy() for name in ("member", "first", "last"))
    at = ordered["at"].to_numpy()
    if not len(at):
        return at.astype(np.int64)
    begins = np.concatenate([[True], member[1:] != member[:-1]])
    reach = _furthest(begins, last)
    before = np.concatenate([[0], reach[:-1]])
    widest = ordered.select(pl.col("reach").max().over("member")).to_series().to_numpy()
    near = ~begins & (first <= last[before] + np.maximum(widest, 1))
    found = np.concatenate([at[near], at[before[near]], counted])
    return np.unique(found).astype(np.int64)


def _furthest(begins: np.ndarray, last: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """Of each claim, that of its member up to it which reaches furthest: of several the last."""
    group = np.cumsum(begins)
    span = int(last.max()) + 2
    keys = group * span + last
    highest = np.maximum.accumulate(keys)
    return np.maximum.accumulate(np.where(keys == highest, np.arange(len(keys)), 0))
