"""The values of a row of the outpatient code editor, as a list has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from claimcheck.tables.readers.kinds import unlike
from claimcheck.tables.readers.outpatient_versions import day_of

__all__ = ["bare", "counted", "held", "value_of"]

_NUMBERED = frozenset({"composite", "comprehensive_rank"})  #: kinds whose second column is a number
_OLDEST = 124  #: the age that means no limit in the editor's tables
_TRUE, _FALSE = frozenset({"1", "Y", "T", "TRUE"}), frozenset({"", "0", "N", "F", "FALSE"})


def held(flags: list[tuple[str, int]], cells: list[str]) -> Iterator[str]:
    """The flags, by name and column, that are set. Other numbers, such as those of composite groups, set none."""
    for name, place in flags:
        text = cells[place].strip().upper()
        if text in _TRUE:
            yield name
        elif text not in _FALSE and not text.replace(".", "", 1).isdigit():
            raise ValueError(unlike(name.upper(), text, "1 or 0"))


def counted(row: Mapping[str, str]) -> Iterator[str]:
    """Flags with a number: the hours that a service counts for, the edit that its dates belong to, an APC's rate."""
    for name, flag in (("mid_quarter_date_edit", "dated"), ("ph_duration",) * 2, ("iop_duration",) * 2):
        number = row.get(name, "")
        if number.isdigit() and int(number):
            yield f"{flag}_{int(number)}"
    rate = row.get("apc_payment", "")
    if rate.strip("0."):
        yield f"payment_{_hundredths(rate)}"


def value_of(name: str, row: Mapping[str, str], kind: str) -> str:
    """The value of a column of the list; `kind` is that of the pairs, if the rows are pairs."""
    match name:
        case "kind":
            return f"{kind}_{row['list_type'].lower()}" if row.get("list_type") else kind
        case "other":
            return bare(row["other"]) if kind in _NUMBERED else row["other"]
        case "apc":
            return bare(row.get("apc", ""))
        case "age_min":
            return bare(row.get("lo_age", ""))
        case "age_max":
            return _oldest(row)
        case "approved":
            return _iso(row.get("date_activated") or row.get("date_approved") or "")
        case "terminated":
            return _iso(row.get("date_terminated", ""))
    return row.get(name, "")


def _oldest(row: Mapping[str, str]) -> str:
    """The maximum age, "" for none; 0 if the minimum is 0 too, as for newborns."""
    high = row.get("hi_age", "")
    return "" if high == str(_OLDEST) else high


def bare(number: str) -> str:
    """A number without its leading zeros."""
    return number.lstrip("0")


def _iso(text: str) -> str:
    if not text.strip("0"):
        return ""
    try:
        return day_of(text).isoformat()
    except ValueError:
        raise ValueError(unlike("a date", text, "yyyymmdd")) from None


def _hundredths(rate: str) -> int:
    """A payment rate in a unit without fractions: only the order of rates matters."""
    try:
        return int(Decimal(rate) * 100)
    except (ArithmeticError, ValueError):
        raise ValueError(unlike("APC_PAYMENT", rate, "an amount")) from None
