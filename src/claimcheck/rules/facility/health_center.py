"""A health center bill has a payment code, its qualifying visit, and the right revenue code.

## What it checks
On federally qualified health center bills (77x), day by day: a payment code (edit 88), unless all services of the day
are paid separately or not covered; for each payment code a qualifying visit from the editor's list (89); and a visit
revenue code on the payment code (90). On rural health clinic bills (71x): no all-inclusive-rate modifier on a service
that the rate does not include (104), nor on an intensive outpatient service that is not a primary one (130). All are
edits of the Integrated Outpatient Code Editor.

## Why payers deny it
A center is paid a rate for each visit. The payment code says which rate, and the qualifying visit that there was one.

## Example
The editor's tables are not among the starter tables. Without them, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0521", "procedure_code": "99213", "units": 1, "charge": "90.00",
...         "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0771", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC506" in entry.rules]
['no_table']

## What it does not check
Codes that the editor does not know. Days of intensive outpatient services (condition code 92). A missing payment code
on a claim with condition code 65, which is not paid by the rate, or on a non-payment bill (770).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import HealthCenters, OutpatientEdits
from claimcheck.rules.facility.edit import PAIRS, PROCEDURES, Edit, Edited, by_day, edited, lacking, paired, runs_editor
from claimcheck.rules.facility.flagged_service import is_not_of_a_center
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.remedies import change_code, change_modifier, correct
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule

REMEDY_NO_PAYMENT_CODE = correct("Add the payment code of the visit")
REMEDY_NO_VISIT = correct("Add the qualifying visit", documented=True)
REMEDY_WRONG_REVENUE = change_code("Correct the revenue code of the payment code")
REMEDY_NOT_IN_RATE = change_modifier("Remove the modifier from the service")

NO_PAYMENT_CODE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M51",), remedy=REMEDY_NO_PAYMENT_CODE)
NO_VISIT = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "107", remedy=REMEDY_NO_VISIT)
WRONG_REVENUE = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "199", remedy=REMEDY_WRONG_REVENUE)
NOT_IN_RATE = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "4", ("N519",), remedy=REMEDY_NOT_IN_RATE)
NOT_PRIMARY = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "4", ("N519",), remedy=REMEDY_NOT_IN_RATE)

_PAYMENT = Edit(88, NO_PAYMENT_CODE, "77~65", "FQHC payment code missing")
_VISIT = Edit(89, NO_VISIT, "77", "has no qualifying visit on its day")
_REVENUE = Edit(90, WRONG_REVENUE, "77", "not allowed with revenue code")
_RATE = Edit(104, NOT_IN_RATE, "71", "not allowed on a service outside the all-inclusive rate")
_PRIMARY = Edit(130, NOT_PRIMARY, "71+92", "not allowed on an intensive outpatient service that is not primary")
_ALL = (_PAYMENT, _VISIT, _REVENUE, _RATE, _PRIMARY)

_RATE_MODIFIER = "CG"
_PAID_APART = frozenset({"fqhc_chronic_care", "fqhc_dcaps", "fqhc_non_packaged_preventive"})
_INTENSIVE = "92"


def _is_a_center(setting: Setting) -> bool:
    return runs_editor(setting) and setting.facility_type in ("71", "77") and setting.frequency != "0"


@rule(
    id="FAC506",
    name="health-center",
    scope=Scope.CLAIM,
    phase=Phase.UNITS,  # after what denies a line by itself: its modifiers are not edited
    reads=("setting", "lines", "days", "edited", "policy", "tables"),
    tables=(PROCEDURES, PAIRS),
    outcomes=(
        NO_PAYMENT_CODE.when("a day has no FQHC payment code"),
        NO_VISIT.when("a payment code has no qualifying visit on its day"),
        WRONG_REVENUE.when("a payment code has another revenue code"),
        NOT_IN_RATE.when("modifier CG is on a service outside the all-inclusive rate"),
        NOT_PRIMARY.when("modifier CG is on an intensive outpatient service that is not primary"),
    ),
    parameters=(OutpatientEdits, HealthCenters),
    needs=Needs(setting=_is_a_center, code_list=PROCEDURES),
    sources=(
        "CMS, Integrated Outpatient Code Editor, edits 88, 89, 90, 104 and 130",
        "CMS, Medicare Claims Processing Manual, chapter 9: rural health clinics and health centers",
    ),
)
def health_center(view: WholeClaim) -> Outcomes:
    """Returns a health center's bill without its payment code, or a payment code without its visit."""
    if not any(edit.holds_for(view) for edit in _ALL):
        return
    lines, silent = edited(view)
    if silent := (*silent, *lacking(view, PAIRS)):
        yield from silent
        return
    if _RATE.holds_for(view) or _PRIMARY.holds_for(view):
        yield from _clinic(lines, view)
    if not (_PAYMENT.holds_for(view) or _VISIT.holds_for(view)):
        return
    for _, lot in by_day(lines):
        yield from _day(lot, view)


def _clinic(lines: Iterable[Edited], view: WholeClaim) -> Outcomes:
    for line in lines:
        if _RATE_MODIFIER not in line.modifiers or line.code is None:
            continue
        if _RATE.holds_for(view) and _RATE_MODIFIER in paired(line, "rhc_modifier") and not line.denied:
            message = f"Modifier {_RATE_MODIFIER} {_RATE.says}: {line.code}"
            yield NOT_IN_RATE(message, line=line.position, edit=104, code=line.code)
        if _PRIMARY.holds_for(view) and line.revenue == "0905" and "iop_primary" not in line.flags:
            message = f"Modifier {_RATE_MODIFIER} {_PRIMARY.says}: {line.code}"
            yield NOT_PRIMARY(message, line=line.position, edit=130, code=line.code)


def _day(lot: Sequence[Edited], view: WholeClaim) -> Outcomes:
    centers = view.policy[HealthCenters]
    covered = [line for line in lot if not is_not_of_a_center(line)]
    known = [line for line in covered if line.values]
    payments = [line for line in known if line.code in centers.medical or line.code in centers.mental_health]
    if not payments:
        if covered and _PAYMENT.holds_for(view) and not _needs_none(lot, view):
            codes = ", ".join((*centers.medical, *centers.mental_health))
            message = f"{_PAYMENT.says}: one of {codes} required on each day"
            yield NO_PAYMENT_CODE(message, edit=88)
        return
    borne = _matched(payments, known)
    for line in payments:
        if line not in borne and _VISIT.holds_for(view):
            yield NO_VISIT(f"Payment code {line.code} {_VISIT.says}", line=line.position, edit=89, code=line.code)
        allowed = centers.medical_revenue if line.code in centers.medical else centers.mental_health_revenue
        if line.revenue is not None and line.revenue not in allowed and _REVENUE.holds_for(view):
            message = f"Payment code {line.code} {_REVENUE.says} {line.revenue}"
            yield WRONG_REVENUE(message, line=line.position, edit=90, code=line.code, revenue_code=line.revenue)


def _needs_none(lot: Sequence[Edited], view: WholeClaim) -> bool:
    """Whether a day is paid without a payment code: for what is paid separately, or as intensive outpatient
    services."""
    centers = view.policy[HealthCenters]
    if _INTENSIVE in view.setting.condition_codes and any("iop_service" in line.flags for line in lot):
        return True
    codes = {line.code for line in lot if line.values and not is_not_of_a_center(line)}
    if any(code in centers.opioid for code in codes):
        return not any(code in centers.office_opioid for code in codes)
    return any(code in centers.telehealth for code in codes) or any(line.flags & _PAID_APART for line in lot)


def _matched(payments: Sequence[Edited], lot: Iterable[Edited]) -> list[Edited]:
    """The payment codes that have their own qualifying visit; a code with several units qualifies as often."""
    units = Counter[str]()
    for line in lot:
        if line.code is not None and line not in payments:
            units[line.code] += line.units
    owners: dict[str, list[Edited]] = {code: [] for code in units}
    qualifying = {line.position: sorted(paired(line, "fqhc_visit") & units.keys()) for line in payments}
    return [line for line in payments if _place(line, qualifying, owners, units, set())]


def _place(
    line: Edited,
    qualifying: Mapping[int, Sequence[str]],
    owners: dict[str, list[Edited]],
    units: Mapping[str, int],
    tried: set[str],
) -> bool:
    """Assigns a visit to the payment code, moving others to other visits if necessary."""
    for code in qualifying[line.position]:
        if code in tried:
            continue
        tried.add(code)
        held = owners[code]
        if len(held) < units[code]:
            held.append(line)
            return True
        for place, owner in enumerate(held):
            if _place(owner, qualifying, owners, units, tried):
                held[place] = line
                return True
    return False
