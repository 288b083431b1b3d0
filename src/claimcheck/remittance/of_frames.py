"""Compares the results of `validate_frame` with remittances. Needs the extra `frames`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from claimcheck.claims import ClaimResult, Disposition, Finding, LineResult, NotChecked, Reason, Receipt, Severity
from claimcheck.errors import InputError
from claimcheck.extras import extra
from claimcheck.remittance.comparison import Comparison, compare
from claimcheck.remittance.records import ComparedRecord, records
from claimcheck.remittance.values import Remittance, RemittedClaim

with extra("frames"):
    import polars as pl

    from claimcheck.columns.schema import columns_of
    from claimcheck.frames.loading import collected
    from claimcheck.frames.native import taken
    from claimcheck.frames.results import as_backend

if TYPE_CHECKING:
    from claimcheck.frames import FrameResult

__all__ = ["compare_frame", "compared_frame"]

Row = Mapping[str, Any]
#: A frame's result has no receipts; all that is asked of one here is whether a rejected line returns the whole claim.
_RETURNED = Receipt("", "", "", reads={"claim": {"claim_type": "institutional"}})
_NOT_RETURNED = Receipt("", "", "")


def compare_frame(result: FrameResult, remittances: Iterable[RemittedClaim | Remittance]) -> Comparison:
    """Compares the results of a frame's claims with the payer's answers, as `compare` does with those of claims.

    >>> import polars as pl
    >>> from claimcheck.frames import validate_frame
    >>> from claimcheck.remittance import RemittanceHeader, RemittedLine
    >>> from decimal import Decimal
    >>> frame = pl.DataFrame({"claim_id": ["A1"], "claim_type": ["professional"], "units": [1], "charge": ["125.00"],
    ...                       "procedure_code": ["99213"], "service_date": ["2024-07-15"]})
    >>> paid = RemittedLine("99213", Decimal(125), Decimal(80))
    >>> answer = RemittedClaim(RemittanceHeader(), "A1", "1", Decimal(125), Decimal(80), lines=(paid,))
    >>> comparison = compare_frame(validate_frame(frame), [answer])
    >>> compared_frame(comparison).select("claim_id", "procedure_code", "paid", "agreement").rows()
    [('A1', '99213', Decimal('80.000000000000'), 'came true')]
    >>> compare_frame("nothing", [])
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: the result of validate_frame is expected, which has lines, findings, not_checked and claims
    """  # noqa: E501 - what is shown
    return compare(_results(result), remittances)


def compared_frame(comparison: Comparison, *, backend: Any = "polars") -> Any:
    """The compared lines as a frame, with the columns of `claimcheck compare --format parquet`.

    `backend` is "polars", "pandas", "pyarrow", or another eager narwhals backend.
    """
    rows = [tuple(record) for record in records(comparison.lines)]
    return as_backend(backend)(pl.DataFrame(rows, schema=columns_of(ComparedRecord), orient="row"))


def _results(result: FrameResult) -> Iterator[ClaimResult]:
    """The results of the claims, with what `compare` looks at."""
    lines, claims = _rows(result, "lines"), _rows(result, "claims")
    findings, not_checked = _by_claim(_rows(result, "findings")), _by_claim(_rows(result, "not_checked"))
    start = 0
    for claim in claims:
        place = claim["file"], claim["row"]
        found = tuple(map(_finding, findings[place]))
        mine = lines[start : start + claim["lines"]]
        start += claim["lines"]
        yield ClaimResult(
            claim["claim_id"],
            Disposition(claim["disposition"]),
            tuple(_line(row, found) for row in mine),
            found,
            tuple(map(_not_checked, not_checked[place])),
            _RETURNED if claim["returned"] else _NOT_RETURNED,
            superseded_by=claim["superseded_by"],
        )


def _rows(result: FrameResult, name: str) -> list[dict[str, Any]]:
    frame = getattr(result, name, None)
    if frame is None:
        raise InputError("the result of validate_frame is expected, which has lines, findings, not_checked and claims")
    return collected(taken(frame)[0]).to_dicts()


def _by_claim(rows: Iterable[Row]) -> Mapping[tuple[str | None, int | None], list[Row]]:
    found: dict[tuple[str | None, int | None], list[Row]] = defaultdict(list)
    for row in rows:
        found[row["file"], row["row"]].append(row)
    return found


def _finding(row: Row) -> Finding:
    return Finding(
        row["rule_id"],
        row["rule_name"],
        Severity(row["severity"]),
        Disposition(row["disposition"]),
        row["message"],
        row["line_number"],
        row["position"],
        carc=row["carc"],
        rarcs=tuple(row["rarcs"]),
        remedy=cast("Any", row["remedy"]),  # in words, which is all that is asked of it
    )


def _line(row: Row, findings: tuple[Finding, ...]) -> LineResult:
    mine = tuple(finding for finding in findings if finding.position == row["position"])
    decides = (row["deciding_rule"], row["disposition"], row["carc"], tuple(row["rarcs"]))
    return LineResult(
        row["line_number"],
        row["position"],
        Disposition(row["disposition"]),
        next((one for one in mine if (one.rule_id, str(one.disposition), one.carc, one.rarcs) == decides), None),
        row["charge"],
        findings=mine,
        procedure_code=row["procedure_code"],
        modifiers=tuple(row["modifiers"]),
        revenue_code=row["revenue_code"],
        service_date=row["service_date"],
    )


def _not_checked(row: Row) -> NotChecked:
    number = row["line_number"]
    return NotChecked(
        row["rule_id"], Reason(row["reason"]), row["table"], () if number is None else (number,), tuple(row["rules"])
    )
