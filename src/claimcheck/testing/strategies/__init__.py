"""Hypothesis strategies for claims, lines, codes, and plausible mistakes. Needs `hypothesis`.

>>> from claimcheck.testing import strategies
>>> sorted(strategies.MISTAKES)[:2]
['a Category II code is billed at the price of a service', 'a Category II modifier is on another code']

Once Hypothesis is imported, `st.from_type(Claim)` works too, and so do lines, diagnoses, and codes.
"""

from claimcheck.extras import extra

with extra("testing"):
    from claimcheck.testing.strategies.claims import claims, service_lines
    from claimcheck.testing.strategies.codes import icd10cm_codes, npis, procedure_codes
    from claimcheck.testing.strategies.mistakes import MISTAKES, Broken, broken

__all__ = ["MISTAKES", "Broken", "broken", "claims", "icd10cm_codes", "npis", "procedure_codes", "service_lines"]
