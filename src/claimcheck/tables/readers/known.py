"""Every kind of table that is read."""

from __future__ import annotations

from claimcheck.tables.readers.add_on import ADD_ON, ADD_ON_COLUMNS
from claimcheck.tables.readers.adjustment import ADJUSTMENT_CODES
from claimcheck.tables.readers.code_list import CODE_LISTS, OWN_LISTS
from claimcheck.tables.readers.coverage import COVERAGE, COVERAGE_LISTS
from claimcheck.tables.readers.fee_schedule import FEE_SCHEDULE
from claimcheck.tables.readers.hcpcs import HCPCS, HCPCS_COLUMNS
from claimcheck.tables.readers.icd10 import ICD10
from claimcheck.tables.readers.icd10_codes import ICD10_CODES
from claimcheck.tables.readers.inpatient import INPATIENT, INPATIENT_LISTS
from claimcheck.tables.readers.kinds import Kind
from claimcheck.tables.readers.mue import MUE
from claimcheck.tables.readers.opps import OPPS
from claimcheck.tables.readers.outpatient import OUTPATIENT
from claimcheck.tables.readers.outpatient_lists import OUTPATIENT_LISTS
from claimcheck.tables.readers.payment_layouts import PAYMENT_LISTS
from claimcheck.tables.readers.payment_lists import EQUIPMENT_TEXT, PAYMENT_COLUMNS
from claimcheck.tables.readers.ptp import PTP
from claimcheck.tables.readers.tabular import NOTE_LISTS, TABULAR

__all__ = ["KINDS", "PROGRAMS", "SERVICES", "TABLES"]

SERVICES = ("practitioner", "outpatient_hospital", "dme")
TABLES = (
    *(f"ptp_{service}" for service in SERVICES), *(f"mue_{service}" for service in SERVICES),
    "add_on", "hcpcs", "modifier", "icd10cm", "icd10pcs", "fee_schedule", "opps", "carc", "rarc",
    *OUTPATIENT_LISTS, *OWN_LISTS, *PAYMENT_LISTS, *NOTE_LISTS, *INPATIENT_LISTS, *COVERAGE_LISTS,
)  # fmt: skip
PROGRAMS = ("medicare", "medicaid")

#: columns first: a header is a better sign than the form of one line
KINDS: tuple[Kind, ...] = (
    PTP, MUE, ADD_ON_COLUMNS, HCPCS_COLUMNS, FEE_SCHEDULE, OPPS, CODE_LISTS, OUTPATIENT, ADJUSTMENT_CODES,
    PAYMENT_COLUMNS, COVERAGE, ADD_ON, HCPCS, ICD10, ICD10_CODES, EQUIPMENT_TEXT,
    TABULAR, INPATIENT,
)  # fmt: skip
