"""A bill type has the revenue code that it is paid by.

## What it checks
On the bills that the policy names, at least one line must have one of the listed revenue codes: under Medicare, the
rate code line (0022) on a skilled nursing stay, and the level of care (0651, 0652, 0655, or 0656) on a hospice claim.

## Why payers deny it
Without that line there is no basis for payment, and the claim is returned.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0120", "units": 4, "charge": "800.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0211", "lines": [line]})
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC304"]
['Revenue code 0022 missing: required on bill type 21x']

## What it does not check
Bills of other frequencies, such as notices of election, no-payment bills, and voids. A claim without lines.
"""

from __future__ import annotations

from datetime import date

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.claim_codes import RequiredRevenue
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule
from claimcheck.rules.wording import alternatives

REMEDY = correct("Add the line with the revenue code that the message names")

MISSING = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M50",), remedy=REMEDY)


def _may_apply(setting: Setting) -> bool:
    """Whether the policy names the bill, on any date."""
    if not setting.institutional or setting.facility_type is None:
        return False
    on = [setting.policy.on(day) for day in (None, date.min, *setting.policy.boundaries)]
    return any(
        setting.frequency in entry.frequencies and setting.is_one_of(entry.bills)
        for policy in on
        for entry in policy[RequiredRevenue].listed
    )


@rule(
    id="FAC304",
    name="required-revenue",
    scope=Scope.CLAIM,
    phase=Phase.STRUCTURE,
    reads=("setting", "lines", "policy"),
    outcomes=(MISSING,),
    parameters=(RequiredRevenue,),
    needs=Needs(setting=_may_apply),
    sources=(
        "CMS, Medicare Claims Processing Manual, chapter 6, section 30: revenue code 0022 on bills of SNF PPS",
        "CMS, Medicare Claims Processing Manual, chapter 11, section 30.3: levels of care 0651, 0652, 0655 and 0656",
    ),
)
def required_revenue(view: WholeClaim) -> Outcomes:
    """Returns a bill that lacks the line by which it is paid."""
    setting = view.setting
    codes = {line.revenue.text for line in view.lines}
    for entry in view.policy[RequiredRevenue].listed:
        if not view.lines or setting.frequency not in entry.frequencies or not setting.is_one_of(entry.bills):
            continue
        if not any(code in entry.revenue for code in codes):
            wanted = [*entry.revenue]
            message = f"Revenue code {alternatives(wanted)} missing: required on bill type {setting.facility_type}x"
            yield MISSING(
                message,
                source=view.policy.source(RequiredRevenue),
                bill_type=setting.facility_type,
                revenue_codes=tuple(wanted),
            )
