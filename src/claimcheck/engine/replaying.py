"""A verdict given again from its receipt: to the same tables and policy the same, to others what they would make of it.

>>> from claimcheck import Validator
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-01"}
>>> validator = Validator("zero")
>>> result = validator.validate({"claim_type": "professional", "member_id": "M1", "lines": [line]})
>>> again = replay(result.receipt, validator)
>>> again.lines == result.lines, again.findings == result.findings, again.not_checked == result.not_checked
(True, True, True)
>>> from claimcheck.claims import Receipt
>>> replay(Receipt("1", "zero", "0" * 64), validator)
Traceback (most recent call last):
    ...
claimcheck.errors.InputError: the receipt does not say what was read of the claim: it cannot be replayed
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from claimcheck.claims import (
    Claim,
    ClaimResult,
    Diagnosis,
    InpatientProcedure,
    OccurrenceCode,
    Problem,
    Receipt,
    ServiceLine,
    Unreadable,
    ValueCode,
    reading,
)
from claimcheck.claims.quick import maker
from claimcheck.claims.unreadable import Malformed
from claimcheck.claims.verdict import Disposition
from claimcheck.engine.validator import Validator
from claimcheck.errors import InputError
from claimcheck.history.recorded import RecordedLine

__all__ = ["replay"]


def replay(receipt: Receipt, validator: Validator) -> ClaimResult:
    """What `validator` makes of the claim that a receipt is of. InputError where the receipt does not say enough."""
    reads = receipt.reads
    if "claim" not in reads:
        raise InputError("the receipt does not say what was read of the claim: it cannot be replayed")
    try:
        claim = _claim(reads["claim"])
        history = _Told.of(reads["history"]) if "history" in reads else None
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        raise InputError("what the receipt says of the claim is damaged: it cannot be replayed") from None
    return validator.beside(history).validate(claim, receipt.as_of)


@attrs.frozen
class _Told:
    """A history that knows what a receipt says that one knew."""

    known_from: date | None
    recorded: tuple[RecordedLine, ...]

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> _Told:
        return cls(_day(plain.get("known_from")), tuple(map(_recorded, plain["lines"])))

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        del member_id, first, through, other_than  # the lines were asked for just so
        return self.recorded


def _recorded(plain: Mapping[str, Any]) -> RecordedLine:
    given = {name: _text(value) for name, value in plain.items()}
    for name in ("service_date", "service_date_end", "received_date", "delivery_date"):
        given[name] = _day(plain.get(name))
    given["units"] = None if "units" not in plain else Decimal(plain["units"])
    given["modifiers"] = frozenset(plain.get("modifiers", ()))
    given["disposition"] = Disposition(plain["disposition"])
    given["position"], given["line_number"] = plain["position"], plain.get("line_number")
    return RecordedLine(**given)


def _day(value: Any) -> Any:
    return _unread(value) if isinstance(value, dict) else None if value is None else date.fromisoformat(value)


def _amount(value: Any) -> Any:
    return _unread(value) if isinstance(value, dict) else Decimal(value)


def _text(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "outline" in value:
        return Malformed(value["outline"], error=value["error"], mark=value["mark"])
    return _unread(value)


def _unread(value: Mapping[str, Any]) -> Any:
    return Unreadable(value["expected"], value["shape"])


def _texts(values: Any) -> tuple[Any, ...]:
    return tuple(map(_text, values))


def _plain_problems(values: Any) -> tuple[Problem, ...]:
    return tuple(Problem(**value) for value in values)


#: How each reader of a field is undone.
_BY_READER: Mapping[Any, Callable[[Any], Any]] = {
    reading.civil_date: _day,
    reading.member_date: _day,
    reading.amount: _amount,
    reading.texts: _texts,
    reading.pointers: _texts,
}


def _fields(kind: type[Any], plain: Mapping[str, Any], **others: Callable[[Any], Any]) -> dict[str, Any]:
    readers = {field.name: _BY_READER.get(field.converter, _text) for field in attrs.fields(kind)}
    readers |= {"problems": _plain_problems, **others}
    return {name: readers[name](value) for name, value in plain.items()}


def _of(kind: type[Any]) -> Callable[[Any], Any]:
    """Reads one of the small values in a claim's lists, or what stands for one that could not be read."""

    def read(plain: Mapping[str, Any]) -> Any:
        return _unread(plain) if "expected" in plain else _remade(kind(), _fields(kind, plain))

    return read


def _each(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda values: tuple(map(read, values))


def _remade(value: Any, fields: Mapping[str, Any]) -> Any:
    """The value with other fields, as they are: a converter would take the outline of a text for a text."""
    for name, given in fields.items():
        object.__setattr__(value, name, given)
    return value


_make_line, _make_claim = maker(ServiceLine), maker(Claim)


def _line(plain: Mapping[str, Any]) -> ServiceLine:
    return _make_line(**_fields(ServiceLine, plain))


def _claim(plain: Mapping[str, Any]) -> Claim:
    lists = {
        "lines": _each(_line),
        "diagnoses": _each(_of(Diagnosis)),
        "procedures": _each(_of(InpatientProcedure)),
        "occurrence_codes": _each(_of(OccurrenceCode)),
        "value_codes": _each(_of(ValueCode)),
    }
    return _make_claim(**_fields(Claim, plain, **lists))
