"""Readers of the official table files as published: see `read`."""

from claimcheck.tables.readers.code_list import OWN_LISTS
from claimcheck.tables.readers.known import PROGRAMS, TABLES
from claimcheck.tables.readers.members import Member
from claimcheck.tables.readers.read import Survey, read, survey
from claimcheck.tables.readers.reading import Account, Reading, Refused, Row

__all__ = [
    "OWN_LISTS",
    "PROGRAMS",
    "TABLES",
    "Account",
    "Member",
    "Reading",
    "Refused",
    "Row",
    "Survey",
    "read",
    "survey",
]
