"""Room and board units match the days of the stay.

## What it checks
On the inpatient bills that the policy names, the units of all room and board lines together must equal the days of the
statement period, from its first day (or the admission, if later) to the discharge. The day of discharge does not count,
except for a patient who is still in the hospital or who was admitted and discharged on the same day.

## Why payers deny it
A stay whose days do not match its dates cannot be priced, and the claim is returned.

## Example
>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0120", "units": 9, "charge": "9000.00"}
>>> stay = {"statement_from": "2024-07-10", "statement_through": "2024-07-14", "patient_status": "01"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0111", "lines": [line], **stay})
>>> [finding.message for finding in result.findings if finding.rule_id == "FAC303"]
['Room and board units do not match the stay: 9 billed, 4 days from 2024-07-10 to 2024-07-14']

## What it does not check
Outpatient bills, and bills of other frequencies, such as late charges. Without a room and board line, its units, or the
statement dates, the days are not checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from claimcheck.claims import Disposition, Reason, ServiceLine, Severity
from claimcheck.policies.parameters.claim_codes import PatientStatus, RoomAndBoard
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.remedies import change_units
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule, unchecked

REMEDY = change_units("Bill one unit of room and board for each day of the stay, or correct the dates")

UNLIKE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M53",), remedy=REMEDY)


def _is_a_stay(setting: Setting) -> bool:
    return setting.inpatient


@rule(
    id="FAC303",
    name="room-and-board",
    scope=Scope.CLAIM,
    phase=Phase.STRUCTURE,
    reads=("claim", "setting", "lines", "policy"),
    outcomes=(UNLIKE,),
    parameters=(RoomAndBoard, PatientStatus),
    needs=Needs(setting=_is_a_stay),
    sources=(
        "CMS, Medicare Claims Processing Manual, chapter 25, section 75.5: form locator 46, days of accommodation",
        "CMS, Medicare Benefit Policy Manual, chapter 3, section 20.1: the day of discharge is not counted",
    ),
)
def room_and_board(view: WholeClaim) -> Outcomes:
    """Returns a stay whose room and board units differ from its days."""
    policy, setting = view.policy[RoomAndBoard], view.setting
    if setting.frequency not in policy.frequencies or not setting.is_one_of(policy.bills):
        return
    rooms = [
        billed for billed, line in zip(view.claim.lines, view.lines, strict=True) if line.revenue.text in policy.codes
    ]
    units, stay = _units(rooms), _stay(view)
    if units is None or stay is None:
        yield unchecked(Reason.MISSING_FIELD)
        return
    first, last, days = stay
    if units != days:
        billed = f"{units.normalize():f}"
        yield UNLIKE(
            f"Room and board units do not match the stay: {billed} billed, {days} days from {first} to {last}",
            source=view.policy.source(RoomAndBoard),
            units=billed,
            days=days,
        )


def _units(rooms: Iterable[ServiceLine]) -> Decimal | None:
    """All units of room and board; None if no line, or not every line, gives units."""
    units = [line.units for line in rooms]
    known = [one for one in units if isinstance(one, Decimal)]
    return sum(known, Decimal()) if units and len(known) == len(units) else None


def _stay(view: WholeClaim) -> tuple[date, date, int] | None:
    """The first and last day of the stay that the bill covers, and the number of days that count; None if a date is
    missing."""
    claim = view.claim
    through = claim.statement_through if isinstance(claim.statement_through, date) else claim.discharge_date
    since = claim.statement_from if isinstance(claim.statement_from, date) else claim.admission_date
    if not isinstance(since, date) or not isinstance(through, date):
        return None
    if isinstance(claim.admission_date, date) and since < claim.admission_date <= through:
        since = claim.admission_date  # services before the admission are billed with it
    nights = (through - since).days
    if nights < 0:
        return None  # another rule reports that the statement ends before it begins
    stays = isinstance(claim.patient_status, str) and claim.patient_status in view.policy[PatientStatus].still_patient
    return since, through, nights + 1 if stays or not nights else nights
