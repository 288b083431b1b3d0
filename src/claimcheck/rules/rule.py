"""What a rule is: documentation, metadata, and function in one module.

A rule's module has a docstring in four parts (what it checks, why payers deny it, an example, what it does not check),
the outcomes that its findings may have, and one plain function, decorated::

    DENIED = Outcome(Severity.ERROR, Disposition.DENIED, "CO", "236")


    @rule(
        id="NCCI101",
        name="procedure-to-procedure",
        scope=Scope.DAY,
        phase=Phase.BUNDLING,
        reads=("code", "modifiers"),
        outcomes=(DENIED,),
        sources=("...",),
    )
    def procedure_to_procedure(day: Day) -> Outcomes:
        ...
        yield DENIED("Column-two code ... is bundled into ...", line=two, related=(one,))

The function is pure in what the rule declares to read, so its answer may be cached and reused for every line that reads
the same. It knows no rule id, line number, or file: the engine fills those in.
"""

from __future__ import annotations

import inspect
import sys
import warnings
from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any

import attrs

from claimcheck.claims import Disposition, Evidence, Reason, Remedy, Severity
from claimcheck.history.recorded import RecordedLine
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.renamed import renamed
from claimcheck.tables.lookup import Absent, Edition, Found, NotCovered

__all__ = [
    "DateWindow",
    "Needs",
    "Open",
    "OtherDays",
    "Outcome",
    "Outcomes",
    "Phase",
    "Raised",
    "Rule",
    "Scope",
    "Unchecked",
    "reads_no_other_claim",
    "rule",
    "unchecked",
]


class Scope(StrEnum):
    """What one call of a rule looks at."""

    SETTING = "setting"  #: what very many claims share: claim type, bill type, billing provider
    OUTLINE = "outline"  #: a claim without the content of its lines: what is present, what agrees, how its dates relate
    DIAGNOSIS = "diagnosis"  #: one diagnosis of the claim
    LINE = "line"  #: one service line
    CLAIM = "claim"  #: the claim as a whole, with its lines
    DAY = "day"  #: the member's lines on one day by one provider, across claims
    MEMBER = "member"  #: one service of the member over time


class Phase(IntEnum):
    """When a rule runs: a later phase may read the dispositions of lines from earlier ones, never the reverse."""

    STRUCTURE = 1
    ACTIVITY = 2
    STATUS = 3
    BUNDLING = 4
    UNITS = 5
    ADD_ON = 6
    FREQUENCY = 7
    PRICE = 8


@attrs.frozen
class Outcome:
    """What a kind of finding means: severity, disposition of the line, and the codes expected from a payer.

    Called with a message and its evidence, it makes the finding. The message may contain codes that are well formed for
    their own field, numbers, and table dates; never member data, a claim id, or a description. `remedy` is what would
    change the outcome, unless a finding brings its own. `condition` says when it is this one: see `when`.

    `closes`: the outpatient code editor stops at the line or claim that gets it, and later edits are not reported.
    `yields`: it is not reported for a line of a claim that is returned or reviewed as a whole.
    """

    severity: Severity
    disposition: Disposition
    group_code: str | None = None
    carc: str | None = None
    rarcs: tuple[str, ...] = ()
    #: Neither is part of equality: they follow from the rule and its message.
    remedy: Remedy | None = attrs.field(default=None, kw_only=True, eq=False)
    condition: str = attrs.field(default="", kw_only=True, eq=False)
    closes: bool = attrs.field(default=False, eq=False)
    yields: bool = attrs.field(default=False, eq=False)

    def when(self, condition: str) -> Outcome:
        """The outcome as a rule that has several declares it: `condition` is what follows "when" in the documentation.
        A policy field that decides is written as its key, in backticks."""
        return attrs.evolve(self, condition=condition)

    def __call__(
        self,
        message: str,
        /,
        *,
        line: int | None = None,
        other: RecordedLine | None = None,
        related: tuple[int, ...] = (),
        answer: Found[Any] | Absent | None = None,
        scheduled: Decimal | None = None,
        source: str | None = None,
        remedy: Remedy | None = None,
        **evidence: object,
    ) -> Raised:
        """A finding. `line` and `related` are positions, for rules that see several lines; `other` is the line of an
        earlier claim that the finding is on; `answer` the table answer that decided; `scheduled` the payer's scheduled
        amount for the line. `source` is where the deciding fact is published, if that is not the rule's first source:
        for a payer decision `policy.source(Parameter)`, which is None if the policy leaves it to the rule."""
        if answer is not None and not answer.exact:
            message = f"{message} (outside the table's dates)"
        edition = None if answer is None else answer.edition
        return Raised(self, message, Evidence(evidence), line, related, edition, scheduled, other, source, remedy)


@attrs.frozen
class Raised:
    """A finding as a rule returns it, not yet placed on a line."""

    outcome: Outcome
    message: str
    evidence: Evidence
    line: int | None = None
    related: tuple[int, ...] = ()
    edition: Edition | None = None
    scheduled: Decimal | None = None
    other: RecordedLine | None = None
    source: str | None = None
    remedy: Remedy | None = None

    def at(self, line: int | None) -> Raised:
        """The same finding on another line."""
        return Raised(
            self.outcome,
            self.message,
            self.evidence,
            line,
            self.related,
            self.edition,
            self.scheduled,
            self.other,
            self.source,
            self.remedy,
        )


@attrs.frozen
class Unchecked:
    """What a rule could not check, and why; `lines` are positions, for rules that see several."""

    reason: Reason
    table: str | None = None
    lines: tuple[int, ...] = ()


def unchecked(why: NotCovered | Reason, *, lines: tuple[int, ...] = ()) -> Unchecked:
    """States that the rule applies and could not be checked."""
    if isinstance(why, NotCovered):
        return Unchecked(why.reason, why.table, lines)
    return Unchecked(why, None, lines)


Outcomes = Iterator[Raised | Unchecked]


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


@attrs.frozen
class OtherDays:
    """Lines of other claims that a rule with scope day looks at besides those of the day: with some `codes`, beginning
    at most so many days before or after it.

    >>> days = OtherDays(CodeSpans.of(["27447"]), before=90)
    >>> days.since(date(2024, 7, 15)), days.through(date(2024, 7, 15)), days.since(date.min)
    (datetime.date(2024, 4, 16), datetime.date(2024, 7, 15), datetime.date(1, 1, 1))
    """

    codes: CodeSpans
    before: int = 0
    after: int = 0

    def since(self, day: date) -> date:
        """The first day to look at for a line on `day`."""
        return day - timedelta(days=min(self.before, (day - date.min).days))

    def through(self, day: date) -> date:
        """The last day to look at for a line on `day`."""
        return day + timedelta(days=min(self.after, (date.max - day).days))


@attrs.frozen(eq=False, kw_only=True)
class DateWindow:
    """Which other days a rule with scope day reads: lines of the member's other claims by the same provider.

    `of_line` says which, for a line; None for a line that needs none. They are the `other_days` of a `Day`. Of two
    claims that affect each other this way, one bills one of the `codes` of the policy, and they are at most `days`
    apart.
    """

    of_line: Callable[[Any], OtherDays | None]
    codes: Callable[[PolicyOn], CodeSpans]
    days: int


@attrs.frozen(eq=False, repr=False)
class Rule:
    """A rule: its name, when it runs, what it reads, its outcomes, and where they are published.

    `id` is append-only: once assigned, never reused. `reads` are the facts of its view that the function may read;
    `parameters` are its policy parameters, and `tables` the tables it asks; `status` is "stable" or "preview"; `needs`
    is what a claim must have for it to report anything, None if it is always called. `severity`, if set by a user,
    applies to all its findings.

    `other_claims`, for a rule with scope day, is whether lines of the member's other claims may change what it reports
    about a claim with that line: if they are unknown, the result says so and names the rule. None: for any line with a
    code. It may be true for too many lines, never for too few. `window` says which other days it reads.
    """

    id: str
    name: str
    scope: Scope
    phase: Phase
    reads: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    sources: tuple[str, ...]
    check: Callable[[Any], Outcomes]
    parameters: tuple[type[Any], ...] = ()
    status: str = "stable"
    needs: Needs | None = None
    severity: Severity | None = None
    tables: tuple[str, ...] = ()
    other_claims: Callable[[Any], bool] | None = None
    window: DateWindow | None = None

    @property
    def family(self) -> str:
        """The family (package) of the rule, such as "ncci"."""
        return self.check.__module__.rpartition(".")[0].rpartition(".")[2]

    @property
    def room(self) -> str:
        """The old name of `family`."""
        warnings.warn("Rule.room is now Rule.family", DeprecationWarning, stacklevel=2)
        return self.family

    @property
    def beyond(self) -> DateWindow | None:
        """The old name of `window`."""
        warnings.warn("Rule.beyond is now Rule.window", DeprecationWarning, stacklevel=2)
        return self.window

    @property
    def severities(self) -> tuple[Severity, ...]:
        """The severities its findings may have, most severe first."""
        given = {outcome.severity for outcome in self.outcomes} if self.severity is None else {self.severity}
        return tuple(severity for severity in Severity if severity in given)

    @property
    def title(self) -> str:
        """The first sentence of the rule's documentation."""
        return self.documentation.partition("\n")[0].rstrip(".")

    @property
    def documentation(self) -> str:
        """The docstring of the rule's module."""
        return inspect.cleandoc(sys.modules[self.check.__module__].__doc__ or "")

    def __call__(self, view: Any) -> Outcomes:
        return self.check(view)

    def __repr__(self) -> str:
        return f"<{self.id} {self.name}>"

    def _repr_html_(self) -> str:
        from claimcheck.markup import Html, badge, block, code, escaped, joined, table

        rows = [
            (
                outcome.condition,
                badge(outcome.severity),
                badge(outcome.disposition),
                None if outcome.carc is None else "/".join((f"{outcome.group_code}-{outcome.carc}", *outcome.rarcs)),
            )
            for outcome in self.outcomes
        ]
        return block(
            joined(code(self.id), self.title),
            Html(f"<pre style='white-space:pre-wrap'>{escaped(self.documentation)}</pre>"),
            table(("when", "severity", "disposition", "CARC/RARC"), rows),
            joined("sources:", "; ".join(self.sources)),
        )


def reads_no_other_claim(_line: Any) -> bool:
    """The `other_claims` of a rule that looks only at the claim's own lines."""
    return False


def rule(
    *,
    id: str,  # noqa: A002 - the field's word
    name: str,
    scope: Scope,
    phase: Phase,
    reads: tuple[str, ...],
    outcomes: tuple[Outcome, ...],
    sources: tuple[str, ...],
    parameters: tuple[type[Any], ...] = (),
    tables: tuple[str, ...] = (),
    status: str = "stable",
    needs: Needs | None = None,
    other_claims: Callable[[Any], bool] | None = None,
    window: DateWindow | None = None,
    beyond: DateWindow | None = None,
) -> Callable[[Callable[[Any], Outcomes]], Rule]:
    """Makes a function of one view a `Rule`. `beyond` is the old name of `window`."""
    if beyond is not None:
        warnings.warn("@rule: the keyword beyond is now called window", DeprecationWarning, stacklevel=2)
        window = beyond

    def declare(check: Callable[[Any], Outcomes]) -> Rule:
        return Rule(
            id,
            name,
            scope,
            phase,
            reads,
            outcomes,
            sources,
            check,
            parameters,
            status,
            needs,
            tables=tables,
            other_claims=other_claims,
            window=window,
        )

    return declare


__getattr__ = renamed(__name__, {"Beyond": ("DateWindow", DateWindow)})
