"""The column-two code of an NCCI pair is denied.

## What it checks
Two codes for the same member, by the same provider, on the same date of service, that form a procedure-to-procedure
(PTP) edit pair of the National Correct Coding Initiative (NCCI): the column-two code is denied, whatever the order of
the lines and their charges. The pair's modifier indicator says whether a modifier can bypass it:

- 0: no modifier bypasses the pair.
- 1: an NCCI PTP-associated modifier on either line bypasses it; before 2019-07-01, 59, XE, XP, XS, and XU counted on
  the column-two line only. On professional claims an E/M visit in column two must itself have modifier 24, 25, or 57
  (unless the policy says otherwise): an anatomic modifier or 59 on the procedure does not make the visit separate.
- 9: the edit was deleted as of its effective date.

Each column-one line is compared with each column-two line, and a pair that is not bypassed denies the column-two line;
a line that another pair denies still counts as column one. On professional claims, these lines do not deny another
line: one that is reported only, a duplicate, and one that is denied for its status on the physician fee schedule (such
as bundled, not covered, or status T with a paid service). A rejected line, such as one without a charge, does, because
it will be corrected and resubmitted. When this claim has the column-one code and another claim has the column-two code,
the line of the other claim is the one to be denied: the result lists it under `overturned`, and in a list the result of
that claim denies it too. Claims without a provider are not compared. 59, XE, XP, XS, and XU are ignored on evaluation
and management codes of professional claims; the outpatient code editor accepts them on any code.

## Why payers deny it
The column-two service is part of the column-one service, or cannot be performed together with it.

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

## What it does not check
Bills that NCCI does not cover, such as inpatient claims. Lines with different dates or providers. Whether the record
supports a modifier. Lines without a well-formed code, and lines that the payer exempts. On critical access hospital
bills (85x), pairs of a professional line (revenue codes 096x to 098x) with a facility line, and pairs that span two
claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import attrs

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.history.recorded import RecordedLine
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.policies.parameters.ncci import BillTypes, Bypass, ProcedureToProcedure, Settings, Side
from claimcheck.policies.parameters.surgery import GlobalPackage
from claimcheck.rules.coverage.paid_alone import is_bundled
from claimcheck.rules.facts import Day, DayLine
from claimcheck.rules.ncci.applies import compared, table_suffix
from claimcheck.rules.ncci.bypassing import IGNORED, VISITS, Bypassing, source_for
from claimcheck.rules.ncci.lacking import (
    REMEDY,
    REMEDY_SEPARATE,
    REMEDY_VISIT,
    lacking,
    remedy_for,
    visit_modifiers_for,
)
from claimcheck.rules.ncci.pairs import may_be_a_pair, may_pair_with_another_claim, table_of
from claimcheck.rules.ncci.positions import deciding_positions, own_lines, undecided
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered, PtpEdit

DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "236", remedy=REMEDY_SEPARATE)


@rule(
    id="NCCI101",
    name="procedure-to-procedure",
    scope=Scope.DAY,
    phase=Phase.BUNDLING,
    reads=("setting", "day", "codes", "lines", "policy", "tables"),
    tables=("fee_schedule", "ptp_dme", "ptp_outpatient_hospital", "ptp_practitioner"),
    outcomes=(
        DENIED.when("the modifier indicator is 1"),
        attrs.evolve(DENIED, remedy=REMEDY_VISIT).when("the modifier indicator is 1, and column two is a visit"),
        attrs.evolve(DENIED, remedy=REMEDY).when("the modifier indicator is 0"),
    ),
    parameters=(ProcedureToProcedure, Bypass, Settings, BillTypes, FeeScheduleStatus, GlobalPackage),
    needs=Needs(pair=may_be_a_pair, pair_table=table_of),
    other_claims=may_pair_with_another_claim,
    sources=(
        "CMS, NCCI procedure-to-procedure edits",
        "CMS, NCCI Policy Manual for Medicare Services, chapter I, sections A and E",
        "CMS, Change Request 11168 (2019-07-01): 59, XE, XP, XS and XU on either line",
        VISITS,
        "CMS, Medicare Claims Processing Manual, chapter 12, sections 30.6.6 and 40.2: modifiers 25 and 57",
        IGNORED,
        "CMS, Integrated Outpatient Code Editor, edits 20 and 40",
    ),
)
def procedure_to_procedure(day: Day) -> Outcomes:
    """Denies the column-two line of each pair that no modifier bypasses."""
    if not day.policy[ProcedureToProcedure].applies or (len(day.codes) < 2 and day.day is not None):
        return
    suffix = table_suffix(day.setting, day.policy, day.policy[BillTypes].procedure_to_procedure)
    if suffix is None or isinstance(suffix, Reason):
        yield from undecided(suffix, day.lines)
        return
    table, program = f"ptp_{suffix}", day.policy[Settings].program
    for lines in compared(day):
        by_code: dict[str, list[DayLine]] = defaultdict(list)
        for line in lines:
            by_code[line.code].append(line)
        own = own_lines(lines)
        if not own or (len(by_code) < 2 and day.day is not None):
            continue  # conflicts between other claims were reported earlier
        pairs = day.tables.ptp_within(table, by_code, program)
        if isinstance(pairs, NotCovered):
            yield unchecked(pairs, lines=own)
            continue
        for edit in pairs.edits:
            answer = Found(edit, pairs.edition, pairs.exact) if pairs.edition else None
            ones = [line for line in by_code[edit.column_one] if _may_deny(line, day)]
            yield from _judge(edit, answer, ones, by_code[edit.column_two], day)
        if pairs.not_covered is not None:
            yield unchecked(pairs.not_covered, lines=own)


def _judge(
    edit: PtpEdit, answer: Found[PtpEdit] | None, billed_one: Sequence[DayLine], billed_two: Sequence[DayLine], day: Day
) -> Outcomes:
    """What the edit does to the lines that bill its column two, given those that bill its column one."""
    bypassing = Bypassing.of(day.setting, day.policy)
    ones = [line for line in billed_one if not bypassing(edit, line.code, line.modifiers, Side.EITHER)]
    twos = [line for line in billed_two if not bypassing(edit, line.code, line.modifiers, Side.COLUMN_TWO)]
    if not ones or not twos:
        return
    own = [line for line in ones if not line.other_claim]
    denied = _denied(edit, answer, ones, twos, day)
    for two in twos:
        if not two.other_claim:
            yield denied.at(two.position)
        elif own:  # conflicts between other claims were reported earlier
            yield _denied(edit, answer, own, [two], day, of_other=two.recorded)


def _may_deny(line: DayLine, day: Day) -> bool:
    """Whether a column-one line is paid apart from pairs. On a facility bill, every line can deny others."""
    if day.setting.institutional:
        return True
    if line.standing in (Disposition.DENIED, Disposition.REPORT_ONLY):
        return False
    return not line.other_claim or not is_bundled(line, day)


def _denied(
    edit: PtpEdit,
    answer: Found[PtpEdit] | None,
    deciding: Sequence[DayLine],
    denied: Sequence[DayLine],
    day: Day,
    *,
    of_other: RecordedLine | None = None,
) -> Raised:
    """The finding on the denied column-two lines, from the column-one lines that decide."""
    visit_modifiers = visit_modifiers_for(edit, day)
    return DENIED(
        f"Column-two code {edit.column_two} is bundled into {edit.column_one} on the same day; "
        + lacking(edit, visit_modifiers),
        other=of_other,
        related=() if of_other else deciding_positions(deciding),
        answer=answer,
        source=source_for(edit, [*deciding, *denied], day),
        remedy=remedy_for(edit, visit_modifiers),
        column_one=edit.column_one,
        column_two=edit.column_two,
        modifier_indicator=edit.indicator,
        on_another_claim=all(one.other_claim for one in deciding),
    )
