"""The page of all messages, each with an example: from the hits in the tests of every rule."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimcheck.claims import Finding
from claimcheck.rules.rule import Rule

TESTS = Path(__file__).parents[2] / "tests"

_CODES = re.compile(r"\$?\b[A-Z0-9]*\d[A-Z0-9.-]*\b|\b[A-Z]{1,2}\b")


def findings(rule: Rule) -> Iterator[Finding]:
    """One finding of each kind of message that the rule has, as its tests show them."""
    known = set()
    for finding in _hits(rule):
        kind = (finding.severity, finding.disposition, _CODES.sub("#", finding.message))
        if kind not in known:
            known.add(kind)
            yield finding


def _hits(rule: Rule) -> Iterator[Finding]:
    for folder in (str(TESTS), str(TESTS.parent)):
        if folder not in sys.path:
            sys.path.append(folder)
    from rules.test_registry import cases
    from support.cases import of_rule

    for case in cases(rule, "HITS").values():
        yield from of_rule(case.judge(), rule.id)


def rows(rules: Iterable[Rule]) -> Iterator[tuple[str, ...]]:
    """Rule, message, severity, what becomes of the line or claim, and the codes that a payer answers with."""
    for rule in rules:
        for finding in findings(rule):
            codes = [f"{finding.group_code}-{finding.carc}"] if finding.carc else []
            yield (
                f"[{rule.id}](rules/{rule.id}.md)",
                finding.message.replace("|", r"\|").replace("*", r"\*"),
                str(finding.severity),
                finding.disposition.replace("_", " "),
                " ".join([*codes, *finding.rarcs]),
            )
