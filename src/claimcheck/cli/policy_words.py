"""What a policy file changes in the policy that it extends, in words."""

from __future__ import annotations

from collections.abc import Iterator

from claimcheck.policies import Policy
from claimcheck.policies.comparing import Difference, differences
from claimcheck.policies.files import base_of
from claimcheck.policies.parameter import key_of
from claimcheck.policies.parameters import all_parameters
from claimcheck.rules.registry import all_rules

__all__ = ["changes"]

_JOINED = "; "  #: between the references of an inherited list and of what is added to it


def changes(file: str, policy: Policy) -> Iterator[str]:
    """For each parameter that the valid file changes: what it is about, its values, the inherited ones, and the
    reference."""
    extended = base_of(file)
    if extended is None:
        return
    extends, found_at = extended
    base = Policy.load(found_at)
    about = {key_of(parameter): _first_sentence(parameter.__doc__ or "") for parameter in all_parameters()}
    found = [one for one in differences(base, policy) if one.before or one.after]
    if found:
        yield f"it extends {extends}, and changes:"
    for one in found:
        yield from _rules(base, policy) if one.key == "rules" else _parameter(one, about[one.key])


def _first_sentence(documentation: str) -> str:
    sentence, stop, _ = " ".join(documentation.split()).partition(". ")
    return f"{sentence}." if stop else sentence


def _parameter(one: Difference, about: str) -> Iterator[str]:
    yield f"{one.key}, from {one.start or 'the beginning'}: {about}"
    yield from (f"    {line}" for line in one.after)
    yield from (f"    instead of {line}" for line in one.before)
    was, now = one.references
    yield f"    because: {now.removeprefix(was).removeprefix(_JOINED) or now}"


def _rules(base: Policy, policy: Policy) -> Iterator[str]:
    for rule in all_rules():
        was, now = base.rules.selects(rule.id), policy.rules.selects(rule.id)
        if was != now:
            yield f"rules: {rule.id} is {'applied' if now else 'not applied'}: {rule.title}"
            yield from _because(policy, rule.id)
        elif now and base.rules.severity_of(rule.id) != policy.rules.severity_of(rule.id):
            yield f"rules: {rule.id} has severity {policy.rules.severity_of(rule.id)}: {rule.title}"
            yield from _because(policy, rule.id)


def _because(policy: Policy, rule_id: str) -> Iterator[str]:
    reference = policy.rules.reference_of(rule_id)
    if reference is not None:
        yield f"    because: {reference}"
