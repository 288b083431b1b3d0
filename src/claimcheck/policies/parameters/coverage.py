"""What a payer decides about Medicare fee schedule status codes, OPPS status indicators, and the age of tables."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import attrs

from claimcheck.policies.kind import AtLeastOne
from claimcheck.policies.kinds import (
    ClaimTypes,
    Contractors,
    Days,
    Indicators,
    Modifiers,
    PlacesOfService,
    Procedures,
    ProviderKinds,
    Revenue,
)
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.facility import Bills
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "FeeScheduleStatus",
    "IndicatorClass",
    "IndicatorMeans",
    "Necessity",
    "OppsCategoryII",
    "OppsStatus",
    "TablesAccepted",
]


@parameter("coverage.fee_schedule_status")
class FeeScheduleStatus:
    """What each status code of the physician fee schedule means to the payer, on claims of `claim_types`.

    `bundled` is not paid separately, and of it the codes `reported` are accepted as reports; `incident_to` is not paid
    separately as part of a physician's service, but is not checked if supplied by one of `suppliers` or at one of
    `supplied_at` (places of service); `non_covered` is never paid; `not_valid` must be billed with another code, and
    `not_valid_denies` says whether it is denied (Medicare) or only gets an informational finding (a payer that does not
    use the schedule); `reporting_only` is accepted and not paid; `restricted` needs review; `contractor_priced` is
    priced by the contractor, after manual review if `contractor_priced_review`; `conditional` is paid only if no
    service with a status in `payable` is payable to the provider on that day. Any other status means that the code is
    paid, here or under another schedule.
    """

    claim_types: ClaimTypes = frozenset({"professional"})
    bundled: Indicators = frozenset({"B"})
    reported: Procedures = CodeSpans.of(["99024"])
    incident_to: Indicators = frozenset({"P"})
    suppliers: ProviderKinds = frozenset({"dme_supplier"})
    supplied_at: PlacesOfService = frozenset({"12"})
    non_covered: Indicators = frozenset({"N"})
    not_valid: Indicators = frozenset({"G", "I"})
    not_valid_denies: bool = False
    reporting_only: Indicators = frozenset({"M", "Q"})
    restricted: Indicators = frozenset({"R"})
    contractor_priced: Indicators = frozenset({"C"})
    contractor_priced_review: bool = False
    conditional: Indicators = frozenset({"T"})
    payable: Indicators = frozenset({"A", "C", "J", "R"})


class IndicatorMeans(StrEnum):
    """What an OPPS status indicator means for a line."""

    INPATIENT_ONLY = "inpatient_only"
    NON_COVERED = "non_covered"
    NOT_PRICED = "not_priced"  #: no separate payment, because pricing or claims data are missing
    NOT_RECOGNISED = "not_recognised"  #: bill another code, or another bill type
    NOT_BILLABLE = "not_billable"  #: not billed to this contractor
    DME = "dme"  #: bill the DME contractor
    PACKAGED = "packaged"
    UNDECIDED = "undecided"  #: coverage depends on more than the indicator: not checked


@attrs.frozen
class IndicatorClass:
    """What `indicators` mean on `bills`, except for lines with a revenue code in `except_revenue`."""

    indicators: Annotated[Indicators, AtLeastOne("one indicator")]
    means: IndicatorMeans
    bills: Annotated[tuple[Bills, ...], AtLeastOne("one entry of bill types")]
    except_revenue: Revenue = attrs.field(factory=CodeSpans)


@parameter("coverage.opps_status")
class OppsStatus:
    """What the status indicators of OPPS Addendum B mean to the payer, on outpatient bills."""

    classes: tuple[IndicatorClass, ...] = ()


@parameter("coverage.necessity")
class Necessity:
    """Whether the payer covers services only for listed diagnoses, and by whose articles.

    National determinations always apply; articles are those of the `contractors` (their numbers) for the state where
    the service was given, or where the member lives for equipment. `then` is what happens to a line whose diagnoses an
    article does not cover; if its code groups leave that open, the line goes to review at most. With one of
    `patient_pays`, which say that a notice was signed, the patient owes what is denied.
    """

    applies: bool = True
    contractors: Contractors = frozenset()
    then: Then = Then.REVIEW
    patient_pays: Modifiers = frozenset({"GA"})


@parameter("coverage.opps_category_ii")
class OppsCategoryII:
    """Whether the status indicators apply to CPT Category II lines too, which other payers accept as reports."""

    applies: bool = False


@parameter("tables.accepted")
class TablesAccepted:
    """Whether answers beyond an edition's exact range are accepted; findings then say so.

    `approximate_history` accepts dates before the range; `staleness_days` accepts an edition for that many days after
    its range.
    """

    approximate_history: bool = False
    staleness_days: Days = attrs.field(default=0, validator=attrs.validators.ge(0))
