"""Readers of the official table files, as they are published: see `read`."""

from claimcheck.tables.readers.read import read
from claimcheck.tables.readers.reading import Reading, Refused, Row

__all__ = ["Reading", "Refused", "Row", "read"]
