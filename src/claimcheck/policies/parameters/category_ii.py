"""What a payer decides about CPT Category II lines."""

from __future__ import annotations

from decimal import Decimal

from claimcheck.policies.parameter import parameter

__all__ = ["Charge"]


@parameter("category_ii.charge")
class Charge:
    """The charges that the payer accepts on a Category II line, and what it allows for one.

    A line is allowed the lesser of its charge and `allowed`. An amount above zero means that the code stands on the
    payer's fee schedule at that amount, so that a line billed below it risks the denial for a non-payable code.
    """

    accepts: tuple[Decimal, ...] = (Decimal("0.00"), Decimal("0.01"))
    allowed: Decimal = Decimal("0.00")
