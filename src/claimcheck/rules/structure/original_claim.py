"""A replacement or void claim names the original claim.

## What it checks
A replacement (frequency 7) or void (frequency 8) must carry the payer's claim number of the original. A frequency code
must be one digit or letter, and one of those that the policy lists for the claim type.

## Why payers deny it
Without the number, the payer cannot tell which claim to replace, and a replacement processed as a first claim is a
duplicate.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "frequency_code": "7", "lines": []})
>>> [finding.message for finding in result.findings if finding.rule_id == "STR505"]
['Original claim number missing: required with frequency code 7 (replacement)']

## What it does not check
Whether the original claim exists. A missing frequency.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.structure import FrequencyCodes
from claimcheck.rules.facts import Outline
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY_MISSING = correct("Give the payer's claim number of the original claim (REF*F8)")
REMEDY_NO_FREQUENCY = correct("Correct the claim frequency code (CLM05-3)")

MISSING = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M47", "N152"), remedy=REMEDY_MISSING)
NO_FREQUENCY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("MA30",), remedy=REMEDY_NO_FREQUENCY)

_DOES = {"7": "replacement", "8": "void"}


@rule(
    id="STR505",
    name="original-claim",
    scope=Scope.OUTLINE,
    phase=Phase.STRUCTURE,
    reads=("setting", "missing", "policy"),
    outcomes=(
        MISSING.when("a replacement or void lacks the original claim number"),
        NO_FREQUENCY.when("the frequency code is malformed, or not valid on this claim type"),
    ),
    parameters=(FrequencyCodes,),
    sources=(
        "X12 005010X222A1 and 005010X223A2, CLM05-3, and REF*F8 of loop 2300",
        "NUBC, type of bill (frequency)",
    ),
)
def original_claim(view: Outline) -> Outcomes:
    """Rejects a replacement or void without an original."""
    frequency = view.setting.frequency
    if frequency is None:
        return
    if frequency in _DOES and "original_claim_id" in view.missing:
        yield MISSING(
            f"Original claim number missing: required with frequency code {frequency} ({_DOES[frequency]})",
            frequency=frequency,
        )
    elif not (len(frequency) == 1 and frequency.isascii() and frequency.isalnum()):
        yield NO_FREQUENCY("Frequency code malformed: expected one digit or letter")
    elif (known := _known(view)) and frequency not in known:
        kind = view.setting.claim_type
        source = view.policy.source(FrequencyCodes)
        message = f"Frequency code {frequency} not valid on this claim type ({kind})"
        yield NO_FREQUENCY(message, source=source, frequency=frequency)


def _known(view: Outline) -> frozenset[str]:
    policy, setting = view.policy[FrequencyCodes], view.setting
    if setting.professional:
        return policy.professional
    if setting.institutional:
        return policy.institutional
    return policy.dental if setting.dental else frozenset()
