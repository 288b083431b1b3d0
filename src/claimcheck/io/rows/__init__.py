"""Reads claims from tables of service lines."""

from claimcheck.io.rows.reader import Asked, asked, claims, claims_of_all, recognised

__all__ = ["Asked", "asked", "claims", "claims_of_all", "recognised"]
