"""Code formats: one module each, all with `parse`, `is_valid`, and `normalize`.

Lenient reading, the default, trims white space, converts to uppercase, and takes the separators and short forms that
the format's module documents; strict reading takes canonical text only. A refused text raises
`claimcheck.errors.CodeError`, which says what was expected where, and never echoes the text. Well formed is not active:
whether a code exists on a date is up to a table.
"""

from claimcheck.codes import (
    bill_type,
    cdt,
    clia,
    cpt,
    hcpcs,
    hipps,
    icd9cm,
    icd10cm,
    icd10pcs,
    mbi,
    modifier,
    ndc,
    npi,
    oral_cavity,
    place_of_service,
    revenue,
    tax_id,
    taxonomy,
    tooth,
    tooth_surface,
)
from claimcheck.codes.classify import Candidate, classify
from claimcheck.codes.procedure import ProcedureCode, ProcedureKind, parse_procedure

__all__ = [
    "Candidate",
    "ProcedureCode",
    "ProcedureKind",
    "bill_type",
    "cdt",
    "classify",
    "clia",
    "cpt",
    "hcpcs",
    "hipps",
    "icd9cm",
    "icd10cm",
    "icd10pcs",
    "mbi",
    "modifier",
    "ndc",
    "npi",
    "oral_cavity",
    "parse_procedure",
    "place_of_service",
    "revenue",
    "tax_id",
    "taxonomy",
    "tooth",
    "tooth_surface",
]
