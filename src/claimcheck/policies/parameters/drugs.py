"""What a payer decides about drugs, on professional claims."""

from __future__ import annotations

from claimcheck.policies.kinds import Modifiers, Procedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans

__all__ = ["Crosswalk", "Ndc", "Waste"]


@parameter("drugs.ndc")
class Ndc:
    """Drugs whose lines need a National Drug Code, and what happens to a line without one."""

    codes: Procedures = CodeSpans()
    then: Then = Then.DENY


@parameter("drugs.crosswalk")
class Crosswalk:
    """What happens to a drug whose NDC belongs to another code by the crosswalk.

    `unclassified` codes may be billed with any NDC.
    """

    unclassified: Procedures = CodeSpans()
    then: Then = Then.REVIEW


@parameter("drugs.waste")
class Waste:
    """Drugs in `single_dose` containers, whose lines must say what was discarded, or that nothing was.

    For a listed drug, a day needs a line with one of `discarded` in addition to the line for what was given, or one of
    `none`. `otherwise` is what happens to lines that do not comply.
    """

    single_dose: Procedures = CodeSpans()
    discarded: Modifiers = frozenset({"JW"})
    none: Modifiers = frozenset({"JZ"})
    otherwise: Then = Then.WARN
