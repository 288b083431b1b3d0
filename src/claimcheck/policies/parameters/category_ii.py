"""What a payer decides about CPT Category II lines."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import attrs

from claimcheck.policies.kind import AtLeastOne
from claimcheck.policies.kinds import Diagnoses, Dollars, DollarsAboveZero, Modifiers, Name, Procedures, SomeProcedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.results import Band, ResultConflict, ResultGroup, Results
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "Alone",
    "Band",
    "BilledAlone",
    "Charge",
    "DiagnosisScope",
    "Halves",
    "Incentive",
    "Incentives",
    "Pairs",
    "ResultConflict",
    "ResultGroup",
    "Results",
    "ZeroTotal",
]


@parameter("category_ii.charge")
class Charge:
    """The charges that the payer accepts on a Category II line, and what it allows for one.

    A line is allowed the lesser of its charge and `allowed`. An amount above zero means that the code is on the payer's
    fee schedule at that amount, so a line billed below it risks a denial for a non-payable code.
    """

    accepts: Annotated[tuple[Dollars, ...], AtLeastOne("one amount")] = (Decimal("0.00"), Decimal("0.01"))
    allowed: Dollars = attrs.field(default=Decimal("0.00"), validator=attrs.validators.ge(Decimal(0)))

    def __attrs_post_init__(self) -> None:
        if self.accepts and self.allowed > max(self.accepts):
            raise ValueError(
                f"allowed: {self.allowed} is above every accepted charge, and the lesser of the two is paid: at most "
                f"{max(self.accepts)} is expected"
            )


class Alone(StrEnum):
    """What happens to Category II lines on a claim without any other service."""

    ALLOW = "allow"
    WARN = "warn"
    NO_INCENTIVE = "no_incentive"  #: accepted for reporting, without the incentive
    REJECT = "reject"


@parameter("category_ii.alone")
class BilledAlone:
    """What happens to a claim with only Category II lines."""

    then: Alone = Alone.ALLOW


@parameter("category_ii.zero_total")
class ZeroTotal:
    """Whether a claim with total charges of $0.00 is rejected.

    `reporting_passes`: not if it was sent for reporting (X12 BHT06 = RP; a chargeable claim says CH).
    """

    rejects: bool = False
    reporting_passes: bool = True


@attrs.frozen
class Halves:
    """Codes that report one act only together: any of `one` with any of `other`, on the same day.

    `reference` says where that is published, if it differs from the entry's.
    """

    name: Name
    one: SomeProcedures
    other: SomeProcedures
    reference: str = attrs.field(default="", eq=False)


@parameter("category_ii.pairs", adds="pairs")
class Pairs:
    """Acts whose two halves must both be reported on one day."""

    pairs: tuple[Halves, ...] = ()


class DiagnosisScope(StrEnum):
    """Where the companion diagnosis must be."""

    CLAIM = "claim"  #: anywhere on the claim
    POINTED = "pointed"  #: among those that the line points to


@attrs.frozen
class Incentive:
    """What the payer pays for reporting one of `codes` with one of `diagnoses` (none: no diagnosis needed)."""

    codes: SomeProcedures
    amount: DollarsAboveZero = attrs.field(validator=attrs.validators.gt(Decimal(0)))
    diagnoses: Diagnoses = attrs.field(factory=CodeSpans)


@parameter("category_ii.incentives")
class Incentives:
    """The program that pays for listed Category II codes.

    A listed code earns its amount if one of `visits` is on the claim (none: no visit needed), the companion diagnosis
    is in `diagnosis_scope`, and the line says that the act was performed (without one of `except_modifiers`).
    """

    listed: tuple[Incentive, ...] = ()
    visits: Procedures = CodeSpans()
    diagnosis_scope: DiagnosisScope = DiagnosisScope.CLAIM
    except_modifiers: Modifiers = frozenset({"1P", "2P", "3P", "8P"})

    def of(self, code: str | None, modifiers: frozenset[str] = frozenset()) -> Incentive | None:
        """The incentive that a line with this code and these modifiers may earn."""
        if modifiers & self.except_modifiers:
            return None
        return next((incentive for incentive in self.listed if code in incentive.codes), None)
