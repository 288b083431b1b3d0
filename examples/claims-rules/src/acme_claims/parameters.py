"""What ACME decides, beside what every payer does."""

from __future__ import annotations

from claimcheck.policies.parameter import parameter

__all__ = ["Telehealth"]


@parameter("acme.telehealth")
class Telehealth:
    """The modifiers that say telehealth, and the places of service that go with them. No modifier: no rule."""

    modifiers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset({"02", "10"})
