"""An add-on code is paid only with a primary procedure that is itself payable.

## What it checks
Each add-on code, by its type in the NCCI add-on table; a policy may name codes that the table lacks.

- **Type 1** has a complete list of primary procedures: one of them must be billed on the same day by the same
  provider, and be neither denied nor rejected.
- **Type 2** has no list, because each contractor keeps its own: the line goes to manual review, unless the payer's
  own list is in the policy and has a primary procedure of the day.
- **Type 3** has an incomplete list: a payable procedure of the list is enough, and without one the line goes to
  review.

A primary procedure that is itself an add-on code needs a primary, too. On facility bills it is enough that a primary is
reported, paid or not, on the same day or the day before; for drug administration it may be anywhere on the claim, and a
type 2 code is checked under a professional revenue code only. On critical access hospital bills (85x), a primary under
a professional revenue code does not support a line under another one, or vice versa.

## Why payers deny it
An add-on code pays only for extra work during a primary procedure, and is never billed alone.

## Example
>>> from claimcheck import validate_claim
>>> result = validate_claim({
...     "claim_type": "professional",
...     "lines": [{"procedure_code": "17003", "units": 3, "charge": "60.00", "service_date": "2024-07-15"}],
... })
>>> result.lines[0].deciding.message, result.lines[0].deciding.carc, result.lines[0].deciding.rarcs
('Add-on code 17003 billed without a primary procedure on the same day', '107', ('N122',))

## What it does not check
Bills under the outpatient prospective payment system (12x, 13x, 14x, 76x), which packages add-on codes, except for the
few that the policy names; home health bills (34x) count among these when they bill a vaccine administration, an
antigen, a cast, or a splint. Inpatient bills. The units of an add-on code. Whether the primary of 99292 was paid to
another physician of the group, which the finding mentions and a policy may send to manual review.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from claimcheck.claims import Disposition, Reason, Severity
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.ncci import AddOnCodes, BillTypes, Decision, Settings
from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.ncci.applies import compared, is_left_to_contractor, table_suffix
from claimcheck.rules.ncci.positions import undecided
from claimcheck.rules.ncci.primaries import able, answer_for, day_before, is_add_on, is_supported, lines_of_claim
from claimcheck.rules.remedies import bill_otherwise, change_code
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked
from claimcheck.tables import Absent, AddOn, Found, NotCovered

REMEDY_ALONE = change_code("Bill the primary procedure on the same claim", documented=True)
REMEDY_PRIMARY_NOT_PAID = bill_otherwise("Correct the primary procedure's own denial first")
REMEDY_LEFT_TO_REVIEW = change_code("Bill the primary procedure on the same claim, or send the medical record")

ALONE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "107", ("N122",), remedy=REMEDY_ALONE)
PRIMARY_NOT_PAID = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "B15", ("N122",), remedy=REMEDY_PRIMARY_NOT_PAID)
LEFT_TO_REVIEW = Outcome(Severity.WARNING, Disposition.REVIEW, "CO", "107", ("N122",), remedy=REMEDY_LEFT_TO_REVIEW)

_MANUAL = "CMS, NCCI Policy Manual for Medicare Services, chapter I, section W"


def _may_have_its_primary_on_another_claim(line: Line) -> bool:
    policy = line.policy[AddOnCodes]
    if not policy.applies or line.kind is None:
        return False
    suffix = table_suffix(line.setting, line.policy, line.policy[BillTypes].add_on)
    if suffix is None:
        bill = line.setting.facility_type
        return any(line.code in some.codes and bill in some.bills for some in policy.unpackaged)
    return isinstance(suffix, str) and line.of_code(is_add_on) is True


def _may_lack_its_primary(line: Line) -> bool:
    """Whether the rule may report something about a line that is alone on its day."""
    if not line.policy[AddOnCodes].applies:
        return False
    suffix = table_suffix(line.setting, line.policy, line.policy[BillTypes].add_on)
    return isinstance(suffix, Reason) or line.of_code(is_add_on) is not False


@rule(
    id="NCCI301",
    name="add-on-primary",
    scope=Scope.DAY,
    phase=Phase.ADD_ON,
    reads=("setting", "day", "lines", "before", "claim_codes", "claim_lines", "policy", "tables"),
    tables=("add_on",),
    outcomes=(
        ALONE.when("a type 1 add-on code has no primary procedure"),
        PRIMARY_NOT_PAID.when("the primary procedure is not payable"),
        LEFT_TO_REVIEW.when(
            "a type 2 or 3 code has no payable primary of the list; or one of `ncci.add_on_codes.elsewhere` "
            "has none, if `ncci.add_on_codes.without_primary` is review"
        ),
    ),
    parameters=(AddOnCodes, Settings, BillTypes),
    needs=Needs(alone=True, speaks_of=_may_lack_its_primary),
    other_claims=_may_have_its_primary_on_another_claim,
    sources=(
        "CMS, NCCI add-on code edits",
        _MANUAL,
        "CMS, Integrated Outpatient Code Editor, edits 106, 107 and 108",
    ),
)
def add_on_primary(day: Day) -> Outcomes:
    """Denies type 1 add-on codes without a payable primary; sends types 2 and 3 without one to review."""
    policy = day.policy[AddOnCodes]
    if not policy.applies or _is_packaged(day):
        return
    suffix = table_suffix(day.setting, day.policy, day.policy[BillTypes].add_on)
    if isinstance(suffix, Reason):
        yield from undecided(suffix, day.lines)
        return
    for lines in compared(day, denied_elsewhere=True):
        if suffix is not None:
            beside = [*lines, *day_before(lines, day)] if day.setting.institutional else lines
            yield from _judge(lines, beside, policy.anywhere_on_claim, day)
            continue
        for some in policy.unpackaged:
            judged = [line for line in lines if line.code in some.codes]
            if judged and day.setting.facility_type in some.bills:
                on_claim = some.codes if some.anywhere else CodeSpans()
                yield from _judge(judged, lines, on_claim, day, day.policy.source(AddOnCodes, "unpackaged"))


def _is_packaged(day: Day) -> bool:
    """Whether the rest of the bill is paid under a system that packages add-on codes."""
    policy = day.policy[AddOnCodes]
    return day.setting.facility_type in policy.packaged_bills and any(
        line.code in policy.packaged_with for line in day.claim_lines
    )


def _judge(
    lines: Sequence[DayLine], beside: Sequence[DayLine], on_claim: CodeSpans, day: Day, source: str | None = None
) -> Outcomes:
    """The findings for each of the lines, given the other codes of the day (`beside`) and of the claim (`on_claim`).

    `source` is where it is published that they are checked at all, if the payer decides that.
    """
    policy = day.policy[AddOnCodes]
    of_claim = lines_of_claim(lines, day)
    billed = {line.code for line in beside}
    billed_anywhere = billed | {line.code for line in of_claim}
    answers = {code: answer_for(code, billed_anywhere, day) for code in billed_anywhere}
    if all(isinstance(answer, Absent) for answer in answers.values()):
        return
    reported = policy.reported_suffices and day.setting.institutional
    payable = able({line.code for line in beside if line.accepted or reported}, answers)
    anywhere = able({line.code for line in of_claim if line.accepted or reported}, answers) if of_claim else payable
    for line in lines:
        if line.position is None:
            continue
        answer = answers[line.code]
        if isinstance(answer, NotCovered):
            yield unchecked(answer, lines=(line.position,))
        elif isinstance(answer, Found):
            add_on = answer.value
            found = anywhere if line.code in on_claim else payable
            if is_supported(add_on, found, policy):
                continue
            if add_on.type == 2 and day.setting.institutional and not is_left_to_contractor(line, day):
                continue
            outcome, message = _verdict(add_on, billed_anywhere if line.code in on_claim else billed, policy)
            own = source or _source(add_on, day.policy)
            yield outcome(message, line=line.position, answer=answer, source=own, code=line.code, type=add_on.type)


def _verdict(add_on: AddOn, billed: Set[str], policy: AddOnCodes) -> tuple[Outcome, str]:
    code = add_on.code
    if add_on.type == 2:
        return LEFT_TO_REVIEW, f"Add-on code {code} needs a primary procedure that the contractor lists; manual review"
    if add_on.type == 3:
        why = "with a listed primary procedure that is not payable"
        if not add_on.primaries & billed:
            why = "without a listed primary procedure on the same day"
        return LEFT_TO_REVIEW, f"Add-on code {code} billed {why}; contractors may accept others"
    if add_on.primaries & billed:
        outcome, message = PRIMARY_NOT_PAID, f"Add-on code {code} billed with a primary procedure that is not payable"
    else:
        outcome, message = ALONE, f"Add-on code {code} billed without a primary procedure on the same day"
    if code in policy.elsewhere:
        message += "; a physician of the same group and specialty may have billed it"
        if policy.without_primary is Decision.REVIEW:
            outcome = LEFT_TO_REVIEW
    return outcome, message


def _source(add_on: AddOn, policy: PolicyOn) -> str | None:
    """Where the add-on code's disposition is published, if the table does not decide it."""
    if add_on.type != 1:
        return _MANUAL  # which leaves it to contractors
    own = policy[AddOnCodes]
    if any(add_on.code in entry.add_on for entry in own.unlisted):
        return policy.source(AddOnCodes, "unlisted")
    if add_on.code in own.elsewhere and own.without_primary is Decision.REVIEW:
        return policy.source(AddOnCodes, "without_primary")
    return None
