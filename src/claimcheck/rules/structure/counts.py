"""A claim does not exceed the lines and diagnoses of its form.

## What it checks
A professional or dental claim may have at most 50 lines, an institutional claim at most 999. A professional claim may
have at most 12 diagnoses, a dental claim 4; an institutional claim a principal and 24 other diagnoses, 12 external
causes, and 3 reasons for visit. Only one diagnosis may be the principal and only one the admitting diagnosis.

## Why payers deny it
The transaction cannot carry more: the rest is lost, or the claim is returned.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "diagnoses": ["I10"] * 13, "lines": []})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR502"]
['Diagnoses exceed the limit: 13 billed, 12 allowed on a professional claim']

## What it does not check
Claims of an unknown type, except for two principal or two admitting diagnoses.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import Counts
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import bill_otherwise, correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_TOO_MANY_LINES = bill_otherwise("Split the claim")
REMEDY_TOO_MANY_DIAGNOSES = correct("Remove the diagnoses that the services do not need, or split the claim")
REMEDY_TWO_PRINCIPALS = correct("Mark one diagnosis as the principal")
REMEDY_TWO_ADMITTING = correct("Mark one diagnosis as the admitting diagnosis")

TOO_MANY_LINES = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_TOO_MANY_LINES)
TOO_MANY_DIAGNOSES = Outcome(
    Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M64",), remedy=REMEDY_TOO_MANY_DIAGNOSES
)
TWO_PRINCIPALS = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",), remedy=REMEDY_TWO_PRINCIPALS)
TWO_ADMITTING = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA65",), remedy=REMEDY_TWO_ADMITTING)


@rule(
    id="STR502",
    name="counts",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "roles", "line_count", "policy"),
    outcomes=(
        TOO_MANY_LINES.when("the claim has too many lines"),
        TOO_MANY_DIAGNOSES.when("the claim has too many diagnoses, external causes, or reasons for visit"),
        TWO_PRINCIPALS.when("two diagnoses are marked as principal"),
        TWO_ADMITTING.when("two diagnoses are marked as admitting"),
    ),
    parameters=(Counts,),
    sources=(
        "X12 005010X222A1, 005010X223A2, 005010X224A2: repeats of loop 2400, elements and repeats of HI in loop 2300",
    ),
)
def counts(view: Outline) -> Outcomes:
    """Rejects a claim that exceeds the maximum counts."""
    roles = view.roles
    principal, admitting = roles.count("principal"), roles.count("admitting")
    if principal > 1:
        yield TWO_PRINCIPALS(
            f"Principal diagnosis billed more than once: {principal} found, 1 allowed", principal=principal
        )
    if admitting > 1:
        yield TWO_ADMITTING(
            f"Admitting diagnosis billed more than once: {admitting} found, 1 allowed", admitting=admitting
        )
    if view.setting.professional:
        yield from _lines(view, "professional_lines", "a professional claim")
        yield from _diagnoses(view, len(roles), "Diagnoses", "professional_diagnoses", "a professional claim")
    elif view.setting.dental:
        yield from _lines(view, "dental_lines", "a dental claim")
        yield from _diagnoses(view, len(roles), "Diagnoses", "dental_diagnoses", "a dental claim")
    elif view.setting.institutional:
        yield from _lines(view, "institutional_lines", "an institutional claim")
        coded = principal + roles.count("other")
        yield from _diagnoses(view, coded, "Diagnoses", "institutional_diagnoses", "an institutional claim")
        yield from _diagnoses(
            view, roles.count("external_cause"), "External causes", "external_causes", "an institutional claim"
        )
        reasons = roles.count("reason_for_visit")
        yield from _diagnoses(view, reasons, "Reasons for visit", "reasons_for_visit", "an institutional claim")


def _lines(view: Outline, limit: str, form: str) -> Outcomes:
    count, most = view.line_count, getattr(view.policy[Counts], limit)
    if count > most:
        yield TOO_MANY_LINES(
            f"Service lines exceed the limit: {count} billed, {most} allowed on {form}",
            source=view.policy.source(Counts, limit),
            lines=count,
            most=most,
        )


def _diagnoses(view: Outline, count: int, what: str, limit: str, form: str) -> Outcomes:
    most = getattr(view.policy[Counts], limit)
    if count > most:
        yield TOO_MANY_DIAGNOSES(
            f"{what} exceed the limit: {count} billed, {most} allowed on {form}",
            source=view.policy.source(Counts, limit),
            diagnoses=count,
            most=most,
        )
