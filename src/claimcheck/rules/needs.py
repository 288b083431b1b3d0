"""What a claim must have for a rule of several lines to report anything."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

import attrs

from claimcheck.tables.lookup import NotCovered

__all__ = ["Needs", "Open"]


@attrs.frozen(eq=False, kw_only=True)
class Open:
    """What a rule with scope day reports where it cannot decide: the lines that were not checked.

    `why` says for a line why no day with it can be checked, None if it can. If it says the same for each of the claim's
    lines with a code, no line of another claim is on those days, and no two of them bill one code on one day, then the
    rule reports exactly this reason for the lines (`DayLine`) that share one `group`, other than None, and have

    - more than one code, or
    - if `units` is true, more than one unit in total.

    The tests prove this. It lets a missing table be handled in one step for all claims of a frame.
    """

    why: Callable[[Any], NotCovered | None]
    group: Callable[[Any], Hashable]
    units: bool = False


@attrs.frozen(eq=False, kw_only=True)
class Needs:
    """What a claim must have for a rule of several lines to report anything at all.

    Most claims give most rules nothing to report, and are not worth examining all their lines together. A rule with
    scope claim or day that states its needs is called only if `setting` is true of the claim's setting, and, unless it
    states nothing else, if

    - a `line` may concern it, or
    - two lines on one day with different codes may concern it as a `pair`, in either order, depending on nothing but
      setting, policy, codes, modifiers, NCCI pairs, and the fee schedule, or
    - two lines bill one code on one day, if it looks for a `repeat`, or
    - a `diagnosis` may concern it, depending on code, role, version, day, policy, and tables, or
    - a line of another claim of the member is on the same day (scope day only).

    Needs may call a rule too often but never too rarely: if they are not met the rule has nothing to report, which the
    tests prove by calling every rule on every claim. A rule without needs is always called.

    `alone`: the rule reports something about a line among others only if it does so for the line alone, so that its own
    answer for a day with just that line is the need. `by_code`: what it reports about a day is what it reports about
    each code's lines alone. `speaks_of`, with either, is whether the rule may report anything about a day with just
    that line, depending on less than it reads.

    With a `line`, `every` says that each line of the claim must be such, and `several_days` that its lines must be on
    different days, or on unknown days.

    `of_pair`, with a `pair`, is true of each of two lines that may concern the rule as a pair: it is called once per
    line, for rules with very many pairs. `pair_table`, with a `pair`, says for the first line in which table of NCCI
    edits, and of which program, the two codes must be an edit in either order, or not known not to be one; None if
    that is unknown.

    `open` says which lines the rule reports as not checked where it cannot decide; see `Open`.

    `of_claim`, for a rule with scope claim that reads more of the claim than its lines, days, and diagnoses: what that
    is, from the claim and its first day. For two claims in which it is equal, and whose lines and diagnoses are alike,
    the rule reports the same.

    `code_list`: a user list that the rule cannot do without. If it is not loaded the rule is not called, and every
    claim of the setting reports that it was not checked, with the reason `no_table`. `other_lists` would do as well,
    and in the settings of `starter_for` their starter editions.
    """

    setting: Callable[[Any], bool] | None = None
    code_list: str | None = None
    other_lists: tuple[str, ...] = ()
    starter_for: Callable[[Any], bool] | None = None
    line: Callable[[Any], bool] | None = None
    diagnosis: Callable[[Any], bool] | None = None
    pair: Callable[[Any, Any], bool] | None = None
    of_pair: Callable[[Any], bool] | None = None
    pair_table: Callable[[Any], tuple[str, str] | None] | None = None
    repeat: bool = False
    alone: bool = False
    by_code: bool = False
    speaks_of: Callable[[Any], bool] | None = None
    every: bool = False
    several_days: bool = False
    open: Open | None = None
    of_claim: Callable[[Any, date | None], Hashable] | None = None

    @property
    def of_lines(self) -> bool:
        """Whether it needs something of the lines or the diagnoses."""
        some = (self.line, self.pair, self.diagnosis)
        return any(one is not None for one in some) or self.repeat or self.alone
