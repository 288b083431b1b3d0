"""What a payer decides about the global package of a procedure: the visits and procedures that its fee includes."""

from __future__ import annotations

from claimcheck.policies.kinds import Modifiers, PlacesOfService, Procedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.parameters.professional import Then
from claimcheck.policies.spans import CodeSpans

__all__ = ["GlobalPackage", "OutsidePackage"]


@parameter("surgery.global_package", renamed={"not_alone": "exempt_modifiers"})
class GlobalPackage:
    """What the global package of a procedure includes, and which modifiers make a line separate from it.

    `procedures` are the codes whose global days are looked up, `lasting` those of them that may have days after the
    operation (010, 090); an empty `procedures` disables the check. `visits` are part of the package: on the day of a
    `minor` procedure unless the visit has one of `separate`, on the day of a `major` one and the day before unless it
    has one of `decision`; one of `unrelated` makes a visit separate on the days after it, and one of
    `unrelated_same_day` on its day. Another procedure in the global period is not part of the package if it has one of
    `again`. One with a modifier in `returned` (a return to the operating room) starts no period of its own, and is
    impossible at a place `without_operating_room`. Procedures with one of `exempt_modifiers` are exempt: assistants at
    surgery, and operations that were not completed.
    """

    procedures: Procedures = CodeSpans()
    lasting: Procedures = CodeSpans()
    visits: Procedures = CodeSpans()
    minor: frozenset[str] = frozenset({"000", "010"})
    major: frozenset[str] = frozenset({"090"})
    separate: Modifiers = frozenset({"25"})
    decision: Modifiers = frozenset({"57"})
    unrelated: Modifiers = frozenset({"24", "FT"})
    unrelated_same_day: Modifiers = frozenset({"FT"})
    again: Modifiers = frozenset({"58", "78", "79"})
    returned: Modifiers = frozenset({"78"})
    exempt_modifiers: Modifiers = frozenset({"53", "80", "81", "82", "AS"})
    without_operating_room: PlacesOfService = frozenset({"11"})


@parameter("surgery.outside_package")
class OutsidePackage:
    """What happens to a line that is billed although the global package of a procedure includes it.

    `visit` applies to a visit, `procedure` to a procedure with global days 010 or 090 within the period of another,
    `minor_procedure` to one with 000, which may be diagnostic; `wrong_modifier` to a visit with the modifier for minor
    procedures on the day of a major one, and to a line with a modifier that is for another kind of line.
    """

    visit: Then = Then.DENY
    procedure: Then = Then.DENY
    minor_procedure: Then = Then.REVIEW
    wrong_modifier: Then = Then.WARN
