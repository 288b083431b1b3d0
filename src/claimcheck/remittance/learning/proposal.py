"""A value that is proposed for a payer's policy, and how a policy file says it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from claimcheck.extras import extra
from claimcheck.policies import Policy
from claimcheck.policies.parameter import list_of
from claimcheck.remittance.learning.candidate import RULES, Candidate, parameter_of, plain
from claimcheck.remittance.learning.evidence import Evidence

with extra("learn"):
    import tomli_w

__all__ = ["Proposal", "mapping_of", "toml_of"]


@attrs.frozen
class Proposal:
    """A value, and the remitted lines that speak for it."""

    candidate: Candidate
    evidence: Evidence

    @property
    def key(self) -> str:
        """The key of the parameter in policy files."""
        return self.candidate.key

    @property
    def title(self) -> str:
        """The value in words."""
        return self.candidate.title

    @property
    def reference(self) -> str:
        """What the policy file says as the reference of the value."""
        said = self.evidence
        return (
            f"learned from remittances, service dates {said.first} to {said.last}: {said.lines_for} lines for it, "
            f"{said.lines_against} against, {said.low:.0%} to {said.high:.0%} (95 %, Wilson)"
        )

    def __str__(self) -> str:
        start = "" if self.evidence.start is None else f" from {self.evidence.start}"
        return f"{self.key}: {self.title}{start}; {self.reference}"


def mapping_of(base: Policy, proposals: Iterable[Proposal]) -> dict[str, Any]:
    """The policy that extends `base` with the proposals, as `Policy.from_dict` takes it."""
    found: dict[str, Any] = {"extends": base.paths[0] if base.paths else base.name}
    ignored: list[str] = []
    for proposal in proposals:
        if proposal.key == RULES:
            ignored += proposal.candidate.values["ignore"]
            continue
        room, _, name = proposal.key.partition(".")
        found.setdefault(room, {}).setdefault(name, []).extend(_entries(base, proposal))
    return {**found, "rules": {"ignore": ignored}} if ignored else found


def _entries(base: Policy, proposal: Proposal) -> list[dict[str, Any]]:
    """The entries of the parameter: where the value has a beginning, those of the base that are before it too."""
    parameter, start = parameter_of(proposal.key), proposal.evidence.start
    new = {**proposal.candidate.values, "reference": proposal.reference}
    dated = base.parameters[parameter]
    if start is None and len(dated) > 1:
        start = max(proposal.evidence.first, *(entry.start or datetime.date.min for entry in dated))
    if start is None:
        return [new]
    if list_of(parameter) is not None:
        return [{"from": start, **new}]
    kept = [entry for entry in dated if entry.start is None or entry.start < start]
    before = [
        {**({} if entry.start is None else {"from": entry.start}), **plain(entry.value), "reference": entry.reference}
        for entry in kept
    ]
    return [*before, {"from": start, **new}]


def toml_of(mapping: Mapping[str, Any], title: str) -> str:
    """The mapping as a policy file.

    >>> print(toml_of({"extends": "zero", "category_ii": {"alone": [{"then": "warn", "reference": "ours"}]}}, "Ours"))
    title = "Ours"
    extends = "zero"
    <BLANKLINE>
    [category_ii]
    alone = [
        { then = "warn", reference = "ours" },
    ]
    <BLANKLINE>
    """
    return tomli_w.dumps({"title": title, **mapping})
