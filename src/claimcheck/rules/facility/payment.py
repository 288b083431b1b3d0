"""How the lines of a hospital's outpatient bill are paid: by themselves, within others, or together.

A line's status indicator says how its code is paid in general. On a claim more decides: a service of Q1 is packaged
beside one of S, T or V, one of Q2 beside one of T, and where nothing packages them one of them is paid as its group
(APC) says; a laboratory test (Q4) is packaged beside what is paid; a comprehensive service (J1), or comprehensive
observation, pays for nearly all else on the claim. CMS, Medicare Claims Processing Manual, chapter 4, sections 10.2.3,
10.4 and 290.5.3; Integrated Outpatient Code Editor, status indicators.

Of several services that are paid once the first stands for all here: which of them has the highest rate is a question
of prices, and claimcheck has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import attrs

from claimcheck.policies.parameters.facility import Observation
from claimcheck.rules.facility.edit import Edited, Lines, flags_of
from claimcheck.rules.facility.visits import GROUPS
from claimcheck.rules.facts import WholeClaim
from claimcheck.tables import Found

__all__ = ["GROUPS", "PACKAGED", "REVENUE", "Paid", "before_edits", "hours_without_visit", "paid", "pays_for_all"]

REVENUE = "outpatient_revenue"  #: its table of revenue codes

PACKAGED = "N"
_COMPREHENSIVE, _OBSERVED, _SURGERY, _APART = "J1", "J2", "T", "A"
_STV = frozenset({"S", "T", "V"})
_LABORATORY = "Q4"
_CONDITIONAL = frozenset({"Q1", "Q2", "Q3", "Q4"})
_PAID_BESIDE_LABORATORY = frozenset({"J1", "J2", "Q1", "Q2", "Q3", "S", "T", "V"})
#: What a comprehensive service does not package, beside the codes that are flagged so: chapter 4, section 10.2.3.
_NEVER_WITHIN = frozenset({"B", "C", "E1", "E2", "F", "G", "H", "H1", "K1", "L", "M", "N", "U", ""})
#: Of what is paid by a group, the status indicator that nearly every such group has: OPPS Addendum A.
_MOSTLY = {"Q1": "S", "Q2": "T", "Q3": "S", "J2": "V"}
_THERAPY = frozenset({"GN", "GO", "GP"})
_PROGRAMS = frozenset({"41", "92", "89"})
_INPATIENT_DAY = frozenset({18, 49})
_MORE_HOURS = 51  #: of a second line of hours of observation


@attrs.frozen
class Paid:
    """How a line is paid on its claim: its status indicator there, "" where it has none, and its group."""

    status: str
    group: str = ""

    @property
    def packaged(self) -> bool:
        """Whether its payment is in that of others."""
        return self.status == PACKAGED


def before_edits(lines: Lines, view: WholeClaim) -> list[str]:
    """The status indicator of each line as the claim comes in, before any edit has a say."""
    status = [_listed(line) for line in lines]
    _laboratory(status, view)
    _therapy(lines, status)
    return status


def paid(lines: Lines, view: WholeClaim) -> tuple[Paid, ...]:
    """How each line is paid, by what the editor has said so far."""
    status = before_edits(lines, view)
    open_lines = _resolve(lines, status, view)
    primary = _primary(lines, status, view)
    if primary is not None:
        for at, line in enumerate(lines):
            if line is not primary and status[at] not in _NEVER_WITHIN and "capc_exclusion" not in line.flags:
                status[at] = PACKAGED
    for at in open_lines:
        if status[at] in _CONDITIONAL:
            status[at] = _of_group(lines[at])
    return tuple(
        Paid(one, "" if one == PACKAGED else line.values.get("apc", ""))
        for one, line in zip(status, lines, strict=True)
    )


def is_plain(view: WholeClaim) -> bool:
    """Whether the bill is one on which comprehensive services are paid: a hospital's, and of no mental health program.

    That of an inpatient's Part B services is only where the stay itself was not reasonable (condition code W2).
    """
    codes = view.setting.condition_codes
    match view.setting.facility_type:
        case "13":
            return not codes & _PROGRAMS
        case kind:
            return kind == "12" and "W2" in codes


def pays_for_all(lines: Lines, view: WholeClaim) -> Edited | None:
    """The line that pays for all else on the claim: a comprehensive service, or a visit with observation; or None."""
    status = before_edits(lines, view)
    _resolve(lines, status, view)
    return _primary(lines, status, view)


def _resolve(lines: Lines, status: list[str], view: WholeClaim) -> list[int]:
    """Works out which visits are paid as such and what is packaged; gives the places of the lines that stand."""
    if is_plain(view):
        for at, line in enumerate(lines):
            if status[at] == _OBSERVED:
                status[at] = _of_group(line)
    standing = [at for at, line in enumerate(lines) if not line.denied and not _is_of_a_denied_day(line)]
    _conditional(lines, status, standing)
    return standing


def _primary(lines: Lines, status: Sequence[str], view: WholeClaim) -> Edited | None:
    if not is_plain(view):
        return None
    services = next((line for line in lines if line.status == _COMPREHENSIVE), None)
    return services if services is not None else _observed(lines, status, view)


def hours_without_visit(lines: Lines, view: WholeClaim) -> Edited | None:
    """The first line of hours of observation enough to pay for all else, where only a visit is missing for that."""
    status = before_edits(lines, view)
    _resolve(lines, status, view)
    if _primary(lines, status, view) is not None:
        return None
    return _hours(lines, status, view)


def _hours(lines: Lines, status: Sequence[str], view: WholeClaim) -> Edited | None:
    """The first line of hours enough to pay for all else, where no surgery stands in the way."""
    observation = view.policy[Observation]
    if _SURGERY in status:
        return None
    hours = [line for line in lines if line.code is not None and line.code in observation.hours]
    long = [line for line in hours if line.units >= observation.hours_for_all and line.day is not None]
    long = [line for line in long if not _is_of_a_denied_day(line) and not _is_again(line)]
    return min(long, key=lambda line: (line.day, line.position), default=None)


def _observed(lines: Lines, status: Sequence[str], view: WholeClaim) -> Edited | None:
    """The visit with which observation pays for all else: of its day or the day before, or a referral of its day."""
    hours = _hours(lines, status, view)
    return None if hours is None else _visit_beside(hours, lines, view)


def _visit_beside(hours: Edited, lines: Lines, view: WholeClaim) -> Edited | None:
    direct = view.policy[Observation].direct
    day = hours.day
    assert day is not None  # noqa: S101 - the hours were chosen for having one
    for line in lines:
        if line.status == _OBSERVED and line.day is not None and line.code is not None:
            earliest = day if line.code in direct else day - timedelta(1)
            if earliest <= line.day <= day:
                return line
    return None


def _listed(line: Edited) -> str:
    """The status indicator of a line's code, or of its revenue code where it has none."""
    if line.line.procedure.missing:
        answer = line.line.tables.code_list(REVENUE, line.revenue or "")
        return answer.value.get("status_indicator") or "" if isinstance(answer, Found) else ""
    return line.status


def _of_group(line: Edited) -> str:
    """The status indicator of the group that a code is paid by; where it is not known, that of most such groups."""
    answer = line.line.tables.code_list(GROUPS, line.values.get("apc", "") or "0")
    found = answer.value.get("status_indicator") if isinstance(answer, Found) else None
    return found or _MOSTLY.get(line.status, line.status)


def _is_of_a_denied_day(line: Edited) -> bool:
    return any(number in _INPATIENT_DAY for number, _ in line.edits)


def _is_again(line: Edited) -> bool:
    return any(number == _MORE_HOURS for number, _ in line.edits)


def _laboratory(status: list[str], view: WholeClaim) -> None:
    """Tests are packaged beside what is paid on a hospital's bill, and paid apart on 12x and 14x."""
    kind = view.setting.facility_type
    beside = any(one in _PAID_BESIDE_LABORATORY for one in status)
    for at, one in enumerate(status):
        if one == _LABORATORY:
            status[at] = _APART if kind in ("12", "14") or (kind == "13" and not beside) else PACKAGED


def _therapy(lines: Lines, status: list[str]) -> None:
    """What is paid as therapy where it is billed so: by its revenue code or by its modifier."""
    for at, line in enumerate(lines):
        if "therapy_conditionally_paid" in line.flags and (line.modifiers & _THERAPY or _is_therapy(line)):
            status[at] = _APART


def _is_therapy(line: Edited) -> bool:
    answer = line.line.tables.code_list(REVENUE, line.revenue or "")
    return isinstance(answer, Found) and "therapy" in flags_of(answer.value.get("flags"))


def _conditional(lines: Lines, status: list[str], open_lines: Sequence[int]) -> None:
    """Q1 beside S, T or V, and Q2 beside T, are packaged; where nothing packages them, one of all is paid."""
    held = {_as_group(lines[at], status[at]) for at in open_lines if status[at] not in ("Q1", "Q2")}
    kept: list[int] = []
    for kind, packaging in (("Q1", _STV), ("Q2", frozenset({_SURGERY}))):
        of_kind = [at for at in open_lines if status[at] == kind]
        if held & packaging:
            for at in of_kind:
                status[at] = PACKAGED
        else:
            kept += of_kind
    for at in kept[1:]:
        status[at] = PACKAGED
    if kept:
        status[kept[0]] = _of_group(lines[kept[0]])


def _as_group(line: Edited, status: str) -> str:
    return _of_group(line) if status == "Q3" else status
