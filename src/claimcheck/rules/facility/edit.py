"""The edits of the outpatient code editor that share a shape: each a number, an outcome, bills, and what it says.

>>> edit = Edit(99, None, "12 13~89 76+41", "is a drug")
>>> ["13" in some.types for some in edit.bills], edit.bills[1].without, edit.bills[2].only_with
([False, True, False], frozenset({'89'}), frozenset({'41'}))

From when to when an edit is run the policy says (`facility.outpatient_edits`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

import attrs

from claimcheck.claims import Reason, Unreadable
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.facility import Bills, OutpatientEdits
from claimcheck.rules.facts import Line, Setting, WholeClaim, is_outpatient
from claimcheck.rules.outpatient_editor import LAST, Edits, denies
from claimcheck.rules.rule import Outcome, Unchecked, unchecked
from claimcheck.tables import CodeListEntry, Found, NotCovered
from claimcheck.tables.lookup import Edition, Lookup

__all__ = [
    "ALL_BILLS",
    "BESIDE_HOSPICE",
    "HOME_HEALTH",
    "OTHERS_BESIDE_HOSPICE",
    "PAIRS",
    "PARTLY_OPPS",
    "PAYABLE",
    "PROCEDURES",
    "Edit",
    "Edited",
    "Lines",
    "by_day",
    "concerns",
    "edited",
    "flags_of",
    "is_under_opps",
    "lacking",
    "outcomes_of",
    "paired",
    "rate_of",
    "runs_editor",
]

PROCEDURES = "outpatient_procedure"  #: the editor's table of procedure codes
PAIRS = "outpatient_pair"  #: its tables of pairs

#: Status indicators of services paid under the outpatient prospective payment system.
PAYABLE = frozenset({"J1", "J2", "P", "Q1", "Q2", "Q3", "S", "T", "V"})

#: Every bill that the editor processes except 43x, for which it has few edits.
ALL_BILLS = "12 13 14 22 23 32 34 71 72 73 74 75 76 77 78 81 82 83 84 85 87 89"

#: Bills on which OPPS pays for some services, outside a plan of home health care (34x) or for what has nothing to do
#: with a hospice patient's terminal illness (condition code 07): 42 CFR 419.21 (d).
HOME_HEALTH = "34"
OTHERS_BESIDE_HOSPICE = "32+07 72+07 74+07 75+07 81+07 82+07"  #: other than of skilled nursing facilities
BESIDE_HOSPICE = f"22+07 23+07 {OTHERS_BESIDE_HOSPICE}"
PARTLY_OPPS = f"{HOME_HEALTH} {BESIDE_HOSPICE}"


def _bills(text: str) -> tuple[Bills, ...]:
    """Bills in the notation of an edit table: `13~41~89` without these condition codes, `76+92` only with it."""
    return tuple(_some(one) for one in text.split())


def _some(text: str) -> Bills:
    rest, *only_with = text.split("+")
    types, *without = rest.split("~")
    return Bills(CodeSpans.of([types]), frozenset(without), frozenset(only_with))


@attrs.frozen
class Edit:
    """An edit by its `number`: what it does to a line, on which `bills`, and its description in `says`."""

    number: int
    outcome: Outcome
    bills: tuple[Bills, ...] = attrs.field(converter=_bills)
    says: str

    def holds_for(self, view: WholeClaim | Line) -> bool:
        """Whether it applies to the claim, or to the line."""
        return self.number in view.policy[OutpatientEdits].edits and view.setting.is_one_of(self.bills)


#: The flags of the services that OPPS pays for on such bills: CMS, Integrated Outpatient Code Editor.
_UNDER_OPPS = (
    (_bills(HOME_HEALTH), frozenset({"vaccine", "antigen", "cast", "splint", "negative_pressure_wound_therapy"})),
    (_bills(BESIDE_HOSPICE), frozenset({"antigen", "cast", "splint"})),
)


def is_under_opps(lines: Iterable[Edited], setting: Setting) -> bool:
    """Whether the bill is one of `PARTLY_OPPS`, and has a service that brings it under OPPS."""
    flags = [flags for bills, flags in _UNDER_OPPS if setting.is_one_of(bills)]
    return bool(flags) and any(line.flags & flags[0] for line in lines)


def runs_editor(setting: Setting) -> bool:
    """Whether the bill is for outpatients, and the policy runs any table-based edit of the editor."""
    given = setting.policy.parameters.get(OutpatientEdits, ())
    return is_outpatient(setting) and any(entry.value.edits for entry in given)


def concerns(*flags: str, statuses: Iterable[str] = (), modifiers: Iterable[str] = ()) -> Callable[[Line], bool]:
    """The needs of a rule that only concerns lines with one of these flags, status indicators, or modifiers.

    A line whose code the editor's table cannot answer for concerns every such rule, which reports that.
    """
    wanted, of_status, with_modifiers = frozenset(flags), frozenset(statuses), frozenset(modifiers)

    def may_concern(line: Line) -> bool:
        if line.modifier_codes & with_modifiers:
            return True
        if line.code is None:
            return False
        answer = line.tables.code_list(PROCEDURES, line.code)
        if isinstance(answer, NotCovered):
            return answer.reason is not Reason.NOT_IN_TABLE
        if not isinstance(answer, Found):
            return False
        held = answer.value
        return held.get("status_indicator") in of_status or bool(flags_of(held.get("flags")) & wanted)

    return may_concern


@attrs.frozen(eq=False)
class Edited:
    """A line as the editor sees it: its position on the claim, from 1, and what the editor's table has for its code."""

    position: int
    line: Line
    day: date | None  #: its date, only for comparison with that of other lines
    edits: Edits  #: the editor's edits so far
    flags: frozenset[str]
    values: Mapping[str, str]
    status: str  #: the status indicator, "" if the table lists none
    known: bool
    edition: Edition | None

    @property
    def code(self) -> str | None:
        """The procedure code."""
        return self.line.code

    @property
    def revenue(self) -> str | None:
        """The revenue code."""
        return self.line.revenue.text

    @property
    def modifiers(self) -> frozenset[str]:
        """The modifiers."""
        return self.line.modifier_codes

    @property
    def units(self) -> int:
        """The units; one if they are missing or unreadable, as the editor counts them."""
        given = self.line.units
        return 1 if given is None or isinstance(given, Unreadable) else int(given)

    @property
    def denied(self) -> bool:
        """Whether an earlier edit of the editor denied the line, so that others ignore it."""
        return denies(self.edits, LAST)


Lines = tuple[Edited, ...]
_NOTHING: Mapping[str, str] = {}
_RATE = "payment_"


def edited(view: WholeClaim) -> tuple[Lines, tuple[Unchecked, ...]]:
    """The lines of a claim, and of which the editor's table cannot speak. A Category II line is as any other.

    For the same lines with the same edits it is the same object, by which others remember what they find of them.
    """
    return _edited(view.lines, view.days, view.edited)


@lru_cache(maxsize=8)  # the rules of a claim look at the same lines, one after another
def _edited(
    given: tuple[Line, ...], days: tuple[date | None, ...], so_far: tuple[Edits, ...]
) -> tuple[Lines, tuple[Unchecked, ...]]:
    lines: list[Edited] = []
    silent: dict[NotCovered, list[int]] = {}
    for position, (line, day, edits) in enumerate(zip(given, days, so_far, strict=True), 1):
        values, known, edition = _NOTHING, line.code is None, None
        if line.code is not None:
            answer = line.tables.code_list(PROCEDURES, line.code)
            if isinstance(answer, Found):
                values, known, edition = answer.value.rows[0], True, answer.edition
            elif isinstance(answer, NotCovered) and answer.reason is not Reason.NOT_IN_TABLE:
                silent.setdefault(answer, []).append(position)
        flags, status = flags_of(values.get("flags", "")), values.get("status_indicator", "")
        lines.append(Edited(position, line, day, edits, flags, values, status, known, edition))
    return tuple(lines), tuple([unchecked(why, lines=tuple(positions)) for why, positions in silent.items()])


def lacking(view: WholeClaim, *tables: str) -> tuple[Unchecked, ...]:
    """Which of the editor's other tables are not loaded, so that what depends on them is not known.

    The editor is published with all of its tables; somebody may have loaded some.
    """
    loaded = view.tables.tables
    return tuple([Unchecked(Reason.NO_TABLE, name) for name in tables if not loaded.has_code_list(name)])


def paired(line: Edited, kind: str) -> frozenset[str]:
    """The codes, or other values, that the editor's tables of pairs of a kind list for a line's code."""
    answer = line.line.tables.code_list(PAIRS, line.code or "")
    return answer.value.where("kind", kind, "other") if isinstance(answer, Found) else frozenset()


def rate_of(group: Lookup[CodeListEntry]) -> int:
    """The payment rate of an APC, only for comparison with that of others; 0 if the editor's table lists none."""
    if not isinstance(group, Found):
        return 0
    rates = (flag for flag in flags_of(group.value.get("flags")) if flag.startswith(_RATE))
    return next((int(rate.removeprefix(_RATE)) for rate in rates), 0)


@lru_cache(maxsize=4_096)
def flags_of(text: str) -> frozenset[str]:
    """The flags that a table separates by blanks."""
    return frozenset(text.split())


def by_day(lines: Iterable[Edited]) -> Iterator[tuple[date | None, list[Edited]]]:
    """The lines of each date, first date first; those without a date together at the end."""
    days: dict[date | None, list[Edited]] = {}
    for line in lines:
        days.setdefault(line.day, []).append(line)
    return iter(sorted(days.items(), key=lambda one: one[0] or date.max))


def outcomes_of(edits: Iterable[Edit]) -> tuple[Outcome, ...]:
    """The distinct outcomes of an edit table."""
    return tuple(dict.fromkeys(edit.outcome for edit in edits))
