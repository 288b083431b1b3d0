"""What a payer decides about the National Correct Coding Initiative (NCCI) edits."""

from __future__ import annotations

from enum import StrEnum

import attrs

from claimcheck.policies.kinds import (
    BillTypeCodes,
    Modifiers,
    Procedures,
    ProviderKinds,
    Revenue,
    SomeBillTypeCodes,
    SomeProcedures,
)
from claimcheck.policies.parameter import parameter
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "AddOnCodes",
    "BillTypes",
    "Bypass",
    "Decision",
    "MedicallyUnlikely",
    "Primaries",
    "ProcedureToProcedure",
    "Program",
    "SameProvider",
    "Settings",
    "Side",
]


class Program(StrEnum):
    """Whose edition of the tables the payer uses."""

    MEDICARE = "medicare"
    MEDICAID = "medicaid"


class SameProvider(StrEnum):
    """Who counts as one provider when services of a day are compared."""

    NPI = "npi"  #: the rendering NPI, else the billing NPI
    GROUP_AND_SPECIALTY = "group_and_specialty"  #: the billing NPI and the rendering taxonomy
    TAX_ID = "tax_id"  #: the billing tax identifier


class Side(StrEnum):
    """On which line of a pair a bypass modifier counts."""

    EITHER = "either"
    COLUMN_TWO = "column_two"


class Decision(StrEnum):
    """What happens to a line that the payer may still decide on."""

    DENY = "deny"  #: the line is denied
    REVIEW = "review"  #: manual review


@parameter("ncci.settings", renamed={"programme": "program"})
class Settings:
    """Which program's tables the payer uses, how it defines the same provider, and which lines it exempts.

    A line with one of `exempt_modifiers` is exempt from all edits and triggers none. `dme_provider_kinds` are the kinds
    of provider whose professional claims are checked against the tables for durable medical equipment; `supplies` are
    codes that such a provider bills, for which a practitioner MUE of 0 means nothing while the kind of provider is
    unknown.
    """

    program: Program = Program.MEDICARE
    same_provider: SameProvider = SameProvider.NPI
    exempt_modifiers: Modifiers = frozenset()
    dme_provider_kinds: ProviderKinds = frozenset({"dme_supplier"})
    supplies: Procedures = CodeSpans.of(["A4206-A9999", "B4034-B9999", "E0100-E9999", "K0001-K9999", "L0112-L9999"])


@parameter("ncci.bill_types")
class BillTypes:
    """The types of bill (first two digits) that each kind of edit applies to.

    On `divided` bills, lines with `professional_revenue` are compared with each other, and all other lines with each
    other.
    """

    procedure_to_procedure: BillTypeCodes = CodeSpans()
    medically_unlikely: BillTypeCodes = CodeSpans()
    add_on: BillTypeCodes = CodeSpans()
    divided: BillTypeCodes = CodeSpans()
    professional_revenue: Revenue = CodeSpans()


@parameter("ncci.procedure_to_procedure")
class ProcedureToProcedure:
    """Whether the payer applies the pairs."""

    applies: bool = True


@parameter("ncci.bypass")
class Bypass:
    """Where a bypass modifier counts. `distinct_service` is for 59, XE, XP, XS, XU; `other` for all others.

    On the `ignored_on` codes, 59, XE, XP, XS, and XU are ignored; on an institutional claim only if
    `ignored_for_facilities`, because the outpatient code editor accepts them there. On professional claims, one of the
    `visit_modifiers` on the visit alone bypasses a pair whose column two is one of the `visits`.
    """

    distinct_service: Side = Side.EITHER
    other: Side = Side.EITHER
    ignored_on: Procedures = CodeSpans.of(["77427", "92012-92014", "99201-99499"])
    ignored_for_facilities: bool = False
    visits: Procedures = CodeSpans.of(
        ["92002", "92004", "92012", "92014", "99201-99499", "G0101", "G0402", "G0438-G0439"]
    )
    visit_modifiers: Modifiers = frozenset({"24", "25", "57"})

    def ignores(self, code: str | None, *, institutional: bool) -> bool:
        """Whether 59, XE, XP, XS and XU are ignored on a line with the code."""
        return (not institutional or self.ignored_for_facilities) and code in self.ignored_on


@parameter("ncci.medically_unlikely")
class MedicallyUnlikely:
    """Whether the payer applies the medically unlikely edits, and how.

    `line_edits_only` checks every code line by line, whatever its adjudication indicator. `clinical` is what happens to
    an excess under indicator 3, which documentation may override.
    """

    applies: bool = True
    line_edits_only: bool = False
    clinical: Decision = Decision.DENY


@attrs.frozen
class Primaries:
    """The payer's own primaries: any of `primaries` suffices for any of `add_on`."""

    add_on: SomeProcedures
    primaries: SomeProcedures


@attrs.frozen
class Unpackaged:
    """Add-on `codes` that are checked on `bills` that package all others.

    A primary on the same day suffices, or one `anywhere` on the claim.
    """

    bills: SomeBillTypeCodes
    codes: SomeProcedures
    anywhere: bool = False


@parameter("ncci.add_on_codes", renamed={"packaged_beside": "packaged_with"})
class AddOnCodes:
    """Whether the payer applies the add-on edits, and how.

    `own_primaries` are the lists that a contractor keeps for add-on codes of type 2 and 3. The primary of one of the
    `elsewhere` codes may be paid to another physician of the group and specialty: `without_primary` is what happens to
    one that has none. For a facility, a primary on the day before suffices if `day_before`, and one anywhere on the
    claim for the codes in `anywhere_on_claim`. A bill in `packaged_bills` that has one of the codes `packaged_with`
    is paid under the outpatient prospective payment system, which packages add-on codes, so it is exempt. `unpackaged`
    are those that are checked on such bills too. `unlisted` are add-on codes that the table may lack, with all their
    primaries: if it is loaded and lists them, it decides. For a facility, a primary that is itself not paid supports an
    add-on code if `reported_suffices`.
    """

    applies: bool = True
    own_primaries: tuple[Primaries, ...] = ()
    unlisted: tuple[Primaries, ...] = ()
    reported_suffices: bool = False
    elsewhere: Procedures = CodeSpans.of(["99292"])
    without_primary: Decision = Decision.DENY
    day_before: bool = True
    anywhere_on_claim: Procedures = CodeSpans()
    packaged_bills: BillTypeCodes = CodeSpans()
    packaged_with: Procedures = CodeSpans()
    unpackaged: tuple[Unpackaged, ...] = ()
