"""Billing and rendering providers have well-formed identifiers.

## What it checks
The identifiers of the claim's billing and rendering providers: the NPI (ten digits, the first 1 or 2, the last a check
digit) must be well formed. A malformed taxonomy code (ten characters, the last an X) gets a warning, and so does the
billing provider's tax ID (nine digits), because its format depends on the issuer. A value that is not text at all is an
error.

## Why payers deny it
A claim is paid to a provider; a number that cannot be an NPI identifies no one.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "billing_npi": "1234567890", "lines": []})
>>> [(finding.carc, finding.message) for finding in result.findings if finding.rule_id == "STR701"]
[('207', 'Billing NPI malformed: the check digit does not agree with the other digits')]

## What it does not check
Whether a number is assigned, and to whom. Missing identifiers. Rendering providers of single lines, which STR702
checks.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.facts.code import State
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_BILLING_NPI = correct("Correct the billing provider's NPI")
REMEDY_RENDERING_NPI = correct("Correct the rendering provider's NPI")
REMEDY_BILLING_TAXONOMY = correct("Correct the billing provider's taxonomy code")
REMEDY_RENDERING_TAXONOMY = correct("Correct the rendering provider's taxonomy code")
REMEDY_UNREADABLE = correct("Correct the identifier that the message names")
REMEDY_TAX_ID = correct("Correct the billing provider's tax ID")

BILLING_NPI = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "207", ("N257",), remedy=REMEDY_BILLING_NPI)
RENDERING_NPI = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "207", ("N290",), remedy=REMEDY_RENDERING_NPI)
BILLING_TAXONOMY = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N255",), remedy=REMEDY_BILLING_TAXONOMY)
RENDERING_TAXONOMY = Outcome(
    Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N288",), remedy=REMEDY_RENDERING_TAXONOMY
)
UNREADABLE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_UNREADABLE)
TAX_ID = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "16", ("N209",), remedy=REMEDY_TAX_ID)

_TAXONOMY = "NUCC, Health Care Provider Taxonomy"
_EIN = "IRS, Understanding your EIN"
_OTHER_SOURCES = {"billing_taxonomy": _TAXONOMY, "rendering_taxonomy": _TAXONOMY, "billing_tax_id": _EIN}
_OUTCOMES = {
    "billing_npi": BILLING_NPI,
    "rendering_npi": RENDERING_NPI,
    "billing_taxonomy": BILLING_TAXONOMY,
    "rendering_taxonomy": RENDERING_TAXONOMY,
    "billing_tax_id": TAX_ID,
}
_NAMES = {
    "billing_npi": "Billing NPI",
    "rendering_npi": "Rendering NPI",
    "billing_taxonomy": "Billing taxonomy",
    "rendering_taxonomy": "Rendering taxonomy",
    "billing_tax_id": "Billing tax ID",
}


@rule(
    id="STR701",
    name="provider-identifiers",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("identifiers",),
    outcomes=(
        BILLING_NPI.when("the billing NPI is malformed"),
        RENDERING_NPI.when("the rendering NPI is malformed"),
        BILLING_TAXONOMY.when("the billing taxonomy code is malformed"),
        RENDERING_TAXONOMY.when("the rendering taxonomy code is malformed"),
        TAX_ID.when("the billing tax ID is malformed"),
        UNREADABLE.when("a taxonomy code or tax ID is not text"),
    ),
    sources=(
        "CMS NPPES, Requirements for National Provider Identifier and NPI check digit",
        _TAXONOMY,
        _EIN,
    ),
)
def provider_identifiers(view: Outline) -> Outcomes:
    """Reports invalid provider identifiers."""
    for name, field in view.identifiers:
        outcome = _OUTCOMES[name]
        is_text = field.state is State.MALFORMED or outcome in (BILLING_NPI, RENDERING_NPI)
        said, source = outcome if is_text else UNREADABLE, _OTHER_SOURCES.get(name)
        yield said(f"{_NAMES[name]} malformed: {field.error}", source=source, field=name)
