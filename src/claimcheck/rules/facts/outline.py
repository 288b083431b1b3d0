"""The outline of a claim as rules read it: what is present, what agrees, how its dates relate; not the values.

Members, providers, claim ids, charges, and dates differ on every claim, and hardly ever matter to its form. Two claims
with one `OutlineKey` are the same to every outline rule.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import attrs

from claimcheck.claims import Problem
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.claim_codes import CodeFlag
from claimcheck.rules.facts.claim_dates import ClaimDateFlag
from claimcheck.rules.facts.code import CodeField
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.facts.time import Time
from claimcheck.rules.facts.total import Total

__all__ = ["Outline", "OutlineKey"]


class OutlineKey(NamedTuple):
    """What two claims of one setting and period must share for every outline rule to report the same about both."""

    missing: frozenset[str]
    unreadable: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    identifiers: tuple[tuple[str, CodeField], ...]
    clia: tuple[tuple[int | None, CodeField], ...]
    member_is_mbi: bool | None
    dates: frozenset[ClaimDateFlag]
    kinds: tuple[tuple[str, str], ...]
    repeated: tuple[tuple[str, int], ...]
    codes: tuple[tuple[str, str], ...]
    procedures: tuple[tuple[object, object, object], ...]
    condition_codes: tuple[str, ...]
    occurrence_codes: tuple[str, ...]
    value_codes: tuple[str, ...]
    code_flags: frozenset[CodeFlag]
    patient_status: str | None
    admission_type: str | None
    admission_source: str | None
    line_count: int
    charges_nothing: bool
    repeats_numbers: bool
    total: Total


@attrs.frozen(eq=False)
class Outline:
    """A claim in outline.

    `missing` and `unreadable` name fields of the claim, the latter with what is expected there; a missing place of
    service is not listed if every line has its own. `identifiers` are invalid provider identifiers, `clia` invalid CLIA
    numbers with the position of their line (None: the claim's). `member_is_mbi` is None if no policy asks. `roles` and
    `versions` are those of the diagnoses, in order; `repeated` the diagnoses listed more than once, and how often;
    `codes` role and code of those in ICD-10-CM, principal and others in order, if a table is loaded that a rule asks
    about them. `procedures` are role, version, and code of the inpatient ones; `code_flags` what occurrence and
    value codes lack. `charges_nothing` says that there are
    lines, and that each charges $0.00; `repeats_numbers`, that two of them have one line number.
    """

    setting: Setting
    policy: PolicyOn
    tables: TablesOn
    missing: frozenset[str]
    unreadable: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    identifiers: tuple[tuple[str, CodeField], ...]
    clia: tuple[tuple[int | None, CodeField], ...]
    member_is_mbi: bool | None
    dates: frozenset[ClaimDateFlag]
    roles: tuple[str, ...]
    versions: tuple[str, ...]
    repeated: tuple[tuple[str, int], ...]
    codes: tuple[tuple[str, str], ...]
    procedures: tuple[tuple[Any, Any, Any], ...]
    condition_codes: tuple[str, ...]
    occurrence_codes: tuple[str, ...]
    value_codes: tuple[str, ...]
    code_flags: frozenset[CodeFlag]
    patient_status: str | None
    admission_type: str | None
    admission_source: str | None
    line_count: int
    charges_nothing: bool
    repeats_numbers: bool
    total: Total

    @classmethod
    def of(cls, key: OutlineKey, setting: Setting, time: Time) -> Outline:
        """The outline of a claim with that key, as of its first day."""
        facts = key._asdict()
        kinds = facts.pop("kinds")
        roles, versions = tuple([role for role, _ in kinds]), tuple([version for _, version in kinds])
        return cls(setting, time.policy, time.tables, roles=roles, versions=versions, **facts)


# ---------------------------------------------------------------------- what is present


# ---------------------------------------------------------------------- how values relate
