"""The starter tables in the package: small, with provenance, and mostly incomplete."""

from claimcheck.tables.starter.loading import PROGRAM, TABLES, days, digest, edition, exact_range, shelf

__all__ = ["PROGRAM", "TABLES", "days", "digest", "edition", "exact_range", "shelf"]
