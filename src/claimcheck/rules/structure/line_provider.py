"""The rendering provider of a line has well-formed identifiers.

## What it checks
The NPI of a line's rendering provider must be well formed, and so must the taxonomy code, which gets a warning unless
it is not text at all.

## Why payers deny it
The line is paid for the work of this provider; a number that cannot be an NPI identifies no one.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "rendering_npi": "3000000000"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR702"]
['Rendering NPI malformed: expected 1 or 2 at position 1']

## What it does not check
Whether the NPI is assigned. Lines without a rendering provider of their own.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line, State
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_NPI = correct("Correct the NPI of the line's rendering provider")
REMEDY_UNREADABLE = correct("Correct the identifiers of the line's rendering provider")
REMEDY_TAXONOMY = correct("Correct the taxonomy code of the line's rendering provider")

NPI = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "207", ("N290",), remedy=REMEDY_NPI)
UNREADABLE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N288",), remedy=REMEDY_UNREADABLE)
TAXONOMY = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N288",), remedy=REMEDY_TAXONOMY)

_TAXONOMY = "NUCC, Health Care Provider Taxonomy"


@rule(
    id="STR702",
    name="line-provider",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("rendering_npi", "rendering_taxonomy"),
    outcomes=(
        NPI.when("the NPI is malformed"),
        TAXONOMY.when("the taxonomy code is malformed"),
        UNREADABLE.when("the taxonomy code is not text"),
    ),
    sources=(
        "CMS NPPES, Requirements for National Provider Identifier and NPI check digit",
        _TAXONOMY,
    ),
)
def line_provider(line: Line) -> Outcomes:
    """Reports an invalid identifier of the line's provider."""
    if line.rendering_npi.wrong:
        yield NPI(f"Rendering NPI malformed: {line.rendering_npi.error}", field="rendering_npi")
    if line.rendering_taxonomy.wrong:
        outcome = TAXONOMY if line.rendering_taxonomy.state is State.MALFORMED else UNREADABLE
        message = f"Rendering taxonomy malformed: {line.rendering_taxonomy.error}"
        yield outcome(message, source=_TAXONOMY, field="rendering_taxonomy")
