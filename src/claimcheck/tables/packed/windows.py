"""The windows of PTP pairs: the distinct combinations of dates, modifier indicator, and rationale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

__all__ = ["NEVER_IN_FORCE", "Window", "days_of", "in_force_on", "read_window", "turns_of"]

NEVER_IN_FORCE = 9  #: the indicator of a pair that was deleted on its effective date (NCCI Policy Manual 2026, ch. I-E)
Window = tuple[date, date | None, int, str]  #: effective, deletion, indicator, rationale


def read_window(effective: str, deletion: str | None, indicator: int, rationale: str) -> Window:
    """A window as a packed file holds it, its dates as text. ValueError or TypeError if it is something else."""
    return (
        date.fromisoformat(effective),
        None if deletion is None else date.fromisoformat(deletion),
        indicator,
        rationale,
    )


def turns_of(windows: Sequence[Window]) -> list[date]:
    """The days on which some window begins, or is over: between two of them, the same windows are in force."""
    begins = {effective for effective, *_ in windows}
    over = {deletion + timedelta(days=1) for _, deletion, *_ in windows if deletion not in (None, date.max)}
    return sorted(begins | over)


def in_force_on(windows: Sequence[Window], on: date) -> bytes:
    """For each window, 1 if it is in force on the day."""
    return bytes(
        effective <= on and indicator != NEVER_IN_FORCE and (deletion is None or on <= deletion)
        for effective, deletion, indicator, _ in windows
    )


def days_of(windows: Sequence[Window]) -> Iterator[date]:
    """The dates in any window."""
    for effective, deletion, *_ in windows:
        yield effective
        if deletion is not None:
            yield deletion
