"""Assistants at surgery, co-surgeons, and teams are paid as the fee schedule's indicators allow.

## What it checks
On a professional claim, a line for an assistant at surgery (80, 81, 82, AS), a co-surgeon (62), or a surgical team
(66), by the indicator of its code. The indicators run in opposite directions: for assistants, 1 means never (by
statute), 0 only with documentation, and 2 payable; for co-surgeons and teams, 0 means never, 1 only with documentation,
and 2 payable (teams always by report). 9 means that the concept does not apply.

## Why payers deny it
Medicare does not pay for another surgeon at this procedure, or only when the claim shows that one was needed.

## Example
>>> from claimcheck import validate_claim
>>> def billed(code, modifier):
...     line = {"procedure_code": code, "modifiers": [modifier], "units": 1, "service_date": "2024-07-15"}
...     findings = validate_claim({"claim_type": "professional", "lines": [line]}).findings
...     return [(finding.carc, finding.message) for finding in findings if finding.rule_id == "PRO202"]
>>> billed("27447", "80"), billed("66984", "AS")
([], [('54', 'Assistant at surgery never paid for 66984 (assistant indicator 1)')])
>>> billed("27447", "62")
[('54', 'Co-surgeon paid for 27447 only with documentation (co-surgeon indicator 1)')]

## What it does not check
Whether the other surgeons billed the operation too, and their specialties. What each is paid. Facility claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.professional import Surgeons, Then
from claimcheck.rules.facts import Line
from claimcheck.rules.professional.schedule import ATTACHMENT_A, indicators, outcomes
from claimcheck.rules.remedies import bill_otherwise, change_modifier, not_paid
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import FeeSchedule, Found, NotCovered

_NEVER_PAID = outcomes(
    "54",
    remedy=not_paid("Not paid: the schedule allows no such surgeon for the procedure"),
    when="the indicator never allows payment",
    decided_by="professional.surgeons.never",
)
_WITH_DOCUMENTS = outcomes(
    "54",
    remedy=bill_otherwise("Send the documentation that supports the second surgeon"),
    when="the indicator allows payment with documentation or by report",
    decided_by="professional.surgeons.documented",
)
REMEDY = change_modifier("Remove the modifier: the procedure allows no such surgeon")

NOT_APPLICABLE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "4", remedy=REMEDY)

_NEVER, _DOCUMENTED, _BY_REPORT, _OTHER = "never", "documented", "by report", "other"
#: What each indicator means for an assistant, and for a co-surgeon or team.
_ASSISTANT = {"0": _DOCUMENTED, "1": _NEVER, "9": _OTHER}
_CO_SURGEON = {"0": _NEVER, "1": _DOCUMENTED, "9": _OTHER}
_TEAM = {"0": _NEVER, "1": _DOCUMENTED, "2": _BY_REPORT, "9": _OTHER}


@rule(
    id="PRO202",
    name="surgeons",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "code", "modifier_codes", "policy", "tables"),
    tables=("fee_schedule",),
    outcomes=(
        *_NEVER_PAID.values(),
        *_WITH_DOCUMENTS.values(),
        NOT_APPLICABLE.when("the indicator is 9: the concept does not apply to the code"),
    ),
    parameters=(Surgeons,),
    sources=(f"{ATTACHMENT_A}: assistant at surgery, co-surgeons and team surgeons indicators",),
)
def surgeons(line: Line) -> Outcomes:
    """Reports an assistant, co-surgeon, or team that the indicator does not simply allow."""
    billed = sorted(line.modifier_codes & (line.policy[Surgeons].assistants | {"62", "66"}))
    if not billed or not line.setting.professional:
        return
    answer = indicators(line)
    if isinstance(answer, NotCovered):
        yield unchecked(answer)
    elif answer is not None:
        for modifier in billed:
            yield from _judge(answer, modifier, line)


def _judge(answer: Found[FeeSchedule], modifier: str, line: Line) -> Iterator[Raised]:
    who, indicator, meaning = _said(answer.value, modifier)
    if meaning is None:
        return
    policy, code = line.policy[Surgeons], answer.value.code
    then, chosen = (policy.never, _NEVER_PAID) if meaning is _NEVER else (policy.documented, _WITH_DOCUMENTS)
    shown = f"({who.lower().removesuffix(' at surgery').removesuffix(' surgery')} indicator {indicator})"
    messages = {
        _NEVER: f"{who} never paid for {code} {shown}",
        _DOCUMENTED: f"{who} paid for {code} only with documentation {shown}",
        _BY_REPORT: f"{who} paid for {code} by report {shown}",
        _OTHER: f"Modifier {modifier} invalid for {code}: {who.lower()} does not apply {shown}",
    }
    outcome = NOT_APPLICABLE if meaning is _OTHER else chosen[then]
    as_published = meaning is _OTHER or (meaning is _NEVER and then is Then.DENY)
    yield outcome(
        messages[meaning],
        answer=answer,
        source=None if as_published else line.policy.source(Surgeons, "never" if meaning is _NEVER else "documented"),
        code=code,
        modifier=modifier,
        indicator=indicator,
    )


def _said(row: FeeSchedule, modifier: str) -> tuple[str, str, str | None]:
    """Who bills, the indicator that applies, and its meaning; None if it allows payment."""
    if modifier == "62":
        return "Co-surgeon", row.co_surgeons, _CO_SURGEON.get(row.co_surgeons)
    if modifier == "66":
        return "Team surgery", row.team, _TEAM.get(row.team)
    return "Assistant at surgery", row.assistant, _ASSISTANT.get(row.assistant)
