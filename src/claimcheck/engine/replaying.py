"""A result computed again from its receipt: the same with the same tables and policy, and with others what they would
change.

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

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

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
    amount_fields,
    code_list_fields,
    date_fields,
    list_fields,
    reading,
)
from claimcheck.claims.quick import maker
from claimcheck.claims.unreadable import Malformed
from claimcheck.claims.verdict import Disposition
from claimcheck.dates import months_later
from claimcheck.engine.counting import Codes, named
from claimcheck.engine.duplicates import Twins
from claimcheck.engine.validator import Validator
from claimcheck.errors import InputError
from claimcheck.history.neighbours import LinesBeside, Neighbours
from claimcheck.history.originals import NOTHING_MEANT, Meant
from claimcheck.history.recorded import RecordedLine, SettledLine

__all__ = ["claim_of", "replay"]

T = TypeVar("T")

_NOT_TOLD = "?"


def replay(receipt: Receipt, validator: Validator) -> ClaimResult:
    """The result of the receipt's claim with `validator`. InputError if the receipt does not hold enough.

    The member's other claims are those looked at then: if the validator's policy looks further back, the result says
    that this was not checked.
    """
    claim, history = _told(receipt)
    if receipt.reads.get("superseded") is True:
        return validator.superseded(claim, None, receipt.as_of)
    if history is not None:
        history.by_own_policy = validator.policy.hash == receipt.policy_hash
    return validator.beside(history).validate(claim, receipt.as_of)


def claim_of(receipt: Receipt) -> Claim:
    """The claim of a receipt, as far as the receipt tells. InputError if it does not hold enough."""
    claim, _ = _told(receipt)
    return claim


def _told(receipt: Receipt) -> tuple[Claim, _Told | None]:
    reads = receipt.reads
    if not isinstance(reads, Mapping) or "claim" not in reads:
        raise InputError("the receipt does not say what was read of the claim: it cannot be replayed")
    try:
        return _claim(reads["claim"]), _Told.of(reads["history"]) if "history" in reads else None
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        raise InputError("what the receipt says of the claim is damaged: it cannot be replayed") from None


@attrs.define
class _Told(LinesBeside):
    """A history with what a receipt says was known, from the day on from which it was requested."""

    known_from: date | None
    since: date | None
    recorded: tuple[RecordedLine, ...]
    may_grow: bool = False
    counted: tuple[tuple[str, date | None, bool], ...] | None = None  #: see `claimcheck.engine.counting.Counted`
    unknown_original: bool = False
    same_provider: str | None = None  #: how the providers of the lines were distinguished; None if all were requested
    twins: Mapping[tuple[str, int], Twins] = MappingProxyType({})
    by_own_policy: bool = attrs.field(default=True, init=False)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> _Told:
        lines = tuple(map(_recorded, plain["lines"]))
        known_from, since, grows = plain.get("known_from"), plain.get("since"), plain.get("may_grow", False)
        asked = plain.get("counted")  # version 0.1 looked at all lines, from `since` on
        counted = asked and tuple((_str(codes), _date(day), _bool(whole)) for codes, day, whole in asked)
        same = plain.get("same_provider")
        unknown = _bool(plain.get("unknown_original", False))
        told_by = None if same is None else _str(same)
        twins = {
            (line.claim, line.position): found
            for line, found in zip(lines, map(_twins, plain["lines"]), strict=True)
            if found
        }
        return cls(_date(known_from), _date(since), lines, _bool(grows), counted, unknown, told_by, twins)

    def meant(self, claim: Claim) -> Meant:
        """What was found for the claim's original; see `claimcheck.history.originals`. Lines it is not compared with
        are left out."""
        del claim
        return Meant(doubted=frozenset({_NOT_TOLD})) if self.unknown_original else NOTHING_MEANT

    def beside(
        self,
        member_id: str,
        first: date,
        through: date,
        neighbours: Neighbours | None,
        *,
        other_than: Claim | None = None,
    ) -> tuple[RecordedLine, ...]:
        """The lines of the neighbors; see `claimcheck.history.neighbours`."""
        del member_id, other_than  # a receipt covers one member, and the claim's others
        same = None if neighbours is None else neighbours.same
        if self.since is None or first < self.since or self.same_provider not in (None, same):
            self.known_from = None  # another policy asks for more than was looked at
        return tuple(line for line in self.recorded if line.service_date <= through and line.service_date_end >= first)

    def uses(
        self, member_id: str, codes: Codes, first: date, through: date, *, other_than: Claim | None = None
    ) -> Iterator[RecordedLine]:
        """The lines of certain codes; see `claimcheck.history.uses`."""
        del member_id, other_than
        if not self._knows(codes, first):
            self.known_from = None
        return (line for line in self.recorded if line.code in codes and first <= line.service_date <= through)

    def _knows(self, codes: Codes, first: date) -> bool:
        if self.counted is None:
            return self.since is not None and self.since <= first
        return any(
            said == named(codes) and since is not None and since <= first and (whole or self.by_own_policy)
            for said, since, whole in self.counted
        )


def _twins(plain: Mapping[str, Any]) -> Twins | None:
    if "twins" not in plain:
        return None
    return Twins(frozenset(map(_int, _list(plain["twins"]))), _bool(plain["came_first"]))


def _recorded(plain: Mapping[str, Any]) -> RecordedLine:
    given = {name: _text(value) for name, value in plain.items() if name not in _RECORDED and name not in _OF_TWINS}
    given |= {name: read(plain[name]) for name, read in _RECORDED.items() if name in plain}
    kind = SettledLine if "settled" in given else RecordedLine
    return kind(**{"modifiers": frozenset(), "units": None, **given})


def _exactly(kind: type[T]) -> Callable[[Any], T]:
    """Accepts a value of this type only, so that damage goes no further."""

    def read(value: Any) -> T:
        if value.__class__ is not kind:
            raise TypeError(kind)
        taken: T = value
        return taken

    return read


_str, _int, _bool = _exactly(str), _exactly(int), _exactly(bool)


def _unless_unreadable(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: _unread(value) if isinstance(value, dict) else None if value is None else read(value)


def _date(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _decimal(value: Any) -> Decimal:
    number = Decimal(_str(value))
    if not number.is_finite():
        raise ValueError(value)
    return number


_day, _amount = _unless_unreadable(date.fromisoformat), _unless_unreadable(_decimal)
_whole, _flag = _unless_unreadable(_int), _unless_unreadable(_bool)


def _text(value: Any) -> Any:
    if isinstance(value, dict) and "outline" in value:
        return Malformed(_str(value["outline"]), error=_str(value["error"]), mark=_int(value["mark"]))
    return _one_text(value)


_one_text = _unless_unreadable(_str)


def _unread(value: Mapping[str, Any]) -> Any:
    return Unreadable(_str(value["expected"]), _str(value["shape"]))


def _texts(values: Any) -> tuple[Any, ...]:
    return tuple(map(_there(_text), _list(values)))


def _pointers(values: Any) -> tuple[Any, ...]:
    return tuple(map(_there(_whole), _list(values)))


_list = _exactly(list)


def _there(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The items of a list; none if there is no list."""

    def there(value: Any) -> Any:
        if value is None:
            raise TypeError(value)
        return read(value)

    return there


def _problems(values: Any) -> tuple[Problem, ...]:
    return tuple(
        Problem(_str(value["kind"]), _one_text(value.get("field")), _str(value.get("detail", ""))) for value in values
    )


_OF_TWINS = frozenset({"twins", "came_first"})
_RECORDED: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("service_date", "service_date_end", "received_date", "delivery_date"), _date),
    **dict.fromkeys(("position", "line_number"), _int),
    "units": _decimal,
    "modifiers": lambda codes: frozenset(map(_str, _list(codes))),
    **dict.fromkeys(("disposition", "settled"), Disposition),
}

#: How to read each field back.
_BY_READER: Mapping[Any, Callable[[Any], Any]] = {
    date_fields.civil_date: _day,
    date_fields.member_date: _day,
    date_fields.birth_date: _day,
    amount_fields.amount: _amount,
    amount_fields.whole: _whole,
    reading.flag: _flag,
    list_fields.texts: _texts,
    code_list_fields.modifiers: _texts,
    code_list_fields.condition_codes: _texts,
    code_list_fields.teeth: _texts,
    code_list_fields.surfaces: _texts,
    code_list_fields.oral_cavity: _texts,
    code_list_fields.pointers: _pointers,
}


def _fields(kind: type[Any], plain: Mapping[str, Any], **others: Callable[[Any], Any]) -> dict[str, Any]:
    readers = {field.name: _BY_READER.get(field.converter, _text) for field in attrs.fields(kind)}
    readers |= {"problems": _problems, **others}
    return {name: readers[name](value) for name, value in plain.items()}


def _of(kind: type[Any]) -> Callable[[Any], Any]:
    """Reads one of the small values in a claim's lists, or the stand-in for one that could not be read."""

    def read(plain: Mapping[str, Any]) -> Any:
        return _unread(plain) if "expected" in plain else _remade(kind(), _fields(kind, plain))

    return read


def _each(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda values: tuple(map(read, _list(values)))


def _remade(value: Any, fields: Mapping[str, Any]) -> Any:
    """The value with other fields, set as they are: a converter would take the outline of a text for a text."""
    for name, given in fields.items():
        object.__setattr__(value, name, given)
    return value


_make_line, _make_claim = maker(ServiceLine), maker(Claim)


def _birth(value: Any) -> Any:
    """The last possible birth date for an age on a day."""
    if isinstance(value, dict) and "years" in value:
        return months_later(date.fromisoformat(_str(value["on"])), -12 * _int(value["years"]))
    return _day(value)


def _line(plain: Mapping[str, Any]) -> ServiceLine:
    return _make_line(**_fields(ServiceLine, plain))


def _claim(plain: Mapping[str, Any]) -> Claim:
    lists = {
        "birth_date": _birth,
        "lines": _each(_line),
        "diagnoses": _each(_of(Diagnosis)),
        "procedures": _each(_of(InpatientProcedure)),
        "occurrence_codes": _each(_of(OccurrenceCode)),
        "value_codes": _each(_of(ValueCode)),
    }
    return _make_claim(**_fields(Claim, plain, **lists))
