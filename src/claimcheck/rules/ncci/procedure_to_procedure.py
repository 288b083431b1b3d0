"""Column two of an NCCI pair is denied.

## What it checks
Two services of one member, by one provider, on one date, that the National Correct Coding Initiative pairs: the
column-two code is not paid beside the column-one code, whatever the order of the lines, their charges or their size.
An indicator of 0 admits no modifier. An indicator of 1 lets a PTP-associated modifier on either line bypass the pair;
before 2019-07-01, 59 and X{EPSU} counted on the column-two line only. An indicator of 9 never was in force. Every pair
of a column-one and a column-two line is judged by itself, and one that is not bypassed denies; a denied line still
denies others. A line of an earlier claim that was accepted is found upon where this claim brings the column-one line
that denies it. 59 and X{EPSU} are processed as if absent on evaluation and management codes.

## Why payers deny it
The column-two service is part of the column-one service, or cannot be done beside it.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({
...     "claim_type": "professional",
...     "lines": [
...         {"procedure_code": "45378", "units": 1, "charge": "900.00", "service_date": "2024-07-15"},
...         {"procedure_code": "45380", "units": 1, "charge": "950.00", "service_date": "2024-07-15"},
...     ],
... })
>>> [(line.line_number, str(line.disposition)) for line in result.lines]
[(1, 'denied'), (2, 'payable')]
>>> result.lines[0].deciding.rule_id, result.lines[0].deciding.carc, result.lines[0].deciding.evidence["column_one"]
('NCCI101', '236', '45380')

## What it leaves alone
Bills that the initiative does not cover, inpatient ones above all. Lines of different dates or providers. Whether a
modifier is justified: it is taken at its word. Lines without a well-formed code or a readable date.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.codes.modifier import DISTINCT_SERVICE, PTP_ASSOCIATED
from claimcheck.policies import PolicyOn
from claimcheck.policies.parameters.ncci import Bypass, ProcedureToProcedure, Settings, Side
from claimcheck.rules.facts import Day, DayLine
from claimcheck.rules.ncci.applies import table_suffix
from claimcheck.rules.rule import Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import NotCovered, PtpEdit

DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "236")

_DISTINCT = DISTINCT_SERVICE | {"59"}


@rule(
    id="NCCI101",
    name="procedure-to-procedure",
    scope=Scope.DAY,
    phase=Phase.BUNDLING,
    reads=("setting", "codes", "lines", "policy", "tables"),
    outcomes=(DENIED,),
    parameters=(ProcedureToProcedure, Bypass, Settings),
    sources=(
        "CMS, Medicare NCCI procedure-to-procedure edits",
        "CMS, NCCI Policy Manual for Medicare Services (2026), chapter I, sections A and E",
        "CMS, Change Request 11168 (2019-07-01): 59 and X{EPSU} on either line",
    ),
)
def procedure_to_procedure(day: Day) -> Outcomes:
    """Denies the column-two line of each pair that no modifier bypasses."""
    if len(day.codes) < 2 or not day.policy[ProcedureToProcedure].applies:
        return
    suffix = table_suffix(day.setting, day.policy)
    if suffix is None:
        return
    own = tuple(line.position for line in day.lines if line.position is not None)
    if isinstance(suffix, Reason):
        yield unchecked(suffix, lines=own)
        return
    pairs = day.tables.ptp_within(f"ptp_{suffix}", day.codes, day.policy[ProcedureToProcedure].programme)
    if isinstance(pairs, NotCovered):
        yield unchecked(pairs, lines=own)
        return
    for edit in pairs.edits:
        yield from _judge(edit, day)
    if pairs.not_covered is not None:
        yield unchecked(pairs.not_covered, lines=own)


def _judge(edit: PtpEdit, day: Day) -> Outcomes:
    ones = [line for line in day.lines if line.code == edit.column_one]
    for two in day.lines:
        if two.code != edit.column_two or (two.other_claim and not two.accepted):
            continue
        deciding = [
            one
            for one in ones
            # Two lines of other claims were judged when the later of them came.
            if not (one.other_claim and two.other_claim) and not _bypassed(edit, one, two, day.policy)
        ]
        if deciding:
            yield DENIED(
                f"{edit.column_two} is not paid beside {edit.column_one} on the same day; "
                + (
                    "no modifier changes that"
                    if edit.indicator == 0
                    else "no PTP-associated modifier is on either line"
                ),
                line=two.position,
                other=two.recorded,
                related=() if two.other_claim else tuple(one.position for one in deciding if one.position is not None),
                column_one=edit.column_one,
                column_two=edit.column_two,
                modifier_indicator=edit.indicator,
                on_another_claim=two.other_claim or all(one.other_claim for one in deciding),
            )


def _bypassed(edit: PtpEdit, one: DayLine, two: DayLine, policy: PolicyOn) -> bool:
    if edit.indicator != 1:
        return False
    bypass = policy[Bypass]
    return _bypasses(two, bypass, Side.COLUMN_TWO) or _bypasses(one, bypass, Side.EITHER)


def _bypasses(line: DayLine, bypass: Bypass, side: Side) -> bool:
    """Whether a modifier of the line bypasses; `side` is what the policy must allow for it to count there."""
    for modifier in line.modifiers & PTP_ASSOCIATED:
        if modifier in _DISTINCT:
            allowed = bypass.distinct_service
            if line.code in bypass.ignored_on:
                continue
        else:
            allowed = bypass.other
        if side is Side.COLUMN_TWO or allowed is Side.EITHER:
            return True
    return False
