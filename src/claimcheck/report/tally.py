"""The sums of a report, updated claim by claim: their size depends on the codes and providers, not on the claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Set
from decimal import Decimal
from typing import NamedTuple

import attrs

from claimcheck.claims import Disposition, Reason, Receipt, Severity
from claimcheck.report.entry import Entry, Found, Judged

__all__ = ["AT_STAKE", "PROCESSED", "Group", "Rate", "Rows", "Tally"]

AT_STAKE = frozenset({Disposition.DENIED, Disposition.REJECTED, Disposition.REVIEW})
"""Dispositions of lines whose charge may not be paid."""

PROCESSED = frozenset({Disposition.PAYABLE, Disposition.REPORT_ONLY, Disposition.REVIEW, Disposition.DENIED})
"""Dispositions of lines that a payer processes."""

_ZERO = Decimal(0)


class Rate(NamedTuple):
    """A share of lines and of dollars; None if there are none."""

    lines: float | None
    dollars: float | None


@attrs.define
class Group:
    """The findings of a rule, code, provider, or time, by severity, and the charges that may not be paid."""

    findings: Counter[str] = attrs.field(factory=Counter)
    at_stake: Decimal = _ZERO

    @property
    def total(self) -> int:
        """All findings."""
        return self.findings.total()


@attrs.define
class Rows:
    """Individual findings in columns of small integers; at most `most` of them. Each text is stored once, in
    `texts`."""

    most: int
    columns: dict[str, list[int | None]] = attrs.field(factory=dict)
    claim_ids: dict[int, str] = attrs.field(factory=dict)
    _numbers: dict[str, int] = attrs.field(factory=dict)

    def __len__(self) -> int:
        return len(self.columns.get("claim", ()))

    def add(self, claim: int, claim_id: str | None, **values: str | int | None) -> None:
        """Keeps one finding, unless there are enough."""
        if len(self) >= self.most:
            return
        for name, value in {"claim": claim, **values}.items():
            number = self._number(value) if isinstance(value, str) else value
            self.columns.setdefault(name, []).append(number)
        if claim_id is not None:
            self.claim_ids[claim] = claim_id

    def _number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def texts(self) -> list[str]:
        """The texts, by number."""
        return list(self._numbers)


@attrs.define
class Tally:
    """The totals of all claims."""

    rows: Rows
    claims: int = 0
    incomplete: int = 0
    with_errors: int = 0
    lines: Counter[str] = attrs.field(factory=Counter)
    charges: dict[str, Decimal] = attrs.field(factory=lambda: defaultdict(Decimal))
    rules: dict[str, Group] = attrs.field(factory=lambda: defaultdict(Group))
    codes: dict[str, Group] = attrs.field(factory=lambda: defaultdict(Group))
    providers: dict[str, Group] = attrs.field(factory=lambda: defaultdict(Group))
    months: dict[str, Group] = attrs.field(factory=lambda: defaultdict(Group))
    carcs: dict[str, Group] = attrs.field(factory=lambda: defaultdict(Group))
    monthly: dict[str, Counter[str]] = attrs.field(factory=lambda: defaultdict(Counter))
    monthly_charges: dict[str, dict[str, Decimal]] = attrs.field(
        factory=lambda: defaultdict(lambda: defaultdict(Decimal))
    )
    unchecked: Counter[tuple[Reason, str | None]] = attrs.field(factory=Counter)
    described: dict[str, tuple[str, str]] = attrs.field(factory=dict)
    receipt: Receipt | None = None

    @property
    def findings(self) -> int:
        """All findings, whether or not they are kept individually."""
        return sum(group.total for group in self.rules.values())

    @property
    def billed(self) -> Decimal:
        """The charges of all lines in force: a bill with several versions is counted once."""
        return sum((self.charges[one] for one in self.charges if one != Disposition.SUPERSEDED), _ZERO)

    @property
    def denial_rate(self) -> Rate:
        """Denied lines, as a share of those processed: rejected lines are returned, not processed."""
        return self._rate(Disposition.DENIED, PROCESSED)

    @property
    def rejection_rate(self) -> Rate:
        """Rejected lines, as a share of all."""
        return self._rate(Disposition.REJECTED, {*PROCESSED, Disposition.REJECTED})

    def _rate(self, of: Disposition, among: Set[Disposition]) -> Rate:
        lines = sum(self.lines[one] for one in among)
        charges = sum((self.charges.get(one, _ZERO) for one in among), _ZERO)
        return Rate(
            self.lines[of] / lines if lines else None,
            float(self.charges.get(of, _ZERO) / charges) if charges > 0 else None,
        )

    @property
    def at_stake(self) -> Decimal:
        """The charges of all lines that may not be paid."""
        return sum((self.charges[disposition] for disposition in sorted(AT_STAKE)), _ZERO)

    def add(self, entry: Entry) -> None:
        """Counts one claim."""
        self.claims += 1
        self.receipt = self.receipt or entry.receipt
        if not entry.complete:
            self.incomplete += 1
            self.unchecked.update(entry.unchecked)
        if any(found.severity == Severity.ERROR for found in entry.findings):
            self.with_errors += 1
        for line in entry.lines:
            self._add_line(line)
        for found in entry.findings:
            self._add_finding(found, entry)

    def _add_line(self, line: Judged) -> None:
        self.lines[line.disposition] += 1
        charge = line.charge or _ZERO
        self.charges[line.disposition] += charge
        self.monthly[line.time[:7]][line.disposition] += 1
        self.monthly_charges[line.time[:7]][line.disposition] += charge
        if line.disposition in AT_STAKE:
            for group in (self.codes[line.code], self.providers[line.provider], self.months[line.time[:7]]):
                group.at_stake += charge
            if line.rule is not None:
                self.rules[line.rule].at_stake += charge
            if line.carc is not None:
                self.carcs[line.carc].at_stake += charge

    def _add_finding(self, found: Found, entry: Entry) -> None:
        line = None if found.line is None else entry.lines[found.line - 1]
        code = "whole claim" if line is None else line.code
        provider, time = (entry.provider, entry.time) if line is None else (line.provider, line.time)
        self.described.setdefault(found.rule, (found.name, found.source))
        groups = [self.rules[found.rule], self.providers[provider], self.months[time[:7]]]
        if line is not None:
            groups.append(self.codes[code])
        carc = found.codes.partition("/")[0]
        if carc:
            groups.append(self.carcs[carc])
        for group in groups:
            group.findings[found.severity] += 1
        self.rows.add(
            self.claims,
            entry.claim_id,
            file=entry.file,
            place=entry.place,
            line=found.number,
            code=code,
            time=time,
            provider=provider,
            cents=None if line is None or line.charge is None else int(line.charge * 100),
            disposition=None if line is None else line.disposition,
            severity=found.severity,
            rule=found.rule,
            message=found.message,
            carc=carc,
            codes=found.codes,
        )
