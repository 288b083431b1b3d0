"""claimcheck: what happens to each line of a US medical claim, and why.

>>> import claimcheck
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-01"}
>>> result = claimcheck.validate_claim({"claim_type": "professional", "lines": [line]})
>>> result.lines[0].disposition, result.lines[0].allowed_amount
(<Disposition.REPORT_ONLY: 'report_only'>, Decimal('0.00'))

Names are loaded on first use, so that importing claimcheck costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module

from claimcheck.version import __version__

TYPE_CHECKING = False  # as of `typing`, whose import takes five times as long as this package's
if TYPE_CHECKING:
    from typing import Any

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
#: Subpackages, available without being imported explicitly.
_PARTS = frozenset(
    [
        *("claims", "codes", "errors", "frames", "history", "io", "policies", "remittance", "report", "rules", "spark"),
        *("tables", "testing"),
    ]
)
#: Names that people guess, and what to write instead.
_GUESSED = {
    "check": "claimcheck.validate_claim(claim)",
    "demo": "claimcheck demo, on the command line",
    "help": "help(claimcheck), or claimcheck --help on the command line",
    "is_valid": "claimcheck.codes.npi.is_valid(text), and so for each format",
    "is_valid_npi": "claimcheck.codes.npi.is_valid(text)",
    "load": "claimcheck.io.read_claims(path)",
    "load_policy": "claimcheck.Policy.load(name)",
    "read": "claimcheck.io.read_claims(path)",
    "read_837": "claimcheck.io.read_claims(path)",
    "read_claims": "claimcheck.io.read_claims(path)",
    "read_csv": "claimcheck.io.read_claims(path)",
    "read_file": "claimcheck.io.read_claims(path)",
    "results_frame": "claimcheck.frames.results_frame(results)",
    "to_frame": "claimcheck.frames.results_frame(results)",
    "validate": "claimcheck.validate_claim(claim), or validate_claims(claims)",
    "validate_file": "claimcheck.validate_claims(claimcheck.io.read_claims(path))",
    "validate_frame": "claimcheck.frames.validate_frame(frame)",
    "validate_many": "claimcheck.validate_claims(claims)",
    "Rule": "claimcheck.rules.rule.Rule",
    "write_csv": "claimcheck.io.out.findings_csv.write(path), or claimcheck.frames.results_frame(results)",
}
_HOME = {name: f"claimcheck.{home}" for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name in _PARTS:
        return import_module(f"claimcheck.{name}")
    if name not in _HOME:
        raise AttributeError(_without(name))
    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value


def _without(name: str) -> str:
    if name not in _GUESSED:
        return f"module 'claimcheck' has no attribute {name!r}"
    return f"claimcheck has no {name!r}: use {_GUESSED[name]}"


def __dir__() -> list[str]:
    return sorted(__all__)
