"""The parameters that a policy file may have: claimcheck's own, and those of packages that extend it."""

from __future__ import annotations

from functools import cache
from typing import Any

from claimcheck.errors import PolicyError
from claimcheck.extensions import extensions
from claimcheck.policies.parameter import key_of
from claimcheck.policies.parameters import (
    category_ii,
    claim_codes,
    coding,
    companion,
    coverage,
    drugs,
    facility,
    frequency,
    laboratory,
    ncci,
    professional,
    structure,
    surgery,
    visits,
)

__all__ = ["PARAMETERS", "all_parameters"]

PARAMETERS: tuple[type[Any], ...] = (
    category_ii.BilledAlone,
    category_ii.Charge,
    category_ii.Incentives,
    category_ii.Pairs,
    category_ii.Results,
    category_ii.ZeroTotal,
    claim_codes.Admission,
    claim_codes.ConditionCodes,
    claim_codes.PatientStatus,
    claim_codes.RequiredRevenue,
    claim_codes.RoomAndBoard,
    coding.AgeAndSex,
    coding.Excludes1,
    coding.FacilityModifiers,
    coding.IcdVersion,
    coding.Manifestations,
    coding.ModifierConflicts,
    coding.OutpatientFacilityCodes,
    coding.Pointed,
    coding.Sequence,
    coding.Sides,
    coding.Unlisted,
    companion.Companions,
    companion.Maternity,
    coverage.FeeScheduleStatus,
    coverage.Necessity,
    coverage.OppsCategoryII,
    coverage.OppsStatus,
    coverage.TablesAccepted,
    drugs.Crosswalk,
    drugs.Ndc,
    drugs.Waste,
    facility.Accommodations,
    facility.Bilateral,
    facility.Discontinued,
    facility.HealthCenters,
    facility.InherentlyBilateral,
    facility.InpatientEdits,
    facility.LaterRevenueCodes,
    facility.MultipleVisits,
    facility.Observation,
    facility.OutpatientEdits,
    facility.ProcessedBills,
    facility.Requested,
    facility.RevenueAlone,
    facility.RevenueCodes,
    facility.RevenueNeedsProcedure,
    facility.RevenueProcedures,
    facility.TokenCharges,
    facility.TotalLine,
    facility.TraumaResponse,
    facility.UnrecognizedRevenueCodes,
    facility.VisitProcedures,
    facility.VisitWithProcedure,
    frequency.Limits,
    laboratory.Certificates,
    laboratory.Panels,
    laboratory.Waived,
    ncci.AddOnCodes,
    ncci.BillTypes,
    ncci.Bypass,
    ncci.MedicallyUnlikely,
    ncci.ProcedureToProcedure,
    ncci.Settings,
    professional.Ambulance,
    professional.Anesthesia,
    professional.Bilateral,
    professional.Components,
    professional.Equipment,
    professional.Liability,
    professional.NotPerformed,
    professional.Requirements,
    professional.Several,
    professional.SplitCare,
    professional.SameSite,
    professional.Surgeons,
    professional.Telehealth,
    professional.Therapy,
    professional.TherapyThreshold,
    structure.Counts,
    structure.Duplicates,
    structure.FileDates,
    structure.FrequencyCodes,
    structure.MemberId,
    structure.RenderingProvider,
    structure.RequiredFields,
    structure.TimelyFiling,
    structure.ZeroCharge,
    structure.Units,
    surgery.GlobalPackage,
    surgery.OutsidePackage,
    visits.Complexity,
    visits.NewPatients,
    visits.OneADay,
    visits.WithCriticalCare,
    visits.WithPreventive,
)


@cache
def all_parameters() -> tuple[type[Any], ...]:
    """Every parameter of claimcheck, and those of the modules named by the entry point `claimcheck.parameters`.

    PolicyError if an added one is in one of claimcheck's own families, or two have one key.
    """
    families = {_family(parameter) for parameter in PARAMETERS}
    added: dict[str, type[Any]] = {}
    for name, module in extensions("claimcheck.parameters"):
        for value in vars(module).values():
            if not hasattr(value, "_parameter_key") or value.__module__ != module.__name__:
                continue
            key = key_of(value)
            if _family(value) in families or key in added:
                raise PolicyError("an added parameter needs its own family and its own key", place=f"{name}: {key}")
            added[key] = value
    return (*PARAMETERS, *added.values())


def _family(parameter: type[Any]) -> str:
    return key_of(parameter).partition(".")[0]
