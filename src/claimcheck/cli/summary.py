"""The totals of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from claimcheck.claims import ClaimResult, Disposition, Finding, Reason, Severity
from claimcheck.claims.outcome import outcome, upon_claim
from claimcheck.cli.baseline import Baseline, Mark
from claimcheck.explaining.unchecked import OUTSIDE

__all__ = ["Summary"]

Unchecked = tuple[Reason, str | None]


@attrs.define
class Summary:
    """Counts results. Summaries can be added, saved, and loaded.

    `lines` and `charges` go by a line's disposition together with its claim's: a claim that
    is returned to the provider is so with all its lines.
    `worst` counts claims by their most severe finding; `unchecked` counts claims by why something was not checked;
    `rules` holds the name and source of every rule with findings; `rules_off` are those that did not run; `outside`
    counts lines on dates that a table does not cover. Findings in the `baseline` are counted separately, as `known`;
    `marks` are those of a baseline to be written, or those of the baseline that were found again; `whole` says that
    these are all of the run: they are not saved.
    """

    claims: int = 0
    incomplete: int = 0
    lines: Counter[Disposition] = attrs.field(factory=Counter)
    charges: dict[Disposition, Decimal] = attrs.field(factory=dict)
    worst: Counter[Severity] = attrs.field(factory=Counter)
    unchecked: Counter[Unchecked] = attrs.field(factory=Counter)
    rules: dict[str, tuple[str, str]] = attrs.field(factory=dict)
    rules_off: tuple[str, ...] = ()
    outside: int = 0
    known: int = 0
    baseline: Baseline | None = None
    marks: set[Mark] = attrs.field(factory=set)
    whole: bool = attrs.field(default=True, eq=False)

    def fresh(self) -> Summary:
        """An empty summary with the same baseline."""
        return Summary(baseline=self.baseline)

    def add(self, result: ClaimResult) -> None:
        """Counts one result."""
        self.claims += 1
        self.rules_off = result.receipt.rules_off
        upon = upon_claim(result)
        for line in result.lines:
            disposition, _ = outcome(line, upon)
            self.lines[disposition] += 1
            if line.billed is not None:
                self.charges[disposition] = self.charges.get(disposition, Decimal(0)) + line.billed
        findings = result.findings if self.baseline is None else self._new(self.baseline, result)
        found = {finding.severity for finding in findings}
        if found:
            self.worst[next(severity for severity in Severity if severity in found)] += 1
        for finding in findings:
            if finding.rule_id not in self.rules:
                self.rules[finding.rule_id] = finding.rule_name, finding.source
        if result.not_checked:
            self.incomplete += 1
            # Each once, in order of occurrence: a summary is saved, so its order must not depend on hashes.
            self.unchecked.update(dict.fromkeys(((entry.reason, entry.table) for entry in result.not_checked), 1))
            self.outside += len(
                {line for entry in result.not_checked if entry.reason in OUTSIDE for line in entry.lines}
            )

    def _new(self, baseline: Baseline, result: ClaimResult) -> tuple[Finding, ...]:
        """The findings that are not in the baseline."""
        new = baseline.new(result)
        self.known += len(result.findings) - len(new)
        marks = baseline.marks(result) if result.findings else ()
        self.marks.update(marks if baseline.writing else baseline.known.intersection(marks))
        return new

    @property
    def gone(self) -> int:
        """How many findings of the baseline were not found in this run; 0 if unknown."""
        known = frozenset() if self.baseline is None or not self.whole else self.baseline.known
        return len(known - self.marks)

    def found(self, severity: Severity) -> int:
        """How many claims have a finding of at least that severity."""
        levels = list(Severity)
        return sum(self.worst[level] for level in levels[: levels.index(severity) + 1])

    def include(self, other: Summary) -> None:
        """Adds the counts of another summary."""
        self.claims += other.claims
        self.incomplete += other.incomplete
        self.lines += other.lines
        for disposition, amount in other.charges.items():
            self.charges[disposition] = self.charges.get(disposition, Decimal(0)) + amount
        self.worst += other.worst
        self.unchecked += other.unchecked
        self.rules |= other.rules
        self.rules_off = other.rules_off or self.rules_off
        self.outside += other.outside
        self.known += other.known
        self.marks |= other.marks
        self.whole = self.whole and other.whole

    def to_dict(self) -> dict[str, Any]:
        """The summary in JSON-compatible form."""
        return {
            "claims": self.claims,
            "incomplete": self.incomplete,
            "lines": dict(self.lines),
            "charges": {disposition: str(amount) for disposition, amount in self.charges.items()},
            "worst": dict(self.worst),
            "unchecked": [[reason, table, count] for (reason, table), count in self.unchecked.items()],
            "rules": self.rules,
            "rules_off": list(self.rules_off),
            "outside": self.outside,
            "known": self.known,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Summary:
        """The summary that `to_dict` wrote."""
        return cls(
            plain["claims"],
            plain["incomplete"],
            Counter({Disposition(word): count for word, count in plain["lines"].items()}),
            {Disposition(word): Decimal(amount) for word, amount in plain["charges"].items()},
            Counter({Severity(word): count for word, count in plain["worst"].items()}),
            Counter({(Reason(reason), table): count for reason, table, count in plain["unchecked"]}),
            {rule: (name, source) for rule, (name, source) in plain["rules"].items()},
            tuple(plain["rules_off"]),
            plain["outside"],
            plain["known"],
            whole=False,
        )
