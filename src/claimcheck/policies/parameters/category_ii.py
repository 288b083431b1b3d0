"""What a payer decides about CPT Category II lines."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import attrs

from claimcheck.policies.kinds import (
    AtLeastOne,
    Diagnoses,
    Dollars,
    DollarsAboveZero,
    Modifiers,
    Name,
    Procedure,
    Procedures,
    SomeProcedures,
)
from claimcheck.policies.parameter import parameter
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


class ResultConflict(StrEnum):
    """What happens to two different results of one test on one day."""

    WARN = "warn"
    LOWER_BAND = "lower_band"  #: the lowest band is the day's result; the others do not count
    REJECT = "reject"


@attrs.frozen
class Band:
    """The results that one code reports, open or closed at either end."""

    code: Procedure
    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None

    def __attrs_post_init__(self) -> None:
        if None not in (self.at_least, self.above):
            raise ValueError(f"at_least, above: one of the two is expected for {self.code}, not both")
        if None not in (self.at_most, self.below):
            raise ValueError(f"at_most, below: one of the two is expected for {self.code}, not both")
        low = self.above if self.at_least is None else self.at_least
        high = self.below if self.at_most is None else self.at_most
        if low is not None and high is not None and (low > high or (low == high and low not in self)):
            raise ValueError(f"the band of {self.code} ends at {high} before it begins at {low}")

    def __contains__(self, result: Decimal) -> bool:
        return (
            (self.at_least is None or result >= self.at_least)
            and (self.above is None or result > self.above)
            and (self.at_most is None or result <= self.at_most)
            and (self.below is None or result < self.below)
        )


@attrs.frozen
class ResultGroup:
    """The codes that report the result of one test, from the lowest band to the highest.

    `reference` says where that is published, if it differs from the entry's.
    """

    name: Name
    bands: Annotated[tuple[Band, ...], AtLeastOne("one band")]
    conflict: ResultConflict = ResultConflict.WARN
    reference: str = attrs.field(default="", eq=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the bands, from the lowest to the highest."""
        return tuple(band.code for band in self.bands)


@parameter("category_ii.results", adds="groups")
class Results:
    """The tests whose result a code reports, band by band. The sources differ at the edges of some bands."""

    groups: tuple[ResultGroup, ...] = ()

    def __attrs_post_init__(self) -> None:
        seen: dict[str, str] = {}
        for group in self.groups:
            for code in group.codes:
                if code in seen:
                    raise ValueError(
                        f"groups: {code} stands in {seen[code]!r} and again in {group.name!r}: once is expected"
                    )
                seen[code] = group.name

    def group_of(self, code: str | None) -> ResultGroup | None:
        """The code's group."""
        return next((group for group in self.groups if code in group.codes), None)

    def rank(self, code: str | None) -> int:
        """The code's band, counted from the lowest, for a test whose lowest counts; else 0."""
        group = self.group_of(code)
        if code is None or group is None or group.conflict is not ResultConflict.LOWER_BAND:
            return 0
        return group.codes.index(code)


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
