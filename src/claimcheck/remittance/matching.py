"""Which line of a remittance answers which line of a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from claimcheck.claims import LineResult
from claimcheck.remittance.values import RemittedLine

__all__ = ["match_lines"]

Key = Hashable | None
_Keys = tuple[Callable[[LineResult], Key], Callable[[RemittedLine], Key]]


def match_lines(
    billed: Sequence[LineResult], remitted: Sequence[RemittedLine], numbers: Sequence[str | None] = ()
) -> tuple[dict[int, RemittedLine], tuple[RemittedLine, ...]]:
    """For the position (from 0) of each billed line, the remitted line that answers it; and the remitted lines left
    over.

    First by the line's own number, which the payer must return: REF*6R of the claim (`numbers`) or, without one, that
    of the LX (005010X221A1, loop 2110), if the code agrees; then by code, modifiers, date and charge, and by fewer and
    fewer of these. Identical lines are taken in order. Nothing is matched by date or charge alone.

    >>> from claimcheck import validate_claim
    >>> from decimal import Decimal
    >>> given = {"procedure_code": "99213", "charge": "125", "service_date": "2024-07-01"}
    >>> lines = validate_claim({"lines": [given, given | {"procedure_code": "36415"}]}).lines
    >>> answer = RemittedLine("36415", Decimal(125), Decimal(0))
    >>> match_lines(lines, [answer, RemittedLine("80053", Decimal(1), Decimal(1))])[0] == {1: answer}
    True
    """
    answers: dict[int, RemittedLine] = {}
    left = list(remitted)
    if any(numbers):
        own = [
            _whole(number, line.procedure_code or line.revenue_code)
            for number, line in zip(numbers, billed, strict=True)
        ]
        left = _matched(answers, own, left, lambda line: _whole(line.control_number, _code(line)))
    for of_billed, of_remitted in _PASSES:
        if not left:
            break
        left = _matched(answers, list(map(of_billed, billed)), left, of_remitted)
    return answers, tuple(left)


def _matched(
    answers: dict[int, RemittedLine],
    keys: Sequence[Key],
    left: Sequence[RemittedLine],
    key_of: Callable[[RemittedLine], Key],
) -> list[RemittedLine]:
    """Adds the answers whose key equals that of an unanswered billed line; returns the remaining remitted lines."""
    waiting: dict[Hashable, list[RemittedLine]] = defaultdict(list)
    for one in left:
        if (key := key_of(one)) is not None:
            waiting[key].append(one)
    for at, key in enumerate(keys):
        if at not in answers and key is not None and waiting.get(key):
            answers[at] = waiting[key].pop(0)
    return _without(left, answers.values())


def _code(line: RemittedLine) -> str | None:
    return line.billed_code or line.revenue_code


def _without(lines: Iterable[RemittedLine], taken: Iterable[RemittedLine]) -> list[RemittedLine]:
    """By identity: two lines that are equal in everything are still two lines."""
    gone = set(map(id, taken))
    return [line for line in lines if id(line) not in gone]


def _whole(*parts: Key) -> Key:
    return parts if None not in parts else None


def _number(line: RemittedLine) -> Key:
    number = line.control_number
    return int(number) if number is not None and number.isascii() and number.isdigit() and len(number) < 7 else None


#: What both must agree in, tried in this order.
_PASSES: tuple[_Keys, ...] = (
    (
        lambda line: _whole(line.line_number, line.procedure_code or line.revenue_code),
        lambda line: _whole(_number(line), _code(line)),
    ),
    (
        lambda line: _whole(line.procedure_code, line.modifiers, line.service_date, line.charge),
        lambda line: _whole(line.billed_code, line.billed_modifiers, line.service_date, line.charge),
    ),
    (
        lambda line: _whole(line.procedure_code, line.service_date, line.charge),
        lambda line: _whole(line.billed_code, line.service_date, line.charge),
    ),
    (
        lambda line: _whole(line.procedure_code, line.modifiers, line.service_date),
        lambda line: _whole(line.billed_code, line.billed_modifiers, line.service_date),
    ),
    (
        lambda line: _whole(line.procedure_code, line.charge),
        lambda line: _whole(line.billed_code, line.charge),
    ),
    (
        lambda line: None if line.procedure_code else _whole(line.revenue_code, line.charge),
        lambda line: None if line.billed_code else _whole(line.revenue_code, line.charge),
    ),
    (lambda line: line.procedure_code, lambda line: line.billed_code),
    (
        lambda line: None if line.procedure_code else line.revenue_code,
        lambda line: None if line.billed_code else line.revenue_code,
    ),
)
