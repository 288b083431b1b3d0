"""Results as a notebook shows them: nothing that a message would not show, and no claim id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from claimcheck.claims.outcome import outcome, return_note, state, upon_claim
from claimcheck.markup import Html, badge, block, code, joined, table

if TYPE_CHECKING:
    from claimcheck.claims.finding import Finding
    from claimcheck.claims.line_result import LineResult
    from claimcheck.claims.result import ClaimResult

__all__ = ["of_finding", "of_findings", "of_line", "of_result", "of_results"]

_MOST = 100  #: rows shown in a table


def of_finding(finding: Finding) -> Html:
    """One finding, with its evidence."""
    where = "claim" if finding.line_number is None else f"line {finding.line_number}"
    return block(
        joined(badge(finding.severity), where, _billed(finding), code(finding.rule_id), finding.rule_name),
        finding.message,
        joined(
            "disposition:",
            badge(finding.disposition),
            _answer(finding),
        ),
        _evidence(finding),
        joined("source:", finding.source, None if finding.edition is None else f"({finding.edition})"),
    )


def of_line(line: LineResult) -> Html:
    """One line, with all its findings."""
    head = joined(
        f"line {line.line_number}",
        _billed(line),
        badge(line.disposition),
        None if line.charge is None else f"charge {line.charge}",
        None if line.allowed_amount is None else f"allowed {line.allowed_amount}",
    )
    return block(head, *map(of_finding, line.findings))


def of_result(result: ClaimResult) -> Html:
    """The result: the disposition of every line, the reason, and what was not checked."""
    head = ("line", "code", "disposition", "billed", "allowed", "finding", "rule", "CARC/RARC")
    off = joined("switched off:", ", ".join(result.receipt.rules_off)) if result.receipt.rules_off else None
    return block(
        joined("claim", badge(result.disposition), return_note(result), state(result)),
        table(head, _rows(result)),
        _unchecked(result),
        off,
    )


def of_findings(findings: Sequence[Finding]) -> Html:
    """Findings as a table."""
    head = ("line", "code", "date", "finding", "rule", "disposition", "CARC/RARC")
    rows = [
        (
            "claim" if one.line_number is None else one.line_number,
            _billed(one),
            one.service_date,
            joined(badge(one.severity), one.message),
            code(one.rule_id),
            badge(one.disposition),
            _answer(one),
        )
        for one in findings[:_MOST]
    ]
    return block(table(head, rows), _more(len(findings), "findings"))


def of_results(results: Sequence[ClaimResult]) -> Html:
    """The lines of many claims as a table, and the findings on the claims themselves."""
    head = ("claim", "line", "code", "date", "disposition", "billed", "allowed", "rule", "CARC/RARC")
    rows = list(islice(_lines(results), _MOST + 1))
    more = "and more: claimcheck.frames.results_frame shows all" if len(rows) > _MOST else None
    return block(repr(results), table(head, rows[:_MOST]), more)


def _lines(results: Sequence[ClaimResult]) -> Iterator[tuple[object, ...]]:
    for number, result in enumerate(results, 1):
        upon = upon_claim(result)
        if (upon is not None and upon.position is None) or not result.lines:
            by = (None, None) if upon is None else _by(upon)
            yield (number, "claim", None, None, badge(result.disposition), None, None, *by)
        for line in result.lines:
            disposition, deciding = outcome(line, upon)
            yield (
                number,
                line.line_number,
                _billed(line),
                line.service_date,
                badge(disposition),
                line.charge,
                line.allowed_amount,
                *((None, None) if deciding is None else _by(deciding)),
            )


def _by(finding: Finding) -> tuple[Html, Html | None]:
    return code(finding.rule_id), _answer(finding)


def _more(count: int, what: str) -> str | None:
    return f"and {count - _MOST:,} more {what}" if count > _MOST else None


def _rows(result: ClaimResult) -> Iterator[tuple[object, ...]]:
    for finding in result.findings:
        if finding.position is None:
            yield ("claim", None, badge(finding.disposition), None, None, *_said(finding))
    for line in result.lines:
        said: list[tuple[object, ...]] = [_said(finding) for finding in line.findings]
        first, *others = said or [(None, None, None)]
        yield (line.line_number, _billed(line), badge(line.disposition), line.charge, line.allowed_amount, *first)
        for more in others:
            yield (None, None, None, None, None, *more)


def _said(finding: Finding) -> tuple[Html, Html, Html | None]:
    return joined(badge(finding.severity), finding.message), code(finding.rule_id), _answer(finding)


def _answer(finding: Finding) -> Html | None:
    return None if finding.carc is None else code("/".join((f"{finding.group_code}-{finding.carc}", *finding.rarcs)))


def _billed(of: Finding | LineResult) -> Html | None:
    """The procedure code of a line with its modifiers, or its revenue code if it has none."""
    if of.procedure_code is not None:
        return code("-".join((of.procedure_code, *of.modifiers)))
    return None if of.revenue_code is None else joined("revenue", code(of.revenue_code))


def _evidence(finding: Finding) -> Html | None:
    if not finding.evidence:
        return None
    return joined(
        "evidence:", joined(*(f"{name} {_value(value)}" for name, value in finding.evidence.items()), by=", ")
    )


def _value(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _unchecked(result: ClaimResult) -> Html | None:
    rows: Iterable[tuple[object, ...]] = [
        (code(entry.rule_id), ", ".join(map(str, entry.lines)) or "claim", entry.reason.replace("_", " "), entry.table)
        for entry in result.not_checked
    ]
    return block("not checked:", table(("rule", "lines", "because", "table"), rows)) if rows else None
