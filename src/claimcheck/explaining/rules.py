"""Explains a rule, or a policy parameter, from its own module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from claimcheck.explaining.explanation import Explanation, Section
from claimcheck.policies import Policy
from claimcheck.policies.parameter import key_of
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Outcome, Rule

__all__ = ["answer", "listed", "of_parameter", "of_rule", "said"]


def of_rule(rule: Rule) -> Explanation:
    """Everything in the rule's module: its documentation, outcomes, policy parameters, and sources."""
    body = rule.documentation.partition("\n")[2].strip()
    sections = [
        _documented(heading.strip(), text.strip())
        for heading, _, text in (part.partition("\n") for part in body.split("## ")[1:])
    ]
    sections.append(Section("Outcomes", tuple(map(answer, rule.outcomes))))
    if rule.parameters:
        sections.append(Section("Parameters", tuple(f"{key_of(one)}: {_summary(one)}" for one in rule.parameters)))
    sections.append(Section("References", rule.sources))
    return Explanation(f"{rule.id} {rule.name}: {rule.title}", tuple(sections))


def _documented(heading: str, text: str) -> Section:
    if ">>> " in text:
        return Section(heading, tuple(text.splitlines()), is_code=True)
    return Section(heading, tuple(" ".join(part.split()) for part in re.split(r"\n\n|\n(?=- )", text)))


def answer(outcome: Outcome) -> str:
    """What a finding with that outcome amounts to, when it occurs, and what to do."""
    codes = "" if outcome.carc is None else f", {' '.join((f'{outcome.group_code}-{outcome.carc}', *outcome.rarcs))}"
    condition = f", when {outcome.condition}" if outcome.condition else ""
    remedy = "" if outcome.remedy is None else f". {outcome.remedy}"
    return f"{outcome.severity}, {outcome.disposition}{codes}{condition}{remedy}"


def said(rule: Rule, outcome: Outcome) -> str:
    """What a rule says where it has this outcome: its title, and the condition if the claim decides, not the policy."""
    decided_by_policy = "`" in outcome.condition or not outcome.condition
    return rule.title if decided_by_policy else f"{rule.title}: {outcome.condition}"


def listed(rules: Iterable[Rule]) -> tuple[str, ...]:
    """One line per rule."""
    return tuple(f"{rule.id} {rule.name}: {rule.title}" for rule in rules) or ("none",)


def _summary(parameter: type[Any]) -> str:
    return (parameter.__doc__ or "").strip().partition("\n")[0]


def of_parameter(key: str) -> Explanation | None:
    """What a policy parameter is, which rules use it, and which policies set it; None if there is no such parameter."""
    rules = [rule for rule in all_rules() if any(key_of(one) == key for one in rule.parameters)]
    if not rules:
        return None
    [parameter] = {one for one in rules[0].parameters if key_of(one) == key}
    return Explanation(
        key,
        (
            Section("Parameter of a policy", (" ".join((parameter.__doc__ or "").split()),)),
            Section("Rules that use it", listed(rules)),
            Section("What the policies say", tuple(_said(parameter))),
        ),
    )


def _said(parameter: type[Any]) -> Iterator[str]:
    default = Policy.load("default").parameters[parameter]
    for name in Policy.names():
        entries = Policy.load(name).parameters[parameter]
        if name == "default" or entries != default:
            for entry in entries:
                yield f"{name}, from {entry.start or 'the beginning'}: {entry.reference}"
