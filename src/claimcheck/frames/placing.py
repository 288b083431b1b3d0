"""Puts what was said in its place: on the rows, claims and line numbers of the table."""

from __future__ import annotations

import attrs
import polars as pl

from claimcheck.claims.verdict import Disposition, Severity, claim_disposition
from claimcheck.frames.order import CLAIM, POSITION
from claimcheck.frames.schema import CLAIMS, FINDINGS, LINES, NOT_CHECKED
from claimcheck.frames.table import ROW

__all__ = ["GROUP", "NUMBER", "SLOT", "Placed", "Said", "placed"]

NUMBER = "claimcheck: number"
"""The line's number as billed, or its position where it has none."""
GROUP, SLOT = "claimcheck: group", "claimcheck: slot"
"""The lines among which findings know others as related, and the number by which they know this line."""
LINE, WHOLE = "claimcheck: line", "claimcheck: whole"


@attrs.frozen(eq=False)
class Said:
    """What there is to be said: of `lines` by their place in that frame; `findings` and `unchecked` by `at`.

    `at` is a line's place in `lines`, or of what is said of a claim any number that its claims share.
    """

    lines: pl.DataFrame
    findings: pl.DataFrame
    unchecked: pl.DataFrame
    whole_findings: pl.DataFrame
    whole_unchecked: pl.DataFrame

    def beside(self, *others: pl.DataFrame) -> Said:
        """What there is to be said here, and after it what `others` hold, frame by frame."""
        own = (self.lines, self.findings, self.unchecked, self.whole_findings, self.whole_unchecked)
        return Said(*(pl.concat([one, other.select(one.columns)]) for one, other in zip(own, others, strict=True)))


@attrs.frozen(eq=False)
class Placed:
    """The frames of a verdict."""

    lines: pl.DataFrame
    findings: pl.DataFrame
    not_checked: pl.DataFrame
    claims: pl.DataFrame

    def beside(self, *others: Placed) -> Placed:
        """This verdict, and after it `others`, on further claims."""
        parts = (self, *others)
        return Placed(
            pl.concat([part.lines for part in parts]),
            pl.concat([part.findings for part in parts]),
            pl.concat([part.not_checked for part in parts]),
            pl.concat([part.claims for part in parts]),
        )


def placed(rows: pl.DataFrame, claims: pl.DataFrame, whole: pl.DataFrame, said: Said) -> Placed:
    """The verdict on `rows`, each with its place in `said.lines` (`LINE`), and on `claims`.

    `whole` says what is said of which claim: `CLAIM`, `at`, and an `order` among what is said of one claim.
    """
    lines = _lines(rows, said)
    findings = _findings(rows, claims, whole, said)
    unchecked = _unchecked(rows, claims, whole, said)
    return Placed(
        _as(lines, LINES),
        _as(findings, FINDINGS),
        _as(unchecked, NOT_CHECKED),
        _claims(lines, claims, findings, unchecked),
    )


def _as(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


_NO_FILE = pl.lit(None, dtype=pl.String).alias("file")
_ITS = (pl.col(NUMBER).alias("line_number"), pl.col(POSITION).alias("position"))
_OF_LINE = ("claim_id", _NO_FILE, "row", *_ITS)
_NO_LINE = (pl.lit(None, dtype=pl.Int64()).alias("line_number"), pl.lit(None, dtype=pl.UInt32()).alias("position"))
_OF_CLAIM = ("claim_id", _NO_FILE, pl.col(ROW).alias("row"), *_NO_LINE)
_ORDER = (pl.col("place").cast(pl.UInt64) * 2**20 + pl.col("order")).alias("order")


def _lines(rows: pl.DataFrame, said: Said) -> pl.DataFrame:
    return rows.select(CLAIM, "charge", "claim_id", _NO_FILE, pl.col(ROW).alias("row"), *_ITS).hstack(
        said.lines[rows[LINE]]
    )


def _findings(rows: pl.DataFrame, claims: pl.DataFrame, whole: pl.DataFrame, said: Said) -> pl.DataFrame:
    of_lines = _joined(rows.rename({LINE: "at"}), said.findings)
    of_lines = _with_row(_with_numbers(of_lines, rows), claims)
    of_lines = of_lines.select(CLAIM, *_OF_LINE, "rule", "order", *_names(said.findings))
    of_claims = _joined(_whole(claims, whole), said.whole_findings)
    of_claims = of_claims.select(CLAIM, *_OF_CLAIM, "rule", _ORDER, *_names(said.findings))
    both = pl.concat([of_claims, of_lines], how="vertical_relaxed")
    return both.sort(CLAIM, "position", "rule", "order", nulls_last=False, maintain_order=True)


def _unchecked(rows: pl.DataFrame, claims: pl.DataFrame, whole: pl.DataFrame, said: Said) -> pl.DataFrame:
    names = ("rule_id", "reason", "table")
    of_lines = _with_row(_joined(rows.rename({LINE: "at"}), said.unchecked), claims)
    of_lines = of_lines.select(CLAIM, *_OF_LINE, "rule", "order", *names)
    of_claims = _joined(_whole(claims, whole), said.whole_unchecked)
    of_claims = of_claims.select(CLAIM, *_OF_CLAIM, "rule", _ORDER, *names)
    of_claims = of_claims.unique([CLAIM, *names], keep="first", maintain_order=True)
    both = pl.concat([of_claims, of_lines], how="vertical_relaxed")
    return both.sort(CLAIM, "position", "rule", "order", nulls_last=False, maintain_order=True)


def _whole(claims: pl.DataFrame, whole: pl.DataFrame) -> pl.DataFrame:
    return whole.rename({"order": "place"}).join(claims, on=CLAIM, maintain_order="left")


def _joined(places: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Each place with each thing that is said there."""
    return places.join(said, on="at", maintain_order="left_right")


def _names(findings: pl.DataFrame) -> list[str]:
    return [name for name in findings.columns if name not in ("at", "rule", "order")]


def _with_row(said: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """What is said, with the first row of its claim."""
    return said.join(claims.select(CLAIM, pl.col(ROW).alias("row")), on=CLAIM, maintain_order="left")


def _with_numbers(findings: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The related lines by their numbers, where rules knew them by the slots of their groups."""
    findings = findings.with_row_index("finding")
    related = findings.filter(pl.col("related_lines").list.len() > 0)
    if related.is_empty():
        return findings
    exploded = related.select("finding", GROUP, pl.col("related_lines").alias(SLOT)).explode(SLOT)
    numbers = exploded.join(
        rows.select(GROUP, pl.col(SLOT).cast(pl.Int64), pl.col(NUMBER).alias("number")),
        on=[GROUP, SLOT],
        maintain_order="left",
    )
    numbers = numbers.group_by("finding", maintain_order=True).agg(pl.col("number").cast(pl.Int64).alias("numbers"))
    joined = findings.join(numbers, on="finding", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("numbers", "related_lines").alias("related_lines")).drop("numbers")


_BITS = {str(disposition): 1 << strength for strength, disposition in enumerate(Disposition)}


def _claims(lines: pl.DataFrame, claims: pl.DataFrame, findings: pl.DataFrame, unchecked: pl.DataFrame) -> pl.DataFrame:
    """The claims with their disposition, which is told by `claim_disposition` for each combination that there is."""
    bit = pl.col("disposition").replace_strict(_BITS, return_dtype=pl.UInt8)
    of_lines = lines.group_by(CLAIM).agg(bit.bitwise_or().alias("lines_are"), pl.len().alias("lines"))
    own = findings.filter(pl.col("position").is_null()).group_by(CLAIM).agg(bit.bitwise_or().alias("own_are"))
    counts = findings.group_by(CLAIM).agg(
        pl.len().alias("findings"), (pl.col("severity") == str(Severity.ERROR)).any().alias("bad")
    )
    open_ones = unchecked.select(pl.col(CLAIM).unique()).with_columns(pl.lit(value=True).alias("open"))
    joined = claims.sort(CLAIM)
    for more in (of_lines, own, counts, open_ones):
        joined = joined.join(more, on=CLAIM, how="left", maintain_order="left")
    joined = joined.with_columns(
        pl.col("lines_are", "own_are").fill_null(0),
        pl.col("findings").fill_null(0),
        pl.col("bad", "open").fill_null(value=False),
    )
    kinds = joined.select("lines_are", "own_are").unique()
    said = [str(claim_disposition(_strongest(own), _among(lines_are))) for lines_are, own in kinds.rows()]
    joined = joined.join(
        kinds.with_columns(pl.Series("disposition", said, pl.String)),
        on=["lines_are", "own_are"],
        maintain_order="left",
    )
    verdict = joined.with_columns(
        _NO_FILE,
        pl.col(ROW).alias("row"),
        (~pl.col("bad")).alias("ok"),
        (~pl.col("open")).alias("complete"),
        (~pl.col("bad") & ~pl.col("open")).alias("clean"),
    )
    return _as(verdict, CLAIMS)


def _among(bits: int) -> list[Disposition]:
    return [disposition for strength, disposition in enumerate(Disposition) if bits >> strength & 1]


def _strongest(bits: int) -> Disposition:
    return _among(bits)[-1] if bits else Disposition.PAYABLE
