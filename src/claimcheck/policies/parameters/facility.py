"""What a payer decides about institutional claims: the sets of the outpatient code editor, or its own."""

from __future__ import annotations

import attrs

from claimcheck.policies.kinds import (
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
    """Bills that an edit looks at: those of `types` (facility and classification), such as "13" or "74-76".

    A bill that carries one of the condition codes `without` is left alone; so is one that carries none of `only_with`,
    where that names any.
    """

    types: SomeBillTypeCodes
    without: ConditionCodes = frozenset()
    only_with: ConditionCodes = frozenset()


@parameter("facility.outpatient_edits")
class OutpatientEdits:
    """Which of the outpatient code editor's edits that go by the editor's own tables the payer runs, by their numbers.

    On a bill of an inpatient's Part B services, lines of the `part_b_together` revenue codes are left alone where each
    of them stands on the claim.
    """

    edits: frozenset[Count] = frozenset()
    part_b_together: Revenue = CodeSpans()


@parameter("facility.health_centers")
class HealthCenters:
    """The payment codes of federally qualified health centers, and the revenue codes that they go with.

    A day with `telehealth` needs none, nor one with `opioid` treatment, but with that of an office (`office_opioid`).
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
    """Bills for outpatients that the payer takes: without any in `bills`, all.

    Of those, `not_partial` are no bills of a partial hospitalization program, which a condition code of
    `partial_hospitalization` says that they are.
    """

    bills: tuple[Bills, ...] = ()
    not_partial: tuple[Bills, ...] = ()
    partial_hospitalization: ConditionCodes = frozenset({"41"})


@parameter("facility.revenue_codes")
class RevenueCodes:
    """Which revenue codes the payer knows, and on which bills it looks. Without `valid`, every well-formed one."""

    bills: tuple[Bills, ...] = ()
    valid: Revenue = CodeSpans()


@parameter("facility.later_revenue_codes")
class LaterRevenueCodes:
    """Revenue codes that the payer came to know later, by the day on which it received the claim."""

    codes: Revenue = CodeSpans()


@parameter("facility.unrecognized_revenue_codes")
class UnrecognizedRevenueCodes:
    """Revenue codes that are valid and that the payer does not recognise, by the day on which it received the claim."""

    bills: tuple[Bills, ...] = ()
    codes: Revenue = CodeSpans()


@parameter("facility.revenue_needs_procedure")
class RevenueNeedsProcedure:
    """Which revenue codes need a HCPCS code, on which bills.

    A code of `required` always needs one. One that is `packaged` (paid within other services) or `exempt` for another
    reason does not. Any other does where `others`, and does not where a payer's list names only what is required.
    """

    bills: tuple[Bills, ...] = ()
    required: Revenue = CodeSpans()
    packaged: Revenue = CodeSpans()
    exempt: Revenue = CodeSpans()
    others: bool = True


@attrs.frozen
class RevenueWith:
    """Lines of the `revenue` codes bear one of `codes`; `name` says what of."""

    name: Name
    revenue: SomeRevenue
    codes: SomeProcedures


@parameter("facility.revenue_procedures")
class RevenueProcedures:
    """Revenue codes that go with certain procedure codes and no others, and the bills on which they do."""

    bills: tuple[Bills, ...] = ()
    listed: tuple[RevenueWith, ...] = ()


@parameter("facility.visit_procedures")
class VisitProcedures:
    """The bills on which a line of one of the `revenue` codes is a visit, and bears the HCPCS code of who visited."""

    bills: tuple[Bills, ...] = ()
    revenue: Revenue = CodeSpans()


@parameter("facility.total_line")
class TotalLine:
    """Whether a line of revenue code 0001, the total of the paper form, is accepted as a service line."""

    accepted: bool = False


@parameter("facility.accommodations")
class Accommodations:
    """Revenue codes for room and board, and the outpatient bills on which they do not belong."""

    bills: tuple[Bills, ...] = ()
    codes: Revenue = CodeSpans()


@parameter("facility.token_charges")
class TokenCharges:
    """Charges that stand for none: above $0.00 and below $1.01.

    `drug_bills`: where a drug with one of `drug_status_indicators` is not paid at such a charge. `token_bills`: where
    the codes of `token_only` must bear one; whether $0.00 will do for them too, `zero_is_token` says.
    """

    drug_bills: tuple[Bills, ...] = ()
    drug_status_indicators: Indicators = frozenset()
    token_bills: tuple[Bills, ...] = ()
    token_only: Procedures = CodeSpans()
    zero_is_token: bool = True


@parameter("facility.observation")
class Observation:
    """Observation services: on `revenue_bills`, lines with a revenue code in `revenue` may have only a code in `codes`.

    The `hours` and `direct` codes (hours of observation, direct referral to it) are for `own_bills`, and not for
    `other_bills`; on `direct_bills`, a direct referral needs hours on the same day; on `once_bills`, the hours stand on
    one line. A line of `hours_for_all` units of them or more, with a visit, pays for all else on the claim.
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
    """On `bills`, a line of `codes` stands beside one of `critical_care` and one of the `revenue` codes, of its day."""

    bills: tuple[Bills, ...] = ()
    codes: Procedures = CodeSpans()
    critical_care: Procedures = CodeSpans()
    revenue: Revenue = CodeSpans()


@parameter("facility.bilateral")
class Bilateral:
    """The bills on which a procedure with modifier 50 is billed with one unit.

    `indicators` are those of the physician fee schedule (bilateral surgery) that let the modifier say something; where
    the schedule is silent it may. `professional`: whether a professional line of more units is warned of.
    """

    bills: tuple[Bills, ...] = ()
    indicators: Indicators = frozenset({"1", "3"})
    professional: bool = False


@parameter("facility.inherently_bilateral")
class InherentlyBilateral:
    """The bills on which a code of one of `indicators`, of both sides by itself, is one unit a day.

    A line with one of the `repeats` modifiers says that the procedure was done again, and adds no unit. What has one of
    the status indicators `visits` is left alone where a condition code of `several_visits` says that there were more.
    """

    bills: tuple[Bills, ...] = ()
    indicators: Indicators = frozenset({"2"})
    repeats: Modifiers = frozenset({"76", "77"})
    visits: Indicators = frozenset({"V"})
    several_visits: ConditionCodes = frozenset({"G0"})


@parameter("facility.discontinued")
class Discontinued:
    """The bills on which a procedure with one of the `modifiers`, reduced or broken off, is one unit of one side."""

    bills: tuple[Bills, ...] = ()
    modifiers: Modifiers = frozenset({"52", "73"})


@parameter("facility.requested")
class Requested:
    """Condition codes by which the provider asks for a denial or a review, and the bills on which they are heard."""

    bills: tuple[Bills, ...] = ()
    denial: ConditionCodes = frozenset()
    review: ConditionCodes = frozenset()


@parameter("facility.revenue_alone")
class RevenueAlone:
    """Revenue codes that are not paid without a procedure code: excluded by law, not covered, or bundled into another.

    What is `excluded` is excluded with a procedure code too, where `excluded_with_procedure`.
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

    By OPPS status indicator: `visits` beside `procedures`. `may_be_visits` are visits unless the claim has one of the
    `comprehensive` services, which pay for all others on it; `never_visits` are codes that are procedures in its place.
    What has one of `paid_by_group` is a procedure too, where no comprehensive service pays for it; and of those of
    `paid_but_for_surgery` the first on the claim, where nothing of `packages_referral` packages it. One of
    `packages_referral` on the day packages a direct referral to observation, and on the claim keeps observation from
    paying for all. On `as_listed` bills, which are not paid by comprehensive groups, all of `visits` and
    `may_be_visits` are visits.
    """

    bills: tuple[Bills, ...] = ()
    procedures: Indicators = frozenset()
    visits: Indicators = frozenset()
    may_be_visits: Indicators = frozenset()
    comprehensive: Indicators = frozenset()
    paid_by_group: Indicators = frozenset()
    paid_but_for_surgery: Indicators = frozenset()
    packages_referral: Indicators = frozenset()
    never_visits: Procedures = CodeSpans()
    as_listed: tuple[Bills, ...] = ()
    modifiers: Modifiers = frozenset({"25"})


@parameter("facility.multiple_visits")
class MultipleVisits:
    """The bills on which several visits of one day under one revenue code need a condition code that says so."""

    bills: tuple[Bills, ...] = ()
    condition_codes: ConditionCodes = frozenset({"G0"})
