"""A Category II code is billed at $0.00 or $0.01, and paid as the payer's policy says.

## What it checks
CPT Category II codes have no relative value. Depending on the payer and the service date, they are accepted at $0.00
only, at $0.00 or $0.01, or are on the payer's fee schedule at $0.01; the policy says which. A line billed at any other
charge gets a warning. Where the schedule pays $0.01, the allowed amount is the lesser of the charge and that: a line at
$0.01 is *payable*. Otherwise, and at $0.00, a line is *report only*, with the codes a remittance then carries: CARC 246
(non-payable code, for required reporting only) and alert N620.

## Why payers deny it
The payer accepts the report but pays nothing for it. Where the code is on the fee schedule at $0.01, a line billed at
$0.00 may be denied as a non-payable code. A higher charge can cause trouble with secondary payers, and can never be
collected from the patient.

## Example
>>> from claimcheck import validate_claim
>>> def line(charge, day):
...     return {"lines": [{"procedure_code": "3044F", "units": 1, "charge": charge, "service_date": day}]}
>>> for day in ("2021-05-31", "2021-06-01"):
...     result = validate_claim(line("0.01", day), policy="penny_from_2021_06_01").lines[0]
...     print(day, result.disposition, result.allowed_amount)
2021-05-31 report_only 0.00
2021-06-01 payable 0.01

## What it does not check
A missing, unreadable, or negative charge, which structure rules report. Whether the code is active. A charge of $0.00
on a non-payment claim (frequency code 0). Lines that may earn an incentive, which CAT501 prices. All other codes.
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.category_ii import Charge, Incentives
from claimcheck.rules.facts import ChargeKind, Line
from claimcheck.rules.remedies import change_charge, not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY_REPORTED = not_paid("Nothing has to change: the report is accepted")
REMEDY_REPORTED_AT_ANOTHER_CHARGE = change_charge("Bill a charge that the payer accepts")

REPORTED = Outcome(Severity.INFO, Disposition.REPORT_ONLY, "CO", "246", ("N620",), remedy=REMEDY_REPORTED)
PAID = Outcome(Severity.INFO, Disposition.PAYABLE)
REPORTED_AT_ANOTHER_CHARGE = Outcome(
    Severity.WARNING, Disposition.REPORT_ONLY, "CO", "246", ("N620",), remedy=REMEDY_REPORTED_AT_ANOTHER_CHARGE
)
PAID_AT_ANOTHER_CHARGE = Outcome(Severity.WARNING, Disposition.PAYABLE, remedy=REMEDY_REPORTED_AT_ANOTHER_CHARGE)

_NOT_TO_BE_PAID = "NUBC, UB-04 form locator 4, frequency 0: a claim that is not to be paid"


@rule(
    id="CAT101",
    name="category-ii-charge",
    scope=Scope.LINE,
    phase=Phase.PRICE,
    reads=("is_category_ii", "code", "modifier_codes", "charge", "on", "setting", "policy"),
    outcomes=(
        REPORTED.when("the payer accepts the charge and pays nothing"),
        PAID.when("the payer accepts the charge and the schedule pays $0.01"),
        REPORTED_AT_ANOTHER_CHARGE.when(
            "the payer does not accept the charge, or it is below the schedule; nothing is paid"
        ),
        PAID_AT_ANOTHER_CHARGE.when("the payer does not accept the charge; the schedule pays $0.01"),
    ),
    parameters=(Charge, Incentives),
    sources=(
        "CMS, National Physician Fee Schedule Relative Value File, July 2024: no Category II code has a relative value",
        "Blue Cross Blue Shield of North Dakota, CPT Category II Codes: $0.00 or $0.01",
        "X12, Code list 139 (CARC 246) and CMS, remittance advice remark codes (N620, an alert)",
        _NOT_TO_BE_PAID,
    ),
)
def category_ii_charge(line: Line) -> Outcomes:
    """Prices a Category II line, and warns about a charge that the payer does not accept."""
    if not line.is_category_ii or line.charge.kind not in (ChargeKind.SMALL, ChargeKind.AMOUNT):
        return
    if line.on is None:
        yield unchecked(Reason.NO_SERVICE_DATE)
        return
    if line.policy[Incentives].of(line.code, line.modifier_codes) is not None:
        return
    policy = line.policy[Charge]
    pays_nothing = line.setting.frequency == "0" and line.charge.small == 0
    outcome, message = (
        (REPORTED, f"Category II code {line.code} reported only, on a non-payment claim (frequency code 0)")
        if pays_nothing
        else _verdict(line.code, line.charge.small, policy)
    )
    source = _NOT_TO_BE_PAID if pays_nothing else line.policy.source(Charge)
    yield outcome(message, scheduled=policy.allowed, source=source, accepts=policy.accepts, schedule=policy.allowed)


def _verdict(code: str | None, charge: Decimal | None, policy: Charge) -> tuple[Outcome, str]:
    """The outcome for a line billed at `charge`, which is None for more than a dollar."""
    pays = policy.allowed > 0 and charge != 0
    billed = f"Charge of {'more than $1.00' if charge is None else f'${charge}'} for {code}"
    if charge not in policy.accepts:
        accepted = " or ".join(f"${amount}" for amount in policy.accepts)
        outcome = PAID_AT_ANOTHER_CHARGE if pays else REPORTED_AT_ANOTHER_CHARGE
        return outcome, f"{billed} not accepted; bill Category II codes at {accepted}"
    if pays:
        return PAID, f"Category II code {code} is on the payer's fee schedule at ${policy.allowed}"
    if policy.allowed > 0:
        return REPORTED_AT_ANOTHER_CHARGE, (
            f"{billed} is below the ${policy.allowed} on the payer's fee schedule; may be denied"
        )
    return REPORTED, f"Category II code {code} reported only: accepted, $0.00 allowed"
