"""What a payer decides about drugs, on professional claims."""

from __future__ import annotations

from claimcheck.policies.kinds import Modifiers, Procedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans

__all__ = ["Crosswalk", "Ndc", "Waste"]


@parameter("drugs.ndc")
class Ndc:
    """Drugs whose lines need a National Drug Code; what becomes of a line without one."""

    codes: Procedures = CodeSpans()
    then: Then = Then.DENY


@parameter("drugs.crosswalk")
class Crosswalk:
    """What becomes of a drug whose NDC belongs to another code by the crosswalk.

    Codes that are `unclassified` may be billed with any NDC.
    """

    unclassified: Procedures = CodeSpans()
    then: Then = Then.REVIEW


@parameter("drugs.waste")
class Waste:
    """Drugs of `single_dose` containers, whose lines say what was discarded, or that nothing was.

    Of a drug of the list, a day has a line with one of `discarded` beside the line of what was given, or one of `none`.
    What becomes of lines that do `otherwise`.
    """

    single_dose: Procedures = CodeSpans()
    discarded: Modifiers = frozenset({"JW"})
    none: Modifiers = frozenset({"JZ"})
    otherwise: Then = Then.WARN
