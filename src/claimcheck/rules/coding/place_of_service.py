"""A place of service is an assigned code.

## What it checks
The place of service of the line, or of the claim where the line has none, must be two digits and assigned on the
service date.

## Why payers deny it
The place of service determines the rate, and whether the service can be billed there at all.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "99213", "service_date": "2024-07-01"}
>>> lines = [{**line, "place_of_service": "111"}, {**line, "place_of_service": "59"}]
>>> for finding in validate_claim({"claim_type": "professional", "lines": lines}).findings:
...     if finding.rule_id == "COD401":
...         print(finding.line_number, finding.message)
1 Place of service malformed: expected 2 characters, found 3
2 Place of service 59 not assigned

## What it does not check
Whether the service may be given at that place. Lines without a place of service. Institutional claims, where the bill
type identifies the setting.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Absent, Found, NotCovered

REMEDY = correct("Correct the place of service")

WRONG = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M77",), remedy=REMEDY)


@rule(
    id="COD401",
    name="place-of-service",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("place_of_service", "setting", "tables"),
    tables=("place_of_service",),
    outcomes=(WRONG,),
    sources=("CMS, Place of Service Code Set; X12 005010X222A1, CLM05-1 and SV105",),
)
def place_of_service(line: Line) -> Outcomes:
    """Rejects an unassigned place of service."""
    place = line.place_of_service
    if place.missing or line.setting.institutional:
        return
    if place.text is None:
        yield WRONG(f"Place of service malformed: {place.error}", pattern=place.shape)
        return
    match line.tables.place_of_service(place.text):
        case NotCovered() as answer:
            yield unchecked(answer)
        case Absent() as answer:
            yield WRONG(f"Place of service {place.text} not assigned", answer=answer, place_of_service=place.text)
        case Found(value) as answer if not value.active:
            message = f"Place of service {place.text} not valid on the service date: effective {value.effective}"
            yield WRONG(message, answer=answer, place_of_service=place.text)
