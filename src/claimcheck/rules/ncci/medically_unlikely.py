"""When units exceed the medically unlikely edit (MUE), all units are denied.

## What it checks
The units of each procedure code are compared with its medically unlikely edit (MUE), which differs for practitioners,
outpatient hospitals, and suppliers of durable medical equipment. The MUE adjudication indicator (MAI) says how:

- **MAI 1, per line**: each line is compared by itself, so the same service on separate lines with modifiers may exceed
  the MUE in total. All units of a line that exceeds it are denied.
- **MAI 2, per day, absolute**: all units of the code on one date by one provider are added up, whatever their
  modifiers, and all of them are denied if the sum exceeds the MUE.
- **MAI 3, per day, clinical**: the same, but the medical record may support more units, and a policy may send the line
  to manual review instead.

Lines of other claims count unless they were denied; the units of a line that is denied for another reason, such as a
duplicate, are not counted against them. An MUE of 0 means that the service is not payable in that setting. The units of
a line that spans several days are divided by the number of days, rounded to the nearest whole number, and compared for
each day. Before 2013-04-01, every MUE was a line edit.

## Why payers deny it
They are more than one patient would normally get on a day. Usually the units are a keying error: minutes for units, an
extra digit, or a drug in the wrong unit of measure.

## Example
>>> from claimcheck import validate_claim
>>> line = {"procedure_code": "97110", "units": 4, "charge": "160.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "professional", "lines": [line, {**line, "modifiers": ["59"]}]})
>>> for finding in result.findings:
...     if finding.rule_id == "NCCI201":
...         print(finding.line_number, finding.message)
1 Units exceed MUE: 8 of 97110 billed, 6 allowed per day (MAI 3); all units denied
2 Units exceed MUE: 8 of 97110 billed, 6 allowed per day (MAI 3); all units denied

## What it does not check
Codes without a published MUE: there may be an unpublished one. Anesthesia minutes. Bills that the policy leaves out,
such as inpatient stays. Whether the service was necessary. Equipment and supplies that only suppliers can bill, if the
claim does not show whether the biller is a supplier: they need the supplier table, and are reported as *not checked*.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies.parameters.ncci import BillTypes, Decision, MedicallyUnlikely, Settings
from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.facts.day import units_per_day
from claimcheck.rules.ncci.applies import compared, may_be_compared, table_suffix
from claimcheck.rules.ncci.positions import deciding_positions, own_lines, undecided
from claimcheck.rules.ncci.units_edit import MINUTES, counted_by_code, edit_of, total_units
from claimcheck.rules.remedies import change_code, change_units
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Raised, Scope, rule, unchecked
from claimcheck.tables import Found, Mue, NotCovered

REMEDY_LINE = change_units(
    "Correct the units, or bill the others on a line with a modifier (59, 76, 77, 91, anatomic)", documented=True
)
REMEDY_ABSOLUTE = change_units("Correct the units: the limit is absolute, whatever the modifiers")
REMEDY_DENIED = change_units("Correct the units; if they are right, appeal with the medical record")
REMEDY_NOT_PAYABLE = change_code("Correct the code or the claim type: no units of the code are payable here")
REMEDY_LEFT_TO_REVIEW = change_units("Correct the units, or send the medical record")

#: Of MAI 1, 2, and 3 (Palmetto GBA and NGS, MUE program), and of an MUE of 0.
LINE_DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "151", ("N362",), remedy=REMEDY_LINE)
ABSOLUTE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "151", ("N362",), remedy=REMEDY_ABSOLUTE)
DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "151", ("N362",), remedy=REMEDY_DENIED)
NOT_PAYABLE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "151", ("N362",), remedy=REMEDY_NOT_PAYABLE)
LEFT_TO_REVIEW = Outcome(Severity.WARNING, Disposition.REVIEW, "CO", "151", ("N362",), remedy=REMEDY_LEFT_TO_REVIEW)


def _may_add_up_with_another_claim(line: Line) -> bool:
    policy = line.policy[MedicallyUnlikely]
    if not policy.applies or policy.line_edits_only or not may_be_compared(line) or line.unit_basis == MINUTES:
        return False
    edit = edit_of(line)
    return isinstance(edit, tuple) and edit[1] != 1


def _may_exceed(line: Line) -> bool:
    """Whether the rule may report something about a line that is alone on its day."""
    if not line.policy[MedicallyUnlikely].applies:
        return False
    edit = edit_of(line)
    if not isinstance(edit, tuple):
        return edit is not None
    units = units_per_day(line.units, line.span_days)
    return edit[0] == 0 or units is None or units > edit[0]


@rule(
    id="NCCI201",
    name="medically-unlikely",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "policy", "tables"),
    tables=("mue_dme", "mue_outpatient_hospital", "mue_practitioner"),
    outcomes=(
        LINE_DENIED.when("a line exceeds the MUE: the MAI is 1, or `ncci.medically_unlikely.line_edits_only` is true"),
        ABSOLUTE.when("the units of the day exceed it, and the MAI is 2"),
        DENIED.when("the units of the day exceed it, the MAI is 3, and `ncci.medically_unlikely.clinical` is deny"),
        NOT_PAYABLE.when("the MUE is 0"),
        LEFT_TO_REVIEW.when("the MAI is 3, and `ncci.medically_unlikely.clinical` is review"),
    ),
    parameters=(MedicallyUnlikely, Settings, BillTypes),
    needs=Needs(repeat=True, by_code=True, speaks_of=_may_exceed),
    other_claims=_may_add_up_with_another_claim,
    sources=(
        "CMS, NCCI medically unlikely edits",
        "CMS, NCCI Policy Manual for Medicare Services, chapter I, section V",
        "Palmetto GBA and NGS, Medically Unlikely Edits: what each adjudication indicator (MAI) allows",
    ),
)
def medically_unlikely(day: Day) -> Outcomes:
    """Denies all units of a line or a day that exceed the edit."""
    policy = day.policy[MedicallyUnlikely]
    if not policy.applies:
        return
    suffix = table_suffix(day.setting, day.policy, day.policy[BillTypes].medically_unlikely)
    if suffix is None or isinstance(suffix, Reason):
        yield from undecided(suffix, day.lines)
        return
    for lot in compared(day):
        for code, lines in counted_by_code(lot).items():
            answer = day.tables.mue(f"mue_{suffix}", code, day.policy[Settings].program)
            if isinstance(answer, NotCovered):
                yield unchecked(answer, lines=own_lines(lines))
            elif isinstance(answer, Found):
                if answer.value.value == 0 and _may_be_supplied(code, day):
                    yield unchecked(Reason.MISSING_FIELD, lines=own_lines(lines))
                elif answer.value.mai == 1 or policy.line_edits_only:
                    source = None if answer.value.mai == 1 else day.policy.source(MedicallyUnlikely, "line_edits_only")
                    yield from _line_edit(answer, [line for line in lines if line.first == day.day], source)
                else:
                    review = answer.value.mai == 3 and policy.clinical is Decision.REVIEW
                    source = day.policy.source(MedicallyUnlikely, "clinical") if review else None
                    denied = ABSOLUTE if answer.value.mai == 2 else DENIED
                    yield from _day_edit(answer, lines, LEFT_TO_REVIEW if review else denied, source)


def _may_be_supplied(code: str, day: Day) -> bool:
    """Whether a supplier may bill the code, whose edits the practitioner table does not have."""
    return day.setting.professional and day.setting.provider_kind is None and code in day.policy[Settings].supplies


def _line_edit(answer: Found[Mue], lines: Sequence[DayLine], source: str | None) -> Outcomes:
    for line in [line for line in lines if not line.other_claim]:
        if line.units is None:
            yield unchecked(Reason.MISSING_FIELD, lines=own_lines([line]))
        elif line.units > answer.value.value:
            yield _denied(LINE_DENIED, answer, line, source, units=line.units, per="line")


def _day_edit(answer: Found[Mue], lines: Sequence[DayLine], outcome: Outcome, source: str | None) -> Outcomes:
    units = total_units(lines)
    if units > answer.value.value:
        related = deciding_positions(lines)
        accepted = total_units(line for line in lines if line.accepted)
        for line in lines:
            if not line.other_claim:
                others = tuple(position for position in related if position != line.position)
                yield _denied(outcome, answer, line, source, units=units, per="day", related=others)
            elif accepted > answer.value.value:  # a duplicate takes nothing from the claim that it repeats
                yield _denied(outcome, answer, line, source, units=accepted, per="day")
    elif unknown := [line for line in lines if line.units is None and not line.other_claim]:
        yield unchecked(Reason.MISSING_FIELD, lines=own_lines(unknown))


def _denied(
    outcome: Outcome,
    answer: Found[Mue],
    line: DayLine,
    source: str | None,
    *,
    units: Decimal,
    per: str,
    related: tuple[int, ...] = (),
) -> Raised:
    edit = answer.value
    shown = f"{units.normalize():f}"
    if edit.value == 0:
        message = f"Code {edit.code} is not payable in this setting: its MUE is 0 (MAI {edit.mai})"
        outcome = LEFT_TO_REVIEW if outcome is LEFT_TO_REVIEW else NOT_PAYABLE
    else:
        then = "manual review of all units" if outcome is LEFT_TO_REVIEW else "all units denied"
        allowed = f"{edit.value} allowed per {per} (MAI {edit.mai})"
        message = f"Units exceed MUE: {shown} of {edit.code} billed, {allowed}; {then}"
    return outcome(
        message,
        line=line.position,
        other=line.recorded,
        related=related,
        answer=answer,
        source=source,
        code=edit.code,
        units=shown,
        most=edit.value,
        adjudication_indicator=edit.mai,
    )
