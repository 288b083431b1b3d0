"""A bill has at least one payable service.

## What it checks
Not every line of a hospital outpatient bill may be packaged (OPPS status indicator N, or a revenue code that needs no
procedure code); if so, the claim is rejected (edit 27). When the services that would be paid are denied, the packaged
lines are denied with them (edit 47). Both are edits of the Integrated Outpatient Code Editor.

## Why payers deny it
A packaged service is paid as part of another one. Alone, it is not paid.

## Example
The editor's tables are not among the starter tables. Without them, the rule reports *not checked*:

>>> from claimcheck import validate_claim
>>> line = {"revenue_code": "0250", "units": 1, "charge": "90.00", "service_date": "2024-07-15"}
>>> result = validate_claim({"claim_type": "institutional", "bill_type": "0131", "lines": [line]})
>>> [str(entry.reason) for entry in result.not_checked if "FAC508" in entry.rules]
['no_table']

## What it does not check
Claims with a line that is returned or in review, which will be billed again. Conditionally packaged services (Q1 to
Q4), which are paid when billed alone. Bills on which the editor does not run the edits.
"""

from __future__ import annotations

from claimcheck.claims import Disposition, Severity
from claimcheck.policies.parameters.facility import Observation, OutpatientEdits, TokenCharges
from claimcheck.rules.facility.drug_at_token_charge import is_at_token_charge
from claimcheck.rules.facility.edit import (
    PAIRS,
    PARTLY_OPPS,
    PROCEDURES,
    Edit,
    Edited,
    Lines,
    concerns,
    edited,
    is_under_opps,
    lacking,
    runs_editor,
)
from claimcheck.rules.facility.payment import GROUPS, PACKAGED, REVENUE, before_edits, is_paid_apart, paid
from claimcheck.rules.facts import Line, Setting, WholeClaim
from claimcheck.rules.outpatient_editor import BEFORE_REJECTION, comes_back, denies
from claimcheck.rules.remedies import correct
from claimcheck.rules.rule import Needs, Outcome, Outcomes, Phase, Scope, rule
from claimcheck.tables import Absent

REMEDY_NOTHING_PAID = correct("Add the service that the packaged items belong to")
REMEDY_NOT_PAID_APART = correct("Correct the service that the packaged items belong to")

NOTHING_PAID = Outcome(
    Severity.ERROR, Disposition.REJECTED, "CO", "97", ("M15",), closes=True, remedy=REMEDY_NOTHING_PAID
)
NOT_PAID_APART = Outcome(
    Severity.ERROR, Disposition.DENIED, "CO", "97", ("M15",), yields=True, remedy=REMEDY_NOT_PAID_APART
)

_ONLY = Edit(27, NOTHING_PAID, "12 13 14 76", "Claim has packaged services only")
_LEFT = Edit(47, NOT_PAID_APART, f"12 13 14 76 {PARTLY_OPPS}", "packaged, and every other service on the claim denied")
_TRAINING = Edit(35, NOTHING_PAID, "12 13~89", "training in mental health")


def _may_package(setting: Setting) -> bool:
    return runs_editor(setting) and setting.is_one_of(_LEFT.bills)


#: What is packaged, may be, or packages all else on the claim or the day; other lines are paid, or denied.
_is_packaged_or_packages = concerns(
    *("ph_primary", "ph_service", "iop_primary", "iop_service", "php_iop_reportable"),
    statuses=("N", "Q1", "Q2", "Q3", "Q4", "J1", "C", "P"),
)


def _may_be_packaged(line: Line) -> bool:
    return line.procedure.missing or _is_packaged_or_packages(line)


@rule(
    id="FAC508",
    name="packaged-only",
    scope=Scope.CLAIM,
    phase=Phase.PRICE,  # after everything that denies a line
    reads=("setting", "lines", "edited", "days", "policy", "tables"),
    tables=(PROCEDURES, GROUPS, REVENUE, PAIRS),
    outcomes=(
        NOTHING_PAID.when("every service of the claim is packaged"),
        NOT_PAID_APART.when("every other service of the claim is denied"),
    ),
    parameters=(OutpatientEdits, Observation, TokenCharges),
    needs=Needs(setting=_may_package, code_list=PROCEDURES, line=_may_be_packaged),
    sources=("CMS, Integrated Outpatient Code Editor, edits 27 and 47",),
)
def packaged_only(view: WholeClaim) -> Outcomes:
    """Rejects a claim with only packaged services, and packaged services that nothing remaining pays for."""
    lines, silent = edited(view)
    if not lines or silent:
        yield from silent
        return
    yield from lacking(view, GROUPS, REVENUE, PAIRS)
    if is_paid_apart(lines, view):
        return
    if view.setting.is_one_of(_ONLY.bills):
        if (packaged := _packaged_alone(lines, view)) is not None:
            if _ONLY.holds_for(view) and not _is_training(lines, view):
                yield NOTHING_PAID(_ONLY.says, edit=27, lines=packaged)
            return
    elif not is_under_opps(lines, view.setting):
        return
    yield from _left(lines, view)


def _packaged_alone(lines: Lines, view: WholeClaim) -> int | None:
    """How many lines are packaged, if all are that the editor knows and not all are denied; otherwise None."""
    at_first = [line for line, how in zip(lines, before_edits(lines, view), strict=True) if how == PACKAGED]
    if any(not _is_denied_before(line) for line in at_first) and all(
        line in at_first or _is_invalid(line) for line in lines
    ):
        return len(at_first)
    return None


def _left(lines: Lines, view: WholeClaim) -> Outcomes:
    """Denies packaged services that nothing remaining pays for."""
    how_paid = paid(lines, view)
    packaged = [line for line, how in zip(lines, how_paid, strict=True) if how.packaged]
    tokens = [line for line, how in zip(lines, how_paid, strict=True) if is_at_token_charge(line, how, view)]
    left = [line for line in packaged if not denies(line.edits)]
    settled = not any(comes_back(line.edits) for line in lines)
    unpaid = [line for line in lines if line in packaged or line in tokens or denies(line.edits)]
    if left and settled and len(unpaid) == len(lines) and _LEFT.holds_for(view):
        for line in left:
            what = f"Revenue code {line.revenue}" if line.code is None else f"Code {line.code}"
            yield NOT_PAID_APART(f"{what} {_LEFT.says}", line=line.position, edit=47, code=line.code)


def _is_denied_before(line: Edited) -> bool:
    """Whether an edit before edit 27 denies the line."""
    return denies(frozenset(one for one in line.edits if one[0] in BEFORE_REJECTION))


def _is_invalid(line: Edited) -> bool:
    """Whether the editor knows neither the procedure code nor, without one, the revenue code."""
    if not line.line.procedure.missing:
        return not line.values
    return isinstance(line.line.tables.code_list(REVENUE, line.revenue or ""), Absent)


def _is_training(lines: Lines, view: WholeClaim) -> bool:
    """Whether the claim is returned for training in mental health that is the only service of its day, and packaged."""
    days = {line.day for line in lines if "educational" in line.flags}
    beside = {line.day for line in lines if "educational" not in line.flags}
    return _TRAINING.holds_for(view) and bool(days - beside)
