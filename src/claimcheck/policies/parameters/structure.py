"""What a payer decides about the form of claims."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from claimcheck.dates import months_later, next_workday
from claimcheck.policies.kinds import ClaimFields, Count, Days, Indicators, Modifiers, PlacesOfService, Procedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "Counts",
    "Duplicates",
    "FileDates",
    "FrequencyCodes",
    "MemberId",
    "MemberIdFormat",
    "RenderingProvider",
    "RequiredFields",
    "Suspected",
    "TimelyFiling",
    "Units",
    "ZeroCharge",
]


@parameter("structure.required_fields")
class RequiredFields:
    """Which fields a claim must have, besides claim type, lines, charges, units, and dates, which are always required.

    A claim that lacks one of `returned` is returned. One that lacks one of `required` gets an error for each, and its
    lines are still checked; one that lacks some of `wanted` gets a warning that names them all. The lists differ by
    claim type; `wanted_inpatient` adds to those of an inpatient institutional claim.
    """

    returned_professional: ClaimFields = ()
    returned_institutional: ClaimFields = ()
    returned_dental: ClaimFields = ()
    required_professional: ClaimFields = ()
    required_institutional: ClaimFields = ()
    required_dental: ClaimFields = ()
    wanted_professional: ClaimFields = ()
    wanted_institutional: ClaimFields = ()
    wanted_dental: ClaimFields = ()
    wanted_inpatient: ClaimFields = ()


@parameter("structure.rendering_provider")
class RenderingProvider:
    """Which `codes` are services of a person, whom a claim of a group must name.

    At one of `except_places` the organization itself may have rendered them. `otherwise` is what happens to a line that
    names nobody.
    """

    codes: Procedures = CodeSpans()
    except_places: PlacesOfService = frozenset()
    otherwise: Then = Then.WARN


@parameter("structure.timely_filing")
class TimelyFiling:
    """By when a claim must be received: that many `months` or `days` after the service; 0 for both disables the check.

    Counted from the first day of a professional or dental line, and for an institutional claim from the end of its
    statement period, or the discharge. A limit that ends on a weekend or a federal holiday extends to the
    `next_workday`. `then` is what happens to a line that was filed late, `with_reason` to one on a claim that gives a
    reason (X12 CLM20).
    """

    months: Days = 0
    days: Days = 0
    next_workday: bool = False
    then: Then = Then.DENY
    with_reason: Then = Then.REVIEW

    def __attrs_post_init__(self) -> None:
        if self.months and self.days:
            raise ValueError("months: give months or days, not both")

    def last_day(self, service: date) -> date | None:
        """The last day on which a service of that day may be filed; None if there is no limit.

        >>> year = TimelyFiling(months=12)
        >>> str(year.last_day(date(2024, 2, 29))), str(TimelyFiling(days=90).last_day(date(2024, 2, 29)))
        ('2025-02-28', '2024-05-29')
        >>> TimelyFiling().last_day(date(2024, 2, 29)) is None
        True
        """
        if not self.months and not self.days:
            return None
        try:
            last = months_later(service, self.months) if self.months else service + timedelta(days=self.days)
            return next_workday(last) if self.next_workday else last
        except (OverflowError, ValueError):  # beyond the calendar nothing is late
            return None


@parameter("structure.zero_charge")
class ZeroCharge:
    """Which services on professional claims may not be billed at $0.00: those with one of the fee schedule's
    `statuses`.

    A line with one of the `no_charge` modifiers, and a claim for reporting only, may be.
    """

    statuses: Indicators = frozenset()
    no_charge: Modifiers = frozenset()


@parameter("structure.units")
class Units:
    """Which procedure codes are billed in `fractional` units, in `minutes`, and per day when a line spans days."""

    fractional: Procedures = CodeSpans()
    minutes: Procedures = CodeSpans()
    daily: Procedures = CodeSpans()


@parameter("structure.counts")
class Counts:
    """The maximum size of a claim: lines and diagnoses by claim type, and pointers and modifiers per line."""

    professional_lines: Count = 50
    institutional_lines: Count = 999
    dental_lines: Count = 50
    professional_diagnoses: Count = 12
    institutional_diagnoses: Count = 25
    dental_diagnoses: Count = 4
    external_causes: Count = 12
    reasons_for_visit: Count = 3
    modifiers: Count = 4


class Suspected(StrEnum):
    """What happens to a line that may be a duplicate."""

    WARN = "warn"
    REVIEW = "review"


@parameter("structure.duplicates")
class Duplicates:
    """How duplicate lines are identified: a modifier in `repeats` says that the service was repeated.

    `suspected` is what happens to a line that repeats a service with a different charge, units, or place.
    """

    repeats: Modifiers = frozenset()
    suspected: Suspected = Suspected.WARN


@parameter("structure.file_dates")
class FileDates:
    """How many days (`days_ahead`) a service may be dated after its file was created with only a warning."""

    days_ahead: int = 31


@parameter("structure.frequency_codes")
class FrequencyCodes:
    """The valid frequency codes, by claim type; an empty set accepts any."""

    professional: frozenset[str] = frozenset()
    institutional: frozenset[str] = frozenset()
    dental: frozenset[str] = frozenset()


class MemberIdFormat(StrEnum):
    """The format of a member identifier."""

    ANY = "any"
    MBI = "mbi"  #: a Medicare Beneficiary Identifier


@parameter("structure.member_id")
class MemberId:
    """The format of the payer's member identifiers."""

    format: MemberIdFormat = MemberIdFormat.ANY
