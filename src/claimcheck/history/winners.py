"""Which uses of a service exceed a limit: a pure function of all uses together, whoever asks and when.

>>> from claimcheck.policies.parameters.frequency import Limit, Window
>>> from claimcheck.policies import CodeSpans
>>> def days(*texts):
...     return [Given(date.fromisoformat(text)) for text in texts]
>>> yearly = Limit("yearly", CodeSpans.of(["3044F"]))
>>> sorted(excess(yearly, days("2024-02-01", "2024-12-31", "2025-01-01")))
[1]

A rolling window runs from a use that counts; an excess within it starts no window of its own:

>>> rolling = Limit("rolling", CodeSpans.of(["3044F"]), window=Window.ROLLING_12_MONTHS)
>>> sorted(excess(rolling, days("2023-06-01", "2024-05-31", "2024-06-01", "2025-05-31")))
[1, 3]

Medicare's eleven full months run from the end of the month of a use: from one in June, to the last day of May.

>>> months = Limit("months", CodeSpans.of(["G0439"]), window=Window.ELEVEN_FULL_MONTHS)
>>> sorted(excess(months, days("2023-06-30", "2024-05-31", "2024-06-01", "2025-05-31")))
[1, 3]
>>> pelvic = Limit("pelvic", CodeSpans.of(["G0101"]), window="23_full_months")
>>> sorted(excess(pelvic, days("2023-06-30", "2025-05-31", "2025-06-01")))
[1]

If the lines of a day are one use, the components of a test do not exceed the limit together:

>>> tests = Limit("tests", CodeSpans.of(["77067"]), window="11_full_months", by_day=True)
>>> sorted(excess(tests, days("2023-06-30", "2023-06-30", "2024-05-31")))
[2]

A line that exceeds one limit uses up nothing of another:

>>> lifetime = Limit("lifetime", CodeSpans.of(["G0438"]), window=Window.LIFETIME)
>>> first_visits, visits = days("2022-06-01", "2024-06-01"), days("2022-06-01", "2024-06-01", "2024-07-01")
>>> taken_together([(lifetime, first_visits), (months, visits)], line=lambda use: use.day)
[{1: (0,)}, {}]

A pregnancy is identified by its delivery; nothing can be decided for a use with an unknown delivery, nor for another
that may be of the same pregnancy:

>>> maternity = Limit("maternity", CodeSpans.of(["0501F"]), window=Window.PREGNANCY)
>>> known = Given(date(2024, 3, 1), delivery=date(2024, 8, 1))
>>> uses = [known, Given(date(2024, 4, 1)), Given(date(2024, 5, 1), delivery=date(2024, 8, 1))]
>>> sorted(excess(maternity, uses)), sorted(unsettled(maternity, uses))
([2], [0, 1])

A trimester is counted from the first day of the last menstrual period, 40 weeks before the delivery: below 14 weeks,
below 28, and until delivery (ICD-10-CM Official Guidelines, chapter 15):

>>> trimester = Limit("trimester", CodeSpans.of(["0500F"]), window=Window.TRIMESTER)
>>> due = date(2024, 10, 7)  # the last menstrual period began on 2024-01-01
>>> days = (date(2024, 2, 1), date(2024, 4, 7), date(2024, 4, 8), date(2024, 7, 14), date(2024, 7, 15))
>>> sorted(excess(trimester, [Given(day, delivery=due) for day in days]))
[1, 3]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Sequence
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

import attrs

from claimcheck.history.window import free_again
from claimcheck.policies.parameters.frequency import BY_DELIVERY, Limit, Window, months_of

__all__ = ["Given", "OverLimit", "excess", "taken_by", "taken_together", "unsettled"]

_PREGNANCY_DAYS = 40 * 7
_TRIMESTERS = (14 * 7, 28 * 7)  #: the days of a pregnancy on which the second and the third begin
#: From the first day of a pregnancy to the last visit after it: forty weeks, and twelve (a postpartum visit).
_LONGEST_CARE = timedelta(weeks=52)


class Counted(Protocol):
    """A use of a service: its day, whether it counts, and the end of its pregnancy if known.

    A use that is not `limited` never exceeds the limit; one that does not take (`takes`) uses up no window.
    """

    @property
    def day(self) -> date: ...
    @property
    def counts(self) -> bool: ...
    @property
    def delivery(self) -> date | None: ...
    @property
    def limited(self) -> bool: ...
    @property
    def takes(self) -> bool: ...


U = TypeVar("U", bound=Counted)
OverLimit = dict[int, tuple[int, ...]]
"""By the index of each use over a limit, the indexes of those that take up its period."""


@attrs.frozen
class Given:
    """A use of a service with only what decides."""

    day: date
    counts: bool = True
    delivery: date | None = None
    limited: bool = True
    takes: bool = True


def excess(limit: Limit, uses: Sequence[Counted]) -> frozenset[int]:
    """The indexes, in `uses`, of those that exceed the limit. `uses` come in the order in which they are counted.

    A use that does not count never exceeds the limit, and a use that exceeds it does not count against a later one.
    """
    return frozenset(taken_by(limit, uses))


def taken_by(limit: Limit, uses: Sequence[Counted]) -> OverLimit:
    """For the index of each use that exceeds the limit, the indexes of the uses that take up its period."""
    allowance, beyond = _Allowance(limit, uses), {}
    for place in range(len(uses)):
        if winners := allowance.taken_up(place):
            beyond[place] = winners
        else:
            allowance.take(place)
    return beyond


def taken_together(services: Sequence[tuple[Limit, Sequence[U]]], line: Callable[[U], Any]) -> list[OverLimit]:
    """The same for several services, where one line may be a use of many: if it is beyond any limit, it takes from no
    other.

    `line` identifies the line of a use, and gives the order in which lines are counted, which is that of each service.
    """
    allowances = [_Allowance(limit, uses) for limit, uses in services]
    found: list[OverLimit] = [{} for _ in services]
    places: dict[Any, list[tuple[int, int]]] = {}
    for number, (_, uses) in enumerate(services):
        for place, use in enumerate(uses):
            places.setdefault(line(use), []).append((number, place))
    for _, of_line in sorted(places.items(), key=_line):
        beyond = [(number, place, allowances[number].taken_up(place)) for number, place in of_line]
        if any(winners for _, _, winners in beyond):
            for number, place, winners in beyond:
                if winners:
                    found[number][place] = winners
        else:
            for number, place in of_line:
                allowances[number].take(place)
    return found


def _line(entry: tuple[Any, Any]) -> Any:
    return entry[0]


class _Allowance:
    """What a limit allows, and the indexes of the uses that have taken from it."""

    def __init__(self, limit: Limit, uses: Sequence[Counted]) -> None:
        self._limit = limit
        self._uses = uses
        self._taken: dict[Hashable, list[int]] = defaultdict(list)

    def taken_up(self, place: int) -> tuple[int, ...]:
        """The uses that leave nothing for that one; empty if something is left, or it does not count."""
        limit, use = self._limit, self._uses[place]
        if not self._counts(use) or not use.limited:
            return ()
        taken = self._taken[_period(limit, use)]
        latest = tuple(taken[-limit.most :])
        if len(latest) < limit.most or self._is_of_a_day_taken(use, taken):
            return ()
        return latest if _runs_on(limit, self._uses[latest[0]].day, use.day) else ()

    def take(self, place: int) -> None:
        """Counts that use, if it counts."""
        use = self._uses[place]
        taken = self._taken[_period(self._limit, use)]
        if self._counts(use) and use.takes and not self._is_of_a_day_taken(use, taken):
            taken.append(place)

    def _is_of_a_day_taken(self, use: Counted, taken: Sequence[int]) -> bool:
        """Whether the use is one with the latest counted one, where the lines of a day are."""
        return self._limit.by_day and bool(taken) and self._uses[taken[-1]].day == use.day

    def _counts(self, use: Counted) -> bool:
        return use.counts and not _lacks_delivery(self._limit, use)


def unsettled(limit: Limit, uses: Sequence[Counted], beyond: Container[int] | None = None) -> frozenset[int]:
    """The indexes, in `uses`, of those that may or may not be beyond the limit, for lack of a delivery date.

    A use with a known delivery depends on the uses with an unknown one within the time of one pregnancy and the care
    after it. `beyond` are the indexes known to be beyond.
    """
    unknown = [use.day for use in uses if use.counts and _lacks_delivery(limit, use)]
    if not unknown:
        return frozenset()
    settled = excess(limit, uses) if beyond is None else beyond
    return frozenset(
        place
        for place, use in enumerate(uses)
        if use.counts and place not in settled and any(abs(use.day - day) <= _LONGEST_CARE for day in unknown)
    )


def _runs_on(limit: Limit, earlier: date, day: date) -> bool:
    """Whether the period of an earlier counted use includes that day."""
    if months_of(limit.window) is None:
        return True
    free = free_again(limit.window, earlier)
    return free is None or day < free


def _lacks_delivery(limit: Limit, use: Counted) -> bool:
    return limit.window in BY_DELIVERY and use.delivery is None


def _trimester(use: Counted) -> int | None:
    """The trimester of a use, from 1; 4 after the delivery."""
    if use.delivery is None:
        return None
    pregnant = (use.day - use.delivery).days + _PREGNANCY_DAYS
    return sum(pregnant >= begins for begins in (*_TRIMESTERS, _PREGNANCY_DAYS + 1)) + 1


def _period(limit: Limit, use: Counted) -> Hashable:
    match limit.window:
        case Window.CALENDAR_YEAR:
            return use.day.year
        case "calendar_month":
            return use.day.year, use.day.month
        case Window.POLICY_YEAR:
            return use.day.year - (use.day.isoformat()[5:] < limit.year_starts)
        case Window.PREGNANCY:
            return use.delivery
        case Window.TRIMESTER:
            return use.delivery, _trimester(use)
        case _:
            return None
