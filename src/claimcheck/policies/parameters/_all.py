"""The parameters that a policy file may hold."""

from __future__ import annotations

from typing import Any

from claimcheck.policies.parameters import category_ii, coverage, facility, frequency, ncci

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[type[Any], ...] = (
    category_ii.Charge,
    coverage.FeeScheduleStatus,
    coverage.TablesAccepted,
    facility.RevenueNeedsProcedure,
    frequency.Limits,
    ncci.Bypass,
    ncci.ProcedureToProcedure,
    ncci.Settings,
)
