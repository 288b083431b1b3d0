"""What very many claims share: claim type, bill type, billing provider."""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.claims import CLAIM_TYPES, Claim, Unreadable
from claimcheck.claims.performer import lacks_rendering
from claimcheck.codes import place_of_service
from claimcheck.codes.bill_type import INPATIENT
from claimcheck.policies import Policy, PolicyOn
from claimcheck.policies.parameters.facility import Bills
from claimcheck.rules.facts.bill import read_bill
from claimcheck.rules.facts.code import CodeField, read_code
from claimcheck.rules.facts.tables_by_day import TablesByDay

__all__ = [
    "Setting",
    "is_inpatient",
    "is_institutional",
    "is_outpatient",
    "processing_date",
    "receipt_day",
    "setting_key",
]

Key = tuple[object, ...]


def setting_key(claim: Claim, *, has_reference: bool, era: int, superseded: bool = False) -> Key:
    """What two claims must share to have one setting. `era` numbers the period of their receipt."""
    return (
        claim.claim_type,
        claim.bill_type,
        claim.frequency_code,
        claim.provider_kind,
        claim.place_of_service,
        claim.clia is None,
        lacks_rendering(claim),
        claim.reporting_only,
        claim.predetermination,
        claim.condition_codes,
        claim.delay_reason,
        has_reference,
        era,
        superseded,
    )


@attrs.frozen(eq=False)
class Setting:
    """The setting of a claim.

    `claim_type` is "professional", "institutional", "dental", or None if the claim does not say; `facility_type` is the
    first two characters of the bill type ("13"); `frequency` the frequency code, from the bill type if it has one.
    `says_frequency` has both, if the claim gives it twice. `delay_reason` is the claim's own reason for late filing.
    `has_clia` says whether the claim itself has a CLIA number, valid or not, `lacks_rendering` whether a group bills it
    and it names no rendering provider other than those of single lines, `has_reference` whether the processing
    date is known, `superseded` whether another version of the bill has replaced the claim. `policy_when_received` is
    the policy on the day the payer received the claim, by which revenue codes are checked; None if that is unknown.
    """

    claim_type: str | None
    claim_type_wrong: bool
    bill_type: CodeField
    facility_type: str | None
    frequency: str | None
    says_frequency: tuple[str, ...]
    provider_kind: str | None
    place_of_service: CodeField
    has_clia: bool
    lacks_rendering: bool
    reporting_only: bool
    predetermination: bool
    condition_codes: frozenset[str]
    delay_reason: str | None
    has_reference: bool
    policy: Policy
    tables: TablesByDay
    policy_when_received: PolicyOn | None = None
    superseded: bool = False
    professional: bool = attrs.field(init=False)  #: whether the claim says it is professional
    institutional: bool = attrs.field(init=False)  #: whether it says it is institutional
    dental: bool = attrs.field(init=False)  #: whether it says it is dental
    inpatient: bool = attrs.field(init=False)  #: whether it is an inpatient bill
    _among: dict[int, tuple[tuple[Bills, ...], bool]] = attrs.field(factory=dict, init=False, repr=False)

    @professional.default
    def _says_professional(self) -> bool:
        return self.claim_type == "professional"

    @institutional.default
    def _says_institutional(self) -> bool:
        return self.claim_type == "institutional"

    @dental.default
    def _says_dental(self) -> bool:
        return self.claim_type == "dental"

    @inpatient.default
    def _is_for_inpatients(self) -> bool:
        return self.institutional and self.facility_type in INPATIENT

    @classmethod
    def of(
        cls, claim: Claim, policy: Policy, tables: TablesByDay, *, has_reference: bool, superseded: bool = False
    ) -> Setting:
        """The setting of `claim`."""
        claim_type = claim.claim_type.lower() if isinstance(claim.claim_type, str) else None
        known = claim_type in CLAIM_TYPES
        bill, facility_type, stated = read_bill(claim)
        own = claim.frequency_code if isinstance(claim.frequency_code, str) else None
        received = receipt_day(claim)
        says = tuple(dict.fromkeys(text.upper() for text in (own, stated) if text))
        return cls(
            claim_type=claim_type if known else None,
            claim_type_wrong=claim.claim_type is not None and not known,
            bill_type=bill,
            facility_type=facility_type,
            frequency=says[0] if says else None,
            says_frequency=says,
            provider_kind=claim.provider_kind.lower() if isinstance(claim.provider_kind, str) else None,
            place_of_service=read_code(place_of_service.parse, claim.place_of_service),
            has_clia=claim.clia is not None,
            lacks_rendering=lacks_rendering(claim),
            reporting_only=claim.reporting_only is True,
            predetermination=claim.predetermination is True,
            condition_codes=frozenset(code.upper() for code in claim.condition_codes if isinstance(code, str)),
            delay_reason=claim.delay_reason if isinstance(claim.delay_reason, str) else None,
            has_reference=has_reference,
            policy=policy,
            tables=tables,
            policy_when_received=None if received is None else policy.on(received),
            superseded=superseded,
        )

    def is_one_of(self, bills: tuple[Bills, ...]) -> bool:
        """Whether the bill is among those that an edit applies to."""
        known = self._among.get(id(bills))
        if known is None:
            known = self._among[id(bills)] = (
                bills,
                self._is_one_of(bills),
            )  # keeps the bills alive, and so their id unique
        return known[1]

    def _is_one_of(self, bills: tuple[Bills, ...]) -> bool:
        return self.institutional and any(
            self.facility_type in some.types
            and not self.condition_codes & some.without
            and (not some.only_with or bool(self.condition_codes & some.only_with))
            for some in bills
        )


def is_institutional(setting: Setting) -> bool:
    """Whether the claim says it is institutional: what most facility rules need."""
    return setting.institutional


def is_professional(setting: Setting) -> bool:
    """Whether the claim says it is professional."""
    return setting.professional


def is_inpatient(setting: Setting) -> bool:
    """Whether the claim is institutional, and of a bill type for inpatients."""
    return setting.inpatient


def is_outpatient(setting: Setting) -> bool:
    """Whether the claim is institutional, and not an inpatient bill."""
    return setting.institutional and not setting.inpatient


def receipt_day(claim: Claim) -> date | None:
    """The date by which the revenue codes of an institutional claim are checked: received, else the last billed.

    The outpatient editor uses the version of the received date, and without one that of the Through date.
    """
    if claim.claim_type is None or isinstance(claim.claim_type, Unreadable) or claim.claim_type[:1] in "Pp":
        return None
    return next((day for day in (claim.received_date, claim.statement_through) if isinstance(day, date)), None)


def processing_date(claim: Claim, as_of: date | None) -> date | None:
    """The processing date: the caller's, else the received date. The clock is never read."""
    if as_of is not None:
        return as_of
    return claim.received_date if isinstance(claim.received_date, date) else None
