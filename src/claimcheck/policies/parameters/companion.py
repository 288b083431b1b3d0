"""What a payer decides about services that belong together: one that needs another, and one that includes another."""

from __future__ import annotations

import attrs

from claimcheck.policies.kinds import Count, Modifiers, Name, Procedures, SomeProcedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans, union

__all__ = ["Companion", "Companions", "Maternity"]


@attrs.frozen
class Companion:
    """Codes that are billed with one of `needs` on the same day; `name` says what is missing without it.

    `reference` says where that is published, if it differs from the entry's.
    """

    name: Name
    codes: SomeProcedures
    needs: SomeProcedures
    reference: str = attrs.field(default="", eq=False)


@parameter("professional.companions", adds="companions")
class Companions:
    """Services that are billed with another one on the same day, and what happens to a line without it."""

    companions: tuple[Companion, ...] = ()
    otherwise: Then = Then.WARN

    @property
    def codes(self) -> CodeSpans:
        """The codes that need another one."""
        return union(*(companion.codes for companion in self.companions))

    @property
    def needs(self) -> CodeSpans:
        """The codes that others need."""
        return union(*(companion.needs for companion in self.companions))


@parameter("surgery.maternity")
class Maternity:
    """Maternity care: `packages` include the `parts`, from so many days `before` the package's date until `after` it.

    A part with one of `separate` is another delivery, such as that of a twin. Of the codes `once`, which are parts, one
    is billed for a pregnancy. `then` is what happens to what is billed twice.
    """

    packages: Procedures = CodeSpans()
    parts: Procedures = CodeSpans()
    once: Procedures = CodeSpans()
    separate: Modifiers = frozenset({"22", "51", "59", "XE", "XP", "XS", "XU"})
    before: Count = 250
    after: Count = 84
    then: Then = Then.REVIEW
