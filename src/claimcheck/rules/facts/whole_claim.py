"""A whole claim, as rules see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from typing import Final

import attrs

from claimcheck.claims import Claim, Disposition, ServiceLine
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.days import Frame
from claimcheck.rules.facts.diagnosis import ClaimDiagnosis
from claimcheck.rules.facts.line import Line
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.outpatient_editor import Edits

__all__ = ["LIKENESS_FIELDS", "SHARED_FACTS", "WholeClaim", "likeness", "pointed", "pointers"]

#: Facts that are equal for all claims of one day and provider with similar lines, in this order.
SHARED_FACTS: Final = frozenset(
    {"setting", "lines", "days", "standing", "edited", "policy", "tables", "on", "likeness"}
)

_SERVICE = (
    *("service_date_end", "revenue_code", "rendering_npi", "ndc", "description"),
    *("tooth_numbers", "tooth_surfaces", "oral_cavity"),
)
_BILLING = ("charge", "units", "place_of_service")
LIKENESS_FIELDS: Final = (*_SERVICE, *_BILLING)
"""The line fields that `likeness` compares."""
_service: Callable[[ServiceLine], tuple[object, ...]] = attrgetter(*_SERVICE)
_billing: Callable[[ServiceLine], tuple[object, ...]] = attrgetter(*_BILLING)


def pointers(claim: Claim, _first: date | None = None) -> tuple[tuple[object, ...], ...]:
    """Which diagnoses each line points to: everything else that rules read about services and diagnoses is equal if
    lines and diagnoses are.

    >>> pointers(Claim(lines=[{"diagnosis_pointers": [1, 2]}, {}]))
    ((1, 2), ())
    """
    return tuple([line.diagnosis_pointers for line in claim.lines])


def likeness(lines: Iterable[ServiceLine]) -> tuple[tuple[int, int], ...]:
    """For each line, the index (from 0) of the first line with the same service, and with the same billing.

    Same service: equal last date, revenue code, rendering provider, drug, description, teeth, and areas of the oral
    cavity, whatever they are. Same billing: equal charge, units, and place of service.

    >>> charges = [{"charge": "10.00"}, {"charge": "12.00"}, {"charge": "10.00", "revenue_code": "0300"}]
    >>> likeness([ServiceLine(**line) for line in charges])
    ((0, 0), (0, 1), (2, 0))
    """
    services: dict[object, int] = {}
    billings: dict[object, int] = {}
    return tuple(
        [
            (services.setdefault(_service(line), place), billings.setdefault(_billing(line), place))
            for place, line in enumerate(lines)
        ]
    )


@attrs.frozen(eq=False, repr=False)
class WholeClaim:
    """A claim: `claim` as billed, and the facts of its setting, diagnoses, and lines, in order.

    A rule may read any field of `claim`, and may report nothing about member data, claim ids, or descriptions except
    whether they are present. `days` holds each line's date (None if it has none), `standing` its disposition after
    earlier phases, and `edited` the outpatient code editor's edits among these; all by index, from 0. `on` is the first
    date of the claim.
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
    edited: tuple[Edits, ...]

    @property
    def aged_on(self) -> date | None:
        """The day on which a member's age is counted: the admission of a stay, if known, else the claim's own day.

        The MS-DRG grouper and the Medicare Code Editor are given the age at admission.
        """
        if self.setting.inpatient and isinstance(self.claim.admission_date, date):
            return self.claim.admission_date
        return self.on

    @property
    def likeness(self) -> tuple[tuple[int, int], ...]:
        """Which lines are alike; see the function `likeness`."""
        return likeness(self.claim.lines)


def pointed(view: WholeClaim, position: int) -> tuple[ClaimDiagnosis, ...]:
    """The well-formed diagnoses that a line (by position, from 1) points to; a pointer to none is skipped."""
    numbered = dict(enumerate(view.diagnoses, 1))
    found = (
        numbered.get(pointer) if isinstance(pointer, int) else None
        for pointer in view.claim.lines[position - 1].diagnosis_pointers
    )
    return tuple([diagnosis for diagnosis in found if diagnosis is not None and diagnosis.code is not None])
