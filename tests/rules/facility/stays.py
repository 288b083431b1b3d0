"""Hospital stays for the tests of the Medicare Code Editor's rules, and lists of a few rows."""

from __future__ import annotations

from typing import Any

from claimcheck.tables import Tables
from support.cases import Case, institutional, line
from support.code_tables import codes, list_row

__all__ = ["editor", "stay"]


def editor(diagnoses: dict[str, str] | None = None, procedures: dict[str, str] | None = None) -> Tables:
    """The editor's lists of these codes, by their flags; a procedure's may be a sex."""
    of_diagnoses = (diagnoses or {"Z9989": "unacceptable_pdx"}).items()
    of_procedures = (procedures or {"00F3XZZ": "noncovered"}).items()
    return codes(
        inpatient_diagnosis=[
            list_row(code, flags=flags, age_min="", age_max="", sex="") for code, flags in of_diagnoses
        ],
        inpatient_procedure=[
            list_row(code, flags="" if flags in ("F", "M") else flags, sex=flags if flags in ("F", "M") else "")
            for code, flags in of_procedures
        ],
    )


def stay(
    *diagnoses: Any,
    procedures: tuple[Any, ...] = (),
    day: str | None = "2024-07-15",
    bill_type: str = "0111",
    of_claim: dict[str, Any] | None = None,
    **fields: Any,
) -> Case:
    """A stay with these codes."""
    claim = institutional(bill_type, diagnoses=list(diagnoses), procedures=list(procedures), **(of_claim or {}))
    return Case([line(None, day=day, revenue_code="0120")], claim, **fields)
