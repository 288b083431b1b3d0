"""Results as a frame: those of `validate_claims` with the columns of `validate_frame`.

>>> from claimcheck import validate_claims
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}
>>> claims = [{"claim_id": "7", "claim_type": "professional", "lines": [line, {**line, "units": 0}]}]
>>> results = list(validate_claims(claims))
>>> results_frame(results).select("claim_id", "line_number", "procedure_code", "disposition").rows()
[('7', 1, '3044F', 'report_only'), ('7', 2, '3044F', 'rejected')]
>>> results_frame(results, "claims").select("claim_id", "disposition", "complete").rows()
[('7', 'report_only', False)]
>>> results_frame(results, "patients")
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: no such kind of frame: patients; give lines, findings, not_checked, claims or adjustments
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

import narwhals as nw
import polars as pl

from claimcheck.claims import ClaimResult
from claimcheck.claims.listing import a_result
from claimcheck.columns.schema import ADJUSTMENTS, CLAIMS, FINDINGS, LINES, NOT_CHECKED
from claimcheck.errors import InputError, MissingExtraError
from claimcheck.extras import extra
from claimcheck.frames.native import back_to
from claimcheck.io.out import records

__all__ = ["as_backend", "results_frame"]

Kind = Literal["lines", "findings", "not_checked", "claims", "adjustments"]
Row = Mapping[str, Any]

_NOT_KNOWN = ("file", "row")
"""A result does not know where its claim was read."""


def results_frame(
    results: Iterable[ClaimResult] | ClaimResult, kind: Kind = "lines", *, backend: Any = "polars"
) -> Any:
    """The lines, findings, not-checked entries, claims, or adjustments of many results, or of one, as one frame.

    The columns are those of the frames of `validate_frame`, without `file` and `row`, which a result does not know, and
    in `not_checked` without `position`. `backend` is "polars", "pandas", "pyarrow", or another eager narwhals backend.

    Raises:
        InputError: unknown kind of frame or backend, or one that is not installed; or something is not a result.
            MissingExtraError: pandas is not installed.
    """
    if kind not in _KINDS:
        raise InputError(f"no such kind of frame: {kind}; give {', '.join([*_KINDS][:-1])} or {[*_KINDS][-1]}")
    rows_of, columns, left_out = _KINDS[kind]
    schema = {name: dtype for name, dtype in columns.items() if name not in left_out}
    given: Iterable[ClaimResult] = [results] if isinstance(results, ClaimResult) else results
    rows = [tuple(row[name] for name in schema) for result in given for row in rows_of(a_result(result))]
    return as_backend(backend)(pl.DataFrame(rows, schema=schema, orient="row"))


def as_backend(backend: Any) -> Callable[[pl.DataFrame], Any]:
    """What makes a frame one of that backend. InputError if it is unknown or not installed."""
    known = nw.Implementation.UNKNOWN
    if backend is not None:
        try:
            known = nw.Implementation.from_backend(backend)
        except (TypeError, ValueError):
            """Unknown."""
    if known is nw.Implementation.UNKNOWN:
        raise InputError(f"no such backend: {backend!r}; give polars, pandas or pyarrow")
    if known is nw.Implementation.POLARS:
        return lambda frame: frame
    try:
        with extra("pandas"):
            known.to_native_namespace()
    except MissingExtraError:
        raise
    except ModuleNotFoundError as missing:
        raise InputError(f"{missing.name or backend} is not installed, of which the frame is to be") from None
    return back_to(known)


def _lines(result: ClaimResult) -> Iterator[Row]:
    return (record._asdict() for record in records.lines(None, result))


def _findings(result: ClaimResult) -> Iterator[Row]:
    return (record._asdict() for record in records.findings(None, result))


def _adjustments(result: ClaimResult) -> Iterator[Row]:
    return (record._asdict() for record in records.adjustments(None, result))


def _not_checked(result: ClaimResult) -> Iterator[Row]:
    for entry in result.not_checked:
        for number in entry.lines or (None,):
            yield {**entry.to_dict(), "claim_id": result.claim_id, "line_number": number}


def _claims(result: ClaimResult) -> Iterator[Row]:
    yield {
        "claim_id": result.claim_id,
        "disposition": str(result.disposition),
        "returned": result.returned,
        "superseded_by": result.superseded_by,
        "ok": result.ok,
        "complete": result.complete,
        "clean": result.clean,
        "lines": len(result.lines),
        "findings": len(result.findings),
    }


Columns = Mapping[str, pl.DataType]
_KINDS: Mapping[str, tuple[Callable[[ClaimResult], Iterator[Row]], Columns, tuple[str, ...]]] = MappingProxyType(
    {
        "lines": (_lines, LINES, _NOT_KNOWN),
        "findings": (_findings, FINDINGS, _NOT_KNOWN),
        "not_checked": (_not_checked, NOT_CHECKED, (*_NOT_KNOWN, "position")),
        "claims": (_claims, CLAIMS, _NOT_KNOWN),
        "adjustments": (_adjustments, ADJUSTMENTS, _NOT_KNOWN),
    }
)
