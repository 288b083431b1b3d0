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
    """Tests that need a CLIA certificate number on the line or the claim; without codes none does.

    A line with one of `except_modifiers` (a physician's interpretation) needs none. `otherwise` is what happens to a
    line that does not comply.
    """

    codes: Procedures = CodeSpans()
    except_modifiers: Modifiers = frozenset({"26"})
    otherwise: Then = Then.WARN


@parameter("laboratory.waived")
class Waived:
    """Modifier QW, by which a laboratory says that a test is CLIA-waived.

    Tests that are `always` waived do not take it, nor do codes that are not `tests`. `otherwise` is what happens to a
    line that does not comply.
    """

    always: Procedures = CodeSpans()
    tests: Procedures = CodeSpans()
    otherwise: Then = Then.WARN


@attrs.frozen
class Panel:
    """A panel and the codes of its components: two or more. `reference` says where that is published, if it differs."""

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
    """Panels that must be billed as such if all their components are billed; lines with one of `repeats` are repeated
    tests."""

    panels: tuple[Panel, ...] = ()
    repeats: Modifiers = frozenset({"91"})
    then: Then = Then.REVIEW
