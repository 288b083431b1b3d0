"""The starter tables in the package: small, with provenance, and mostly incomplete."""

from claimcheck.tables.starter.loading import PROGRAMME, TABLES, days, digest, edition, shelf

__all__ = ["PROGRAMME", "TABLES", "days", "digest", "edition", "shelf"]
