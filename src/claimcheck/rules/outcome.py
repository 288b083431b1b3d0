"""What a rule may report: a finding of a stated outcome, or that it could not check."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from claimcheck.claims import Disposition, Evidence, Reason, Remedy, Severity
from claimcheck.history.recorded import RecordedLine
from claimcheck.tables.lookup import Absent, Edition, Found, NotCovered

__all__ = ["Outcome", "Outcomes", "Raised", "Unchecked", "unchecked"]


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
