"""How the lines of an outpatient claim are paid, as far as its edits hang on it: by what a verdict says of them."""

from __future__ import annotations

from claimcheck.claims import Claim, ClaimResult, Disposition
from claimcheck.engine.judgement import Judgement
from claimcheck.engine.shared import Workshop
from claimcheck.rules.facility.edit import PROCEDURES, edited, runs_editor
from claimcheck.rules.facility.payment import Paid, paid
from claimcheck.rules.outpatient_editor import Edits, edit_of

__all__ = ["paid_lines"]

_PAID_BY_OPPS = frozenset({"12", "13", "14", "76"})


def paid_lines(claim: Claim, result: ClaimResult, workshop: Workshop) -> tuple[Paid, ...] | None:
    """The status indicator of each line on its claim, and its group.

    None on other bills than those that hospitals and mental health centers are paid by the outpatient prospective
    payment system for, and where the editor's tables do not hold all of the codes' days.
    """
    judgement = Judgement(claim, workshop, None, None)
    setting = judgement.setting.facts
    if not claim.lines or not runs_editor(setting) or setting.facility_type not in _PAID_BY_OPPS:
        return None
    if not workshop.tables.has_code_list(PROCEDURES):
        return None
    said = tuple([_edits(result, position) for position in range(1, len(claim.lines) + 1)])
    (view,) = judgement.whole_claim((Disposition.PAYABLE,) * len(claim.lines), said)
    lines, silent = edited(view)
    return None if silent else paid(lines, view)


def _edits(result: ClaimResult, position: int) -> Edits:
    of_line = [one for one in result.findings if one.position == position]
    numbers = [(edit_of(one.rule_id, one, one.evidence), one.disposition) for one in of_line]
    return frozenset((number, disposition) for number, disposition in numbers if number is not None)
