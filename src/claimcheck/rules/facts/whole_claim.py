"""A claim as a whole, as rules see it."""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.claims import Claim, Disposition
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis
from claimcheck.rules.facts.line import Line
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn

__all__ = ["WholeClaim"]


@attrs.frozen(eq=False, repr=False)
class WholeClaim:
    """A claim: `claim` as billed, and the facts of its setting, diagnoses and lines, in their order.

    A rule may look at any field of `claim`, and may say nothing of a member's, of a claim id or of a description
    but whether it is there. `days` holds each line's day (None where it has none), `standing` what earlier phases
    made of it; both by place, from 0. `on` is the first day of the claim.
    """

    claim: Claim
    setting: Setting
    reference: date | None
    frame: Frame
    diagnoses: tuple[ClaimDiagnosis, ...]
    lines: tuple[Line, ...]
    days: tuple[date | None, ...]
    standing: tuple[Disposition, ...]
    on: date | None
    policy: PolicyOn
    tables: TablesOn
