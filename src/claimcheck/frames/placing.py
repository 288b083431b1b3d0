"""Puts what was said in its place: on the rows, claims and line numbers of the table."""

from __future__ import annotations

import attrs
import polars as pl

from claimcheck.claims.verdict import Disposition, Severity, claim_disposition
from claimcheck.frames.chunk import Chunk
from claimcheck.frames.order import POSITION
from claimcheck.frames.schema import CLAIMS, FINDINGS, LINES, NOT_CHECKED
from claimcheck.frames.table import ROW

__all__ = ["GROUP", "LINE", "NUMBER", "OF", "SLOT", "Placed", "Said", "placed"]

NUMBER = "claimcheck: number"
"""The line's number as billed, or its position where it has none."""
GROUP, SLOT = "claimcheck: group", "claimcheck: slot"
"""The lines among which findings know others as related, and the number by which they know this line."""
LINE, OF = "claimcheck: line", "claimcheck: of"
"""The place of what is said of a line, and of its claim in the chunk."""


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


def placed(
    chunk: Chunk, rows: pl.DataFrame, claims: pl.DataFrame, whole: pl.DataFrame, said: Said, *, unseen: pl.DataFrame
) -> Placed:
    """The verdict on the `rows` of a chunk, each with its place in `said.lines` (`LINE`), and on its `claims`.

    `whole` says what is said of which claim: `OF`, its place in the chunk, `at`, and an `order` among that. `unseen` is
    what is said of the member's other claims, with its `OF` too.
    """
    rows = rows.with_columns(chunk.claim.alias(OF), chunk.on_rows(claims["claim_id"]).alias("claim_id"))
    of_claims = claims.select("claim_id", "superseded_by", pl.col(ROW).alias("row"))
    findings = _findings(rows, of_claims, whole, said)
    unchecked = _unchecked(rows, of_claims, whole, said, unseen)
    verdicts = _claims(chunk, of_claims, _dispositions(chunk, rows[LINE], said.lines), findings, unchecked)
    return Placed(
        _as(_lines(rows, said, verdicts), LINES),
        _as(findings, FINDINGS),
        _as(unchecked, NOT_CHECKED),
        verdicts,
    )


def _as(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


_NO_FILE = pl.lit(None, dtype=pl.String).alias("file")
_ITS = (pl.col(NUMBER).alias("line_number"), pl.col(POSITION).alias("position"), pl.col("service_date"))
_NO_LINE = (
    pl.lit(None, dtype=pl.Int64()).alias("line_number"),
    pl.lit(None, dtype=pl.UInt32()).alias("position"),
    pl.lit(None, dtype=pl.Date()).alias("service_date"),
)
_ORDER = (pl.col("place").cast(pl.UInt64) * 2**20 + pl.col("order")).alias("order")
_SORTED = (OF, "position", "rule", "order")


def _lines(rows: pl.DataFrame, said: Said, claims: pl.DataFrame) -> pl.DataFrame:
    own = rows.select("charge", "claim_id", _NO_FILE, pl.col(ROW).alias("row"), *_ITS)
    of_claims = claims.select(
        pl.col("disposition").alias("claim_disposition"),
        pl.col("complete").alias("claim_complete"),
        "superseded_by",
    )
    return own.hstack(said.lines[rows[LINE]]).hstack(of_claims[rows[OF]])


def _findings(rows: pl.DataFrame, claims: pl.DataFrame, whole: pl.DataFrame, said: Said) -> pl.DataFrame:
    names = [name for name in said.findings.columns if name not in ("at", "rule", "order")]
    of_lines = _with_numbers(_on_lines(rows, said.findings, len(said.lines)), rows)
    of_lines = of_lines.select(OF, *_ITS, "rule", pl.col("order").cast(pl.UInt64), *names)
    of_claims = whole.rename({"order": "place"}).join(said.whole_findings, on="at", maintain_order="left_right")
    of_claims = of_claims.select(OF, *_NO_LINE, "rule", _ORDER, *names)
    return _with_claims(pl.concat([of_claims, of_lines]).sort(_SORTED, nulls_last=False, maintain_order=True), claims)


def _unchecked(
    rows: pl.DataFrame, claims: pl.DataFrame, whole: pl.DataFrame, said: Said, unseen: pl.DataFrame
) -> pl.DataFrame:
    names = ("rule_id", "reason", "table", "rules")
    of_lines = _on_lines(rows, said.unchecked, len(said.lines))
    of_lines = of_lines.select(OF, *_ITS, "rule", pl.col("order").cast(pl.UInt64), *names)
    of_claims = whole.rename({"order": "place"}).join(said.whole_unchecked, on="at", maintain_order="left_right")
    of_claims = of_claims.select(OF, *_NO_LINE, "rule", _ORDER, *names)
    of_claims = of_claims.unique([OF, "rule_id", "reason", "table"], keep="first", maintain_order=True)
    order = pl.lit(0, dtype=pl.UInt64).alias("order")
    of_claims = pl.concat([of_claims, unseen.select(OF, *_NO_LINE, "rule", order, *names)])
    return _with_claims(pl.concat([of_claims, of_lines]).sort(_SORTED, nulls_last=False, maintain_order=True), claims)


def _on_lines(rows: pl.DataFrame, said: pl.DataFrame, lines: int) -> pl.DataFrame:
    """Each row with each thing that is said of it."""
    speaks = pl.repeat(value=False, n=lines, dtype=pl.Boolean, eager=True)
    if len(said):
        speaks = speaks.scatter(said["at"].unique(), True)
    chosen = rows.select(OF, GROUP, NUMBER, POSITION, "service_date", pl.col(LINE).alias("at")).filter(
        speaks.gather(rows[LINE])
    )
    return chosen.join(said, on="at", maintain_order="left_right")


def _with_claims(said: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """What is said, with the claim's id and first row."""
    return said.hstack(claims[said[OF]]).with_columns(_NO_FILE)


def _with_numbers(findings: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The related lines by their numbers, where rules knew them by the slots of their groups."""
    findings = findings.with_row_index("finding")
    related = findings.filter(pl.col("related_lines").list.len() > 0)
    if related.is_empty():
        return findings
    exploded = related.select("finding", GROUP, pl.col("related_lines").alias(SLOT)).explode(SLOT)
    within = rows.filter(pl.col(GROUP).is_in(related[GROUP].unique().implode()))
    numbers = exploded.join(
        within.select(GROUP, pl.col(SLOT).cast(pl.Int64), pl.col(NUMBER).alias("number")),
        on=[GROUP, SLOT],
        maintain_order="left",
    )
    numbers = numbers.group_by("finding", maintain_order=True).agg(pl.col("number").cast(pl.Int64).alias("numbers"))
    joined = findings.join(numbers, on="finding", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("numbers", "related_lines").alias("related_lines")).drop("numbers")


_BITS = {str(disposition): 1 << strength for strength, disposition in enumerate(Disposition)}
_FIELD = 10  #: bits in which the lines of a claim that have one disposition are counted
_MOST = 1 << _FIELD
_ONE = {str(disposition): 1 << _FIELD * strength for strength, disposition in enumerate(Disposition)}


def _dispositions(chunk: Chunk, at: pl.Series, lines: pl.DataFrame) -> pl.Series:
    """Of each claim, the dispositions of its lines, as bits."""
    if (chunk.sizes >= _MOST).any():
        bits = lines["disposition"].replace_strict(_BITS, default=None, return_dtype=pl.Int64)
        frame = pl.DataFrame({OF: chunk.claim, "bit": bits.gather(at)})
        return frame.group_by(OF, maintain_order=True).agg(pl.col("bit").bitwise_or())["bit"]
    counts = chunk.total(lines["disposition"].replace_strict(_ONE, default=None, return_dtype=pl.Int64).gather(at))
    bits = pl.zeros(len(counts), dtype=pl.Int64, eager=True)
    for disposition, bit in _BITS.items():
        bits = bits + (counts // _ONE[disposition] % _MOST > 0).cast(pl.Int64) * bit
    return bits


def _claims(
    chunk: Chunk, claims: pl.DataFrame, lines_are: pl.Series, findings: pl.DataFrame, unchecked: pl.DataFrame
) -> pl.DataFrame:
    """The claims with their disposition, which is told by `claim_disposition` for each combination that there is."""
    bit = pl.col("disposition").replace_strict(_BITS, return_dtype=pl.Int64)
    own = findings.filter(pl.col("position").is_null()).group_by(OF).agg(bit.bitwise_or().alias("is"))
    counts = findings.group_by(OF).agg(pl.len().alias("is"))
    bad = findings.filter(pl.col("severity") == str(Severity.ERROR)).select(pl.col(OF).unique())
    open_ones = unchecked.select(pl.col(OF).unique())
    many = len(claims)
    table = claims.with_columns(
        lines_are.alias("lines_are"),
        pl.zeros(many, dtype=pl.Int64, eager=True).scatter(own[OF], own["is"]).alias("own_are"),
        pl.zeros(many, dtype=pl.Int64, eager=True).scatter(counts[OF], counts["is"].cast(pl.Int64)).alias("findings"),
        chunk.sizes.alias("lines"),
        _but(bad[OF], many).alias("ok"),
        _but(open_ones[OF], many).alias("complete"),
    )
    kinds = table.select("lines_are", "own_are").unique()
    said = [str(claim_disposition(_strongest(own), _among(lines_are))) for lines_are, own in kinds.rows()]
    kinds = kinds.with_columns(pl.Series("disposition", said, pl.String))
    table = table.join(kinds, on=["lines_are", "own_are"], maintain_order="left")
    return _as(table.with_columns(_NO_FILE, _CLEAN.alias("clean")), CLAIMS)


_CLEAN = pl.col("ok") & pl.col("complete") & (pl.col("disposition") != str(Disposition.SUPERSEDED))


def _but(claims: pl.Series, many: int) -> pl.Series:
    """True of all but some claims."""
    true = pl.repeat(value=True, n=many, dtype=pl.Boolean, eager=True)
    return true.scatter(claims, False) if len(claims) else true


def _among(bits: int) -> list[Disposition]:
    return [disposition for strength, disposition in enumerate(Disposition) if bits >> strength & 1]


def _strongest(bits: int) -> Disposition:
    return _among(bits)[-1] if bits else Disposition.PAYABLE
