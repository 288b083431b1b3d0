"""The parameters that a policy file may hold."""

from __future__ import annotations

from typing import Any

from claimcheck.policies.parameters import category_ii, coding, coverage, facility, frequency, ncci, structure

__all__ = ["PARAMETERS"]

PARAMETERS: tuple[type[Any], ...] = (
    category_ii.BilledAlone,
    category_ii.Charge,
    category_ii.Incentives,
    category_ii.Pairs,
    category_ii.Results,
    category_ii.ZeroTotal,
    coding.AgeAndSex,
    coding.FacilityModifiers,
    coding.IcdVersion,
    coding.ModifierConflicts,
    coding.OutpatientFacilityCodes,
    coding.Unlisted,
    coverage.FeeScheduleStatus,
    coverage.OppsCategoryII,
    coverage.OppsStatus,
    coverage.TablesAccepted,
    facility.Accommodations,
    facility.Bilateral,
    facility.LaterRevenueCodes,
    facility.MultipleVisits,
    facility.Observation,
    facility.RevenueCodes,
    facility.RevenueNeedsProcedure,
    facility.TokenCharges,
    facility.TotalLine,
    facility.UnrecognizedRevenueCodes,
    facility.VisitWithProcedure,
    frequency.Limits,
    ncci.AddOnCodes,
    ncci.BillTypes,
    ncci.Bypass,
    ncci.MedicallyUnlikely,
    ncci.ProcedureToProcedure,
    ncci.Settings,
    structure.Counts,
    structure.Duplicates,
    structure.MemberId,
    structure.RequiredFields,
    structure.Units,
)
