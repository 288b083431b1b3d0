"""What a payer decides about institutional claims: the outpatient code editor's sets, or its own."""

from __future__ import annotations

import attrs

from claimcheck.policies.kinds import (
    Characters,
    ConditionCodes,
    Count,
    Indicators,
    Modifiers,
    Name,
    Procedures,
    Revenue,
    SomeBillTypeCodes,
    SomeProcedures,
    SomeRevenue,
)
from claimcheck.policies.parameter import parameter
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "Accommodations",
    "Bilateral",
    "Bills",
    "Discontinued",
    "HealthCenters",
    "InherentlyBilateral",
    "InpatientEdits",
    "LaterRevenueCodes",
    "MultipleVisits",
    "Observation",
    "OutpatientEdits",
    "ProcessedBills",
    "Requested",
    "RevenueAlone",
    "RevenueCodes",
    "RevenueNeedsProcedure",
    "RevenueProcedures",
    "RevenueWith",
    "TokenCharges",
    "TotalLine",
    "TraumaResponse",
    "UnrecognizedRevenueCodes",
    "VisitProcedures",
    "VisitWithProcedure",
]


@attrs.frozen
class Bills:
    """Bills that an edit applies to: those of `types` (facility and classification), such as "13" or "74-76".

    A bill with one of the condition codes `without` is exempt; so is one without any of `only_with`, if that names any.
    """

    types: SomeBillTypeCodes
    without: ConditionCodes = frozenset()
    only_with: ConditionCodes = frozenset()


@parameter("facility.outpatient_edits")
class OutpatientEdits:
    """Which table-based edits of the outpatient code editor the payer runs, by number.

    On a Part B bill for an inpatient, lines with the `part_b_together` revenue codes are exempt if each of these is on
    the claim.
    """

    edits: frozenset[Count] = frozenset()
    part_b_together: Revenue = CodeSpans()


@parameter("facility.inpatient_edits")
class InpatientEdits:
    """Which of the Medicare Code Editor's edits that go by its own lists the payer runs, by their numbers, and on which
    `bills`.

    A procedure of edit 19 goes with a stay of `long_stay` days at least, one of edit 11 F with members up to `age`. By
    edit 15 a member's sex is one of `sexes`.
    """

    edits: frozenset[Count] = frozenset()
    bills: tuple[Bills, ...] = ()
    sexes: Characters = frozenset()
    long_stay: Count = 5
    age: Count = 60


@parameter("facility.health_centers")
class HealthCenters:
    """The payment codes of federally qualified health centers, and the revenue codes that they go with.

    A day with `telehealth` needs none, nor one with `opioid` treatment, except with that of an office
    (`office_opioid`).
    """

    medical: Procedures = CodeSpans()
    medical_revenue: Revenue = CodeSpans()
    mental_health: Procedures = CodeSpans()
    mental_health_revenue: Revenue = CodeSpans()
    telehealth: Procedures = CodeSpans()
    opioid: Procedures = CodeSpans()
    office_opioid: Procedures = CodeSpans()


@parameter("facility.processed_bills")
class ProcessedBills:
    """Outpatient bills that the payer accepts: if `bills` is empty, all.

    Of those, `not_partial` cannot be partial hospitalization bills, as a condition code in `partial_hospitalization`
    would say.
    """

    bills: tuple[Bills, ...] = ()
    not_partial: tuple[Bills, ...] = ()
    partial_hospitalization: ConditionCodes = frozenset({"41"})


@parameter("facility.revenue_codes")
class RevenueCodes:
    """Which revenue codes the payer recognizes, and on which bills it checks them.

    Without `valid`, every well-formed revenue code is accepted."""

    bills: tuple[Bills, ...] = ()
    valid: Revenue = CodeSpans()


@parameter("facility.later_revenue_codes")
class LaterRevenueCodes:
    """Revenue codes that the payer recognizes only for claims received from a date on."""

    codes: Revenue = CodeSpans()


@parameter("facility.unrecognized_revenue_codes")
class UnrecognizedRevenueCodes:
    """Revenue codes that are valid but that the payer does not recognize, for claims received from a date on."""

    bills: tuple[Bills, ...] = ()
    codes: Revenue = CodeSpans()


@parameter("facility.revenue_needs_procedure")
class RevenueNeedsProcedure:
    """Which revenue codes need a HCPCS code, on which bills.

    A code in `required` always needs one. A code that is `packaged` (paid within other services) or `exempt` for
    another reason does not. Any other code does if `others` is true, and does not if a payer's list names only those
    that are required.
    """

    bills: tuple[Bills, ...] = ()
    required: Revenue = CodeSpans()
    packaged: Revenue = CodeSpans()
    exempt: Revenue = CodeSpans()
    others: bool = True


@attrs.frozen
class RevenueWith:
    """Lines with the `revenue` codes need one of `codes`; `name` says what they are."""

    name: Name
    revenue: SomeRevenue
    codes: SomeProcedures


@parameter("facility.revenue_procedures")
class RevenueProcedures:
    """Revenue codes that go only with certain procedure codes, and the bills on which that applies."""

    bills: tuple[Bills, ...] = ()
    listed: tuple[RevenueWith, ...] = ()


@parameter("facility.visit_procedures")
class VisitProcedures:
    """The bills on which a line with one of the `revenue` codes is a visit, and needs the HCPCS code of the
    discipline."""

    bills: tuple[Bills, ...] = ()
    revenue: Revenue = CodeSpans()


@parameter("facility.total_line")
class TotalLine:
    """Whether a line with revenue code 0001, the total of the paper form, is accepted as a service line."""

    accepted: bool = False


@parameter("facility.accommodations")
class Accommodations:
    """Revenue codes for room and board, and the outpatient bills on which they are not allowed."""

    bills: tuple[Bills, ...] = ()
    codes: Revenue = CodeSpans()


@parameter("facility.token_charges")
class TokenCharges:
    """Token charges: above $0.00 and below $1.01.

    `drug_bills`: bills on which a drug with one of `drug_status_indicators` is not paid at such a charge.
    `token_bills`: bills on which the `token_only` codes must have one; `zero_is_token` says whether $0.00 will do as
    well.
    """

    drug_bills: tuple[Bills, ...] = ()
    drug_status_indicators: Indicators = frozenset()
    token_bills: tuple[Bills, ...] = ()
    token_only: Procedures = CodeSpans()
    zero_is_token: bool = True


@parameter("facility.observation")
class Observation:
    """Observation services: on `revenue_bills`, lines with a revenue code in `revenue` may have only a code in `codes`.

    The `hours` and `direct` codes (hours of observation, direct referral) are for `own_bills`, and not for
    `other_bills`; on `direct_bills`, a direct referral needs hours on the same day; on `once_bills`, the hours must be
    on one line. A line with at least `hours_for_all` units of them, with a visit, pays for everything else on the
    claim.
    """

    revenue: Revenue = CodeSpans()
    revenue_bills: tuple[Bills, ...] = ()
    codes: Procedures = CodeSpans()
    hours: Procedures = CodeSpans()
    direct: Procedures = CodeSpans()
    own_bills: tuple[Bills, ...] = ()
    other_bills: tuple[Bills, ...] = ()
    direct_bills: tuple[Bills, ...] = ()
    once_bills: tuple[Bills, ...] = ()
    hours_for_all: Count = 8


@parameter("facility.trauma_response")
class TraumaResponse:
    """On `bills`, a line with one of `codes` needs one of `critical_care` and one of the `revenue` codes on the same
    day."""

    bills: tuple[Bills, ...] = ()
    codes: Procedures = CodeSpans()
    critical_care: Procedures = CodeSpans()
    revenue: Revenue = CodeSpans()


@parameter("facility.bilateral")
class Bilateral:
    """The bills on which a procedure with modifier 50 is billed with one unit.

    `indicators` are those of the physician fee schedule (bilateral surgery) for which the modifier is meaningful; if
    the schedule has none it may be. `professional`: whether a professional line with more units gets a warning.
    """

    bills: tuple[Bills, ...] = ()
    indicators: Indicators = frozenset({"1", "3"})
    professional: bool = False


@parameter("facility.inherently_bilateral")
class InherentlyBilateral:
    """The bills on which a code with one of `indicators`, bilateral by definition, is limited to one unit per day.

    A line with one of the `repeats` modifiers says that the procedure was repeated, and adds no unit. A line with one
    of the status indicators `visits` is exempt if a condition code in `several_visits` says that there were more.
    """

    bills: tuple[Bills, ...] = ()
    indicators: Indicators = frozenset({"2"})
    repeats: Modifiers = frozenset({"76", "77"})
    visits: Indicators = frozenset({"V"})
    several_visits: ConditionCodes = frozenset({"G0"})


@parameter("facility.discontinued")
class Discontinued:
    """The bills on which a procedure with one of the `modifiers`, reduced or discontinued, is limited to one unit and
    one side."""

    bills: tuple[Bills, ...] = ()
    modifiers: Modifiers = frozenset({"52", "73"})


@parameter("facility.requested")
class Requested:
    """Condition codes by which the provider requests a denial or a review, and the bills on which they are honored."""

    bills: tuple[Bills, ...] = ()
    denial: ConditionCodes = frozenset()
    review: ConditionCodes = frozenset()


@parameter("facility.revenue_alone")
class RevenueAlone:
    """Revenue codes that are not paid without a procedure code: excluded by law, not covered, or bundled into another.

    `excluded` codes are excluded with a procedure code too, if `excluded_with_procedure`.
    """

    excluded_bills: tuple[Bills, ...] = ()
    excluded: Revenue = CodeSpans()
    excluded_with_procedure: bool = False
    non_covered_bills: tuple[Bills, ...] = ()
    non_covered: Revenue = CodeSpans()
    bundled_bills: tuple[Bills, ...] = ()
    bundled: Revenue = CodeSpans()


@parameter("facility.visit_with_procedure")
class VisitWithProcedure:
    """The bills on which a visit on the same day as a procedure needs modifier 25.

    By OPPS status indicator: `visits` with `procedures`. `may_be_visits` are visits unless the claim has one of the
    `comprehensive` services, which pay for everything else on it; `never_visits` are codes that are procedures instead.
    A line with one of `paid_by_group` is a procedure too, if no comprehensive service pays for it; and of those in
    `paid_but_for_surgery`, the first on the claim, if nothing in `packages_referral` packages it. Of those in
    `paid_but_for_services`, the first on the claim is a visit if no visit or procedure packages it and its APC is that
    of a visit. One of `packages_referral` on the day packages a direct referral to observation, and anywhere on the
    claim keeps observation from paying for everything. On `as_listed` bills, which are not paid by comprehensive
    groups, all of `visits` and `may_be_visits` are visits.
    """

    bills: tuple[Bills, ...] = ()
    procedures: Indicators = frozenset()
    visits: Indicators = frozenset()
    may_be_visits: Indicators = frozenset()
    comprehensive: Indicators = frozenset()
    paid_by_group: Indicators = frozenset()
    paid_but_for_surgery: Indicators = frozenset()
    paid_but_for_services: Indicators = frozenset()
    packages_referral: Indicators = frozenset()
    never_visits: Procedures = CodeSpans()
    as_listed: tuple[Bills, ...] = ()
    modifiers: Modifiers = frozenset({"25"})


@parameter("facility.multiple_visits")
class MultipleVisits:
    """The bills on which several visits on one day under one revenue code need a condition code that says so."""

    bills: tuple[Bills, ...] = ()
    condition_codes: ConditionCodes = frozenset({"G0"})
