"""Results in the form of CMS's Integrated Outpatient Code Editor, for comparison with its output.

For each claim, its dispositions and its edits by disposition; for each line, its edits by field, status indicator, APC,
and flags.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from claimcheck.claims import Claim, ClaimResult
from claimcheck.engine.validator import Validator
from claimcheck.io.out.text import json_line
from claimcheck.policies import Policy
from claimcheck.rules.facts.bill import read_bill
from claimcheck.rules.outpatient_editor import Disposed, disposed, edit_of, field_of, informs
from claimcheck.tables import Tables

__all__ = ["maker", "record"]

_OF_CLAIMS = (
    Disposed.CLAIM_REJECTION,
    Disposed.CLAIM_DENIAL,
    Disposed.RETURN_TO_PROVIDER,
    Disposed.SUSPENSION,
)
_NOT_PROCESSED = frozenset({46, 118})
_ON_A_DENIED_DAY = frozenset({18, 49})
_NOTHING, _OF_LINES, _OF_DAYS, _OF_CLAIM = "0", "1", "2", "4"
_FIELDS = ("procedure", "modifier", "revenue")
#: Bills that are never paid by the outpatient prospective payment system: their lines have no flags in the record of an
#: independent port of the editor (pyoce 0.1.0), beside which ours was laid field by field.
_NEVER_OPPS = frozenset({"73", "78", "83", "84", "85", "89"})


def maker(policy: str | Path | Policy, tables: str | Path | Tables | None) -> Callable[[Claim, ClaimResult], str]:
    """Returns a function that gives a claim's line of JSON under a policy and tables, or "" if it is not an outpatient
    claim.

    >>> from claimcheck import validate_claim
    >>> line = {"revenue_code": "0510", "units": 1, "charge": "90.00", "service_date": "2024-07-15"}
    >>> claim = Claim.from_dict({"claim_id": "7", "claim_type": "institutional", "bill_type": "0131", "lines": [line]})
    >>> maker("default", None)(claim, validate_claim(claim))[:52]
    '{"claim_id":"7","claim_disposition":"4","claim_rejec'
    >>> maker("default", None)(Claim(claim_type="professional"), validate_claim({"claim_type": "professional"}))
    ''
    """
    workshop = Validator(policy, tables).workshop

    def make(claim: Claim, result: ClaimResult) -> str:
        setting = workshop.setting(claim, has_reference=False).facts
        if not setting.institutional or setting.inpatient:
            return ""
        return json_line(record(claim, result))

    return make


def record(claim: Claim, result: ClaimResult) -> dict[str, Any]:
    """The editor's output for a claim and its result."""
    edits = _edits(result)
    return {
        "claim_id": result.claim_id,
        "claim_disposition": _overall(claim, edits),
        **{f"{name}_disposition": _disposition(name, edits) for name in Disposed},
        **{f"{name}_edits": sorted({edit for _, edit in edits if disposed(edit) is name}) for name in Disposed},
        "diagnosis_edits": sorted({edit for _, edit in edits if field_of(edit) == "diagnosis"}),
        "lines": [_line(position, claim, result, edits) for position in range(1, len(claim.lines) + 1)],
    }


def _edits(result: ClaimResult) -> list[tuple[int, int]]:
    """The edits of a result, each once with its line position; 0 is the claim.

    For a bill that it does not process, the editor says so and nothing else.
    """
    found = {
        (one.position or 0, number)
        for one in result.findings
        if (number := edit_of(one.rule_id, one, one.evidence)) is not None
    }
    return sorted(stops if (stops := {one for one in found if one[1] in _NOT_PROCESSED}) else found)


def _line(position: int, claim: Claim, result: ClaimResult, edits: Sequence[tuple[int, int]]) -> dict[str, Any]:
    own = [edit for place, edit in edits if place == position]
    verdict = result.lines[position - 1]
    return {
        "line_number": verdict.line_number,
        "service_date": _text(claim.lines[position - 1].service_date),
        "revenue_code": verdict.revenue_code,
        "hcpcs": verdict.procedure_code,
        "status_indicator": verdict.status_indicator,
        "apc": verdict.apc,
        "packaging_flag": None if verdict.packaged is None else str(int(verdict.packaged)),
        "denial_rejection_flag": None if read_bill(claim)[1] in _NEVER_OPPS else _flag(own),
        **{f"{field}_edits": [edit for edit in own if field_of(edit) == field] for field in _FIELDS},
    }


def _flag(edits: Sequence[int]) -> str:
    """1 if a line is denied or rejected, 3 if an edit is informational only."""
    of_lines = [edit for edit in edits if disposed(edit) not in _OF_CLAIMS]
    if any(not informs(edit) for edit in of_lines):
        return "1"
    return "3" if of_lines else "0"


def _disposition(name: Disposed, edits: Sequence[tuple[int, int]]) -> str:
    """1 if an edit gives the claim or lines that disposition; 2 if it does so for some days, or for the only one."""
    if any(disposed(edit) is name and not informs(edit) for _, edit in edits):
        return "1"
    if name is Disposed.CLAIM_DENIAL and any(edit in _ON_A_DENIED_DAY for _, edit in edits):
        return "2"
    return "0"


def _overall(claim: Claim, edits: Sequence[tuple[int, int]]) -> str:
    """The overall claim disposition: none, lines, some days, or the whole claim."""
    if any(disposed(edit) in _OF_CLAIMS for _, edit in edits):
        return _OF_CLAIM
    if any(edit in _ON_A_DENIED_DAY for _, edit in edits):
        return _OF_DAYS if len({str(line.service_date) for line in claim.lines}) > 1 else _OF_CLAIM
    return _OF_LINES if any(not informs(edit) for _, edit in edits) else _NOTHING


def _text(day: object) -> str | None:
    return str(day) if hasattr(day, "isoformat") else None
