"""What a payer decides about institutional claims."""

from __future__ import annotations

from claimcheck.policies.parameter import parameter
from claimcheck.policies.spans import CodeSpans

__all__ = ["RevenueNeedsProcedure"]


@parameter("facility.revenue_needs_procedure")
class RevenueNeedsProcedure:
    """Which revenue codes need a HCPCS code, on which bill types.

    A line is in scope on `bill_types`, and on `bill_types_without_condition` unless the claim carries one of
    `condition_codes`; the whole edit is off where the claim carries one of `off_with_condition` on
    `off_with_condition_bill_types`. `required` wins over `exempt`; a valid revenue code in neither needs one.
    """

    bill_types: CodeSpans = CodeSpans()
    bill_types_without_condition: CodeSpans = CodeSpans()
    condition_codes: frozenset[str] = frozenset()
    off_with_condition: frozenset[str] = frozenset()
    off_with_condition_bill_types: CodeSpans = CodeSpans()
    exempt: CodeSpans = CodeSpans()
    packaged: CodeSpans = CodeSpans()
    valid: CodeSpans = CodeSpans()
