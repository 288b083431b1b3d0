"""Reads claims from files and writes results to files."""

from claimcheck.io.opening import read_claims

__all__ = ["read_claims"]
