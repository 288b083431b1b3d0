"""Loaded by Hypothesis when it is imported: from then on, `st.from_type(Claim)` and similar calls work.

>>> from hypothesis import given, strategies as st
>>> from claimcheck import Claim, validate_claim
>>> register()  # Hypothesis has done so where claimcheck is installed
>>> @given(st.from_type(Claim))
... def a_claim_is_judged(claim):
...     assert validate_claim(claim).ok
>>> a_claim_is_judged()
"""

from __future__ import annotations

from typing import Any

__all__ = ["register"]


def register() -> None:
    """Tells Hypothesis how to make values of claimcheck. The strategies themselves load on first use."""
    from hypothesis import strategies as st

    from claimcheck.claims import Claim, Diagnosis, ServiceLine
    from claimcheck.codes import ProcedureCode, parse_procedure
    from claimcheck.codes import icd10cm as diagnoses
    from claimcheck.codes import npi as providers

    def ours() -> Any:
        from claimcheck.testing import strategies

        return strategies

    st.register_type_strategy(Claim, lambda _: ours().claims())
    st.register_type_strategy(ServiceLine, lambda _: ours().service_lines())
    st.register_type_strategy(Diagnosis, lambda _: ours().icd10cm_codes().map(Diagnosis))
    st.register_type_strategy(ProcedureCode, lambda _: ours().procedure_codes().map(parse_procedure))
    st.register_type_strategy(diagnoses.Icd10Cm, lambda _: ours().icd10cm_codes().map(diagnoses.parse))
    st.register_type_strategy(providers.Npi, lambda _: ours().npis().map(providers.parse))
