"""Claims for the checks, and what a history says of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from claimcheck.claims import Claim, ClaimResult, ServiceLine
from claimcheck.engine import Validator
from claimcheck.history import History, Superseded

__all__ = [
    "MEMBER",
    "YEAR",
    "Checks",
    "accepted",
    "as_rejected",
    "changes",
    "claim",
    "expect",
    "judged",
    "line",
    "record",
    "served",
    "validator",
]

MEMBER = "MEMBER-7F3A"
YEAR = date(2024, 1, 1), date(2024, 12, 31)


def line(code: str, day: str, *modifiers: str, **fields: Any) -> ServiceLine:
    """A line with one unit."""
    return ServiceLine(code, service_date=day, modifiers=modifiers, units=1, charge="0.00", **fields)


def claim(claim_id: str | None, *lines: ServiceLine, **fields: Any) -> Claim:
    """A professional claim for one member and one provider."""
    common = {"claim_type": "professional", "member_id": MEMBER, "billing_npi": "1234567893", "place_of_service": "11"}
    return Claim(claim_id=claim_id, lines=lines, **(common | fields))


def judged(history: History, one: Claim) -> ClaimResult:
    """The result of a claim given what the history holds."""
    shared = validator()
    shared.history = history
    return shared.validate(one)


@cache
def validator() -> Validator:
    """One for all checks, because it keeps what it worked out."""
    return Validator()


def record(history: History, *claims: Claim) -> None:
    """Validates and records claims one after another."""
    for one in claims:
        history.record(one, judged(history, one))


def served(history: History, *days: date, **asked: Any) -> list[tuple[str, int, str]]:
    """Claim, position, and code of the lines in the history."""
    first, through = days or YEAR
    return [(found.claim, found.position, found.code) for found in history.lines(MEMBER, first, through, **asked)]


def changes(verdicts: Iterable[Superseded]) -> list[tuple[str, int, bool]]:
    """Claim and position of superseded results, and whether the line now has findings."""
    return sorted((verdict.claim_id, verdict.position, verdict.found) for verdict in verdicts)


def expect(got: object, expected: object, why: str) -> None:
    """Fails, saying why the actual value is wrong."""
    if got != expected:
        raise AssertionError(f"{why}: expected {expected!r}, got {got!r}")


def as_rejected(result: ClaimResult) -> ClaimResult:
    """The result of a claim that is returned."""
    return ClaimResult.from_dict({**result.to_dict(), "disposition": "rejected"})


def accepted(result: ClaimResult) -> ClaimResult:
    """The result without what makes a claim be returned: these checks are about accepted claims."""
    return ClaimResult.from_dict({**result.to_dict(), "disposition": "payable"})


class Checks:
    """Checks of a history, each a method whose name begins with `test_`."""

    def make_history(self) -> History:
        """A new, empty history, independent of any made before."""
        raise NotImplementedError("make_history must return a new, empty history")
