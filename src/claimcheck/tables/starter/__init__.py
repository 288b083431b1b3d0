"""The starter tables in the package: small, with provenance, and mostly incomplete."""

from claimcheck.tables.starter.loading import PROGRAMME, TABLES, digest, shelf

__all__ = ["PROGRAMME", "TABLES", "digest", "shelf"]
