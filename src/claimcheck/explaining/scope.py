"""What claimcheck checks, and what it does not.

>>> of_scope().title
'scope: the families of edits'
"""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.claims.scope import FAMILIES, NOT_COVERED, EditFamily, family_of
from claimcheck.explaining.explanation import Explanation, Section
from claimcheck.rules.registry import all_rules

__all__ = ["in_short", "of_scope"]

_NAMED = ("eligibility", "prior_authorization", "coordination_of_benefits")


def of_scope() -> Explanation:
    """The families of edits that claimcheck has, with their rules, and those that it does not have."""
    return Explanation(
        "scope: the families of edits",
        (
            Section("Checked", tuple(_looked_at())),
            Section(
                "Not checked by claimcheck: a clean claim may still be denied for these", tuple(map(_said, NOT_COVERED))
            ),
        ),
    )


def in_short() -> str:
    """What is not checked, in one line.

    >>> in_short()  # doctest: +ELLIPSIS
    'Outside the scope of claimcheck: member eligibility and benefits; prior authorization and referrals; ...'
    """
    named = [family.title for family in NOT_COVERED if family.key in _NAMED]
    more = len(NOT_COVERED) - len(named)
    return f"Outside the scope of claimcheck: {'; '.join(named)}; and {more} more (claimcheck explain scope)"


def _looked_at() -> Iterable[str]:
    rules: dict[str, list[str]] = {}
    for rule in all_rules():
        family = family_of(rule.id)
        if family is not None:
            rules.setdefault(family.key, []).append(rule.id)
    return (f"{_said(family)}: {', '.join(sorted(rules.get(family.key, [])))}" for family in FAMILIES)


def _said(family: EditFamily) -> str:
    only = "" if len(family.claim_types) > 1 else f" ({family.claim_types[0]} claims)"
    return f"{family.title}{only}"
