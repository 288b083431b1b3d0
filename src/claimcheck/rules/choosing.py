"""Which rules run under a policy's choice, and which it switches off.

>>> from claimcheck.policies.choice import RuleChoice
>>> from claimcheck.rules.registry import all_rules
>>> running = chosen(all_rules(), RuleChoice.of(select=["NCCI"], severity={"NCCI101": "warning"}))
>>> [(rule.id, rule.severity) for rule in running][:2]
[('NCCI101', <Severity.WARNING: 'warning'>), ('NCCI201', None)]
>>> check_names(RuleChoice.of(ignore=["XYZ"]))
Traceback (most recent call last):
    ...
claimcheck.errors.PolicyError: key rules.ignore: XYZ is not a rule, nor the beginning of one; \
`claimcheck rules` lists them
>>> check_names(RuleChoice.of(ignore=["procedure-to-procedure"]))
Traceback (most recent call last):
    ...
claimcheck.errors.PolicyError: key rules.ignore: PROCEDURE-TO-PROCEDURE is not a rule, nor the beginning of one; \
did you mean NCCI101?
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import attrs

from claimcheck.errors import PolicyError
from claimcheck.policies import Policy
from claimcheck.policies.choice import RuleChoice
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Rule

__all__ = ["as_then", "check_names", "chosen", "switched_off"]


def chosen(rules: Iterable[Rule], choice: RuleChoice) -> tuple[Rule, ...]:
    """The rules that run, in order, each with its chosen severity. PolicyError for a wrong name."""
    known = tuple(rules)
    check_names(choice, known)
    return tuple(_with_severity(rule, choice) for rule in known if choice.selects(rule.id)) if choice else known


def _with_severity(rule: Rule, choice: RuleChoice) -> Rule:
    severity = choice.severity_of(rule.id)
    return rule if severity is None else attrs.evolve(rule, severity=severity)


def check_names(choice: RuleChoice, others: Iterable[Rule] = ()) -> None:
    """PolicyError if a name is neither a rule id nor a prefix of one; `others` are rules in addition to ours."""
    ids = {rule.id: rule.name.upper() for rule in (*all_rules(), *others)} if choice else {}
    for key, name, file in choice.names:
        if not any(known.startswith(name) for known in ids):
            of_name = [rule_id for rule_id, of_rule in ids.items() if of_rule == name]
            near = of_name or get_close_matches(name, ids, n=1, cutoff=0.5)
            meant = f"did you mean {near[0]}?" if near else "`claimcheck rules` lists them"
            reason = f"{name} is not a rule, nor the beginning of one; {meant}"
            raise PolicyError(reason, file=file, place=f"rules.{key}")


def as_then(policy: Policy, rules_off: Iterable[str], severities: Mapping[str, str]) -> Policy:
    """The policy with the choice in a receipt: every rule runs except those, with these severities.

    Rules that were not installed then also run; those no longer installed are not missed.
    """
    ids = [rule.id for rule in all_rules()]
    off = [rule_id for rule_id in rules_off if rule_id in ids]
    given = {rule_id: severity for rule_id, severity in severities.items() if rule_id in ids}
    if not (off or given or policy.rules):
        return policy
    return policy.choosing(select=ids, ignore=off, severity=given)


def switched_off(running: Iterable[Rule]) -> tuple[str, ...]:
    """The ids of installed rules that do not run."""
    ids = {rule.id for rule in running}
    return tuple(sorted(rule.id for rule in all_rules() if rule.id not in ids))
