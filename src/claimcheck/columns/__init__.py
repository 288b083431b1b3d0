"""Claims in columns: whole frames of service lines are validated at once, by the facts and rules of one claim.

Below `claimcheck.frames`, which is the door. Needs the extra `frames`.
"""
