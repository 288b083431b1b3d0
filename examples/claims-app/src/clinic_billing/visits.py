"""What the clinic keeps of a visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

__all__ = ["Visit"]


@dataclass(frozen=True)
class Visit:
    """A visit of one member: what was done, and what was measured."""

    number: int
    member_id: str
    birth_date: date
    sex: str
    day: date
    diagnoses: tuple[str, ...]
    minutes: int
    injection: bool = False
    hba1c: Decimal | None = None
    pressure: tuple[int, int] | None = None
    labs: tuple[str, ...] = field(default=())
