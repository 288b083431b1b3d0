"""A claim has service lines.

## What it checks
A claim must have at least one service line.

## Why payers deny it
Without a line there is nothing to pay or to report.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": []})
>>> str(result.disposition), [finding.message for finding in result.findings if finding.rule_id == "STR103"]
('rejected', ['Service lines missing'])

## What it does not check
The content of the lines. A source that never gives lines, which is not checked.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.claims.unreadable import not_given
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = correct("Add the service lines")

NO_LINES = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY)


@rule(
    id="STR103",
    name="lines-present",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("line_count", "problems"),
    outcomes=(NO_LINES,),
    sources=("X12 005010X222A1 and 005010X223A2, loop 2400 (required)",),
)
def lines_present(view: Outline) -> Outcomes:
    """Rejects a claim without lines."""
    if view.line_count:
        return
    if not_given(view.problems, "lines"):
        yield unchecked(Reason.MISSING_FIELD)
    else:
        yield NO_LINES("Service lines missing")
