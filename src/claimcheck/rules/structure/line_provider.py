"""A line names its rendering provider where a group bills, and the provider's identifiers are well formed.

## What it checks
The NPI of a line's rendering provider must be well formed, and so must the taxonomy code, which gets a warning unless
it is not text at all.

Where a group bills a professional claim, the line or the claim must name the person who rendered the service. A group
bills if the billing provider is an organization (`billing_entity_type` is 2, as NM102 of loop 2010AA is in an 837), or
has the taxonomy code of a group (193200000X, 193400000X). The policy lists the services that a person renders, such as
visits, surgery, anesthesia, and psychotherapy.

## Why payers deny it
The line is paid for the work of this provider; a number that cannot be an NPI identifies no one, and neither does the
NPI of a group. Medicare returns such a line as unprocessable.

## Example
>>> from claimcheck import validate_claim
>>> def billed(**claim):
...     line = {"procedure_code": "99213", "units": 1, "charge": "90.00", "service_date": "2024-07-15"}
...     found = validate_claim({"claim_type": "professional", "lines": [line], **claim}).findings
...     return [(finding.carc, finding.message) for finding in found if finding.rule_id == "STR702"]
>>> billed(billing_entity_type="2")
[('16', 'Rendering NPI missing on the line and the claim: a group bills 99213, which a person renders')]
>>> billed(billing_entity_type="2", rendering_npi="1245319599"), billed(billing_entity_type="1"), billed()
([], [], [])

## What it does not check
Whether an NPI is assigned, and whether it is a person's. Lines without a rendering provider whose claim does not say
that a group bills, as a paper form does not. Services that organizations render: tests, drugs, supplies, transports,
and those at an ambulatory surgical center (place of service 24).
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.parameters.structure import RenderingProvider
from claimcheck.rules.facts import Line, State
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import returned
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_NPI = correct("Correct the NPI of the line's rendering provider")
REMEDY_UNREADABLE = correct("Correct the identifiers of the line's rendering provider")
REMEDY_TAXONOMY = correct("Correct the taxonomy code of the line's rendering provider")
REMEDY_MISSING = correct("Add the NPI of the person who rendered the service (item 24J, loop 2310B or 2420A)")

NPI = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "207", ("N290",), remedy=REMEDY_NPI)
UNREADABLE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N288",), remedy=REMEDY_UNREADABLE)
TAXONOMY = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N288",), remedy=REMEDY_TAXONOMY)
_MISSING = returned(
    "16",
    "N290",
    remedy=REMEDY_MISSING,
    when="a group bills without the NPI",
    decided_by="structure.rendering_provider.otherwise",
)
REJECTED, REVIEW, WARNED = _MISSING[Then.DENY], _MISSING[Then.REVIEW], _MISSING[Then.WARN]

_OF_A_PERSON = listed(RenderingProvider, "codes")
_TAXONOMY = "NUCC, Health Care Provider Taxonomy"


@rule(
    id="STR702",
    name="line-provider",
    scope=Scope.LINE,
    phase=Phase.STRUCTURE,
    reads=("rendering_npi", "rendering_taxonomy", "setting", "code", "place_of_service", "policy"),
    outcomes=(
        NPI.when("the NPI is malformed"),
        TAXONOMY.when("the taxonomy code is malformed"),
        UNREADABLE.when("the taxonomy code is not text"),
        *_MISSING.values(),
    ),
    parameters=(RenderingProvider,),
    sources=(
        "CMS NPPES, Requirements for National Provider Identifier and NPI check digit",
        _TAXONOMY,
        "X12 005010X222A1, loops 2310B and 2420A; Medicare Claims Processing Manual, chapter 26, section 10.4 (24J)",
    ),
)
def line_provider(line: Line) -> Outcomes:
    """Reports an invalid identifier of the line's provider, and a provider who is not named."""
    if line.rendering_npi.wrong:
        yield NPI(f"Rendering NPI malformed: {line.rendering_npi.error}", field="rendering_npi")
    elif line.rendering_npi.missing and line.setting.lacks_rendering and line.setting.professional:
        yield from _unnamed(line)
    if line.rendering_taxonomy.wrong:
        outcome = TAXONOMY if line.rendering_taxonomy.state is State.MALFORMED else UNREADABLE
        message = f"Rendering taxonomy malformed: {line.rendering_taxonomy.error}"
        yield outcome(message, source=_TAXONOMY, field="rendering_taxonomy")


def _unnamed(line: Line) -> Outcomes:
    policy = line.policy[RenderingProvider]
    if line.of_code(_OF_A_PERSON) and line.place_of_service.text not in policy.except_places:
        message = f"Rendering NPI missing on the line and the claim: a group bills {line.code}, which a person renders"
        yield _MISSING[policy.otherwise](message, source=line.policy.source(RenderingProvider), code=line.code)
