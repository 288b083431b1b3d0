"""What a type checker sees of the public interface. mypy reads this file; nothing runs it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import assert_type

import claimcheck
from claimcheck import (
    Claim,
    ClaimResult,
    Diagnosis,
    Disposition,
    Explanation,
    Finding,
    LineResult,
    MemoryHistory,
    NotChecked,
    Policy,
    Reason,
    ServiceLine,
    Severity,
    Tables,
    Unreadable,
    Validator,
    codes,
    explain,
    validate_claim,
    validate_claims,
)
from claimcheck.codes.npi import Npi
from claimcheck.testing import a_claim, a_line, assert_clean, assert_finding


def what_passes_and_what_must_not() -> None:
    line = ServiceLine("99213", units=1, charge="125.00", service_date="2024-07-15", modifiers=["25"])
    assert_type(line.units, Decimal | Unreadable | None)
    assert_type(line.service_date, date | Unreadable | None)
    assert_type(line.modifiers, tuple[str | Unreadable, ...])

    claim = Claim(claim_type="professional", diagnoses=["E11.9", Diagnosis("I10")], lines=[line, {"units": 1}])
    assert_type(claim.lines, tuple[ServiceLine, ...])
    assert_type(claim.diagnoses, tuple[Diagnosis | Unreadable, ...])
    assert_type(Claim.from_dict({"lines": []}), Claim)

    result = validate_claim(claim, policy="zero", tables=None, history=MemoryHistory(), as_of=date(2024, 8, 1))
    assert_type(result, ClaimResult)
    assert_type(result.lines, tuple[LineResult, ...])
    assert_type(result.lines[0].allowed_amount, Decimal | None)
    assert_type(result.lines[0].deciding, Finding | None)
    assert_type(result.lines[0].disposition, Disposition)
    assert_type(result.findings[0].severity, Severity)
    assert_type(result.findings[0].rarcs, tuple[str, ...])
    assert_type(result.not_checked, tuple[NotChecked, ...])
    assert_type(result.not_checked[0].reason, Reason)
    assert_type(result.clean, bool)

    assert_type(validate_claims([claim, {"lines": []}], sort=True), Iterator[ClaimResult])
    validator = Validator(Path("policy.toml"), Tables.starter())
    assert_type(validator.validate({"lines": []}, "2024-08-01"), ClaimResult)
    assert_type(validator.validate_many([claim]), Iterator[ClaimResult])

    assert_type(Policy.names()[0], str)
    assert_type(Policy.load("default").replace(category_ii__charge={"allowed": "0.00"}), Policy)
    assert_type(explain("3044F"), Explanation)
    assert_type(codes.npi.parse("1234567893"), Npi)
    assert_type(a_claim(a_line("99213"), "36415"), Claim)
    assert_type(assert_finding(claim, "NCCI101", line=1), Finding)
    assert_type(assert_clean(claim), ClaimResult)
    assert_type(claimcheck.__version__, str)

    # What must not pass: each of these lines is an error, and mypy says so if it no longer is.
    validate_claim(claim, polices="zero")  # type: ignore[call-arg]
    Validator(tables=3)  # type: ignore[arg-type]
    result.disposition = Disposition.PAYABLE  # type: ignore[misc]
    codes.npi.is_valid("1", strict="yes")  # type: ignore[arg-type]
    assert_finding(claim)  # type: ignore[call-arg]
