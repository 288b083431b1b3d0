"""Claims from tables of service lines."""

from claimcheck.io.rows.reader import Asked, asked, claims, recognised

__all__ = ["Asked", "asked", "claims", "recognised"]
