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
it will be corrected and resubmitted. When this claim has the column-one code and an earlier claim has the column-two
code, the line of the earlier claim is the one to be denied: the result lists it under `overturned`. 59, XE, XP, XS, and
XU are ignored on evaluation and management codes of professional claims; the outpatient code editor accepts them on any
code.

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
from collections.abc import Iterable, Mapping, Sequence

import attrs

from claimcheck.claims import Disposition, Reason, Remedy, Severity
from claimcheck.codes.modifier import DISTINCT_SERVICE, PTP_ASSOCIATED
from claimcheck.history.recorded import RecordedLine
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.coverage import FeeScheduleStatus
from claimcheck.policies.parameters.ncci import BillTypes, Bypass, ProcedureToProcedure, Settings, Side
from claimcheck.policies.parameters.surgery import GlobalPackage
from claimcheck.rules.coverage.paid_alone import is_bundled
from claimcheck.rules.facts import Day, DayLine, Line, Setting
from claimcheck.rules.ncci.applies import compared, deciding_positions, may_be_compared, own_lines, table_suffix
from claimcheck.rules.remedies import add_modifier, not_paid
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import Found, NotCovered, PtpEdit

REMEDY = not_paid("No modifier bypasses this pair; correct a code that was billed by mistake")
_OF_EITHER = add_modifier("For pairs with indicator 1, add an NCCI PTP-associated modifier")

DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "236", remedy=_OF_EITHER)

_DISTINCT = DISTINCT_SERVICE | {"59"}
_VISITS = "CMS, NCCI Policy Manual for Medicare Services, chapter I, section D: 25 and 57 on the visit"
_VISIT_REMEDIES = {
    "25": "Add modifier 25 for a significant, separately identifiable visit",
    "57": "Add modifier 57 for the visit that resulted in the decision for surgery",
}
_IGNORED = "Noridian, JE/JF Part A, Modifier 59: not with 77427, 92012-92014, 99201-99499"


def _may_be_a_pair(one: Line, other: Line) -> bool:
    """Whether a table lists the two codes as a pair that their modifiers do not bypass, or cannot say."""
    if not one.policy[ProcedureToProcedure].applies or one.code is None or other.code is None:
        return False
    if (one.modifier_codes | other.modifier_codes) & one.policy[Settings].exempt_modifiers:
        return False
    suffix = table_suffix(one.setting, one.policy, one.policy[BillTypes].procedure_to_procedure)
    if suffix is None or isinstance(suffix, Reason):
        return suffix is not None
    codes = (one.code, other.code) if one.code < other.code else (other.code, one.code)
    pairs = one.tables.ptp_within(f"ptp_{suffix}", codes, one.policy[Settings].program)
    if isinstance(pairs, NotCovered) or pairs.not_covered is not None:
        return True
    of_code = {one.code: one, other.code: other}
    bypassing = _Bypassing.of(one.setting, one.policy)
    return any(not _is_bypassed(edit, of_code, bypassing) for edit in pairs.edits)


def _table(line: Line) -> tuple[str, str] | None:
    """The edit table for a line's setting, and the program."""
    suffix = table_suffix(line.setting, line.policy, line.policy[BillTypes].procedure_to_procedure)
    return (f"ptp_{suffix}", line.policy[Settings].program) if isinstance(suffix, str) else None


def _is_bypassed(edit: PtpEdit, of_code: Mapping[str, Line], bypassing: _Bypassing) -> bool:
    """Whether modifiers bypass the edit between two lines."""
    one, two = of_code[edit.column_one], of_code[edit.column_two]
    return bypassing(edit, edit.column_one, one.modifier_codes, Side.EITHER) or bypassing(
        edit, edit.column_two, two.modifier_codes, Side.COLUMN_TWO
    )


def _may_pair_with_another_claim(line: Line) -> bool:
    if not line.policy[ProcedureToProcedure].applies or not may_be_compared(line):
        return False
    return isinstance(table_suffix(line.setting, line.policy, line.policy[BillTypes].procedure_to_procedure), str)


@rule(
    id="NCCI101",
    name="procedure-to-procedure",
    scope=Scope.DAY,
    phase=Phase.BUNDLING,
    reads=("setting", "day", "codes", "lines", "policy", "tables"),
    tables=("fee_schedule", "ptp_dme", "ptp_outpatient_hospital", "ptp_practitioner"),
    outcomes=(DENIED,),
    parameters=(ProcedureToProcedure, Bypass, Settings, BillTypes, FeeScheduleStatus, GlobalPackage),
    needs=Needs(pair=_may_be_a_pair, pair_table=_table),
    other_claims=_may_pair_with_another_claim,
    sources=(
        "CMS, NCCI procedure-to-procedure edits",
        "CMS, NCCI Policy Manual for Medicare Services, chapter I, sections A and E",
        "CMS, Change Request 11168 (2019-07-01): 59, XE, XP, XS and XU on either line",
        _VISITS,
        "CMS, Medicare Claims Processing Manual, chapter 12, sections 30.6.6 and 40.2: modifiers 25 and 57",
        _IGNORED,
        "CMS, Integrated Outpatient Code Editor, edits 20 and 40",
    ),
)
def procedure_to_procedure(day: Day) -> Outcomes:
    """Denies the column-two line of each pair that no modifier bypasses."""
    if not day.policy[ProcedureToProcedure].applies or (len(day.codes) < 2 and day.day is not None):
        return
    suffix = table_suffix(day.setting, day.policy, day.policy[BillTypes].procedure_to_procedure)
    if suffix is None:
        return
    if isinstance(suffix, Reason):
        if own := own_lines(day.lines):
            yield unchecked(suffix, lines=own)
        return
    table, program = f"ptp_{suffix}", day.policy[Settings].program
    for lines in compared(day):
        codes = {line.code for line in lines}
        own = own_lines(lines)
        if not own or (len(codes) < 2 and day.day is not None):
            continue  # conflicts between other claims were reported earlier
        pairs = day.tables.ptp_within(table, codes, program)
        if isinstance(pairs, NotCovered):
            yield unchecked(pairs, lines=own)
            continue
        by_code: dict[str, list[DayLine]] = defaultdict(list)
        for line in lines:
            by_code[line.code].append(line)
        for edit in pairs.edits:
            answer = Found(edit, pairs.edition, pairs.exact) if pairs.edition else None
            ones = [line for line in by_code[edit.column_one] if _may_deny(line, day)]
            yield from _judge(edit, answer, ones, by_code[edit.column_two], day)
        if pairs.not_covered is not None:
            yield unchecked(pairs.not_covered, lines=own)


def _judge(
    edit: PtpEdit,
    answer: Found[PtpEdit] | None,
    billed_one: Sequence[DayLine],
    billed_two: Sequence[DayLine],
    day: Day,
) -> Outcomes:
    """What the edit does to the lines that bill its column two, given those that bill its column one."""
    bypassing = _Bypassing.of(day.setting, day.policy)
    ones = [line for line in billed_one if not bypassing(edit, line.code, line.modifiers, Side.EITHER)]
    twos = [line for line in billed_two if not bypassing(edit, line.code, line.modifiers, Side.COLUMN_TWO)]
    if not ones or not twos:
        return
    own = [line for line in ones if not line.other_claim]
    denied = _denied(edit, answer, ones, bypassing, day, source=_source(edit, [*ones, *twos], day))
    for two in twos:
        if not two.other_claim:
            yield denied.at(two.position)
        elif own:  # conflicts between other claims were reported earlier
            source = _source(edit, [*own, two], day)
            yield _denied(edit, answer, own, bypassing, day, source=source, of_other=two.recorded)


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
    bypassing: _Bypassing,
    day: Day,
    *,
    source: str | None,
    of_other: RecordedLine | None = None,
) -> Raised:
    """The finding on a column-two line, from the column-one lines that decide."""
    of_visit = edit.indicator == 1 and edit.column_two in bypassing.visits
    visit_modifiers = _visit_modifiers(edit, day) if of_visit else []
    return DENIED(
        f"Column-two code {edit.column_two} is bundled into {edit.column_one} on the same day; "
        + _lacking(edit, visit_modifiers),
        other=of_other,
        related=() if of_other else deciding_positions(deciding),
        answer=answer,
        source=source,
        remedy=_remedy(edit, visit_modifiers),
        column_one=edit.column_one,
        column_two=edit.column_two,
        modifier_indicator=edit.indicator,
        on_another_claim=all(one.other_claim for one in deciding),
    )


def _source(edit: PtpEdit, lines: Iterable[DayLine], day: Day) -> str | None:
    """Where it is published that the lines' modifiers do not bypass an edit that modifiers may bypass.

    None if the table decides: the edit allows no modifier, or the lines have none that could bypass it.
    """
    bypassing = [(line, modifier) for line in lines for modifier in line.modifiers & PTP_ASSOCIATED]
    if edit.indicator != 1 or not bypassing:
        return None
    bypass, institutional = day.policy[Bypass], day.setting.institutional
    if any(m in _DISTINCT and bypass.ignores(line.code, institutional=institutional) for line, m in bypassing):
        return day.policy.source(Bypass, "ignored_on") or _IGNORED
    if edit.column_two in _Bypassing.of(day.setting, day.policy).visits:
        return day.policy.source(Bypass, "visits", "visit_modifiers") or _VISITS
    distinct = any(modifier in _DISTINCT for _, modifier in bypassing)
    return day.policy.source(Bypass, "distinct_service" if distinct else "other")


def _visit_modifiers(edit: PtpEdit, day: Day) -> list[str]:
    """The modifiers to suggest for a visit: those for the procedure's global days, or all if those are unknown."""
    package, every = day.policy[GlobalPackage], day.policy[Bypass].visit_modifiers
    held = day.tables.fee_schedule(edit.column_one)
    days = held.value.global_days if isinstance(held, Found) else None
    fits = package.separate if days in package.minor else package.decision if days in package.major else every
    return sorted(fits & every or every)


def _remedy(edit: PtpEdit, visit_modifiers: list[str]) -> Remedy:
    """What would bypass the edit, if the record supports it."""
    if edit.indicator != 1:
        return REMEDY
    if visit_modifiers:
        text = _VISIT_REMEDIES.get("".join(visit_modifiers), "Add a modifier for a separate visit")
        return add_modifier(text, *visit_modifiers)
    return add_modifier("Add an NCCI PTP-associated modifier for a separate service", *sorted(_DISTINCT))


def _lacking(edit: PtpEdit, visit_modifiers: list[str]) -> str:
    """What would bypass the edit and is missing."""
    if edit.indicator == 0:
        return "modifier not allowed (indicator 0)"
    if visit_modifiers:
        return f"no modifier {_listed(visit_modifiers)} on the visit (indicator 1)"
    return "no valid NCCI modifier (indicator 1)"


def _listed(values: list[str]) -> str:
    """Values as a sentence lists alternatives."""
    *most, last = values
    if len(most) > 1:
        return f"{', '.join(most)}, or {last}"
    return " or ".join(values)


@attrs.frozen
class _Bypassing:
    """Which modifiers bypass an edit under the policy, on an institutional claim or another.

    `visits` are those with their own bypass modifiers.
    """

    bypass: Bypass
    institutional: bool
    visits: CodeSpans

    @classmethod
    def of(cls, setting: Setting, policy: PolicyOn) -> _Bypassing:
        """The rules for claims with the setting."""
        bypass = policy[Bypass]
        return cls(bypass, setting.institutional, bypass.visits if setting.professional else CodeSpans())

    def __call__(self, edit: PtpEdit, code: str, modifiers: frozenset[str], side: Side) -> bool:
        """Whether a modifier on a line bypasses the edit; `side` is what the policy must allow for it to count."""
        if edit.indicator != 1:
            return False
        if edit.column_two in self.visits:
            return code in self.visits and not self.bypass.visit_modifiers.isdisjoint(modifiers)
        for modifier in modifiers & PTP_ASSOCIATED:
            if modifier in _DISTINCT:
                allowed = self.bypass.distinct_service
                if self.bypass.ignores(code, institutional=self.institutional):
                    continue
            else:
                allowed = self.bypass.other
            if side is Side.COLUMN_TWO or allowed is Side.EITHER:
                return True
        return False
