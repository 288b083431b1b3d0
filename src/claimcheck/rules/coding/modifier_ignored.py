"""Modifier 59 is not put on a visit.

## What it checks
59, XE, XP, XS and XU on the codes on which the policy says that they are processed as if absent: evaluation and
management, ophthalmological visits, and radiation treatment management (77427).

## Why payers deny it
They do not: they read the line as if the modifier were absent, so that an edit that it was meant to bypass denies all
the same. A separate visit is said by 25 on the visit's line.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "99213", "modifiers": ["59"]}]})
>>> [finding.message for finding in result.findings if finding.rule_id == "COD306"]
['Modifier 59 ignored on 99213: does not bypass NCCI edits there']

## What it leaves alone
Every other code and modifier. Institutional claims, whose editor (the Integrated Outpatient Code Editor, edits 20 and
40) takes the modifiers on any code, unless the policy says that the payer does not.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.codes.modifier import DISTINCT_SERVICE
from claimcheck.policies.parameters.ncci import Bypass
from claimcheck.rules.facts import Line
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule

IGNORED = Outcome(Severity.WARNING, Disposition.PAYABLE, "CO", "4", ("N519",))

_DISTINCT = DISTINCT_SERVICE | {"59"}


@rule(
    id="COD306",
    name="modifier-ignored",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("modifier_codes", "code", "setting", "policy"),
    outcomes=(IGNORED,),
    parameters=(Bypass,),
    sources=("Noridian, Modifier 59; CMS, NCCI Policy Manual for Medicare Services (2026), chapter I, section E",),
)
def modifier_ignored(line: Line) -> Outcomes:
    """Warns of a modifier that changes nothing."""
    found = line.modifier_codes & _DISTINCT
    if found and line.policy[Bypass].ignores(line.code, institutional=line.setting.institutional):
        for modifier in sorted(found):
            message = f"Modifier {modifier} ignored on {line.code}: does not bypass NCCI edits there"
            source = line.policy.source(Bypass, "ignored_on")
            yield IGNORED(message, source=source, modifier=modifier, code=line.code)
