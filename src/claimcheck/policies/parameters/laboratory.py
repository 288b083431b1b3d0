"""What a payer decides about laboratory tests."""

from __future__ import annotations

import attrs

from claimcheck.policies.kinds import Modifiers, Procedure, Procedures, SomeProcedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans

__all__ = ["Certificates", "Panel", "Panels", "Waived"]


@parameter("laboratory.certificates")
class Certificates:
    """Tests that need the number of a certificate (CLIA) on the line or the claim; without codes none does.

    A line with one of `except_modifiers` (a physician's interpretation) needs none. What becomes of a line that does
    `otherwise`.
    """

    codes: Procedures = CodeSpans()
    except_modifiers: Modifiers = frozenset({"26"})
    otherwise: Then = Then.WARN


@parameter("laboratory.waived")
class Waived:
    """Modifier QW, by which a laboratory says that its test is a waived one.

    Tests that are `always` waived bear none, nor do codes that are no `tests`. What becomes of a line that does
    `otherwise`.
    """

    always: Procedures = CodeSpans()
    tests: Procedures = CodeSpans()
    otherwise: Then = Then.WARN


@attrs.frozen
class Panel:
    """A panel, and the codes of its components: two or more. `reference` says where that is written, if elsewhere."""

    code: Procedure
    components: SomeProcedures
    reference: str = attrs.field(default="", eq=False)

    def __attrs_post_init__(self) -> None:
        if len(self.components.spans) < 2 or any(low != high for low, high in self.components.spans):
            raise ValueError(f"components: two codes or more, each by itself, are expected for panel {self.code}")

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all components."""
        return frozenset(low for low, _ in self.components.spans)


@parameter("laboratory.panels")
class Panels:
    """Panels that are billed as such where all their components are; lines with one of `repeats` are tests repeated."""

    panels: tuple[Panel, ...] = ()
    repeats: Modifiers = frozenset({"91"})
    then: Then = Then.REVIEW
