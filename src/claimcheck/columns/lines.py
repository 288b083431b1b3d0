"""Service lines in columns: each is a combination of a few kinds of components, in a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import attrs
import numpy as np
import polars as pl

from claimcheck.claims import Problem, ServiceLine, amount_fields, reading
from claimcheck.claims.billed import code_parser
from claimcheck.claims.quick import maker
from claimcheck.codes import clia, hipps, npi, taxonomy
from claimcheck.columns.cells import Bools, Cells, Money, States
from claimcheck.columns.facts import Component, Facts
from claimcheck.columns.fields import EPOCH, LINE_READERS
from claimcheck.columns.numbering import Ints, Numbering
from claimcheck.columns.of_code import OfCode
from claimcheck.columns.times import NO_DAY, Times, day_of
from claimcheck.rules.facts.charge import AMOUNT, read_charge
from claimcheck.rules.facts.days import DateFlag, LastDay
from claimcheck.rules.facts.line import Line, read_line
from claimcheck.rules.facts.line_key import impersonal, line_key
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.time import Time

__all__ = ["APART", "Lines", "ReadLines"]

#: The components of a line, and the fields of `ServiceLine` that each is read from. Fields in none of them belong to
#: the last, `rest`: there they are keyed as is, or as `APART` says.
COMPONENTS: Mapping[str, tuple[str, ...]] = {
    "procedure": ("procedure_code", "code_qualifier"),
    "modifiers": ("modifiers",),
    "revenue": ("revenue_code",),
    "place": ("place_of_service",),
    "units": ("units",),
    "basis": ("unit_basis",),
    "charge": ("charge",),
    "dates": ("service_date", "service_date_end"),
    "pointers": ("diagnosis_pointers",),
}
#: Fields of the rest that are keyed by what is read of them, and why the cell itself is not used.
APART: Mapping[str, str] = {
    "noncovered_charge": "its class is; what is no part of the charge is judged claim by claim",
    "rendering_npi": "whether it is one, or what is wrong with it",
    "rendering_taxonomy": "whether it is one, or what is wrong with it",
    "clia": "whether it is one, or what is wrong with it",
    "description": "whether it is there",
    "line_control_number": "what a provider calls a line is nothing to rules",
    "line_number": "one that cannot be read is judged claim by claim",
    "result_date": "a line with one is judged claim by claim",
    "source": "where a line stands is nothing to rules",
    "problems": "what is wrong with its form shows in the cells; lines with any are judged claim by claim",
}
_FACTS: Mapping[str, tuple[str, ...]] = {
    "procedure": ("procedure", "code", "kind", "as_diagnosis", "qualifier"),
    "modifiers": ("modifiers", "modifier_codes"),
    "revenue": ("revenue",),
    "place": ("place_of_service", "place_of_service_on_line"),
    "units": ("units",),
    "basis": ("unit_basis",),
    "charge": ("charge",),
    "dates": ("dates", "span_days"),
    "pointers": ("pointers", "has_pointers"),
    "setting": ("setting",),
}
_OF_TIME = ("on", "policy", "tables")
_REST = tuple(
    field.name
    for field in attrs.fields(Line)
    if field.name not in _OF_TIME and all(field.name not in facts for facts in _FACTS.values())
)
_REST_FIELDS = tuple(
    field.name
    for field in attrs.fields(ServiceLine)
    if field.name not in ("source", "problems", "result_date", "line_control_number")
    and all(field.name not in fields for fields in COMPONENTS.values())
)
_STATES = {"rendering_npi": npi.parse, "rendering_taxonomy": taxonomy.parse, "clia": clia.parse}
_FLAGS = (
    DateFlag.AFTER_REFERENCE,
    DateFlag.BEFORE_BIRTH,
    DateFlag.AFTER_DEATH,
    DateFlag.BEFORE_STATEMENT,
    DateFlag.AFTER_STATEMENT,
    DateFlag.FILED_LATE,
    DateFlag.FILING_UNKNOWN,
)
_A_DOLLAR = 100
_NO_KEY = line_key(ServiceLine(), None, frozenset(), 1, None, diagnoses=0)
_make_line = maker(Line)


@attrs.frozen(eq=False)
class ReadLines:
    """The lines of a chunk: the combination number of each, and which are validated claim by claim."""

    shapes: Ints
    days: Ints
    charge: Money
    odd: Bools


@attrs.frozen(eq=False)
class Header:
    """What lines use from their claims, on each of their rows."""

    setting: Ints
    diagnoses: Ints
    days: Mapping[str, Ints]  #: those that dates are compared with


class Lines:
    """All combinations of components seen so far, and their facts."""

    def __init__(
        self, settings: Component, problems: tuple[Problem, ...], times: Times, *, last_day: LastDay | None
    ) -> None:
        """`settings` are those of their claims; `problems` those that every line of the frame has.

        `last_day` is the last day to file a service of a date, as in `facts.days.Frame`.
        """
        self._problems, self._last_day = problems, last_day
        names = [*_FACTS, "rest"]
        self.parts = {name: settings if name == "setting" else Component() for name in names}
        of = {fact: name for name, facts in _FACTS.items() for fact in facts}
        self.facts = Facts(self.parts, of | dict.fromkeys(_REST, "rest"))
        self.facts.of_code = OfCode(self.facts, times)
        self._numbering = Numbering(len(names))
        self._of_component: dict[str, Numbering] = {}
        self._odd: dict[str, Ints] = {name: np.empty(0, bool) for name in names}
        self._pointers: list[tuple[Any, ...]] = []
        self._states = {name: States(name, parse, of_line=True) for name, parse in _STATES.items()}
        self._dated = np.full(1 << len(_FLAGS), -1, np.int64)
        self._charged = np.full(_A_DOLLAR + 4, -1, np.int64)
        self._made: dict[tuple[int, int], Line] = {}

    def read(self, rows: pl.DataFrame, cells: Cells, header: Header) -> ReadLines:
        """The lines in some rows."""
        days, last = cells.days("service_date"), cells.days("service_date_end")
        charge, noncovered = cells.money("charge"), cells.money("noncovered_charge")
        odd = charge.odd | noncovered.odd | cells.odd_days(("service_date", "service_date_end", "result_date"))
        odd |= cells.spelled("line_number")
        odd |= ~noncovered.missing & ~charge.missing & (noncovered.cents > charge.cents)
        odd |= (days == NO_DAY) | ((last != NO_DAY) & (last != days)) | (cells.days("result_date") != NO_DAY)
        own_place = cells.numbers("place_of_service")
        placed = np.zeros(len(rows), bool)
        for column in own_place:
            placed |= column > 0
        simple = {
            "procedure": [*cells.numbers(*COMPONENTS["procedure"]), *self._parser(cells)],
            "modifiers": cells.numbers("modifiers"),
            "revenue": cells.numbers("revenue_code"),
            "place": [*own_place, np.where(placed, 0, header.setting + 1)],
            "units": cells.numbers("units"),
            "basis": cells.numbers("unit_basis"),
            "pointers": [*cells.numbers("diagnosis_pointers"), header.diagnoses],
            "rest": self._rest(cells, noncovered),
        }
        numbers = {"charge": self._charges(charge), "dates": self._dates(days, header), "setting": header.setting}
        for name, columns in simple.items():
            fields = _REST_FIELDS if name == "rest" else COMPONENTS[name]
            if name == "procedure":
                fields = (*fields, "revenue_code")
            read = partial(_read, cells, fields)
            numbers[name] = self._component(name, columns, len(rows), header, read)
            if self._odd[name].any():
                odd |= self._odd[name][numbers[name]]
        shapes, _ = self._numbering(*(numbers[name] for name in self.parts))
        self.facts.rows = self._numbering.rows
        return ReadLines(shapes, days, charge, odd)

    def pointers(self, shapes: Ints) -> list[tuple[Any, ...]]:
        """The diagnosis pointers of lines with these combinations."""
        return [self._pointers[number] for number in self.facts.column("pointers")[shapes].tolist()]

    # ------------------------------------------------------------------ components

    def _component(
        self, name: str, columns: list[Ints], many: int, header: Header, read: Callable[[Ints], list[ServiceLine]]
    ) -> Ints:
        """The numbers of a component; new values are read."""
        columns = columns or [np.zeros(many, np.int64)]
        numbering = self._of_component.setdefault(name, Numbering(len(columns)))
        numbers, new = numbering(*columns)
        if len(new):
            lines = read(new)
            settings = self.parts["setting"].facts
            odd = []
            for line, place in zip(lines, new.tolist(), strict=True):
                setting = settings[int(header.setting[place])]["setting"]
                line_facts = _facts_of(line, setting, int(header.diagnoses[place]), whole=name == "rest")
                facts = {fact: getattr(line_facts, fact) for fact in _FACTS.get(name, _REST)}
                if name == "rest":
                    facts["problems"] = self._problems
                self.parts[name].facts.append(facts)
                if name == "pointers":
                    self._pointers.append(line.diagnosis_pointers)
                # Modifiers after a code in its own cell are not a separate component.
                odd.append(line_facts.problems != () or (name == "procedure" and line.modifiers != ()))
            self._odd[name] = np.concatenate([self._odd[name], np.array(odd, bool)])
        return numbers

    def _parser(self, cells: Cells) -> list[Ints]:
        """What the revenue code contributes to reading a procedure code: whether it carries a rate code."""
        return [
            cells.fields.asked(cells.rows, place, _carries_rate, missing=0).to_numpy()
            for place in cells.fields.places("revenue_code", of_line=True)
        ]

    def _rest(self, cells: Cells, noncovered: Money) -> list[Ints]:
        """All other fields, each by its cells, or as `APART` says."""
        as_they_are = [name for name in _REST_FIELDS if name not in APART]
        found = cells.numbers(*as_they_are)
        for states in self._states.values():
            found += cells.states(states)
        found += cells.there("description")
        if cells.has("noncovered_charge"):
            found.append(_classes(noncovered))
        for place in cells.fields.places("line_number", of_line=True):
            found.append(cells.fields.asked(cells.rows, place, _cannot_be_counted, missing=0).to_numpy())
        return found

    def _charges(self, charge: Money) -> Ints:
        """The numbers of the charge classes."""
        classes = _classes(charge)
        for one in np.flatnonzero(np.bincount(classes, minlength=1)).tolist():
            if self._charged[one] < 0:
                self._charged[one] = len(self.parts["charge"])
                self.parts["charge"].facts.append({"charge": _charge_of(one)})
        return self._charged[classes]

    def _dates(self, days: Ints, header: Header) -> Ints:
        """The numbers of how the dates of lines relate to those of their claims."""
        bits = np.zeros(len(days), np.int64)
        for place, (name, days_of) in enumerate(zip(_HELD_AGAINST, map(header.days.get, _HELD_AGAINST), strict=True)):
            if days_of is None:
                continue
            before = name in ("birth_date", "statement_from")
            bits |= ((days_of != NO_DAY) & ((days < days_of) if before else (days > days_of))).astype(np.int64) << place
        bits |= self._filing(days, header) << len(_HELD_AGAINST)
        for one in np.flatnonzero(np.bincount(bits, minlength=1)).tolist():
            if self._dated[one] < 0:
                self._dated[one] = len(self.parts["dates"])
                flags = frozenset(flag for place, flag in enumerate(_FLAGS) if one >> place & 1)
                self.parts["dates"].facts.append({"dates": flags, "span_days": 1})
        return self._dated[bits]

    def _filing(self, days: Ints, header: Header) -> Ints:
        """1 for a line filed late, 2 for one that may have been, because the received date is unknown."""
        nothing = np.zeros(len(days), np.int64)
        if self._last_day is None:
            return nothing
        received = header.days.get("received_date", nothing + NO_DAY)
        known = received != NO_DAY
        filed = np.where(known, received, header.days["reference"])
        institutional = np.array([one["setting"].institutional for one in self.parts["setting"].facts], bool)
        served = nothing + NO_DAY
        for name in ("discharge_date", "statement_through"):
            through = header.days.get(name, nothing + NO_DAY)
            served = np.where(through != NO_DAY, through, served)
        served = np.where(institutional[header.setting] & (served != NO_DAY), served, days)
        there = np.flatnonzero((filed != NO_DAY) & (served != NO_DAY))
        distinct, place = np.unique(served[there], return_inverse=True)
        last = np.array([self._last(int(day)) for day in distinct], np.int64)
        late = np.zeros(len(days), bool)
        late[there] = filed[there] > last[place] if len(there) else False
        return np.where(late, np.where(known, 1, 2), 0)

    def _last(self, day: int) -> int:
        """The last day to file a service of a date; after all dates if there is no limit."""
        last = None if self._last_day is None else self._last_day(day_of(day))
        return np.iinfo(np.int64).max if last is None else last.toordinal() - EPOCH

    # ------------------------------------------------------------------ the facts of a line

    def at(self, thing: int, number: int, time: Time) -> Line:
        """The facts of a line with these components, in the period with that number."""
        known = self._made.get((thing, number))
        if known is None:
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            facts = self.facts.all_of(thing)
            known = _make_line(**facts, on=time.on, policy=time.policy, tables=time.tables)
            self._made[thing, number] = known
        return known


def _read(cells: Cells, fields: tuple[str, ...], rows: Ints) -> list[ServiceLine]:
    """Reads some rows as lines with only some fields."""
    return cells.fields.columns.service_lines(cells.rows[rows], fields)


_HELD_AGAINST = ("reference", "birth_date", "death_date", "statement_from", "statement_through")
_MOST_MADE = 65_536
_ANY_TIME = Time(date(2024, 1, 1), None, None)  # type: ignore[arg-type]


def _facts_of(line: ServiceLine, setting: Setting, diagnoses: int, *, whole: bool) -> Line:
    """The facts of a line with only some fields, without a time."""
    key = _NO_KEY
    if whole or line.diagnosis_pointers:
        rendering = None if line.rendering_npi is None else impersonal(npi.parse, line.rendering_npi)
        key = line_key(line, None, frozenset(), 1, rendering, diagnoses=diagnoses)
    return read_line(line, setting, key, _ANY_TIME)


def _classes(money: Money) -> Ints:
    """0 for an amount above a dollar, 1 plus the cents up to it, 102 if missing, 103 if odd."""
    classes = np.where(money.cents > _A_DOLLAR, 0, np.clip(money.cents, 0, _A_DOLLAR) + 1)
    return np.where(money.odd, _A_DOLLAR + 3, np.where(money.missing, _A_DOLLAR + 2, classes))


def _charge_of(number: int) -> Any:
    if number == 0:
        return AMOUNT
    return read_charge(None if number >= _A_DOLLAR + 2 else Decimal(number - 1).scaleb(-2))


def _carries_rate(cell: Any) -> int:
    return int(code_parser(None, reading.value_of(LINE_READERS["revenue_code"](cell))) is hipps.parse)


def _cannot_be_counted(cell: Any) -> int:
    return int(not isinstance(reading.value_of(amount_fields.whole(cell)), int))
