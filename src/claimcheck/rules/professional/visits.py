"""What rules for professional claims ask of a day's lines."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from claimcheck.rules.facts import Day, DayLine, Line
from claimcheck.rules.rule import Outcome, Outcomes

__all__ = ["accepted", "elsewhere", "own_of", "said_of"]


def accepted(lines: Iterable[DayLine], codes: Container[str]) -> list[DayLine]:
    """The lines of these codes that earlier phases neither denied nor rejected."""
    return [line for line in lines if line.accepted and line.code in codes]


def own_of(day: Day) -> Iterator[tuple[DayLine, Line]]:
    """The claim's own lines that begin on the day and were not denied or rejected so far, each with its facts."""
    for line in day.lines:
        if not line.other_claim and line.first == day.day and line.accepted and line.facts is not None:
            yield line, line.facts


def elsewhere(day: Day) -> list[DayLine]:
    """The claim's lines on other days, and those of other claims that the rule looks at."""
    return [*(line for line in day.claim_lines if line.first != day.day), *day.other_days]


def said_of(
    lines: Sequence[DayLine], beside: Sequence[DayLine], outcome: Outcome, message: str, *, source: str | None
) -> Outcomes:
    """The finding on each of the lines that others on the same day affect.

    `{line}` and `{beside}` in the message are the line's code and the first of theirs. Conflicts between two other
    claims were reported earlier.
    """
    own = [one for one in beside if not one.other_claim]
    for line in lines:
        deciding = own if line.other_claim else beside
        if deciding:
            yield outcome(
                message.format(line=line.code, beside=deciding[0].code),
                line=line.position,
                other=line.recorded,
                related=() if line.other_claim else tuple(one.position for one in own if one.position is not None),
                source=source,
                code=line.code,
                beside=deciding[0].code,
                on_another_claim=all(one.other_claim for one in deciding),
            )
