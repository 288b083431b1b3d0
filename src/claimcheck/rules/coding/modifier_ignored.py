"""Modifier 59 does not belong on a visit.

## What it checks
Modifiers 59, XE, XP, XS, and XU on codes for which the payer ignores them, as listed in the policy: evaluation and
management, ophthalmological visits, and radiation treatment management (77427).

## Why payers deny it
They do not deny the line for this; they process it as if the modifier were not there, so an edit that it was meant to
bypass still denies. A separate visit is reported with modifier 25 on the visit.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "99213", "modifiers": ["59"]}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD306"]
['Modifier 59 ignored on 99213: does not bypass NCCI edits there']

## What it does not check
All other codes and modifiers. Institutional claims, where the outpatient code editor (edits 20 and 40) accepts these
modifiers on any code, unless the policy says otherwise.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes.modifier import DISTINCT_SERVICE
from claimcheck.policies.parameters.ncci import Bypass
from claimcheck.rules.facts import Line
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

REMEDY = add_modifier("Report a separate visit with modifier 25", "25")

IGNORED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N519",), remedy=REMEDY)

_DISTINCT = DISTINCT_SERVICE | {"59"}


@rule(
    id="COD306",
    name="modifier-ignored",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("modifier_codes", "code", "setting", "policy"),
    outcomes=(IGNORED,),
    parameters=(Bypass,),
    sources=("Noridian, Modifier 59; CMS, NCCI Policy Manual for Medicare Services, chapter I, section E",),
)
def modifier_ignored(line: Line) -> Outcomes:
    """Warns about a modifier that has no effect."""
    found = line.modifier_codes & _DISTINCT
    if found and line.policy[Bypass].ignores(line.code, institutional=line.setting.institutional):
        for modifier in sorted(found):
            message = f"Modifier {modifier} ignored on {line.code}: does not bypass NCCI edits there"
            source = line.policy.source(Bypass, "ignored_on")
            yield IGNORED(message, source=source, modifier=modifier, code=line.code)
