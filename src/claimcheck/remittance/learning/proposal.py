"""A proposed value for a payer's policy, and how a policy file states it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from claimcheck.policies import Policy
from claimcheck.policies.parameter import list_of
from claimcheck.policies.writing import toml_of
from claimcheck.remittance.learning.candidate import RULES, Candidate, parameter_of, plain
from claimcheck.remittance.learning.evidence import Evidence, LineKey, Votes

__all__ = ["Proposal", "explained_by", "mapping_of", "policy_file"]


@attrs.frozen
class Proposal:
    """A value, and the remitted lines that support it."""

    candidate: Candidate
    evidence: Evidence
    votes: Votes = attrs.field(factory=dict, repr=False, eq=False)

    @property
    def key(self) -> str:
        """The key of the parameter in policy files."""
        return self.candidate.key

    @property
    def title(self) -> str:
        """The value in words."""
        return self.candidate.title

    @property
    def score(self) -> int:
        """How many more lines it explains, less the cost of stating it."""
        return self.evidence.net - 2 * self.candidate.cost

    def is_sure(self, least: int, share: float) -> bool:
        """Whether enough lines speak about it, and more than `share` of them surely for it."""
        return self.evidence.lines >= least and self.evidence.low > share and self.score > 0

    @property
    def reference(self) -> str:
        """The reference of the value in the policy file."""
        said = self.evidence
        return (
            f"{self.title}, learned from remittances, service dates {said.first} to {said.last}: "
            f"{said.lines_for} lines for it, {said.lines_against} against, "
            f"{said.low:.0%} to {said.high:.0%} (95 %, Wilson)"
        )

    def __str__(self) -> str:
        start = "" if self.evidence.start is None else f" from {self.evidence.start}"
        return f"{self.key}{start}: {self.reference}"


def explained_by(proposal: Proposal) -> frozenset[LineKey]:
    """The lines that speak for a proposal: they count for no other."""
    return frozenset(key for key, is_for in proposal.votes.items() if is_for)


def mapping_of(base: Policy, proposals: Iterable[Proposal]) -> dict[str, Any]:
    """The policy that extends `base` with the proposals, as `Policy.from_dict` takes it."""
    found: dict[str, Any] = {"extends": base.paths[0] if base.paths else base.name}
    ignored: dict[str, str] = {}
    by_key: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if proposal.key == RULES:
            ignored |= dict.fromkeys(proposal.candidate.values["ignore"], proposal.reference)
        else:
            by_key[proposal.key].append(proposal)
    for key, given in by_key.items():
        family, _, name = key.partition(".")
        added = list_of(parameter_of(key))
        entries = _entries(base, given[-1]) if added is None else _listed_entries(base, key, added, given)
        found.setdefault(family, {})[name] = entries
    return {**found, "rules": {"ignore": list(ignored), "references": ignored}} if ignored else found


def _entries(base: Policy, proposal: Proposal) -> list[dict[str, Any]]:
    """The entries of the parameter: if the value has a start date, those of the base before it too."""
    start = proposal.evidence.start
    new = {**proposal.candidate.values, "reference": proposal.reference}
    dated = base.parameters[parameter_of(proposal.key)]
    if start is None and len(dated) > 1:
        start = max(proposal.evidence.first, *(entry.start or datetime.date.min for entry in dated))
    if start is None:
        return [new]
    before = [
        {**_from(entry.start), **plain(entry.value), "reference": entry.reference}
        for entry in dated
        if entry.start is None or entry.start < start
    ]
    return [*before, {"from": start, **new}]


def _listed_entries(base: Policy, key: str, field: str, proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The entries of a list that adds to the base's; or replaces it, if one of its items is dropped."""
    dropped = [item["drops"] for one in proposals for item in one.candidate.values[field] if "drops" in item]
    if not dropped:
        return _added_entries(field, proposals)
    new = [(one, item) for one in proposals for item in one.candidate.values[field] if "drops" not in item]
    gone = {*dropped, *(item.get("replaces") for _, item in new)}
    kept = [plain(item) for item in getattr(base.on(None)[parameter_of(key)], field) if item.name not in gone]
    own = [{**_without(item, "replaces"), "reference": one.reference} for one, item in new]
    said = "; ".join(one.reference for one in proposals if "drops" in one.candidate.values[field][0])
    return [{"replace": True, "reference": f"without {', '.join(dropped)}: {said}", field: [*kept, *own]}]


def _without(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {own: value for own, value in item.items() if own != name}


def _added_entries(field: str, proposals: Iterable[Proposal]) -> list[dict[str, Any]]:
    """The entries of a list that adds to the base's: from each start date on, everything that started by then."""
    items = [
        (proposal.evidence.start, {**item, "reference": proposal.reference})
        for proposal in proposals
        for item in proposal.candidate.values[field]
    ]
    starts = sorted({start for start, _ in items}, key=lambda start: start or datetime.date.min)
    return [
        {
            **_from(start),
            "reference": "learned from remittances, as each entry says",
            field: [item for begun, item in items if begun is None or (start is not None and begun <= start)],
        }
        for start in starts
    ]


def _from(start: datetime.date | None) -> dict[str, Any]:
    return {} if start is None else {"from": start}


def policy_file(mapping: Mapping[str, Any], title: str) -> str:
    """The mapping as a policy file.

    >>> alone = {"then": "warn", "reference": "ours"}
    >>> rules = {"ignore": ["NCCI301"], "references": {"NCCI301": "as paid"}}
    >>> print(policy_file({"extends": "zero", "rules": rules, "category_ii": {"alone": [alone]}}, "Ours"))
    title = "Ours"
    extends = "zero"
    <BLANKLINE>
    [rules]
    ignore = ["NCCI301"]
    references = { NCCI301 = "as paid" }
    <BLANKLINE>
    [[category_ii.alone]]
    then = "warn"
    reference = "ours"
    <BLANKLINE>
    """
    lines = [f"title = {toml_of(title)}", f"extends = {toml_of(mapping['extends'])}"]
    if "rules" in mapping:
        lines += ["", "[rules]", *(f"{key} = {_value(value)}" for key, value in mapping["rules"].items())]
    families = {name: said for name, said in mapping.items() if name not in ("extends", "rules")}
    for family, parameters in families.items():
        for name, entries in parameters.items():
            for entry in entries:
                lines += ["", f"[[{family}.{name}]]", *(f"{key} = {_value(value)}" for key, value in entry.items())]
    return "\n".join([*lines, ""])


def _value(value: Any) -> str:
    """A value of an entry; a list of tables has one table per line."""
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        return "\n".join(["[", *(f"  {_value(item)}," for item in value), "]"])
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name} = {_value(own)}' for name, own in value.items())} }}"
    return toml_of(value)
