"""The published tables, as of a date."""

from claimcheck.tables.answers import (
    Carc,
    CategoryII,
    CodeListEntry,
    DiagnosisCode,
    FeeSchedule,
    HcpcsCode,
    Opps,
    PlaceOfService,
    Rarc,
    ServiceGroup,
)
from claimcheck.tables.lookup import Absent, Edition, Found, Lookup, NotCovered, Reason
from claimcheck.tables.ncci_answers import AddOn, Mue, PairsWithin, PtpEdit, TablePair
from claimcheck.tables.tables import PTP, Tables

__all__ = [
    "PTP",
    "Absent",
    "AddOn",
    "Carc",
    "CategoryII",
    "CodeListEntry",
    "DiagnosisCode",
    "Edition",
    "FeeSchedule",
    "Found",
    "HcpcsCode",
    "Lookup",
    "Mue",
    "NotCovered",
    "Opps",
    "PairsWithin",
    "PlaceOfService",
    "PtpEdit",
    "Rarc",
    "Reason",
    "ServiceGroup",
    "TablePair",
    "Tables",
]
