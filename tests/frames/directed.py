"""The claims of the rules' own tests as tables: each rule's hits and misses, by how they are judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import attrs
import polars as pl

from claimcheck.claims import Claim
from claimcheck.engine import Validator
from claimcheck.history import MemoryHistory
from frames.tables_of import frame_of
from rules.test_registry import RULES, cases
from support.cases import Case, line

__all__ = ["COPIES", "Directed", "directed"]

COPIES = 2
"""How often each claim stands in its table, so that the second is alike to one that was judged."""


@attrs.frozen(eq=False)
class Directed:
    """A table of claims, and how they are judged."""

    name: str
    frame: pl.DataFrame
    options: dict[str, Any]


@cache
def directed() -> tuple[Directed, ...]:
    """All tables."""
    groups: dict[tuple[Any, ...], list[tuple[str, Case]]] = {}
    for rule in RULES:
        for table in ("HITS", "MISSES"):
            for clause, case in cases(rule, table).items():
                key = (_identity(case.policy), _identity(case.tables), case.as_of, case.before is not None)
                groups.setdefault(key, []).append((f"{rule.id} {clause}", case))
    return tuple(filter(None, map(_table, groups.values())))


def _identity(value: Any) -> Any:
    return value if isinstance(value, str) else id(value)


def _table(named: list[tuple[str, Case]]) -> Directed | None:
    first = named[0][1]
    options: dict[str, Any] = {"policy": first.policy, "tables": first.tables, "as_of": first.as_of}
    if first.before is not None:
        options["history"] = MemoryHistory()
    claims = [
        claim
        for place, (_, case) in enumerate(named)
        for copy in range(COPIES)
        for claim in _claims(case, f"{place}.{copy}", options)
    ]
    frame = frame_of(claims)
    return Directed(named[0][0], frame, options) if len(frame) else None


def _claims(case: Case, suffix: str, options: dict[str, Any]) -> Iterator[Claim]:
    """The claim of a case, of a member of its own, whose earlier claims are in the history."""
    if "history" in options:
        history: MemoryHistory = options["history"]
        validator = Validator(case.policy, case.tables, history)
        for place, fields in enumerate(case.before or ()):
            claim = _own(Claim.from_dict({"claim_type": "professional", **fields}), f"{suffix}.{place}")
            history.record(claim, validator.validate(claim, case.as_of))
    given = case.claim
    if isinstance(given, Mapping):
        given = {"claim_type": "professional", **given, "lines": list(case.lines) or [line("99213")]}
    claim = Claim.from_dict(given)
    if claim.lines:
        yield _own(claim, suffix)


def _own(claim: Claim, suffix: str) -> Claim:
    changes: dict[str, Any] = {}
    if isinstance(claim.claim_id, str) or claim.claim_id is None:
        changes["claim_id"] = f"{claim.claim_id or 'claim'} {suffix}"
    if isinstance(claim.original_claim_id, str):
        changes["original_claim_id"] = f"{claim.original_claim_id} {suffix}"
    if isinstance(claim.member_id, str) and not claim.member_id[:1].isdigit():  # an MBI begins with a digit
        changes["member_id"] = f"{claim.member_id} {suffix.partition('.')[0]}{suffix.partition('.')[2][:1]}"
    return attrs.evolve(claim, **changes)
