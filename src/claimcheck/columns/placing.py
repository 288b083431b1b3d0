"""Places results on the rows, claims, and line numbers of the frame."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import numpy as np
import polars as pl
import pyarrow

from claimcheck.claims.verdict import Disposition, Severity, claim_disposition
from claimcheck.columns.cells import Bools
from claimcheck.columns.chunk import Chunk
from claimcheck.columns.hits_in_order import HitsInOrder, OtherHits, merged
from claimcheck.columns.numbering import Ints
from claimcheck.columns.order import POSITION
from claimcheck.columns.result_rows import FINDING_COLUMNS, LINE_COLUMNS, UNCHECKED_COLUMNS, ResultRows
from claimcheck.columns.schema import CLAIMS, FINDINGS, LINES, NOT_CHECKED
from claimcheck.columns.table import ROW
from claimcheck.columns.verdicts import (
    DISPOSITIONS,
    FINDING_TEMPLATE,
    LINE_TEMPLATE,
    NOTE_TEMPLATE,
    Lists,
    Templates,
    Verdicts,
)

__all__ = ["Billed", "Judged", "Placed", "Unseen", "placing", "unplaced"]


@attrs.frozen(eq=False)
class Placed:
    """The result frames."""

    lines: pl.DataFrame
    findings: pl.DataFrame
    not_checked: pl.DataFrame
    claims: pl.DataFrame

    def beside(self, *others: Placed) -> Placed:
        """These results followed by `others`, for further claims."""
        parts = (self, *others)
        return Placed(
            pl.concat([part.lines for part in parts]),
            pl.concat([part.findings for part in parts]),
            pl.concat([part.not_checked for part in parts]),
            pl.concat([part.claims for part in parts]),
        )


@attrs.frozen(eq=False)
class Billed:
    """What lines bill: for each row the index of its codes in three series."""

    procedures: pl.Series
    modifiers: pl.Series
    revenues: pl.Series
    procedure: Ints
    modifier: Ints
    revenue: Ints


@attrs.frozen(eq=False)
class Unseen:
    """Claims without the member's other claims, and the index of each in `frame`: why, and for which rules."""

    claims: Ints
    at: Ints
    frame: pl.DataFrame


@attrs.frozen(eq=False)
class Judged:
    """The results for the rows and claims of a chunk, as numbers; `odd` has those from claim-by-claim validation.

    The number for a claim validated that way is 0, and so are those of its rows; `odd_claims` has their indexes.
    `institutional` says which of the other claims are.
    """

    lines: Ints
    claims: Ints
    odd_claims: Ints
    odd: ResultRows
    unseen: Unseen
    institutional: Bools


def placing(chunk: Chunk, judged: Judged, billed: Billed, verdicts: Verdicts) -> Callable[[], Placed]:
    """What makes the result frames for a chunk. It may be called in another thread."""
    return _Placing(chunk, judged, billed, verdicts.templates).frames


def unplaced(chunk: Chunk, judged: Judged, billed: Billed, verdicts: Verdicts) -> ResultRows:
    """The results for a chunk as rows in which claims have their numbers, and lines their positions."""
    return _Placing(chunk, judged, billed, verdicts.templates, by_position=True).result_rows()


_SEVERE = str(Severity.ERROR)


class _Placing:
    """One chunk while its results are placed. Everything that it needs is read when it is made."""

    def __init__(
        self, chunk: Chunk, judged: Judged, billed: Billed, verdicts: Templates, *, by_position: bool = False
    ) -> None:
        self.chunk, self.judged, self.verdicts = chunk, judged, verdicts
        self.claim = chunk.claim.to_numpy().astype(np.int64)
        self.position = chunk.rows[POSITION].to_numpy().astype(np.int64)
        self.firsts = chunk.firsts.to_numpy().astype(np.int64)
        self.numbers = pl.Series(self.position) if by_position else self._numbers()
        self.ids, self.row_numbers = _ids(chunk), chunk.row_numbers
        self.days, self.charge = _days(chunk), chunk.amounts("charge")[0]
        odd = judged.odd
        self.odd_rows = self._rows_of(odd.lines)
        self.codes = self._codes(billed)

    def frames(self) -> Placed:
        """All four."""
        findings, of_claim, severe, on_lines = self._findings()
        unchecked, of_note = self._unchecked()
        open_claims = np.zeros(len(self.firsts), bool)
        open_claims[of_note] = True
        claims = self._claims(of_claim, severe, open_claims, on_lines)
        return Placed(self._lines(claims), findings, unchecked, claims)

    def result_rows(self) -> ResultRows:
        """The same without places in the table."""
        findings, many, severe, own = self._findings()
        unchecked, of_note = self._unchecked()
        claims = self._claims(many, severe, np.zeros(len(self.firsts), bool), own)
        numbers = self.chunk.numbers
        kinds, at = np.unique(own, return_inverse=True)
        strongest = pl.Series([str(_strongest(int(one))) for one in kinds], dtype=pl.String).gather(at.ravel())
        return ResultRows(
            pl.DataFrame([numbers.alias("claim"), strongest.alias("own"), claims["returned"], claims["superseded_by"]]),
            pl.DataFrame([numbers.gather(self.claim).alias("claim"), _positions(pl.Series(self.position))]).hstack(
                self._lines(claims).select([*LINE_COLUMNS])
            ),
            self._said(findings, np.repeat(np.arange(len(many)), many)).hstack(findings.select([*FINDING_COLUMNS])),
            self._said(unchecked, of_note).hstack(unchecked.select([*UNCHECKED_COLUMNS])),
        )

    def _said(self, frame: pl.DataFrame, claims: Ints) -> pl.DataFrame:
        """Where hits are, as numbers, as in `claimcheck.columns.result_rows`."""
        order = pl.int_range(len(frame), dtype=pl.UInt32, eager=True)
        return pl.DataFrame(
            [
                self.chunk.numbers.gather(claims).alias("claim"),
                _positions(frame["position"].fill_null(0)),
                frame["rule_id"].replace_strict(self.verdicts.places, return_dtype=pl.UInt32).alias("rule"),
                order.alias("order"),
            ]
        )

    # ------------------------------------------------------------------ places

    def _numbers(self) -> pl.Series:
        billed = self.chunk.line_numbers
        return billed.zip_with(billed.is_not_null(), self.chunk.rows[POSITION].cast(pl.Int64))

    def _claims_of(self, said: pl.DataFrame) -> Ints:
        """The indexes of the claims with results from claim-by-claim validation."""
        numbers = said["claim"].to_numpy().astype(np.int64)
        known = self.chunk.numbers.to_numpy().astype(np.int64)
        return np.searchsorted(known, numbers)  # type: ignore[no-any-return, unused-ignore]

    def _rows_of(self, said: pl.DataFrame) -> Ints:
        places: Ints = self.firsts[self._claims_of(said)] + said["position"].to_numpy().astype(np.int64) - 1
        return places

    def _codes(self, billed: Billed) -> pl.DataFrame:
        """What each row bills; for claims validated one by one, as read then."""
        found = []
        parts = (
            ("procedure_code", billed.procedures, billed.procedure),
            ("modifiers", billed.modifiers, billed.modifier),
            ("revenue_code", billed.revenues, billed.revenue),
        )
        for name, codes, places in parts:
            known, at = codes, places
            if len(self.odd_rows):
                at = at.copy()
                at[self.odd_rows] = np.arange(len(known), len(known) + len(self.odd_rows))
                known = pl.concat([known, self.judged.odd.lines[name].cast(known.dtype)], rechunk=True)
            found.append(known.gather(at).alias(name))
        return pl.DataFrame(found)

    # ------------------------------------------------------------------ findings

    def _others(self, lists: Lists, odd: pl.DataFrame, rules: Ints, related: Lists | None = None) -> OtherHits:
        """The hits on claims themselves, and of claims validated one by one, numbered after those of columns.

        `rules` are the rules of these; `related` has the lines that findings name.
        """
        claims, order, number = lists.of(self.judged.claims)
        nothing, size = np.zeros(len(claims), np.int64), len(rules)
        named = nothing if related is None else related.flat(self.judged.claims)
        on_claims = OtherHits(claims, nothing, rules[number], order, number, named)
        position, rule, order = (odd[name].to_numpy().astype(np.int64) for name in ("position", "rule", "order"))
        places = np.arange(len(odd))
        of_odd = OtherHits(self._claims_of(odd), position, rule, order, size + places, places)
        return OtherHits.beside(on_claims, of_odd)

    def _findings(self) -> tuple[pl.DataFrame, Ints, Ints, Ints]:
        """The findings; the number per claim, which claims have an error, and the claims' own dispositions."""
        verdicts, odd, frame = self.verdicts, self.judged.odd.findings, self.verdicts.finding_frame
        others = self._others(verdicts.findings, odd, frame["rule"].to_numpy(), verdicts.related)
        hits = HitsInOrder.of(verdicts.findings, self.judged.lines, others, self.firsts)
        frame = frame.drop("rule")
        if len(odd):
            more = odd.select([pl.col(name).cast(dtype) for name, dtype in FINDING_TEMPLATE.items()])
            frame = pl.concat([frame, more], rechunk=True)
        said, of_claim = frame[hits.number], self.claim[hits.row]
        made = said.with_columns(self._placed(of_claim, hits.row, hits.on_claim)).with_columns(
            self._related(hits, others)
        )
        severe = (said["severity"] == _SEVERE).to_numpy()
        own = np.zeros(len(self.firsts), np.int64)
        bits = np.array(
            [1 << DISPOSITIONS.index(Disposition(one)) for one in said["disposition"].filter(hits.on_claim)], np.int64
        )
        np.bitwise_or.at(own, of_claim[hits.on_claim], bits)
        many = np.bincount(of_claim, minlength=len(self.firsts))
        return _as(made, FINDINGS), many, np.unique(of_claim[severe]), own

    def _placed(self, of_claim: Ints, row: Ints, on_claim: Ints) -> list[pl.Series]:
        """Places: claim, row, line, and what the line bills. A finding on the claim has no line."""
        nowhere = pl.Series(on_claim)
        found = [
            self.ids.gather(of_claim).alias("claim_id"),
            self.row_numbers.gather(of_claim).alias("row"),
            _none(self.numbers.gather(row), nowhere).alias("line_number"),
            _none(pl.Series(self.position[row]), nowhere).alias("position"),
            _none(self.days.gather(row), nowhere).alias("service_date"),
        ]
        found += [
            _none(self.codes[name].gather(row), nowhere).alias(name) for name in ("procedure_code", "revenue_code")
        ]
        modifiers = self.codes["modifiers"].gather(row)
        if on_claim.any():
            empty = pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, len(row))
            modifiers = modifiers.zip_with(~nowhere, empty)
        return [*found, modifiers.alias("modifiers")]

    def _related(self, hits: HitsInOrder, others: OtherHits) -> pl.Series:
        """The line numbers that findings refer to, which rules give as positions."""
        verdicts, odd = self.verdicts, self.judged.odd.findings
        positions = Lists.built([*verdicts.related_positions, *odd["related_lines"].to_list()])
        of_odd = others.number >= len(verdicts.finding_frame)
        which = merged(
            hits.of_rows,
            verdicts.related.flat(self.judged.lines),
            others.related + np.where(of_odd, len(verdicts.related_positions), 0),
        )
        counts = positions.counts(which)
        rows = np.repeat(self.firsts[self.claim[hits.row]], counts) + positions.flat(which) - 1
        return _lists(self.numbers.to_numpy()[rows], counts).alias("related_lines")

    # ------------------------------------------------------------------ what was not checked

    def _unchecked(self) -> tuple[pl.DataFrame, Ints]:
        """What was not checked, and the claim of each entry."""
        verdicts, odd, unseen = self.verdicts, self.judged.odd.unchecked, self.judged.unseen
        frame = verdicts.note_frame
        nothing = np.zeros(len(unseen.claims), np.int64)
        rules, numbers = unseen.frame["rule"].to_numpy()[unseen.at], unseen.at + len(frame) + len(odd)
        others = OtherHits.beside(
            self._others(verdicts.notes, odd, frame["rule"].to_numpy()),
            OtherHits(unseen.claims, nothing, rules, nothing, numbers, nothing),
        )
        hits = HitsInOrder.of(verdicts.notes, self.judged.lines, others, self.firsts)
        more = [part for part in (odd, unseen.frame) if len(part)]
        if more:
            columns = [pl.col(name).cast(dtype) for name, dtype in NOTE_TEMPLATE.items()]
            frame = pl.concat([frame, *(part.select(columns) for part in more)], rechunk=True)
        of_claim, nowhere = self.claim[hits.row], pl.Series(hits.on_claim)
        made = frame.drop("rule")[hits.number].with_columns(
            self.ids.gather(of_claim).alias("claim_id"),
            self.row_numbers.gather(of_claim).alias("row"),
            _none(self.numbers.gather(hits.row), nowhere).alias("line_number"),
            _none(pl.Series(self.position[hits.row]), nowhere).alias("position"),
        )
        return _as(made, NOT_CHECKED), of_claim

    # ------------------------------------------------------------------ claims and lines

    def _claims(self, findings: Ints, severe: Ints, open_claims: Ints, own: Ints) -> pl.DataFrame:
        """The claims with their disposition, from `claim_disposition` for each combination that occurs."""
        chunk, many = self.chunk, len(self.firsts)
        bits = np.int64(1) << self.verdicts.dispositions[self.judged.lines]
        odd = self.judged.odd
        if len(self.odd_rows):
            bits[self.odd_rows] = [1 << DISPOSITIONS.index(Disposition(one)) for one in odd.lines["disposition"]]
        lines_are = np.bitwise_or.reduceat(bits, self.firsts) if many else np.empty(0, np.int64)
        kinds, inverse = np.unique(lines_are * 64 + own, return_inverse=True)
        said = [str(claim_disposition(_strongest(int(one) % 64), _among(int(one) // 64))) for one in kinds]
        disposition = pl.Series(said, dtype=pl.String).gather(inverse.ravel())
        ok, complete = np.ones(many, bool), np.ones(many, bool)
        ok[severe] = False
        complete &= ~open_claims
        superseded = pl.repeat(None, many, dtype=pl.String, eager=True)
        fallen = odd.claims.drop_nulls("superseded_by")
        if len(fallen):
            superseded = superseded.scatter(self._claims_of(fallen), fallen["superseded_by"])
        of_lines = (lines_are >> DISPOSITIONS.index(Disposition.REJECTED) & 1) > 0
        returned = (disposition == str(Disposition.REJECTED)).to_numpy() | (self.judged.institutional & of_lines)
        if len(odd.claims):
            returned[self._claims_of(odd.claims)] = odd.claims["returned"].to_numpy()
        in_force = (disposition != str(Disposition.SUPERSEDED)).to_numpy()
        made = pl.DataFrame(
            {
                "claim_id": self.ids,
                "row": self.row_numbers,
                "disposition": disposition,
                "returned": returned,
                "superseded_by": superseded,
                "ok": ok,
                "complete": complete,
                "clean": ok & complete & in_force,
                "lines": chunk.sizes,
                "findings": findings,
            }
        )
        return _as(made, CLAIMS)

    def _lines(self, claims: pl.DataFrame) -> pl.DataFrame:
        """The lines, in claim order."""
        at, frame, odd = self.judged.lines, self.verdicts.line_frame, self.judged.odd.lines
        if len(self.odd_rows):
            at = at.copy()
            at[self.odd_rows] = np.arange(len(frame), len(frame) + len(odd))
            frame = pl.concat(
                [frame, odd.select([pl.col(name).cast(dtype) for name, dtype in LINE_TEMPLATE.items()])], rechunk=True
            )
        charge = self.charge
        of_claims = claims.select(
            "claim_id",
            pl.col("disposition").alias("claim_disposition"),
            pl.col("returned").alias("claim_returned"),
            pl.col("complete").alias("claim_complete"),
            "superseded_by",
        )
        made = (
            frame[at]
            .hstack(of_claims[self.claim])
            .with_columns(
                self.chunk.rows[ROW].alias("row"),
                self.numbers.alias("line_number"),
                self.chunk.rows[POSITION].alias("position"),
                self.days.alias("service_date"),
                charge.alias("charge"),
                self._allowed(charge).alias("allowed_amount"),
                *self.codes,
            )
        )
        return _as(made, LINES)

    def _allowed(self, charge: pl.Series) -> pl.Series:
        """The scheduled allowed amount for each line at a token price."""
        scheduled = self.verdicts.scheduled.gather(self.judged.lines)
        allowed = pl.repeat(None, len(charge), dtype=LINES["allowed_amount"], eager=True)
        if scheduled.null_count() < len(scheduled):
            disposition = pl.Series(self.verdicts.dispositions[self.judged.lines])
            strength = {one: number for number, one in enumerate(DISPOSITIONS)}
            least = pl.DataFrame([scheduled.alias("one"), charge.alias("other")]).min_horizontal()
            zero = pl.Series([0], dtype=scheduled.dtype).new_from_index(0, len(charge))
            allowed = least.zip_with(disposition == strength[Disposition.PAYABLE], zero)
            not_priced = disposition.is_in([strength[Disposition.REJECTED], strength[Disposition.REVIEW]])
            allowed = allowed.set(scheduled.is_null() | not_priced, None)
        if len(self.odd_rows):
            allowed = allowed.scatter(self.odd_rows, self.judged.odd.lines["allowed_amount"].cast(allowed.dtype))
        return allowed


def _as(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    if "file" not in frame.columns and "file" in schema:
        frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias("file"))
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def _positions(positions: pl.Series) -> pl.Series:
    return positions.cast(pl.UInt32).alias("position")


def _lists(values: Ints, counts: Ints) -> pl.Series:
    """A column of lists, of so many values each."""
    ends = np.concatenate([[0], np.cumsum(counts)])
    made = pyarrow.LargeListArray.from_arrays(pyarrow.array(ends), pyarrow.array(values.astype(np.int64)))
    return pl.Series(made)


def _none(column: pl.Series, where: pl.Series) -> pl.Series:
    return column.set(where, None) if where.any() else column


def _ids(chunk: Chunk) -> pl.Series:
    found = chunk.fields.text(chunk.heads, "claim_id", of_line=False)
    return pl.repeat(None, len(chunk.heads), dtype=pl.String, eager=True) if found is None else found


def _days(chunk: Chunk) -> pl.Series:
    read = chunk.fields.days(chunk.rows, "service_date", of_line=True)
    if read is None:
        return pl.repeat(None, len(chunk.rows), dtype=pl.Date, eager=True)
    return read[0].cast(pl.Date)


def _among(bits: int) -> list[Disposition]:
    return [disposition for strength, disposition in enumerate(DISPOSITIONS) if bits >> strength & 1]


def _strongest(bits: int) -> Disposition:
    return _among(bits)[-1] if bits else Disposition.PAYABLE
