"""Anesthesia is billed in minutes.

## What it checks
On a professional claim, a line of an anesthesia code that gives its unit of measure must be in whole minutes (MJ), at
most 1,440 a day.
Codes that the policy lists as untimed are billed in units.

## Why payers deny it
Anesthesia is priced by base units and time. A line of one unit is paid for one minute, or is returned.

## Example
>>> from claimcheck import validate_claim
>>> def billed(units, basis):
...     line = {"procedure_code": "00811", "modifiers": ["QZ"], "units": units, "unit_basis": basis}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO307"]
>>> billed(30, "MJ"), billed(1, "UN")
([], ['Anesthesia 00811 billed in units (UN); minutes (MJ) required'])

## What it does not check
Lines without a unit of measure, as in tables that have none. Minutes on other codes, which STR302 checks. Base units,
which the payer adds. Facility claims.
"""

from __future__ import annotations

from decimal import Decimal

from claimcheck.policies.parameters.professional import Anesthesia
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import change_units
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule

_OUTCOMES = outcomes(
    "16",
    "M53",
    remedy=change_units("Bill the whole minutes of anesthesia time (MJ)"),
    decided_by="professional.anesthesia.otherwise",
)
_MINUTES_A_DAY = 24 * 60
_IS_ANESTHESIA, _IS_UNTIMED = listed(Anesthesia, "codes"), listed(Anesthesia, "untimed")


@rule(
    id="PRO307",
    name="anesthesia-time",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "unit_basis", "units", "span_days", "policy"),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Anesthesia,),
    sources=(
        "X12 005010X222A1, SV103 (MJ); Medicare Claims Processing Manual, chapter 12, section 50: anesthesia time",
    ),
)
def anesthesia_time(line: Line) -> Outcomes:
    """Reports anesthesia that is not billed in whole minutes, or in more than there are."""
    policy = line.policy[Anesthesia]
    if not line.setting.professional or not line.of_code(_IS_ANESTHESIA) or line.of_code(_IS_UNTIMED):
        return
    if not isinstance(line.unit_basis, str) or not isinstance(line.units, Decimal):
        return
    basis = line.unit_basis.upper()
    if basis == "UN":
        message = f"Anesthesia {line.code} billed in units (UN); minutes (MJ) required"
    elif basis == "MJ" and line.units % 1:
        message = f"Anesthesia minutes of {line.code} not whole: {line.units.normalize():f} billed"
    elif basis == "MJ" and line.units > _MINUTES_A_DAY * line.span_days:
        message = f"Anesthesia minutes of {line.code} exceed a day: {line.units.normalize():f} billed"
    else:
        return
    yield _OUTCOMES[policy.otherwise](message, source=line.policy.source(Anesthesia), code=line.code, unit_basis=basis)
