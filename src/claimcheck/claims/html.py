"""Verdicts as a notebook shows them: nothing that a message would not say, and no claim id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claimcheck.markup import Html, badge, block, code, joined, table

if TYPE_CHECKING:
    from claimcheck.claims.finding import Finding
    from claimcheck.claims.result import ClaimResult, LineResult

__all__ = ["of_finding", "of_line", "of_result"]


def of_finding(finding: Finding) -> Html:
    """One finding, with its proof."""
    where = "claim" if finding.line_number is None else f"line {finding.line_number}"
    return block(
        joined(badge(finding.severity), where, code(finding.rule_id), finding.rule_name),
        finding.message,
        joined(
            "becomes",
            badge(finding.disposition),
            None if finding.carc is None else code("/".join((f"{finding.group_code}-{finding.carc}", *finding.rarcs))),
        ),
        _evidence(finding),
        joined("source:", finding.source, None if finding.edition is None else f"({finding.edition})"),
    )


def of_line(line: LineResult) -> Html:
    """One line, with all its findings."""
    head = joined(
        f"line {line.line_number}",
        badge(line.disposition),
        None if line.charge is None else f"charge {line.charge}",
        None if line.allowed_amount is None else f"allowed {line.allowed_amount}",
    )
    return block(head, *map(of_finding, line.findings))


def of_result(result: ClaimResult) -> Html:
    """The verdict: what becomes of every line, why, and what was not checked."""
    state = joined("ok" if result.ok else "not ok", "complete" if result.complete else "not complete", by=", ")
    if result.disposition == "superseded":
        state = joined("not judged")
    head = ("line", "becomes", "charge", "allowed", "found", "by", "answered with")
    off = joined("switched off:", ", ".join(result.receipt.rules_off)) if result.receipt.rules_off else None
    return block(joined("claim", badge(result.disposition), state), table(head, _rows(result)), _unchecked(result), off)


def _rows(result: ClaimResult) -> Iterator[tuple[object, ...]]:
    for finding in result.findings:
        if finding.position is None:
            yield ("claim", badge(finding.disposition), None, None, *_said(finding))
    for line in result.lines:
        said: list[tuple[object, ...]] = [_said(finding) for finding in line.findings]
        first, *others = said or [(None, None, None)]
        yield (line.line_number, badge(line.disposition), line.charge, line.allowed_amount, *first)
        for more in others:
            yield (None, None, None, None, *more)


def _said(finding: Finding) -> tuple[Html, Html, Html | None]:
    answer = None if finding.carc is None else code("/".join((f"{finding.group_code}-{finding.carc}", *finding.rarcs)))
    return joined(badge(finding.severity), finding.message), code(finding.rule_id), answer


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
