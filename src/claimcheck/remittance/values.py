"""What a payer answered: one remittance, its claims, and their service lines. Frozen values without a member.

The patient's name, identifier and birth date are not read: claimcheck does not need them, and what is not held cannot
leak. A `repr` shows no claim number, and of a text that is no code its outline alone.

Every amount is as stated in the remittance, exact to the cent, with its sign: reversals have negative amounts.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

import attrs
import regex

from claimcheck.claims import Severity, Source
from claimcheck.claims.unreadable import shown_if
from claimcheck.codes import procedure

__all__ = [
    "ClaimStatus",
    "ProviderAdjustment",
    "Remittance",
    "RemittanceFinding",
    "RemittanceHeader",
    "RemittedAdjustment",
    "RemittedClaim",
    "RemittedLine",
]


def _each(shown: Callable[[object], str]) -> Callable[[tuple[str, ...]], str]:
    return lambda values: f"({', '.join(map(shown, values))}{',' if len(values) == 1 else ''})"


_GROUP = shown_if(regex.compile("CO|CR|OA|PI|PR").fullmatch, "a group code")
_REASON = shown_if(regex.compile("[A-Z]{0,2}[0-9]{1,3}|[A-Z0-9]{2}").fullmatch, "a reason code")
_STATUS = shown_if(regex.compile("[0-9]{1,2}").fullmatch, "a claim status")
_CODE = shown_if(procedure.is_valid, "a procedure code")
_REVENUE = shown_if(regex.compile("[0-9]{4}").fullmatch, "a revenue code")
_MODIFIERS = _each(shown_if(regex.compile("[A-Z0-9]{2}").fullmatch, "a modifier"))
_REMARKS = _each(shown_if(regex.compile("[A-Z]{1,2}[0-9]{1,4}").fullmatch, "a remark code"))


class ClaimStatus(StrEnum):
    """What CLP02 says of a claim (005010X221A1, loop 2100; code list 1029)."""

    PRIMARY = "1"
    SECONDARY = "2"
    TERTIARY = "3"
    DENIED = "4"
    PRIMARY_FORWARDED = "19"
    SECONDARY_FORWARDED = "20"
    TERTIARY_FORWARDED = "21"
    REVERSAL = "22"
    NOT_OUR_CLAIM_FORWARDED = "23"
    PREDETERMINATION = "25"


@attrs.frozen(weakref_slot=False)
class RemittanceFinding:
    """An error in a remittance: a balance that does not hold, or a value that cannot be read.

    `place` is the number of the segment, from 1. A message holds amounts, codes and element names, never anybody's name
    or identifier.
    """

    rule_id: str
    severity: Severity
    message: str
    place: int | None = None

    def __str__(self) -> str:
        where = "" if self.place is None else f"segment {self.place}: "
        return f"{where}{self.severity} {self.rule_id}: {self.message}"


@attrs.frozen(weakref_slot=False)
class RemittedAdjustment:
    """One of up to six adjustments of a CAS segment: why an amount was not paid.

    `amount` is subtracted from the charge (a negative one is added to it); `quantity` is the number of units concerned.
    """

    group_code: str = attrs.field(repr=_GROUP)
    carc: str = attrs.field(repr=_REASON)
    amount: Decimal
    quantity: Decimal | None = None


@attrs.frozen(weakref_slot=False)
class RemittedLine:
    """One service line as the payer adjudicated it (loop 2110).

    `procedure_code` and `modifiers` are what was paid or denied (SVC01); `submitted_code` and `submitted_modifiers`
    what was billed, if the payer adjudicated another code (SVC06), and `submitted_revenue_code` if that was a revenue
    code (qualifier NU). `units` are the paid units (SVC05, one if it is absent, as the guide says), `submitted_units`
    the billed units if they differ (SVC07). `control_number` is the line's own (REF*6R), `remarks` the remark codes
    (LQ*HE), `allowed` the allowed amount (AMT*B6).
    """

    procedure_code: str | None = attrs.field(repr=_CODE)
    charge: Decimal | None
    paid: Decimal | None
    modifiers: tuple[str, ...] = attrs.field(default=(), repr=_MODIFIERS)
    code_qualifier: str | None = attrs.field(default=None, repr=False)
    revenue_code: str | None = attrs.field(default=None, repr=_REVENUE)
    units: Decimal | None = None
    submitted_code: str | None = attrs.field(default=None, repr=_CODE)
    submitted_modifiers: tuple[str, ...] = attrs.field(default=(), repr=_MODIFIERS)
    submitted_units: Decimal | None = None
    service_date: datetime.date | None = None
    service_date_end: datetime.date | None = None
    control_number: str | None = attrs.field(default=None, repr=False)
    adjustments: tuple[RemittedAdjustment, ...] = ()
    remarks: tuple[str, ...] = attrs.field(default=(), repr=_REMARKS)
    allowed: Decimal | None = None
    rendering_npi: str | None = attrs.field(default=None, repr=False)
    place: int | None = None
    submitted_revenue_code: str | None = attrs.field(default=None, repr=_REVENUE)

    @property
    def billed_code(self) -> str | None:
        """The procedure code as billed: `submitted_code` if the payer adjudicated another one."""
        return self.procedure_code if self.submitted_code is None else self.submitted_code

    @property
    def billed_modifiers(self) -> tuple[str, ...]:
        """The modifiers as billed."""
        return self.modifiers if self.submitted_code is None else self.submitted_modifiers

    @property
    def billed_revenue_code(self) -> str | None:
        """The revenue code as billed: `submitted_revenue_code` if the payer adjudicated another code."""
        return self.revenue_code if self.submitted_revenue_code is None else self.submitted_revenue_code

    @property
    def billed_units(self) -> Decimal | None:
        """The units as billed: `submitted_units` if the payer paid others."""
        return self.units if self.submitted_units is None else self.submitted_units


@attrs.frozen(weakref_slot=False)
class RemittanceHeader:
    """Who pays whom, how much, when and by which check or transfer (loops 1000A and 1000B, BPR and TRN).

    `credit` is whether the amount is paid to the payee (BPR03 C) or owed by it (D).
    """

    payer_name: str | None = None
    payer_id: str | None = None
    payee_npi: str | None = None
    payee_tax_id: str | None = None
    trace_number: str | None = None
    payment_method: str | None = None
    payment_amount: Decimal | None = None
    payment_date: datetime.date | None = None
    production_date: datetime.date | None = None
    credit: bool = True
    control_number: str | None = None
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen(weakref_slot=False)
class RemittedClaim:
    """One claim as the payer adjudicated it (loop 2100), with its service lines.

    `claim_id` is the provider's number (CLP01, CLM01 of the claim), `payer_claim_id` the payer's own (CLP07). `status`
    is CLP02 as stated. `adjustments` are those of the claim as a whole, besides those of its lines; `remarks` the
    remark codes of MIA and MOA.
    """

    remittance: RemittanceHeader = attrs.field(repr=False)
    claim_id: str | None = attrs.field(repr=False)
    status: str = attrs.field(repr=_STATUS)
    charge: Decimal | None
    paid: Decimal | None
    patient_responsibility: Decimal | None = None
    filing_indicator: str | None = attrs.field(default=None, repr=False)
    payer_claim_id: str | None = attrs.field(default=None, repr=False)
    facility_type: str | None = attrs.field(default=None, repr=False)
    frequency: str | None = attrs.field(default=None, repr=False)
    statement_from: datetime.date | None = None
    statement_through: datetime.date | None = None
    received_date: datetime.date | None = None
    rendering_npi: str | None = attrs.field(default=None, repr=False)
    adjustments: tuple[RemittedAdjustment, ...] = ()
    remarks: tuple[str, ...] = attrs.field(default=(), repr=_REMARKS)
    lines: tuple[RemittedLine, ...] = ()
    findings: tuple[RemittanceFinding, ...] = ()
    source: Source | None = attrs.field(default=None, eq=False)

    @property
    def is_reversal(self) -> bool:
        """Whether this takes back an earlier payment of the claim."""
        return self.status == ClaimStatus.REVERSAL

    @property
    def is_predetermination(self) -> bool:
        """Whether this prices services that were not rendered yet: nothing was paid."""
        return self.status == ClaimStatus.PREDETERMINATION


@attrs.frozen(weakref_slot=False)
class ProviderAdjustment:
    """An amount of the whole remittance that belongs to none of its claims (PLB); a positive one reduces the
    payment."""

    provider_id: str | None = attrs.field(repr=False)
    fiscal_period: datetime.date | None
    reason: str = attrs.field(repr=_REASON)
    amount: Decimal
    reference: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(weakref_slot=False)
class Remittance:
    """The totals of a transaction set 835; it follows its claims, because the balance is known only at the end.

    `claims` is the number of its claims, `paid` their total payment. `findings` are those of the remittance itself;
    each claim has its own.
    """

    header: RemittanceHeader
    claims: int
    paid: Decimal
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    findings: tuple[RemittanceFinding, ...] = ()
