"""A recorded line in parts: what many lines share is stored once, and the line itself is a few integers."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from claimcheck.claims import Disposition
from claimcheck.history.recorded import RecordedLine, SettledLine
from claimcheck.history.superseded import Terms
from claimcheck.policies.parameters.frequency import Excess

__all__ = ["Billed", "Part", "Row", "Who", "billed", "day_of", "from_text", "line_of", "number_of", "to_text", "who"]


class Billed(NamedTuple):
    """What was billed, and its result."""

    code: str
    modifiers: frozenset[str]
    units: Decimal | None
    disposition: Disposition


class Who(NamedTuple):
    """Who billed it, and on what kind of claim."""

    claim_type: str | None
    rendering_npi: str | None
    rendering_taxonomy: str | None
    billing_npi: str | None
    billing_tax_id: str | None
    facility_type: str | None


Part = Billed | Who | Terms


def billed(line: RecordedLine) -> Billed:
    """The first part of a line."""
    return Billed(line.code, line.modifiers, line.units, line.disposition)


def who(line: RecordedLine) -> Who:
    """The second part of a line."""
    return Who(
        line.claim_type,
        line.rendering_npi,
        line.rendering_taxonomy,
        line.billing_npi,
        line.billing_tax_id,
        line.facility_type,
    )


Row = tuple[int, int, int, int | None, int | None, int | None, int | None, str | None, int]
"""Position, first day, days after it, received date, delivery, line number, billing digest, the claim's frequency code,
whether it is a payer's record: dates are proleptic ordinals."""


def line_of(claim: str, row: Row, what: Billed, by: Who, *, settled: Disposition | None = None) -> RecordedLine:
    """The line made from its parts; `settled` if its disposition differs among all claims of the batch."""
    position, day, span, received, delivery, line_number, billing_digest, frequency, is_record = row
    first = day_of(day)
    code, modifiers, units, disposition = what
    claim_type, rendering_npi, rendering_taxonomy, billing_npi, billing_tax_id, facility_type = by
    fields = (
        claim,
        position,
        first,
        day_of(day + span) if span else first,
        code,
        modifiers,
        units,
        disposition,
        claim_type,
        None if received is None else day_of(received),
        None if delivery is None else day_of(delivery),
        rendering_npi,
        rendering_taxonomy,
        billing_npi,
        billing_tax_id,
        facility_type,
        line_number,
        billing_digest,
        frequency,
        bool(is_record),
    )
    return RecordedLine(*fields) if settled is None else SettledLine(*fields, settled=settled)


day_of = lru_cache(maxsize=65_536)(date.fromordinal)


def number_of(day: date | None) -> int | None:
    """A date as its proleptic ordinal."""
    return None if day is None else day.toordinal()


def to_text(part: Part) -> str:
    """A part as text, equal for equal parts."""
    plain: list[Any]
    if isinstance(part, Billed):
        code, modifiers, units, disposition = part
        amount = None if units is None else f"{units.normalize():f}"
        plain = ["billed", code, sorted(modifiers), amount, disposition]
    elif isinstance(part, Who):
        plain = ["who", *part]
    else:
        # Parts written before a limit could deny, or count days, have no key for it, and must keep the same text.
        said = part if part.by_day else part[:-1]
        plain = ["terms", *(said[:-1] if said[-1] == Excess.REPORT_ONLY else said)]
    return json.dumps(plain, separators=(",", ":"))


def from_text(text: str) -> Part:
    """The part that `to_text` wrote."""
    kind, *plain = json.loads(text)
    if kind == "who":
        return Who(*plain)
    if kind == "terms":
        return Terms(*plain)
    code, modifiers, units, disposition = plain
    amount = None if units is None else Decimal(units)
    return Billed(code, frozenset(modifiers), amount, Disposition(disposition))
