"""The starter tables inside the package: small, with their provenance, and mostly not complete."""

from claimcheck.tables.starter.loading import PROGRAMME, TABLES, digest, shelf

__all__ = ["PROGRAMME", "TABLES", "digest", "shelf"]
