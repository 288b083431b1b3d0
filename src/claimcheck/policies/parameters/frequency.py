"""How often a payer pays for a service."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, NamedTuple

import attrs
import regex

from claimcheck.codes import cpt
from claimcheck.policies.kind import Kind
from claimcheck.policies.kinds import Count, DayOfEveryYear, Modifiers, Name, Procedures, SomeProcedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.spans import CodeSpans, union

__all__ = ["BY_DELIVERY", "Excess", "Limit", "Limits", "Months", "Per", "Window", "months_of"]

_JANUARY_1 = "01-01"


class Window(StrEnum):
    """The period within which a service is counted.

    In addition a limit accepts "calendar_month", and any number of months: "rolling_36_months", "23_full_months".
    """

    CALENDAR_YEAR = "calendar_year"  #: the calendar year of the service date
    POLICY_YEAR = "policy_year"  #: twelve months from a day and month named by the limit
    ROLLING_12_MONTHS = "rolling_12_months"  #: from a paid service to the same date twelve months later, exclusive
    #: from a paid service until eleven full months have passed after its month: after a service on any day in June,
    #: free again on the next June 1
    ELEVEN_FULL_MONTHS = "11_full_months"
    PREGNANCY = "pregnancy"  #: one pregnancy, identified by the delivery date
    TRIMESTER = "trimester"  #: one trimester of a pregnancy, by its weeks before the delivery date
    LIFETIME = "lifetime"


class Months(NamedTuple):
    """A period from a use: calendar months, `full` months after the month of the use, or `days`."""

    number: int
    full: bool
    days: bool = False


#: Periods that need the delivery date of the pregnancy.
BY_DELIVERY = frozenset({Window.PREGNANCY, Window.TRIMESTER})

_MONTHS = "|".join(
    (
        "rolling_(?P<civil>[1-9][0-9]{0,2})_months",
        "(?P<full>[1-9][0-9]{0,2})_full_months",
        "rolling_(?P<days>[1-9][0-9]{0,2})_days",
    )
)
_matched = regex.compile(_MONTHS, regex.ASCII).fullmatch


@lru_cache(maxsize=256)
def months_of(window: str) -> Months | None:
    """The months (or days) of a period that runs from a use; None for any other period.

    >>> months_of("23_full_months"), months_of("lifetime")
    (Months(number=23, full=True, days=False), None)
    >>> months_of("rolling_12_months"), months_of("rolling_30_days")
    (Months(number=12, full=False, days=False), Months(number=30, full=False, days=True))
    """
    found = _matched(window)
    if found is None:
        return None
    full, days = found["full"], found["days"]
    return Months(int(full or days or found["civil"]), full is not None, days is not None)


_NAMED = (*map(str, Window), "calendar_month")


def _is_window(text: str) -> bool:
    return text in _NAMED or months_of(text) is not None


class _Words(Kind):
    """A kind whose values are mostly words, so that a misspelled one can be suggested."""

    def refusals(self, value: object) -> list[str]:
        near = get_close_matches(str(value), _NAMED, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        return [f"{refusal}{meant}" for refusal in super().refusals(value)]


_WINDOW = _Words(
    f"one of {', '.join(_NAMED)}, or a number of months or days (23_full_months, rolling_36_months, rolling_30_days),",
    _is_window,
    "|".join((*_NAMED, "rolling_[1-9][0-9]{0,2}_(months|days)", "[1-9][0-9]{0,2}_full_months")),
)


def _window(text: str) -> str:
    """A window from its spelling."""
    if not _is_window(text):
        raise ValueError(_WINDOW.refusals(text)[0])
    return str(text)


class Excess(StrEnum):
    """What happens to a line that exceeds the limit."""

    REPORT_ONLY = "report_only"  #: accepted for reporting, and not paid
    DENIED = "denied"


class Per(StrEnum):
    """Whose services are counted together."""

    MEMBER = "member"  #: all providers
    MEMBER_AND_PROVIDER = "member_and_provider"  #: by the rendering provider
    MEMBER_AND_GROUP = "member_and_group"  #: by the billing provider


@attrs.frozen
class Limit:
    """One limit: at most `most` of each service among `codes`, per `per`, within `window`; `excess` says what happens
    to a line that exceeds it.

    Without `excess`, a limit on CPT Category II codes only leaves the lines that exceed it as reports, and any other
    limit denies them. If `group` gives a name, all `codes` share one count. Otherwise a service is a service group of
    the tables (codes that report one service, such as the four HbA1c results) if `grouped`, and a single code if not.
    `year_starts` ("07-01") is the first day of a policy year; `paid_only` counts only lines that are paid rather than
    all accepted lines. If `by_day`, the lines of one day count once: the two components of a test, or the bills of the
    physician and of the facility. `reference` says where the limit is published, if it differs from the entry's.

    With `after`, the codes are limited by the services listed there, and by themselves only if they are listed there
    too: a screening colonoscopy, for example, is not paid for some time after a sigmoidoscopy. Such a limit has a
    `group` and a window of months.
    """

    name: Name
    codes: SomeProcedures
    most: Count = attrs.field(default=1, validator=attrs.validators.ge(1))
    per: Per = Per.MEMBER
    window: Annotated[str, _WINDOW] = attrs.field(default="calendar_year", converter=_window)
    grouped: bool = True
    year_starts: DayOfEveryYear = _JANUARY_1
    paid_only: bool = False
    by_day: bool = False
    except_modifiers: Modifiers = frozenset({"1P", "2P", "3P", "8P"})
    excess: Excess | None = None
    group: Name | None = None
    after: Procedures = attrs.field(factory=CodeSpans)
    reference: str = attrs.field(default="", eq=False)  # the limit defines what is counted together

    @property
    def counted(self) -> CodeSpans:
        """The codes that are limited, and those after which the limit applies."""
        return union(self.codes, self.after) if self.after else self.codes

    @property
    def when_exceeded(self) -> Excess:
        """What happens to a line that exceeds the limit.

        >>> from claimcheck.policies import CodeSpans
        >>> reports, visits = Limit("reports", CodeSpans.of(["3044F"])), Limit("visits", CodeSpans.of(["G0438"]))
        >>> str(reports.when_exceeded), str(visits.when_exceeded)
        ('report_only', 'denied')
        """
        if self.excess is not None:
            return self.excess
        ends = [end for span in self.codes for end in span.split("-")]
        return Excess.REPORT_ONLY if all(cpt.is_valid(end) and end.endswith("F") for end in ends) else Excess.DENIED


@parameter("frequency.limits", adds="limits")
class Limits:
    """The limits of a policy. A line under several limits is checked against each."""

    limits: tuple[Limit, ...] = ()

    def __attrs_post_init__(self) -> None:
        for limit in self.limits:
            if limit.after and (limit.group is None or months_of(limit.window) is None):
                raise ValueError(
                    f"limits: {limit.name!r}: after: the limit needs a window of months and a name for what is counted "
                    f"together: add group = {limit.name!r}"
                )
            if limit.year_starts != _JANUARY_1 and limit.window != Window.POLICY_YEAR:
                raise ValueError(
                    f"limits: {limit.name!r}: year_starts: a window of {limit.window} has no year that begins on a day "
                    'of its own: leave it out, or say window = "policy_year"'
                )
