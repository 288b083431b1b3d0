"""What a payer decides about the National Correct Coding Initiative's edits."""

from __future__ import annotations

from enum import StrEnum

from claimcheck.policies.parameter import parameter
from claimcheck.policies.spans import CodeSpans

__all__ = ["Bypass", "ProcedureToProcedure", "SameProvider", "Settings", "Side"]


class SameProvider(StrEnum):
    """Who is one provider, when two services of a day are compared."""

    NPI = "npi"  #: the rendering NPI, else the billing NPI
    GROUP_AND_SPECIALTY = "group_and_specialty"  #: the billing NPI and the rendering taxonomy
    TAX_ID = "tax_id"  #: the billing tax identifier


class Side(StrEnum):
    """On which line of a pair a bypass modifier counts."""

    EITHER = "either"
    COLUMN_TWO = "column_two"


@parameter("ncci.procedure_to_procedure")
class ProcedureToProcedure:
    """Whether the payer applies the pairs, of which programme, and whom it takes for one provider."""

    applies: bool = True
    programme: str = "medicare"
    same_provider: SameProvider = SameProvider.NPI


@parameter("ncci.bypass")
class Bypass:
    """Where a bypass modifier counts. `distinct_service` is for 59, XE, XP, XS, XU; `other` for all others.

    On the `ignored_on` codes, 59 and X{EPSU} are processed as if absent.
    """

    distinct_service: Side = Side.EITHER
    other: Side = Side.EITHER
    ignored_on: CodeSpans = CodeSpans.of(["77427", "92012-92014", "99201-99499"])


@parameter("ncci.settings")
class Settings:
    """Which claims go to which table: bill types (facility and classification) for the hospital's, and none."""

    outpatient_hospital_bill_types: CodeSpans = CodeSpans.of(
        ["12", "13", "14", "22", "23", "34", "74", "75", "76", "85", "87"]
    )
    dme_provider_kinds: frozenset[str] = frozenset({"dme_supplier"})
