"""The envelope of an 835: interchange, functional group, transaction set, and the checks of their trailers."""

from __future__ import annotations

from types import MappingProxyType

from claimcheck.claims import Severity
from claimcheck.remittance import balances
from claimcheck.remittance.reading import Handler, Item, Reading
from claimcheck.remittance.values import Remittance

__all__ = ["ENVELOPE"]

_DAMAGED = "the file is damaged or incomplete, a whole copy of it is needed"


def _isa(reading: Reading, _segment: list[str]) -> None:
    _expect(reading, "ISA")
    reading.expects = "IEA"


def _gs(reading: Reading, _segment: list[str]) -> None:
    _expect(reading, "IEA")
    reading.expects = "GE"


def _st(reading: Reading, segment: list[str]) -> None:
    _expect(reading, "GE")
    reading.expects = "SE"
    if segment[1] == "835":
        reading.open_set({"control_number": segment[2] or None, "source": reading.source()})
    else:
        reading.other_set = segment[1]


def _se(reading: Reading, segment: list[str]) -> list[Item] | None:
    _expect(reading, "SE")
    reading.expects = "GE"
    reading.is_inside = False
    if reading.other_set is not None:
        reading.other_set = None
        return None
    return [*reading.closed_claim(), _remittance(reading, segment)]


def _remittance(reading: Reading, segment: list[str]) -> Remittance:
    counted = reading.place - reading.opened_at + 1
    if (segment[1].lstrip("0") or "0") != str(counted):
        reading.note("REM203", f"SE01 does not agree with the {counted} segments read: segments may be missing")
    if "payment_amount" not in reading.header:
        reading.note("REM201", "BPR is missing: the payment of the remittance is required", Severity.ERROR)
    header, adjustments = reading.the_header(), tuple(reading.provider_adjustments)
    place = None if header.source is None else header.source.place
    findings = (*reading.findings, *balances.of_remittance(header, reading.paid, adjustments, place))
    return Remittance(header, reading.claims, reading.paid, adjustments, findings)


def _ge(reading: Reading, _segment: list[str]) -> None:
    _expect(reading, "GE")
    reading.expects = "IEA"


def _iea(reading: Reading, _segment: list[str]) -> None:
    _expect(reading, "IEA")
    reading.expects = "ISA"


def _expect(reading: Reading, expected: str) -> None:
    if reading.expects != expected:
        raise reading.error(f"{reading.expects} is expected: {_DAMAGED}")


#: The handlers of the envelope's segments.
ENVELOPE = MappingProxyType[str, Handler]({"ISA": _isa, "GS": _gs, "ST": _st, "SE": _se, "GE": _ge, "IEA": _iea})
