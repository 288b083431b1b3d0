"""Claims in columns: whole frames of service lines are validated at once, with the facts and rules of one claim.

Used by `claimcheck.frames`, the public interface. Needs the extra `frames`.
"""
