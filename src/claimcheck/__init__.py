"""claimcheck: what becomes of each line of a US medical claim, and why.

>>> import claimcheck
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-01"}
>>> result = claimcheck.validate_claim({"claim_type": "professional", "lines": [line]})
>>> result.lines[0].disposition, result.lines[0].allowed_amount
(<Disposition.REPORT_ONLY: 'report_only'>, Decimal('0.00'))

Names are loaded when they are first used, so that importing claimcheck costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from claimcheck.version import __version__

if TYPE_CHECKING:
    from claimcheck import codes
    from claimcheck.claims import (
        Adjustment,
        Claim,
        ClaimResult,
        Diagnosis,
        Disposition,
        Evidence,
        Finding,
        Findings,
        FindingsError,
        InpatientProcedure,
        LineResult,
        NotChecked,
        OccurrenceCode,
        Reason,
        Receipt,
        Results,
        ServiceLine,
        Severity,
        Source,
        Unreadable,
        ValueCode,
    )
    from claimcheck.engine import Validator, validate_claim, validate_claims
    from claimcheck.errors import ClaimcheckError, CodeError, HistoryError, InputError, PolicyError, TableError
    from claimcheck.explaining import Explanation, explain
    from claimcheck.history import History, MemoryHistory, Superseded
    from claimcheck.history.sqlite import SqliteHistory
    from claimcheck.io.pipeline import pipeline
    from claimcheck.policies import Policy
    from claimcheck.tables import Edition, Tables

__all__ = [
    "Adjustment",
    "Claim",
    "ClaimResult",
    "ClaimcheckError",
    "CodeError",
    "Diagnosis",
    "Disposition",
    "Edition",
    "Evidence",
    "Explanation",
    "Finding",
    "Findings",
    "FindingsError",
    "History",
    "HistoryError",
    "InpatientProcedure",
    "InputError",
    "LineResult",
    "MemoryHistory",
    "NotChecked",
    "OccurrenceCode",
    "Policy",
    "PolicyError",
    "Reason",
    "Receipt",
    "Results",
    "ServiceLine",
    "Severity",
    "Source",
    "SqliteHistory",
    "Superseded",
    "TableError",
    "Tables",
    "Unreadable",
    "Validator",
    "ValueCode",
    "__version__",
    "codes",
    "explain",
    "pipeline",
    "validate_claim",
    "validate_claims",
]

_HOMES = {
    "claims": (
        "Adjustment Claim ClaimResult Diagnosis Disposition Evidence Finding Findings FindingsError InpatientProcedure "
        "LineResult NotChecked OccurrenceCode Reason Receipt Results ServiceLine Severity Source Unreadable ValueCode"
    ),
    "engine": "Validator validate_claim validate_claims",
    "errors": "ClaimcheckError CodeError HistoryError InputError PolicyError TableError",
    "explaining": "Explanation explain",
    "history": "History MemoryHistory",
    "history.sqlite": "SqliteHistory",
    "history.superseded": "Superseded",
    "io.pipeline": "pipeline",
    "policies": "Policy",
    "tables": "Edition Tables",
}
_HOME = {name: f"claimcheck.{home}" for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name == "codes":
        return import_module("claimcheck.codes")
    if name not in _HOME:
        raise AttributeError(f"module 'claimcheck' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
