"""How the lines of an outpatient claim are paid, as far as its edits depend on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claimcheck.claims import Disposition
from claimcheck.engine.digest import Digest
from claimcheck.rules.facility.edit import PROCEDURES, edited, runs_editor
from claimcheck.rules.facility.payment import Paid, paid
from claimcheck.rules.facts import Setting
from claimcheck.tables import Tables

if TYPE_CHECKING:
    from claimcheck.engine.judgement import Judgement

__all__ = ["Payments", "is_paid_by_opps", "payments", "remembered_payments"]

Payments = tuple[Paid, ...]
"""The status indicator of each line on its claim, its APC, and whether its payment is packaged."""

_PAID_BY_OPPS = frozenset({"12", "13", "14", "76"})


def is_paid_by_opps(setting: Setting, tables: Tables) -> bool:
    """Whether lines of such a bill are paid by the outpatient prospective payment system and the editor's tables are
    loaded."""
    return setting.facility_type in _PAID_BY_OPPS and runs_editor(setting) and tables.has_code_list(PROCEDURES)


def payments(judgement: Judgement, of_lines: Sequence[Digest]) -> Payments | None:
    """How each line is paid, given its edits. None if the editor's tables do not contain a code."""
    said = tuple([one.edited for one in of_lines])
    (view,) = judgement.whole_claim((Disposition.PAYABLE,) * len(of_lines), said)
    lines, silent = edited(view)
    return None if silent else paid(lines, view)


def remembered_payments(judgement: Judgement, of_lines: Sequence[Digest]) -> Payments | None:
    """The same, for a claim that may not be paid this way at all; computed once for claims whose lines are alike."""
    workshop = judgement.workshop
    if not of_lines or not judgement.setting.is_paid_by_opps:
        return None
    if not judgement.is_plain and not judgement.is_of_some_days:
        return payments(judgement, of_lines)
    key = ("payments", judgement.apart, tuple([one.edited for one in of_lines]), *judgement.lines)
    if key not in workshop.together:
        workshop.remember(key, payments(judgement, of_lines))
    found: Payments | None = workshop.together[key]
    return found
