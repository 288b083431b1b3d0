"""The cells of a row in a table of denials, as values: unreadable cells become findings of the row."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import regex

from claimcheck import money
from claimcheck.claims import Severity, Unreadable, amount_fields, code_fields, code_list_fields, date_fields, reading
from claimcheck.claims.read_as import ReadAs
from claimcheck.io.rows import spelling
from claimcheck.io.rows.table import Cell, key_text
from claimcheck.remittance.table_mapping import Mapped, TableMapping
from claimcheck.remittance.values import RemittanceFinding

__all__ = ["Cells", "Stated"]

_AMOUNTS = (
    *("charge", "paid", "units", "submitted_units", "allowed", "claim_charge", "claim_paid"),
    "patient_responsibility",
)
_DAYS = ("payment_date", "statement_from", "statement_through", "received_date", "service_date", "service_date_end")
_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        **dict.fromkeys(_AMOUNTS, amount_fields.amount),
        **dict.fromkeys(_DAYS, date_fields.civil_date),
        "procedure_code": code_fields.procedure_code,
        "submitted_code": code_fields.procedure_code,
        **dict.fromkeys(("revenue_code", "submitted_revenue_code"), code_fields.revenue_code),
        "modifiers": code_list_fields.modifiers,
        "submitted_modifiers": code_list_fields.modifiers,
        **dict.fromkeys(("rendering_npi", "claim_rendering_npi", "payee_npi"), code_fields.npi),
        "payee_tax_id": code_fields.tax_id,
        "amount": amount_fields.amount,
        "quantity": amount_fields.amount,
    }
)
_MODIFIERS_OF = MappingProxyType({"procedure_code": "modifiers", "submitted_code": "submitted_modifiers"})
#: CO-97, CO97, "CO 97", 97, each optionally with an amount after : or =.
_REASON = regex.compile(
    r"(?:(CO|PR|OA|PI|CR)[- ]?)?([A-LO-Z]?[0-9]{1,3})(?:[:=](-?[0-9]+(?:\.[0-9]+)?))?", regex.ASCII | regex.IGNORECASE
)
#: No reason starts with M or N (X12 code list 139); a remark code does (list 411), and many exports put both in a cell.
_REMARK = regex.compile(r"(?:MA?|N)[0-9]{1,3}", regex.ASCII | regex.IGNORECASE)
_BETWEEN = regex.compile(r"[\s,;|/]+")
_GROUP_APART = regex.compile(r"\b(CO|PR|OA|PI|CR)\s+(?=[A-Z]?[0-9])", regex.ASCII | regex.IGNORECASE)


class Stated(NamedTuple):
    """An adjustment as stated in a table; the amount may be missing."""

    group_code: str
    carc: str
    amount: Decimal | None = None
    quantity: Decimal | None = None


class Cells:
    """The values of a row, field by field, and its errors. If several columns feed a field, the first one counts."""

    def __init__(self, place: int, mapping: TableMapping, missing: frozenset[str]) -> None:
        self.place = place
        self.findings: list[RemittanceFinding] = []
        self._mapping = mapping
        self._missing = missing
        self._fields: dict[str, Any] = {}
        self._parts: dict[tuple[str, int], dict[str, Any]] = {}

    @property
    def fields(self) -> Mapping[str, Any]:
        """The values by field; an adjustment spread over several columns is one value."""
        found = dict(self._fields)
        for (field, _), parts in sorted(self._parts.items()):
            carc = parts.get("carc")
            if carc is not None:
                group, code, amount, quantity = carc
                stated = Stated(
                    parts.get("group_code") or group, code, parts.get("amount", amount), parts.get("quantity", quantity)
                )
                found[field] = (*found.get(field, ()), stated)
        return found

    def note(self, rule_id: str, message: str, severity: Severity = Severity.WARNING) -> None:
        """Reports an error in the row."""
        self.findings.append(RemittanceFinding(rule_id, severity, message, self.place))

    @staticmethod
    def constant(field: str, text: str) -> Any:
        """A value that the mapping sets for every row."""
        return reading.value_of(_reader(field)(text))

    def take(self, place: Mapped, cell: Cell) -> None:
        """Reads a cell of the row into its field."""
        if not key_text(cell, self._missing):
            return
        path = ".".join(filter(None, (place.field, "*" if place.number else "", place.part or "")))
        if isinstance(cell, str):
            text = cell.strip()
            cell = self._mapping.values.get(path, {}).get(text, text)
        name = place.part or place.field
        if isinstance(cell, str) and name in _DAYS and self._mapping.spelled is not None:
            cell = self._mapping.spelled(cell)
        value = self._value(name, place, cell)
        if value is None:
            return
        if place.part is not None:
            self._parts.setdefault((place.field, place.number), {}).setdefault(place.part, value)
        elif isinstance(value, tuple) and place.number:
            self._fields[place.field] = (*self._fields.get(place.field, ()), *value)
        elif place.field in ("remarks", "claim_remarks"):
            self._add_remarks(place.field, value)
        else:
            self._fields.setdefault(place.field, value)

    def _value(self, name: str, place: Mapped, cell: Cell) -> Any:
        if name == "carc":
            found = self._reasons(place, cell)
            return found[0] if found else None
        if place.field in ("adjustments", "claim_adjustments") and place.part is None:
            return self._reasons(place, cell)
        if name in ("remarks", "claim_remarks"):
            return tuple(code for code in _BETWEEN.split(str(cell)) if code)
        given = _reader(name)(cell)
        if isinstance(given, ReadAs) and given.modifiers:  # 99213-25 in one cell
            self._fields.setdefault(_MODIFIERS_OF[name], given.modifiers)
        read = reading.value_of(given)
        if isinstance(read, tuple):
            if any(isinstance(one, Unreadable) for one in read):
                self._unreadable(place, "codes")
            return tuple(one for one in read if isinstance(one, str))
        if isinstance(read, Unreadable):
            self._unreadable(place, read.expected)
            return None
        return read

    def _reasons(self, place: Mapped, cell: Cell) -> tuple[Stated, ...]:
        text = spelling.identifier(cell if isinstance(cell, str) else str(cell))
        found = []
        for one in _BETWEEN.split(_GROUP_APART.sub(r"\1-", text.strip())):
            if _REMARK.fullmatch(one):
                self._add_remarks(place.field.replace("adjustments", "remarks"), (one.upper(),))
                continue
            match = _REASON.fullmatch(one)
            amount = None if match is None or match[3] is None else money.read(match[3])
            if match is None or (match[3] is not None and amount is None):
                self._unreadable(place, "a group code and a reason, as in CO-97")
                continue
            code = match[2].upper().lstrip("0") or match[2]  # X12's list of reasons has 4, and no 04
            found.append(Stated((match[1] or "").upper(), code, amount))
        return tuple(found)

    def _add_remarks(self, field: str, codes: tuple[str, ...]) -> None:
        """Of a column of their own, or beside the reasons."""
        self._fields[field] = tuple(dict.fromkeys((*self._fields.get(field, ()), *codes)))

    def _unreadable(self, place: Mapped, expected: str) -> None:
        named = place.field if place.part is None else f"{place.part} of {place.field}"
        self.note("REM201", f"{named} cannot be read: {expected} is expected", Severity.ERROR)


def _reader(field: str) -> Callable[[Any], Any]:
    found: Callable[[Any], Any] = _READERS.get(field, _text)
    return found


def _text(cell: object) -> Any:
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return reading.identifier(spelling.identifier(cell) if isinstance(cell, str) else cell)
