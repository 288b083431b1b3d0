"""A claim has the fields that its payer requires.

## What it checks
The policy has three lists of fields for each claim type, such as `returned_professional`. A claim without a field of
the first list (`returned`) is rejected. A missing field of the second list (`required`, by default the member and the
diagnoses) is an error each, which leaves the claim *payable*: it is not `ok`. Missing fields of the third list
(`wanted`, by default the other elements an 837 must carry) share one warning that names them all. The lines are checked
in any case, because a claim is often validated before it is complete, in a test or a notebook; but it is never clean. A
predetermination request needs no dates.

## Why payers deny it
Each of these fields is required in the transaction.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "claim_id": "A1", "member_id": "M1", "lines": []})
>>> for finding in result.findings:
...     if finding.rule_id == "STR105":
...         print(finding.severity, finding.message)
error Required field missing: diagnoses
warning Required fields missing: billing_npi, place_of_service, total_charge

## What it does not check
Claim type, lines, and the charge, units, date, and code of a line, which have rules of their own. Fields that are there
but cannot be read. Fields that the source of the claim never has, which are not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.structure import RequiredFields
from claimcheck.rules.facts import Outline, Setting
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY_RETURNED = correct("Add the field that the message names")
REMEDY_RETURNED_MEMBER = correct("Add the member ID")
REMEDY_RETURNED_NPI = correct("Add the billing provider's NPI")
REMEDY_RETURNED_DIAGNOSIS = correct("Add the diagnoses")
REMEDY_RETURNED_PLACE = correct("Add the place of service")
REMEDY_RETURNED_TOTAL = correct("Add the total charge")

RETURNED = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA130",), remedy=REMEDY_RETURNED)
RETURNED_MEMBER = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("N382",), remedy=REMEDY_RETURNED_MEMBER)
RETURNED_NPI = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "206", ("N257",), remedy=REMEDY_RETURNED_NPI)
RETURNED_DIAGNOSIS = Outcome(
    Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA63",), remedy=REMEDY_RETURNED_DIAGNOSIS
)
RETURNED_PLACE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M77",), remedy=REMEDY_RETURNED_PLACE)
RETURNED_TOTAL = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M54",), remedy=REMEDY_RETURNED_TOTAL)

_DAYS = ("statement_from", "statement_through", "admission_date")  # a request is not a service yet, so it has no dates
_RETURNED = {
    "member_id": RETURNED_MEMBER,
    "billing_npi": RETURNED_NPI,
    "diagnoses": RETURNED_DIAGNOSIS,
    "place_of_service": RETURNED_PLACE,
    "total_charge": RETURNED_TOTAL,
}


_NAMED = {
    "member_id": "the member ID",
    "billing_npi": "the billing NPI",
    "diagnoses": "the diagnoses",
    "place_of_service": "the place of service",
    "total_charge": "the total charge",
}


def _judged_all_the_same(outcome: Outcome, severity: Severity) -> Outcome:
    return attrs.evolve(outcome, severity=severity, disposition=Disposition.PAYABLE)


def _declared(decision: str, other: Outcome, named: Mapping[str, Outcome]) -> Iterator[Outcome]:
    yield other.when(f"another field is missing, and the policy {decision}")
    for field, outcome in named.items():
        missing = "are missing" if field == "diagnoses" else "is missing"
        yield outcome.when(f"{_NAMED[field]} {missing}, and the policy {decision}")


REQUIRED = _judged_all_the_same(RETURNED, Severity.ERROR)
WANTED = _judged_all_the_same(RETURNED, Severity.WARNING)
_REQUIRED = {field: _judged_all_the_same(outcome, Severity.ERROR) for field, outcome in _RETURNED.items()}
_WANTED = {field: _judged_all_the_same(outcome, Severity.WARNING) for field, outcome in _RETURNED.items()}


@rule(
    id="STR105",
    name="required-fields",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "missing", "problems", "policy"),
    outcomes=(
        *_declared("warns (its wanted lists)", WANTED, _WANTED),
        *_declared("calls it an error (its required lists)", REQUIRED, _REQUIRED),
        *_declared("returns the claim (its returned lists)", RETURNED, _RETURNED),
    ),
    parameters=(RequiredFields,),
    sources=("X12 005010X222A1, 005010X223A2 and 005010X224A2, required elements of loops 2010AA, 2010BA and 2300",),
)
def required_fields(view: Outline) -> Outcomes:
    """Rejects a claim for each required field that is missing, and reports others that are missing."""
    returned, required, wanted = _lists(view.setting, view.policy[RequiredFields])
    source = view.policy.source(RequiredFields)
    not_given = {problem.field for problem in view.problems if problem.kind == "not_given"}
    missing = view.missing - not_given
    for field in (field for field in returned if field in missing):
        yield _RETURNED.get(field, RETURNED)(f"Required field missing: {field}", source=source, field=field)
    for field in (field for field in required if field in missing.difference(returned)):
        yield _REQUIRED.get(field, REQUIRED)(f"Required field missing: {field}", source=source, field=field)
    fields = sorted(missing.intersection(wanted).difference(returned, required))
    if fields:
        outcome = _WANTED.get(fields[0], WANTED) if len(fields) == 1 else WANTED
        named = "field" if len(fields) == 1 else "fields"
        yield outcome(f"Required {named} missing: {', '.join(fields)}", source=source, fields=fields)
    if fields or (view.missing & not_given).intersection((*returned, *required, *wanted)):
        yield unchecked(Reason.MISSING_FIELD)


def _lists(setting: Setting, policy: RequiredFields) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    if setting.professional:
        return policy.returned_professional, policy.required_professional, policy.wanted_professional
    if setting.dental:
        return policy.returned_dental, policy.required_dental, policy.wanted_dental
    if not setting.institutional:
        return (), (), ()
    inpatient = policy.wanted_inpatient if setting.inpatient else ()
    wanted = (*policy.wanted_institutional, *inpatient)
    if setting.predetermination:
        wanted = tuple(field for field in wanted if field not in _DAYS)
    return policy.returned_institutional, policy.required_institutional, wanted
