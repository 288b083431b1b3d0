"""How the lines of a hospital's outpatient bill are paid: by themselves, within others, or together.

A line's status indicator says how its code is paid in general. On a claim more decides: a service of Q1 is packaged
with one of S, T, or V, one of Q2 with one of T; where nothing packages them, one of them is paid as its group
(APC) says; a laboratory test (Q4) is packaged with a paid service; a comprehensive service (J1), or comprehensive
observation, pays for nearly all else on the claim. CMS, Medicare Claims Processing Manual, chapter 4, sections 10.2.3,
10.4 and 290.5.3; Integrated Outpatient Code Editor, status indicators.

Of several comprehensive services the one of the highest published rank pays for all (OPPS Addendum J). Of other
services that are paid once, the one whose APC has the highest payment rate is paid, if the editor's table of APCs lists
rates; otherwise the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

import attrs

from claimcheck.policies.parameters.facility import Observation
from claimcheck.rules.facility.edit import PAIRS, Edited, Lines, flags_of, paired, rate_of
from claimcheck.rules.facility.inpatient_only import is_for_the_dying
from claimcheck.rules.facility.visits import GROUPS
from claimcheck.rules.facts import Setting, WholeClaim
from claimcheck.rules.outpatient_editor import denies
from claimcheck.tables import Found

__all__ = [
    "GROUPS",
    "PACKAGED",
    "PAIRS",
    "REVENUE",
    "Paid",
    "before_edits",
    "hours_without_visit",
    "is_paid_apart",
    "paid",
    "pays_for_all",
]

REVENUE = "outpatient_revenue"  #: its table of revenue codes

PACKAGED = "N"
_COMPREHENSIVE, _OBSERVED, _SURGERY, _APART, _INPATIENT = "J1", "J2", "T", "A", "C"
_STV = frozenset({"S", "T", "V"})
_VISITS_OR_PROCEDURES = _STV | {_OBSERVED}
_MAY_PAY_FOR_ALL = frozenset({_COMPREHENSIVE, _INPATIENT, "Q2"})  #: by themselves, or by the APC that they are paid by
_LABORATORY, _PROGRAM = "Q4", "P"
_CONDITIONAL = frozenset({"Q1", "Q2", "Q3", "Q4"})
_NO_GROUP = _CONDITIONAL | {PACKAGED}  #: packaged, or denied before it was known how the service would be paid
_MENTAL_HEALTH_CENTER = "76"
_PAID_BESIDE_LABORATORY = frozenset({"J1", "J2", "Q1", "Q2", "Q3", "S", "T", "V"})
#: What a comprehensive service does not package, besides codes with that flag: chapter 4, section 10.2.3.
_NEVER_WITHIN = frozenset({"B", "C", "E1", "E2", "F", "G", "H", "H1", "K1", "L", "M", "N", "U", ""})
#: For services paid by APC, the status indicator that nearly every such APC has: OPPS Addendum A.
_MOSTLY = {"Q1": "S", "Q2": "T", "Q3": "S", "J2": "V"}
_THERAPY = frozenset({"GN", "GO", "GP"})
_BROKEN_OFF = frozenset({"52", "73"})
#: Composite APCs by family: ultrasound; CT and CT angiography; MRI and MR angiography.
_FAMILIES = (frozenset({"8004"}), frozenset({"8005", "8006"}), frozenset({"8007", "8008"}))
_PROGRAMS = frozenset({"41", "92", "89"})
_INPATIENT_DAY = frozenset({18, 49})
_NO_RANK = 1_000_000
#: Composite APCs: mental health services of a day, comprehensive observation, and what is paid when a patient dies.
#: CMS, Medicare Claims Processing Manual, chapter 4, sections 10.2.1, 10.2.3 and 180.7.
_MENTAL_HEALTH, _OF_OBSERVATION, _OF_THE_DYING = "8010", "8011", "5881"
_DAILY = frozenset({"daily_mental_health", "remote_mental_health"})
#: The APCs of a day in a program, by bill type and program: of up to three services, and of more. The second is of
#: 2024 and later. CMS, Hospital Outpatient Prospective Payment System, Addendum A.
_OF_PROGRAMS = {
    ("13", "ph"): ("5863", "5864"),
    ("76", "ph"): ("5853", "5854"),
    ("13", "iop"): ("5861", "5862"),
    ("76", "iop"): ("5851", "5852"),
}
_MANY_SERVICES = 4
_NOT_APART = 45  #: of an inpatient-only procedure that is done with another one
_MORE_HOURS = 51  #: of a second line of observation hours


@attrs.frozen
class Paid:
    """How a line is paid on its claim: its status indicator there, "" if it has none, and its APC."""

    status: str
    group: str = ""

    @property
    def packaged(self) -> bool:
        """Whether its payment is included in that of others."""
        return self.status == PACKAGED


@attrs.frozen
class _Asked:
    """Lines of which is asked how they are paid: two questions are the same if lines and setting are."""

    lines: Lines
    setting: Setting
    view: WholeClaim = attrs.field(eq=False, repr=False)


@attrs.frozen(eq=False)
class _WorkedOut:
    """The status of each line before one of them pays for all others, the lines that no edit denies, by index, the line
    that pays for all, if there is one, and the composite APCs that lines are paid by, by index."""

    status: tuple[str, ...]
    standing: tuple[int, ...]
    primary: Edited | None
    composites: Mapping[int, str]


def before_edits(lines: Lines, view: WholeClaim) -> tuple[str, ...]:
    """The status indicator of each line as submitted, before any edit."""
    return _before_edits(_Asked(lines, view.setting, view))


@lru_cache(maxsize=8)  # several rules ask of the same lines, one after another
def _before_edits(asked: _Asked) -> tuple[str, ...]:
    status = [_listed(line) for line in asked.lines]
    _laboratory(status, asked.view)
    _therapy(asked.lines, status)
    return tuple(status)


@lru_cache(maxsize=8)
def _worked_out(asked: _Asked) -> _WorkedOut:
    lines, view = asked.lines, asked.view
    status = [*_before_edits(asked)]
    composites: dict[int, str] = {}
    standing = _resolve(lines, status, composites, view)
    return _WorkedOut(tuple(status), tuple(standing), _primary(lines, status, view), composites)


def paid(lines: Lines, view: WholeClaim) -> tuple[Paid, ...]:
    """How each line is paid, given the editor's edits so far."""
    found = _worked_out(_Asked(lines, view.setting, view))
    status, primary, groups = [*found.status], found.primary, {**found.composites}
    if primary is not None and primary.status in (_OBSERVED, _INPATIENT):
        # The visit is paid as comprehensive observation, the inpatient-only procedure as a comprehensive service.
        at, observed = lines.index(primary), primary.status == _OBSERVED
        status[at] = _OBSERVED if observed else _COMPREHENSIVE
        groups[at] = _OF_OBSERVATION if observed else _OF_THE_DYING
    if primary is not None:
        for at, line in enumerate(lines):
            if line is not primary and status[at] not in _NEVER_WITHIN and "capc_exclusion" not in line.flags:
                status[at] = PACKAGED
    of_center = view.setting.facility_type == _MENTAL_HEALTH_CENTER
    for at in () if of_center else found.standing:
        if status[at] in _CONDITIONAL:
            status[at] = _of_group(lines[at])
    if not of_center:  # which is paid for days alone
        groups = {at: line.values.get("apc", "") for at, line in enumerate(lines)} | groups
    return tuple([Paid(one, "" if one in _NO_GROUP else groups.get(at, "")) for at, one in enumerate(status)])


def is_plain(view: WholeClaim) -> bool:
    """Whether comprehensive services are paid on the bill: a hospital's, and not a mental health program's.

    On a Part B inpatient bill only if the stay itself was not reasonable (condition code W2).
    """
    codes = view.setting.condition_codes
    match view.setting.facility_type:
        case "13":
            return not codes & _PROGRAMS
        case kind:
            return kind == "12" and "W2" in codes


def is_paid_apart(lines: Lines, view: WholeClaim) -> bool:
    """Whether a line that nothing denies is paid by itself beyond doubt: a visit or procedure on a bill without
    anything that may pay for it. False if that takes a closer look."""
    if any(line.status in _MAY_PAY_FOR_ALL for line in lines) or view.setting.condition_codes & _PROGRAMS:
        return False
    hours = view.policy[Observation].hours
    apart = _VISITS_OR_PROCEDURES if is_plain(view) else _STV
    return (
        view.setting.facility_type != _MENTAL_HEALTH_CENTER
        and any(line.status in apart and not denies(line.edits) for line in lines)
        and not any(line.code in hours for line in lines if line.code is not None)
    )


def pays_for_all(lines: Lines, view: WholeClaim) -> Edited | None:
    """The line that pays for everything else on the claim: a comprehensive service, or a visit with observation; or
    None."""
    return _worked_out(_Asked(lines, view.setting, view)).primary


def _resolve(lines: Lines, status: list[str], composites: dict[int, str], view: WholeClaim) -> list[int]:
    """Determines which visits are paid as such, what is packaged, and by which composites; returns the indexes of the
    remaining lines."""
    if is_plain(view):
        for at, line in enumerate(lines):
            if status[at] == _OBSERVED:
                status[at] = _of_group(line)
    standing = [at for at, line in enumerate(lines) if not line.denied and not _is_of_a_denied_day(line)]
    _programs(lines, status, composites, standing, view)
    _mental_health(lines, status, composites, standing, view)
    _conditional(lines, status, standing)
    _imaging(lines, status, composites, standing)
    return standing


def _primary(lines: Lines, status: Sequence[str], view: WholeClaim) -> Edited | None:
    if not is_plain(view):
        return None
    if (dying := next(filter(_is_of_the_dying, lines), None)) is not None:
        return dying
    # Listed as one, or paid by a group that is one:
    found = [line for line, how in zip(lines, status, strict=True) if _COMPREHENSIVE in (line.status, how)]
    if found:
        return found[0] if len(found) == 1 else min(found, key=_rank)
    return _observed(lines, status, view)


def _rank(line: Edited) -> int:
    """The rank of a comprehensive service, the lowest number first; one without a rank comes last."""
    return min(filter(None, map(int, paired(line, "comprehensive_rank"))), default=_NO_RANK)


def _is_of_the_dying(line: Edited) -> bool:
    """Whether the line is an inpatient-only procedure paid because of modifier CA."""
    if line.status != _INPATIENT or any(number == _NOT_APART for number, _ in line.edits):
        return False
    return is_for_the_dying(line.line)


def hours_without_visit(lines: Lines, view: WholeClaim) -> Edited | None:
    """The first line with enough observation hours to pay for everything else, if only a visit is missing for that."""
    found = _worked_out(_Asked(lines, view.setting, view))
    return _hours(lines, found.status, view) if found.primary is None else None


def _hours(lines: Lines, status: Sequence[str], view: WholeClaim) -> Edited | None:
    """The first line with enough hours to pay for everything else, if no surgery prevents it."""
    observation = view.policy[Observation]
    if _SURGERY in status:
        return None
    hours = [line for line in lines if line.code is not None and line.code in observation.hours]
    long = [line for line in hours if line.units >= observation.hours_for_all and line.day is not None]
    long = [line for line in long if not _is_of_a_denied_day(line) and not _is_again(line)]
    return min(long, key=lambda line: (line.day, line.position), default=None)


def _observed(lines: Lines, status: Sequence[str], view: WholeClaim) -> Edited | None:
    """The visit with which observation pays for everything else: on its day or the day before, or a referral on its
    day."""
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
    """The status indicator of a line's code, or of its revenue code if it has none."""
    if line.line.procedure.missing:
        answer = line.line.tables.code_list(REVENUE, line.revenue or "")
        return answer.value.get("status_indicator") or "" if isinstance(answer, Found) else ""
    return line.status


def _of_group(line: Edited) -> str:
    """The status indicator of a code's APC; if unknown, that of most such APCs."""
    answer = line.line.tables.code_list(GROUPS, line.values.get("apc", "") or "0")
    found = answer.value.get("status_indicator") if isinstance(answer, Found) else None
    return found or _MOSTLY.get(line.status, line.status)


def _rate(line: Edited) -> int:
    """The payment rate of a code's APC."""
    return rate_of(line.line.tables.code_list(GROUPS, line.values.get("apc", "") or "0"))


def _is_of_a_denied_day(line: Edited) -> bool:
    return bool(line.edits) and any(number in _INPATIENT_DAY for number, _ in line.edits)


def _is_again(line: Edited) -> bool:
    return any(number == _MORE_HOURS for number, _ in line.edits)


def _laboratory(status: list[str], view: WholeClaim) -> None:
    """Tests are packaged with what is paid on a hospital's bill, and paid separately on 12x and 14x."""
    kind = view.setting.facility_type
    apart = kind == "14" or (kind == "12" and "W2" not in view.setting.condition_codes)
    beside = any(one in _PAID_BESIDE_LABORATORY for one in status)
    for at, one in enumerate(status):
        if one == _LABORATORY:
            status[at] = _APART if apart or (kind == "13" and not beside) else PACKAGED


def _therapy(lines: Lines, status: list[str]) -> None:
    """What is paid as therapy if billed as such: by its revenue code or modifier."""
    for at, line in enumerate(lines):
        if "therapy_conditionally_paid" in line.flags and (line.modifiers & _THERAPY or _is_therapy(line)):
            status[at] = _APART


def _is_therapy(line: Edited) -> bool:
    answer = line.line.tables.code_list(REVENUE, line.revenue or "")
    return isinstance(answer, Found) and "therapy" in flags_of(answer.value.get("flags"))


def _programs(
    lines: Lines, status: list[str], composites: dict[int, str], standing: Sequence[int], view: WholeClaim
) -> None:
    """A day of a mental health program is paid by its first primary service, which packages its other services.

    CMS, Medicare Claims Processing Manual, chapter 4, section 260.
    """
    kind, codes = view.setting.facility_type, view.setting.condition_codes
    if kind not in ("13", "76") or (kind == "13" and not codes & {"41", "92"}):
        return
    program = "iop" if "92" in codes else "ph"
    primary, services = f"{program}_primary", {f"{program}_service", "php_iop_reportable"}
    for day in {lines[at].day for at in standing}:
        of_day = [at for at in standing if lines[at].day == day]
        first = next((at for at in of_day if primary in lines[at].flags), None)
        for at in of_day:
            if at == first:
                status[at] = _PROGRAM
                composites[at] = _of_program(kind, program, [lines[at] for at in of_day])
            elif lines[at].flags & (services if first is not None else {"php_iop_reportable"}):
                status[at] = PACKAGED


def _of_program(kind: str, program: str, of_day: Sequence[Edited]) -> str:
    """The APC of a day in a program, by the number of its services."""
    few, many = _OF_PROGRAMS[kind, program]
    counted = [line for line in of_day if f"{program}_primary" in line.flags]
    own = (line for line in of_day if f"{program}_service" in line.flags and f"{program}_addon" not in line.flags)
    counted += [line for line in own if line not in counted]
    enough = sum(line.units for line in counted) >= _MANY_SERVICES
    return many if enough and isinstance(of_day[0].line.tables.code_list(GROUPS, many), Found) else few


def _mental_health(
    lines: Lines, status: list[str], composites: dict[int, str], standing: Sequence[int], view: WholeClaim
) -> None:
    """A day's mental health services outside a program are paid together, once their payment exceeds the composite's.

    CMS, Medicare Claims Processing Manual, chapter 4, section 10.2.1: the rate of a day of partial hospitalization.
    """
    if view.setting.facility_type not in ("12", "13") or view.setting.condition_codes & _PROGRAMS:
        return
    days: dict[object, list[int]] = {}
    for at in standing:
        if lines[at].flags & _DAILY and "remote_mental_health_addon" not in lines[at].flags:
            days.setdefault(lines[at].day, []).append(at)
    for of_day in days.values():
        limit = rate_of(lines[of_day[0]].line.tables.code_list(GROUPS, _MENTAL_HEALTH))
        if limit and sum(_rate(lines[at]) * lines[at].units for at in of_day) > limit:
            for at in of_day:
                status[at] = PACKAGED
            status[of_day[0]], composites[of_day[0]] = "S", _MENTAL_HEALTH


def _conditional(lines: Lines, status: list[str], open_lines: Sequence[int]) -> None:
    """Q1 with S, T, or V, and Q2 with T, are packaged; if nothing packages them, that of the highest rate is paid."""
    held = {_as_group(lines[at], status[at]) for at in open_lines if status[at] not in ("Q1", "Q2")}
    kept: list[int] = []
    for kind, packaging in (("Q1", _STV), ("Q2", frozenset({_SURGERY}))):
        of_kind = [at for at in open_lines if status[at] == kind]
        if held & packaging:
            for at in of_kind:
                status[at] = PACKAGED
        else:
            kept += of_kind
    if kept:
        best = max(kept, key=lambda at: _rate(lines[at]))
        for at in kept:
            status[at] = _of_group(lines[at]) if at == best else PACKAGED


def _imaging(lines: Lines, status: list[str], composites: dict[int, str], standing: Sequence[int]) -> None:
    """Several images of one family on a day are paid by the first; the others are packaged.

    CMS, Medicare Claims Processing Manual, chapter 4, section 10.2.1: composite APCs of ultrasound, CT and MRI.
    """
    families: dict[tuple[object, int], list[int]] = {}
    for at in standing:
        line = lines[at]
        if status[at] == "Q3" and not line.modifiers & _BROKEN_OFF and (family := _family(line)) is not None:
            families.setdefault((line.day, family), []).append(at)
    for of_family in families.values():
        if sum(lines[at].units for at in of_family) > 1:
            status[of_family[0]] = "S"
            # With contrast if one of them is: of a family's composites the higher number.
            composites[of_family[0]] = max(group for at in of_family for group in paired(lines[at], "composite_a"))
            for at in of_family[1:]:
                status[at] = PACKAGED


def _family(line: Edited) -> int | None:
    """The image family of a code, by the APC that pays for several of them."""
    groups = paired(line, "composite_a")
    return next((at for at, family in enumerate(_FAMILIES) if groups & family), None)


def _as_group(line: Edited, status: str) -> str:
    return _of_group(line) if status == "Q3" else status
