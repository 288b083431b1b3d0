"""PTP, MUE and frequency said once more: slowly, from the published rows, day by day and pair by pair.

Nothing of claimcheck is imported here. Claims are plain mappings, as they are given to `validate_claims`; of its
verdicts the oracle takes what other edits left of a line: which lines of earlier claims were accepted, and which lines
were not paid before the pairs were looked at. Sources: NCCI Policy Manual for Medicare Services, chapter I,
sections E and V; CMS Change Request 11168; Anthem Ohio Medicaid, Category II letter of 2024-04-10 (once per
service, member and year); X12 837, CLM05-3 (replacement and void).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

STARTER = Path(__file__).parents[2] / "src" / "claimcheck" / "tables" / "starter"

BYPASSING = frozenset(
    [f"{hand}{finger}" for hand in "FT" for finger in "A123456789"]
    + ["E1", "E2", "E3", "E4", "LT", "RT", "LC", "LD", "RC", "LM", "RI"]
    + ["24", "25", "57", "58", "78", "79", "27", "59", "91", "XE", "XP", "XS", "XU"]
)
DISTINCT = frozenset({"59", "XE", "XP", "XS", "XU"})
NOT_REPORTED = frozenset({"1P", "2P", "3P", "8P"})
#: Systolic, diastolic: from the lowest band to the highest.
BLOOD_PRESSURES = (("3074F", "3075F", "3077F"), ("3078F", "3079F", "3080F"))
PROFESSIONAL_REVENUE = range(960, 990)
#: Facility and classification of the bills that each kind of edit is applied to (default policy).
PTP_BILLS = frozenset(
    [
        "12",
        "13",
        "14",
        "22",
        "23",
        "32",
        "34",
        "72",
        "73",
        "74",
        "75",
        "76",
        "78",
        "81",
        "82",
        "83",
        "84",
        "85",
        "87",
        "89",
    ]
)
MUE_BILLS = frozenset({"13", "14", "85", "87"})
INPATIENT_BILLS = frozenset({"11", "18", "21", "28", "41", "65", "66", "86"})
EITHER_SIDE_FROM = date(2019, 7, 1)
#: The first day of what the column before it (`*`) calls in existence before 1996.
BEFORE_1996 = date(1996, 1, 1)


# ---------------------------------------------------------------------------------------------- the published rows


@dataclass
class Source:
    """Rows as they were published, and when they say something.

    `pairs` holds, by table, column one and column two, the windows of a pair: first day, last day or None, indicator.
    `whole` says that what is not in the rows is not published, on the days from `first` to `last`.
    """

    pairs: Mapping[tuple[str, str, str], Sequence[tuple[date, date | None, int]]]
    units: Mapping[tuple[str, str], tuple[int, int]]
    groups: Mapping[str, str]
    first: date
    last: date
    whole: bool = False
    known_absent: frozenset[tuple[str, str]] = frozenset()

    def speaks(self, day: date) -> bool:
        return self.first <= day <= self.last

    def indicator(self, table: str, one: str, two: str, day: date, *, proven: bool = False) -> int | None:
        """The modifier indicator of the pair in this direction on the day; None where it is not in force.

        A row speaks of days before its quarter where its first day is one (`proven`), and not "in existence before
        1996"; that a pair is missing says nothing of them.
        """
        windows = [w for w in self.pairs.get((table, one, two), ()) if not proven or w[0] > BEFORE_1996]
        held = [w for w in windows if w[0] <= day and (w[1] is None or day <= w[1]) and w[2] != 9]
        return max(held, key=lambda window: window[0])[2] if held else None

    def knows(self, table: str, one: str, two: str) -> bool:
        """Whether it can be told if two codes are a pair, in either direction."""
        return (
            self.whole
            or (table, one, two) in self.pairs
            or (table, two, one) in self.pairs
            or (one, two) in self.known_absent
            or (two, one) in self.known_absent
        )


def rows_of(file: str) -> list[dict[str, str]]:
    """The rows of a starter table, without its comment lines."""
    text = (STARTER / file).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in text if not line.startswith("#")))


def groups() -> dict[str, str]:
    """The service group of each code that is in one."""
    return {row["code"]: row["group"] for row in rows_of("service_groups.csv")}


def starter() -> Source:
    """The starter tables, read plainly."""
    pairs: dict[tuple[str, str, str], list[tuple[date, date | None, int]]] = defaultdict(list)
    for row in rows_of("ptp.csv"):
        last = date.fromisoformat(row["deletion"]) if row["deletion"] else None
        window = (date.fromisoformat(row["effective"]), last, int(row["indicator"]))
        pairs[row["table"], row["column_one"], row["column_two"]].append(window)
    return Source(
        pairs,
        {(row["table"], row["code"]): (int(row["value"]), int(row["mai"])) for row in rows_of("mue.csv")},
        groups(),
        date(2024, 7, 1),
        date(2024, 9, 30),
        known_absent=frozenset((row["code"], row["other"]) for row in rows_of("ptp_absent.csv")),
    )


# ---------------------------------------------------------------------------------------------- claims, read plainly


@dataclass(frozen=True)
class Line:
    """A line that has a day, as an auditor would write it down."""

    claim: str
    position: int
    code: str
    modifiers: frozenset[str]
    first: date
    last: date
    units: Decimal | None
    minutes: bool
    revenue: str
    provider: str | None
    rendering: str | None
    own: bool = True  #: of the claim that is judged, and not of another
    accepted: bool = True
    paid: bool = True  #: but for pairs and units: neither denied, nor a report only

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def daily(self) -> Decimal | None:
        """The units of one day: of a span divided by its days, and rounded half up."""
        days = (self.last - self.first).days + 1
        if self.units is None or days == 1:
            return self.units
        return (self.units / days).quantize(Decimal(1), ROUND_HALF_UP)

    @property
    def category_ii(self) -> bool:
        return self.code.endswith("F")


@dataclass
class Said:
    """What the oracle expects of one claim, by position of its lines; `upon_others` by claim, position and code.

    `unseen` are the edits, by name, to which the claims of a member who is not known might add something.
    """

    pairs: set[tuple[int, str, str]] = field(default_factory=set)
    pairs_unchecked: set[int] = field(default_factory=set)
    units: set[tuple[int, str]] = field(default_factory=set)
    units_unchecked: set[int] = field(default_factory=set)
    excess: set[int] = field(default_factory=set)
    excess_unchecked: set[int] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    upon_others: set[tuple[str, int, str]] = field(default_factory=set)


def facility(claim: Mapping[str, Any]) -> str | None:
    """Facility and classification: "13" of "0131"."""
    return claim["bill_type"][1:3] if claim.get("bill_type") else None


def kind(claim: Mapping[str, Any]) -> tuple[str | None, bool]:
    """Lines of claims of one kind meet: professional, outpatient, inpatient."""
    return claim.get("claim_type"), facility(claim) in INPATIENT_BILLS


def lines_of(claim: Mapping[str, Any]) -> list[Line]:
    read = []
    for position, line in enumerate(claim["lines"], 1):
        if line.get("service_date") is None:
            continue
        first = date.fromisoformat(line["service_date"])
        end = line.get("service_date_end")
        units = line.get("units")
        rendering = line.get("rendering_npi") or claim.get("rendering_npi") or claim.get("billing_npi")
        read.append(
            Line(
                claim["claim_id"],
                position,
                line["procedure_code"],
                frozenset(line.get("modifiers", ())),
                first,
                date.fromisoformat(end) if end else first,
                None if units is None else Decimal(str(units)),
                line.get("unit_basis") == "MJ",
                line.get("revenue_code") or "",
                claim.get("billing_npi") if claim.get("claim_type") == "institutional" else rendering,
                rendering,
            )
        )
    return read


# ---------------------------------------------------------------------------------------------- the member's past


class Past:
    """What was recorded of earlier claims, and what voids and replacements leave of it."""

    def __init__(self) -> None:
        self.claims: list[tuple[Mapping[str, Any], list[Line]]] = []
        self.undone: set[tuple[str, str]] = set()

    def record(
        self, claim: Mapping[str, Any], accepted: Sequence[bool], *, rejected: bool, reports: Iterable[int] = ()
    ) -> None:
        """`accepted` says of each line whether it was neither denied nor rejected; `rejected` of the whole claim.

        `reports` are the lines that were accepted as a report only.
        """
        member = claim.get("member_id")
        if member is None or rejected:
            return
        if claim.get("frequency_code") in ("7", "8"):
            self.undone.add((member, claim["original_claim_id"]))
        if claim.get("frequency_code") == "8":
            self.undone.add((member, claim["claim_id"]))
            return
        kept = [
            replace(line, own=False, accepted=accepted[line.position - 1], paid=line.position not in reports)
            for line in lines_of(claim)
        ]
        self.claims.append((claim, kept))

    def deny(self, claim: str, position: int) -> None:
        """A later claim has denied a line of this one."""
        for _, lines in self.claims:
            lines[:] = [
                replace(line, accepted=False) if (line.claim, line.position) == (claim, position) else line
                for line in lines
            ]

    def beside(self, claim: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], list[Line]]]:
        """The standing claims of the same member, without the one that `claim` takes the place of.

        A void asks for nothing to be paid: it is held against no other claim, and no other against it.
        """
        if claim.get("frequency_code") == "8":
            return []
        member = claim.get("member_id")
        own = {claim["claim_id"]}
        if claim.get("frequency_code") == "7":
            own.add(claim["original_claim_id"])
        return [
            (other, lines)
            for other, lines in self.claims
            if other["member_id"] == member
            and member is not None
            and other["claim_id"] not in own
            and (member, other["claim_id"]) not in self.undone
        ]


# ---------------------------------------------------------------------------------------------- limits


@dataclass(frozen=True)
class Limit:
    """At most so many of a service in a period. `first` and `last` bound the codes, which end in F."""

    first: str = "0001F"
    last: str = "9007F"
    most: int = 1
    per: str = "member"
    window: str = "calendar_year"
    year_starts: str = "01-01"

    def holds(self, code: str) -> bool:
        return code.endswith("F") and self.first <= code <= self.last

    def together(self, earlier: tuple[date, str | None], later: tuple[date, str | None]) -> bool:
        """Whether two uses, each a day and a delivery date, fall into one period."""
        if self.window == "calendar_year":
            return earlier[0].year == later[0].year
        if self.window == "policy_year":
            return _year_of(earlier[0], self.year_starts) == _year_of(later[0], self.year_starts)
        if self.window == "rolling_12_months":
            return later[0] < _a_year_after(earlier[0])
        return self.window == "lifetime" or earlier[1] == later[1]


YEARLY = Limit()


def _year_of(day: date, starts: str) -> int:
    return day.year if (day.month, day.day) >= tuple(map(int, starts.split("-"))) else day.year - 1


def _a_year_after(day: date) -> date:
    """Twelve civil months later; of 29 February the last day of the next."""
    return date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


# ---------------------------------------------------------------------------------------------- the edits


def judge(
    claim: Mapping[str, Any],
    past: Past,
    source: Source,
    refused: Iterable[int] = (),
    limit: Limit = YEARLY,
    unpaid: Iterable[tuple[str, int]] = (),
) -> Said:
    """What is to be expected of a claim. `refused` are its lines that are denied or rejected.

    `unpaid` are the lines, by claim and position, that edits before the pairs left unpaid: on this claim, and on others
    by what this one brings.
    """
    unpaid = set(unpaid)
    own = _as_left(lines_of(claim), unpaid)
    said = Said(unseen=_unseen(claim, own, source, limit))
    others = _as_left(
        (line for other, lines in past.beside(claim) if kind(other) == kind(claim) for line in lines), unpaid
    )
    _by_day(claim, own, others, source, said)
    _by_service(claim, own, past, source, set(refused), said, limit)
    return said


def _as_left(lines: Iterable[Line], unpaid: set[tuple[str, int]]) -> list[Line]:
    return [replace(line, paid=line.paid and (line.claim, line.position) not in unpaid) for line in lines]


def _by_day(claim: Mapping[str, Any], own: Sequence[Line], others: Sequence[Line], source: Source, said: Said) -> None:
    """Every day that a line lies on, at every provider, by itself."""
    days = {line.first + timedelta(days=n) for line in own for n in range((line.last - line.first).days + 1)}
    for day in sorted(days):
        for provider in {line.provider for line in own if line.on(day)}:
            mine = [line for line in own if line.on(day) and line.provider == provider]
            theirs = [
                line for line in others if line.on(day) and line.provider == provider is not None and line.accepted
            ]
            if provider is None and any(line.on(day) for line in others):  # it may be the provider of those
                said.pairs_unchecked |= _own(line for line in mine if _may_pair(claim, line.code))
                said.units_unchecked |= _own(line for line in mine if _may_add_up(claim, line, source))
            for lot in _lots(claim, mine, theirs):
                _pairs_of(claim, lot, day, source, said)
                _units_of(claim, lot, day, source, said)


def _meets_others(claim: Mapping[str, Any], code: str) -> bool:
    """Whether lines of other claims may be held against a line of the code: not on bills 85x, see `_lots`."""
    return facility(claim) != "85" and not code.endswith("F")


def _may_pair(claim: Mapping[str, Any], code: str) -> bool:
    """Whether a line of another claim, at the same provider, may be a pair with one of the code."""
    return _meets_others(claim, code) and _table(claim, PTP_BILLS) not in (None, "?")


def _may_add_up(claim: Mapping[str, Any], line: Line, source: Source) -> bool:
    """Whether the units of another claim's line may be added to this one's: never under a line edit (indicator 1)."""
    edit = source.units.get((f"mue_{_table(claim, MUE_BILLS)}", line.code))
    known = edit is not None and edit[1] != 1 and source.speaks(line.first)
    return known and _meets_others(claim, line.code) and not line.minutes


def _unseen(claim: Mapping[str, Any], own: Sequence[Line], source: Source, limit: Limit) -> set[str]:
    """The edits to which claims that are not known might add something, where nobody knows whose claim this is."""
    if claim.get("member_id") is not None:
        return set()
    edits = {
        "pairs": any(_may_pair(claim, line["procedure_code"]) for line in claim["lines"]),
        "units": any(_may_add_up(claim, line, source) for line in own),
        "excess": any(
            limit.holds(line["procedure_code"]) and not NOT_REPORTED.intersection(line["modifiers"])
            for line in claim["lines"]
        ),
    }
    return {name for name, may in edits.items() if may}


def _lots(claim: Mapping[str, Any], mine: list[Line], theirs: list[Line]) -> list[list[Line]]:
    """The lines that are held against each other. Bills 85x keep professional lines apart, and other claims out."""
    if facility(claim) != "85":
        lots = [[*mine, *theirs]]
    else:
        professional = [line for line in mine if line.revenue and int(line.revenue) in PROFESSIONAL_REVENUE]
        lots = [professional, [line for line in mine if line not in professional]]
    return [[line for line in lot if not line.category_ii] for lot in lots]


def _table(claim: Mapping[str, Any], bills: frozenset[str]) -> str | None:
    """The suffix of the table; None where the edits do not apply; "?" where the claim does not say enough."""
    if claim.get("claim_type") == "professional":
        return "practitioner"
    if claim.get("claim_type") != "institutional" or facility(claim) is None:
        return "?"
    return "outpatient_hospital" if facility(claim) in bills else None


def _own(lines: Iterable[Line]) -> set[int]:
    return {line.position for line in lines if line.own}


def _pairs_of(claim: Mapping[str, Any], lot: list[Line], day: date, source: Source, said: Said) -> None:
    suffix = _table(claim, PTP_BILLS)
    codes = {line.code for line in lot}
    if suffix is None or len(codes) < 2:
        return
    table = f"ptp_{suffix}"
    if suffix == "?":
        said.pairs_unchecked |= _own(lot)
        return
    if not source.speaks(day):
        said.pairs_unchecked |= _own(lot)
        if not source.whole or day > source.last:
            return
    elif not all(source.knows(table, one, two) for one in codes for two in codes if one != two):
        said.pairs_unchecked |= _own(lot)
    for one in lot:
        if not one.paid and claim.get("claim_type") == "professional":
            continue  # column two is bundled into what is paid; the outpatient code editor asks of no payment (IOCE)
        for two in lot:
            indicator = source.indicator(table, one.code, two.code, day, proven=not source.speaks(day))
            if indicator is None or one.code == two.code or not (one.own or two.own):
                continue
            if indicator == 1 and _are_set_apart(claim, one, two, day):
                continue
            if two.own:
                said.pairs.add((two.position, one.code, two.code))
            else:
                said.upon_others.add((two.claim, two.position, two.code))


def _are_set_apart(claim: Mapping[str, Any], one: Line, two: Line, day: date) -> bool:
    """Whether a modifier says that the services of a pair are distinct.

    A visit beside a procedure is, on a professional claim, by 24, 25 or 57 on the visit alone (NCCI Policy Manual,
    chapter I, section D); 59 and X{EPSU} count for nothing on a visit there.
    """
    professional = claim.get("claim_type") == "professional"
    if professional and _evaluation_and_management(two.code):
        return any(_evaluation_and_management(line.code) and line.modifiers & {"24", "25", "57"} for line in (one, two))
    return any(_lifts(line, day, professional=professional, column_two=line is two) for line in (one, two))


def _lifts(line: Line, day: date, *, professional: bool, column_two: bool) -> bool:
    for modifier in line.modifiers & BYPASSING:
        if modifier in DISTINCT and (
            (professional and _evaluation_and_management(line.code)) or not (column_two or day >= EITHER_SIDE_FROM)
        ):
            continue
        return True
    return False


def _evaluation_and_management(code: str) -> bool:
    """The codes on which 59 and X{EPSU} count for nothing."""
    return code == "77427" or "92012" <= code <= "92014" or "99201" <= code <= "99499"


def _units_of(claim: Mapping[str, Any], lot: list[Line], day: date, source: Source, said: Said) -> None:
    suffix = _table(claim, MUE_BILLS)
    if suffix is None:
        return
    if suffix == "?":
        said.units_unchecked |= _own(lot)
        return
    for code in {line.code for line in lot}:
        lines = [line for line in lot if line.code == code and not line.minutes]
        if not _own(lines):
            continue
        edit = source.units.get((f"mue_{suffix}", code))
        if not source.speaks(day) or (edit is None and not source.whole):
            said.units_unchecked |= _own(lines)
        elif edit is not None:
            _against(edit, code, lines, said)


def _against(edit: tuple[int, int], code: str, lines: list[Line], said: Said) -> None:
    most, indicator = edit
    if indicator == 1:
        for line in lines:
            if line.own and line.daily is None:
                said.units_unchecked.add(line.position)
            elif line.own and line.daily is not None and line.daily > most:
                said.units.add((line.position, code))
        return
    if sum((line.daily for line in lines if line.daily is not None), Decimal(0)) > most:
        said.units |= {(position, code) for position in _own(lines)}
        said.upon_others |= {(line.claim, line.position, code) for line in lines if not line.own}
    else:
        said.units_unchecked |= _own(line for line in lines if line.daily is None)


def _by_service(
    claim: Mapping[str, Any],
    own: Sequence[Line],
    past: Past,
    source: Source,
    refused: set[int],
    said: Said,
    limit: Limit,
) -> None:
    """The uses of each service, counted from the first; an excess begins nothing."""
    if claim.get("frequency_code") == "8":
        return
    uses = [(claim, line) for line in own] + [(other, line) for other, lines in past.beside(claim) for line in lines]
    counted = [
        (line.first, _receipt(other), line.claim, _band(line.code), line.position, other, line)
        for other, line in uses
        if limit.holds(line.code) and line.accepted and not line.modifiers & NOT_REPORTED
        if not (line.own and line.position in refused)
    ]
    winners: dict[tuple[str, object], list[tuple[date, str | None]]] = defaultdict(list)
    for *_, other, line in sorted(counted, key=lambda use: use[:5]):
        whose = _whose(limit, other, line)
        name = source.groups.get(line.code, line.code)
        if whose is None and not line.own:
            continue  # nobody knows whose it is
        taken = winners[name, whose]
        use = line.first, other.get("delivery_date")
        if sum(limit.together(winner, use) for winner in taken) < limit.most:
            taken.append(use)
            if line.own and whose is None:
                said.excess_unchecked.add(line.position)
        elif line.own:
            said.excess.add(line.position)


def _receipt(claim: Mapping[str, Any]) -> str:
    return claim.get("received_date") or "9999-12-31"


def _band(code: str) -> int:
    """Of several blood pressures of a day, the lowest band comes first."""
    return next((bands.index(code) for bands in BLOOD_PRESSURES if code in bands), 0)


def _whose(limit: Limit, claim: Mapping[str, Any], line: Line) -> str | None:
    """By whom the uses are counted; None where that is missing."""
    if limit.per == "member":
        return "anyone"
    return line.rendering if limit.per == "member_and_provider" else claim.get("billing_npi")
