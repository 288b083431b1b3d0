"""A bill is paid once: replaced and void claims are not paid.

## What it checks
Whether a later version of the same bill takes the claim's place: a claim that replaces or voids it, the same claim ID
submitted again, the payer's own record of it, or a claim that it names as its replacement. Such a claim is superseded,
and nothing else on it is checked. A void (frequency code 8) takes back what was billed and pays nothing itself.

Where a replacement or void names the original by a number that no known claim has (REF*F8 is the payer's number), the
original is the one earlier claim of the same member, billing provider, claim type and dates that has a procedure code
in common. If several claims match, or one matches only in part, all of them are checked, without comparing one with the
other, and each reports that the original is not known (`unknown_original`).

## Why payers deny it
Paying two versions of one bill is an overpayment. The claim's own numbers tell which version counts: the frequency code
(CLM05-3) and the original reference number (REF*F8); in FHIR, `related` and `ExplanationOfBenefit.claim`.

## Example
>>> from claimcheck import validate_claims
>>> line = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
>>> first = {"claim_id": "A1", "claim_type": "professional", "member_id": "M1", "lines": [line]}
>>> second = {**first, "claim_id": "A2", "frequency_code": "7", "original_claim_id": "A1"}
>>> results = {result.claim_id: result for result in validate_claims([first, second], sort=True)}
>>> str(results["A1"].disposition), results["A1"].superseded_by, str(results["A2"].disposition)
('superseded', 'A2', 'payable')
>>> [finding.message for finding in results["A1"].findings]
['Claim superseded by a later version: not checked, not paid, not counted']

## What it does not check
Claims of other members. A void or replacement that is itself rejected, which leaves the original as it was. Interim
bills and late charges (frequency 2 to 5), which are paid in addition to the bill that they name.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Setting
from claimcheck.rules.remedies import not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_SUPERSEDED = not_paid("Nothing has to change: the later version of the bill is processed")
REMEDY_VOID = not_paid("Nothing has to change: a void takes back the original claim")

SUPERSEDED = Outcome(Severity.INFO, Disposition.SUPERSEDED, remedy=REMEDY_SUPERSEDED)
VOID = Outcome(Severity.INFO, Disposition.REPORT_ONLY, remedy=REMEDY_VOID)


@rule(
    id="STR507",
    name="claim-version",
    scope=Scope.SETTING,
    phase=Phase.STRUCTURE,
    reads=("superseded", "frequency"),
    outcomes=(
        SUPERSEDED.when("a later version of the bill replaces the claim"),
        VOID.when("the claim is a void (frequency code 8)"),
    ),
    sources=("X12 005010X222A1 and 005010X223A2, CLM05-3, and REF*F8 of loop 2300",),
)
def claim_version(setting: Setting) -> Outcomes:
    """Reports that a claim is superseded, or is a void."""
    if setting.superseded:
        yield SUPERSEDED("Claim superseded by a later version: not checked, not paid, not counted")
    elif setting.frequency == "8":
        yield VOID("Void claim (frequency code 8): reverses the original claim, pays nothing", frequency="8")
