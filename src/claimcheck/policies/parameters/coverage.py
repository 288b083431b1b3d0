"""What a payer decides about the Medicare fee schedule's status codes, OPPS indicators, and the tables' age."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import attrs

from claimcheck.policies.kinds import (
    AtLeastOne,
    ClaimTypes,
    Contractors,
    Days,
    Indicators,
    Modifiers,
    PlacesOfService,
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

    `bundled` pays nothing apart; `incident_to` pays nothing apart for what belongs to a physician's service, and is
    left alone for what is supplied by one of `suppliers` or at one of `supplied_at` (places of service); `non_covered`
    is not paid at all; `not_valid` must be billed with another code; `not_valid_denies` says whether that last one
    denies (Medicare) or only informs (a payer whose schedule it is not); `reporting_only` accepts and pays nothing;
    `restricted` asks for a look; `contractor_priced` is paid what the contractor sets, with a person's review where
    `contractor_priced_review`; `conditional` is paid only where no service of a status among `payable` is payable to
    the provider on that day. Every other status says that the code is paid here or by another schedule.
    """

    claim_types: ClaimTypes = frozenset({"professional"})
    bundled: Indicators = frozenset({"B"})
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
    """What an OPPS status indicator says of a line."""

    INPATIENT_ONLY = "inpatient_only"
    NON_COVERED = "non_covered"
    NOT_PRICED = "not_priced"  #: no separate payment, for want of prices and claims
    NOT_RECOGNISED = "not_recognised"  #: another code, or another bill type
    NOT_BILLABLE = "not_billable"  #: not to this contractor
    DME = "dme"  #: to the contractor for durable medical equipment
    PACKAGED = "packaged"
    UNDECIDED = "undecided"  #: covered or not, by more than the indicator says: not checked


@attrs.frozen
class IndicatorClass:
    """What `indicators` mean on `bills`, but for lines of a revenue code among `except_revenue`."""

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
    """Whether the payer covers services for listed diagnoses only, and by whose articles.

    National determinations hold for all; articles of the `contractors` (their numbers), of the state in which the
    service was given, or where the member lives for equipment. `then` is what becomes of a line whose diagnoses an
    article does not cover; where its groups of codes leave that open, it is reviewed at most. With one of
    `patient_pays`, which say that a notice was signed, the patient owes what is denied.
    """

    applies: bool = True
    contractors: Contractors = frozenset()
    then: Then = Then.REVIEW
    patient_pays: Modifiers = frozenset({"GA"})


@parameter("coverage.opps_category_ii")
class OppsCategoryII:
    """Whether the status indicators hold for CPT Category II lines too, which other payers take as reports."""

    applies: bool = False


@parameter("tables.accepted")
class TablesAccepted:
    """Whether answers beyond an edition's exact range are taken, and findings say so.

    `approximate_history` takes windows from before the range; `staleness_days` takes an edition for so many days
    after its range.
    """

    approximate_history: bool = False
    staleness_days: Days = attrs.field(default=0, validator=attrs.validators.ge(0))
