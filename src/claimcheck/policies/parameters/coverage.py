"""What a payer decides about the Medicare fee schedule's status codes, and about the tables' age."""

from __future__ import annotations

from claimcheck.policies.parameter import parameter

__all__ = ["FeeScheduleStatus", "TablesAccepted"]


@parameter("coverage.fee_schedule_status")
class FeeScheduleStatus:
    """What each status code of the physician fee schedule means to the payer.

    `bundled` pays nothing apart; `non_covered` is not paid at all; `not_valid` must be billed with another code;
    `not_valid_denies` says whether that last one denies (Medicare) or only informs (a payer whose schedule it is not);
    `reporting_only` accepts and pays nothing; `restricted` asks for a look.
    """

    bundled: frozenset[str] = frozenset({"B", "P"})
    non_covered: frozenset[str] = frozenset({"N"})
    not_valid: frozenset[str] = frozenset({"G", "I"})
    not_valid_denies: bool = False
    reporting_only: frozenset[str] = frozenset({"M", "Q"})
    restricted: frozenset[str] = frozenset({"R"})


@parameter("tables.accepted")
class TablesAccepted:
    """Whether answers beyond an edition's exact range are taken, and findings say so.

    `approximate_history` takes windows from before the range; `staleness_days` takes an edition for so many days
    after its range.
    """

    approximate_history: bool = False
    staleness_days: int = 0
