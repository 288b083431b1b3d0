"""Verdicts as a person reads them on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import attrs
from rich.text import Text

from claimcheck.claims import Claim, ClaimResult, Disposition, Finding, LineResult, NotChecked, Severity
from claimcheck.codes import parse_procedure
from claimcheck.errors import CodeError

__all__ = ["Summary", "rendered"]

_COLOUR = {
    Disposition.PAYABLE: "green",
    Disposition.REPORT_ONLY: "cyan",
    Disposition.REVIEW: "yellow",
    Disposition.DENIED: "red",
    Disposition.REJECTED: "bold red",
}
_MARK = {Severity.ERROR: ("error", "red"), Severity.WARNING: ("warning", "yellow"), Severity.INFO: ("info", "dim")}


def rendered(claim: Claim, result: ClaimResult) -> Iterator[Text]:
    """The verdict on one claim, line by line."""
    head = Text.assemble(
        ("claim ", "bold"),
        (result.claim_id or "(no id)", "bold"),
        "  ",
        _disposition(result.disposition),
        "" if result.complete else "  (not everything was checked)",
    )
    if claim.source is not None:
        head.append(f"  {claim.source}", "dim")
    yield head
    for finding in result.findings:
        if finding.position is None:
            yield from _finding(finding)
    for line, verdict in zip(claim.lines, result.lines, strict=True):
        yield _line(_code(line.procedure_code), verdict)
        for finding in verdict.findings:
            yield from _finding(finding)


def _disposition(disposition: Disposition) -> tuple[str, str]:
    return disposition.replace("_", " "), _COLOUR[disposition]


def _line(code: str, verdict: LineResult) -> Text:
    charge = "no charge" if verdict.charge is None else f"${verdict.charge:,.2f}"
    text = Text.assemble(
        f"  line {verdict.line_number:<3} {code:<6} {charge:>12}  ",
        _disposition(verdict.disposition),
    )
    if verdict.allowed_amount is not None:
        text.append(f", allowed ${verdict.allowed_amount}")
    return text


def _code(given: object) -> str:
    """The line's code where it is one: what stands there otherwise may be anything."""
    try:
        return parse_procedure(given).text
    except CodeError:
        return "-" if given is None else "?"


def _finding(finding: Finding) -> Iterator[Text]:
    word, style = _MARK[finding.severity]
    codes = "" if finding.carc is None else f"  {'/'.join((f'{finding.group_code}-{finding.carc}', *finding.rarcs))}"
    yield Text.assemble("      ", (f"{word} {finding.rule_id} ", style), finding.message, (codes, "bold"))
    if finding.evidence:
        shown = ", ".join(f"{name} {_value(value)}" for name, value in finding.evidence.items())
        edition = f"; {finding.edition}" if finding.edition else ""
        yield Text(f"        evidence: {shown}{edition}", style="dim")
    yield Text(f"        source: {finding.source}", style="dim")


def _value(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


@attrs.define
class Summary:
    """Counts what was judged."""

    claims: int = 0
    lines: Counter[Disposition] = attrs.field(factory=Counter)
    errors: int = 0
    incomplete: int = 0
    unchecked: Counter[tuple[str, str, str | None]] = attrs.field(factory=Counter)

    def add(self, result: ClaimResult) -> None:
        """Counts one verdict."""
        self.claims += 1
        self.lines.update(line.disposition for line in result.lines)
        self.errors += not result.ok
        self.incomplete += not result.complete
        self.unchecked.update(map(_key, result.not_checked))

    def __iter__(self) -> Iterator[Text]:
        lines = sum(self.lines.values())
        told = ", ".join(f"{count:,} {disposition.replace('_', ' ')}" for disposition, count in self.lines.items())
        yield Text(
            f"{self.claims:,} {_plural(self.claims, 'claim')}, {lines:,} {_plural(lines, 'line')}"
            f"{f': {told}' if told else ''}; {self.errors:,} {_plural(self.errors, 'claim')} with errors",
            style="bold",
        )
        if self.incomplete:
            yield Text(f"not checked: {', '.join(self._reasons())}", style="yellow")
            advice = _advice(reason for _, reason, _ in self.unchecked)
            if advice:
                yield Text(f"  {advice}", style="yellow")

    def _reasons(self) -> Iterator[str]:
        tables = Counter[tuple[str, str | None]]()
        for (_, reason, table), count in self.unchecked.items():
            tables[reason, table] += count
        for (reason, table), count in tables.most_common():
            yield f"{reason.replace('_', ' ')}{f' {table}' if table else ''} ({count:,})"


def _key(entry: NotChecked) -> tuple[str, str, str | None]:
    return entry.rule_id, entry.reason, entry.table


def _plural(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def _advice(reasons: Iterable[str]) -> str:
    """What to do about what was not checked."""
    seen = set(reasons)
    does = []
    if seen & {"starter_table", "no_table", "outside_edition", "stale"}:
        does.append("add the official tables of the service dates: claimcheck tables add FILE...")
    if "no_history" in seen:
        does.append("give what members already had: --history FILE")
    if "no_reference_date" in seen:
        does.append("give the processing date: --as-of DATE")
    return "; ".join(does)
