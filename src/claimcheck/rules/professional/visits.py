"""What the rules of visits ask of a day's lines."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from claimcheck.rules.facts import DayLine, Setting
from claimcheck.rules.rule import Outcome, Outcomes

__all__ = ["accepted", "is_professional", "said_of"]


def is_professional(setting: Setting) -> bool:
    """Whether the claim says it is professional."""
    return setting.professional


def accepted(lines: Iterable[DayLine], codes: Container[str]) -> list[DayLine]:
    """The lines of these codes that earlier phases neither denied nor rejected."""
    return [line for line in lines if line.accepted and line.code in codes]


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
