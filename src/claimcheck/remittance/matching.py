"""Which lines of a remittance answer which line of a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal

from claimcheck.claims import LineResult
from claimcheck.money import ZERO
from claimcheck.remittance.values import RemittedLine

__all__ = ["is_changed", "match_lines"]

Key = Hashable | None
_KeyOf = Callable[[RemittedLine], Key]
_Keys = tuple[Callable[[LineResult], Key], _KeyOf]
_Found = dict[int, list[RemittedLine]]


def match_lines(
    billed: Sequence[LineResult], remitted: Sequence[RemittedLine], numbers: Sequence[str | None] = ()
) -> tuple[dict[int, tuple[RemittedLine, ...]], tuple[RemittedLine, ...]]:
    """For the position (from 0) of each billed line, the remitted lines that answer it: one, or several if the payer
    split it; and the remitted lines left over.

    First by the line's own number, which the payer must return: REF*6R of the claim (`numbers`) or, without one, that
    of the LX (005010X221A1, loop 2110), if the code agrees; then by code, modifiers, date and charge, and by fewer and
    fewer of these; last by number, date and charge, because some payers change the code without saying so. Identical
    lines are taken in order. Nothing is matched by date or charge alone.

    >>> from claimcheck import validate_claim
    >>> from decimal import Decimal
    >>> given = {"procedure_code": "99213", "charge": "125", "service_date": "2024-07-01"}
    >>> lines = validate_claim({"lines": [given, given | {"procedure_code": "36415"}]}).lines
    >>> answer = RemittedLine("36415", Decimal(125), Decimal(0))
    >>> match_lines(lines, [answer, RemittedLine("80053", Decimal(1), Decimal(1))])[0] == {1: (answer,)}
    True
    """
    found: _Found = {}
    left = list(remitted)
    counted = tuple(line.line_number for line in billed), _counted
    numbered = [(numbers, _stated), counted] if any(numbers) else [counted]
    for own, number in numbered:
        left = _matched(found, _pairs(own, [line.procedure_code for line in billed]), left, _with(number, _billed_code))
        left = _matched(found, _pairs(own, [line.revenue_code for line in billed]), left, _with(number, _revenue_code))
    left = _with_parts(found, billed, left)
    for of_billed, of_remitted in _PASSES:
        if not left:
            break
        left = _matched(found, list(map(of_billed, billed)), left, of_remitted)
    for own, number in numbered:
        days_and_charges = [_whole(line.service_date, line.charge) for line in billed]
        left = _matched(found, _pairs(own, days_and_charges), left, _with(number, _day_and_charge))
    return {at: tuple(lines) for at, lines in found.items()}, tuple(left)


def is_changed(line: LineResult, remitted: RemittedLine) -> bool:
    """Whether the payer adjudicated another code than the line bills, which may be a procedure and a revenue code."""
    if remitted.procedure_code is not None:
        return _as_billed(remitted.procedure_code) != line.procedure_code
    return remitted.submitted_code is not None or _four_digits(remitted.revenue_code) not in (None, line.revenue_code)


def _matched(found: _Found, keys: Sequence[Key], left: Sequence[RemittedLine], key_of: _KeyOf) -> list[RemittedLine]:
    """Adds the answers whose key equals that of an unanswered billed line; returns the remaining remitted lines."""
    waiting: dict[Hashable, list[RemittedLine]] = defaultdict(list)
    for one in left:
        if (key := key_of(one)) is not None:
            waiting[key].append(one)
    taken = []
    for at, key in enumerate(keys):
        if at not in found and key is not None and waiting.get(key):
            found[at] = [waiting[key].pop(0)]
            taken += found[at]
    return _without(left, taken)


def _with_parts(found: _Found, billed: Sequence[LineResult], left: Sequence[RemittedLine]) -> list[RemittedLine]:
    """Adds the other parts of lines that the payer split; returns the remaining remitted lines.

    All parts bear the number of the line and its code as billed, and share its charge (005010X221A1, Service Line
    Splitting; X12 RFI 467). What exceeds the charge is no part, but another answer to the same line.
    """
    places: dict[Key, list[int]] = defaultdict(list)
    for at, lines in found.items():
        if (key := _number_and_code(lines[0])) is not None:
            places[key].append(at)
    taken = []
    for line in left:
        for at in places.get(_number_and_code(line), ()):
            if _fits(billed[at].charge, [*found[at], line]):
                found[at] = [*found[at], line]
                taken.append(line)
                break
    return _without(left, taken)


def _fits(charge: Decimal | None, parts: Iterable[RemittedLine]) -> bool:
    """Whether the parts share the charge; a line that charges nothing has none to share."""
    charges = [part.charge for part in parts]
    return bool(charge) and None not in charges and sum((each or ZERO for each in charges), ZERO) <= (charge or ZERO)


def _without(lines: Iterable[RemittedLine], taken: Iterable[RemittedLine]) -> list[RemittedLine]:
    """By identity: two lines that are equal in everything are still two lines."""
    gone = set(map(id, taken))
    return [line for line in lines if id(line) not in gone]


def _whole(*parts: Key) -> Key:
    return parts if None not in parts else None


def _pairs(numbers: Sequence[Key], others: Sequence[Key]) -> list[Key]:
    return [_whole(number, other) for number, other in zip(numbers, others, strict=True)]


def _with(number: _KeyOf, other: _KeyOf) -> _KeyOf:
    return lambda line: _whole(number(line), other(line))


def _stated(line: RemittedLine) -> Key:
    return line.control_number


def _counted(line: RemittedLine) -> Key:
    """The number as that of an LX."""
    number = line.control_number
    return int(number) if number is not None and number.isascii() and number.isdigit() and len(number) < 7 else None


def _number_and_code(line: RemittedLine) -> Key:
    return _whole(line.control_number, _billed_code(line) or line.billed_revenue_code)


def _day_and_charge(line: RemittedLine) -> Key:
    return _whole(line.service_date, line.charge)


def _billed_code(line: RemittedLine) -> str | None:
    return _as_billed(line.billed_code)


def _billed_modifiers(line: RemittedLine) -> Key:
    return tuple(modifier.upper() for modifier in line.billed_modifiers)


def _revenue_code(line: RemittedLine) -> str | None:
    """The revenue code, if the remittance names the line as billed by nothing else."""
    is_so = line.billed_code is None or line.submitted_revenue_code is not None
    return _four_digits(line.billed_revenue_code) if is_so else None


def _as_billed(code: str | None) -> str | None:
    """The code as claims spell it; a remittance is read as it is."""
    return None if code is None else code.upper()


def _four_digits(code: str | None) -> str | None:
    return None if code is None else code.zfill(4)


def _without_procedure(line: LineResult) -> str | None:
    return None if line.procedure_code else line.revenue_code


#: What both must agree in, tried in this order.
_PASSES: tuple[_Keys, ...] = (
    (
        lambda line: _whole(line.procedure_code, line.modifiers, line.service_date, line.charge),
        lambda line: _whole(_billed_code(line), _billed_modifiers(line), line.service_date, line.charge),
    ),
    (
        lambda line: _whole(line.procedure_code, line.service_date, line.charge),
        lambda line: _whole(_billed_code(line), line.service_date, line.charge),
    ),
    (
        lambda line: _whole(line.procedure_code, line.modifiers, line.service_date),
        lambda line: _whole(_billed_code(line), _billed_modifiers(line), line.service_date),
    ),
    (
        lambda line: _whole(line.procedure_code, line.charge),
        lambda line: _whole(_billed_code(line), line.charge),
    ),
    (
        lambda line: _whole(_without_procedure(line), line.service_date, line.charge),
        lambda line: _whole(_revenue_code(line), line.service_date, line.charge),
    ),
    (
        lambda line: _whole(_without_procedure(line), line.charge),
        lambda line: _whole(_revenue_code(line), line.charge),
    ),
    (
        lambda line: _whole(line.revenue_code, line.charge),
        lambda line: _whole(_revenue_code(line), line.charge),
    ),
    (lambda line: line.procedure_code, _billed_code),
    (_without_procedure, _revenue_code),
)
