"""What a payer decides about the payment policy indicators of the physician fee schedule, on professional claims."""

from __future__ import annotations

from enum import StrEnum

from claimcheck.policies.kinds import Indicators, Modifiers, PlacesOfService, Procedures
from claimcheck.policies.parameter import parameter
from claimcheck.policies.spans import CodeSpans

__all__ = [
    "Ambulance",
    "Anesthesia",
    "Bilateral",
    "Components",
    "Equipment",
    "Liability",
    "NotPerformed",
    "SameSite",
    "Several",
    "SplitCare",
    "Surgeons",
    "Telehealth",
    "Then",
    "Therapy",
]


class Then(StrEnum):
    """What becomes of a line that an indicator speaks against."""

    DENY = "deny"
    REVIEW = "review"
    WARN = "warn"


@parameter("professional.components")
class Components:
    """Professional and technical components: where the facility owns what the indicator calls technical.

    `not_split` is what becomes of 26 or TC on a code without such a component, but for codes of one of the statuses
    `left_alone`, of which the schedule does not say. At one of the `facility_places` the technical component is the
    facility's, which is a warning on a line that bills it; at one of the `incident_to_places` a service incident to a
    physician's is not paid to the physician; the interpretation of an abnormal smear is paid at `smear_places` only.
    An empty set of places asks for nothing.
    """

    not_split: Then = Then.DENY
    left_alone: Indicators = frozenset({"I", "N"})
    facility_places: PlacesOfService = frozenset({"19", "21", "22", "23"})
    incident_to_places: PlacesOfService = frozenset({"19", "21", "22", "23"})
    smear_places: PlacesOfService = frozenset({"21"})


@parameter("professional.bilateral")
class Bilateral:
    """What becomes of modifier 50 on a code that is not of two sides, or already is: Medicare pays one at most."""

    not_bilateral: Then = Then.WARN


@parameter("professional.surgeons")
class Surgeons:
    """Assistants at surgery, co-surgeons and teams.

    `never` is what becomes of one whom the indicator never lets be paid, `documented` of one whom it lets be paid with
    documents; `assistants` are the modifiers of assistants.
    """

    never: Then = Then.DENY
    documented: Then = Then.REVIEW
    assistants: Modifiers = frozenset({"80", "81", "82", "AS"})


@parameter("professional.not_performed")
class NotPerformed:
    """Where a procedure is not plausible that the schedule calls rarely or never performed outside of facilities.

    Of one of these `global_days`, at one of `places`, that is a warning.
    """

    global_days: frozenset[str] = frozenset({"090"})
    places: PlacesOfService = frozenset({"11"})


@parameter("professional.several")
class Several:
    """What becomes of modifier 51 on a code that no payment for several procedures is reduced by."""

    exempt: Then = Then.WARN


@parameter("professional.split_care")
class SplitCare:
    """What becomes of 54, 55 and 56 on a procedure of one of the global days `without_care`."""

    without_care: frozenset[str] = frozenset({"000", "XXX", "ZZZ"})
    otherwise: Then = Then.WARN


@parameter("professional.liability")
class Liability:
    """Modifiers by which the provider asks for a denial: as `not_necessary`, and as `excluded` by law."""

    not_necessary: Modifiers = frozenset()
    excluded: Modifiers = frozenset()


@parameter("professional.anesthesia")
class Anesthesia:
    """Anesthesia `codes` bear one of the `pricing` modifiers; what becomes of a line that does `otherwise`.

    All but those that are `untimed` are billed in minutes.
    """

    codes: Procedures = CodeSpans()
    untimed: Procedures = CodeSpans()
    pricing: Modifiers = frozenset()
    otherwise: Then = Then.WARN


@parameter("professional.therapy")
class Therapy:
    """Codes that `always` are therapy, and bear the modifier of a discipline."""

    always: Procedures = CodeSpans()


@parameter("professional.ambulance")
class Ambulance:
    """Ambulance `codes` bear a pair of origin and destination, or one of the modifiers `instead`."""

    codes: Procedures = CodeSpans()
    instead: Modifiers = frozenset({"QL"})


@parameter("professional.telehealth")
class Telehealth:
    """Telehealth: its `places`, and the modifiers that say how it was given.

    One of the `home` places is the patient's home; `audio_only` and `video` are modifiers, of which a line has one kind
    at most. `requires_modifier` asks for one of either at a telehealth place. Modifiers of `not_elsewhere` stand at
    telehealth places alone, but for `elsewhere_places` and `elsewhere_codes`. `uses_list` holds services at telehealth
    places against the published list. What becomes of a line that does `otherwise`.
    """

    places: PlacesOfService = frozenset({"02", "10"})
    home: PlacesOfService = frozenset({"10"})
    audio_only: Modifiers = frozenset({"93", "FQ"})
    video: Modifiers = frozenset({"95", "GT"})
    requires_modifier: bool = False
    not_elsewhere: Modifiers = frozenset()
    elsewhere_places: PlacesOfService = frozenset()
    elsewhere_codes: Procedures = CodeSpans()
    uses_list: bool = False
    otherwise: Then = Then.WARN


@parameter("professional.equipment")
class Equipment:
    """Medical equipment: the modifiers that say whether it is new, used or rented, and which month of a rental it is.

    `new_or_rented` are those of which the DMEPOS fee schedule says that a code has them; a rental of one of the
    `capped` categories bears one of the `months`. What becomes of a line that does `otherwise`.
    """

    new_or_rented: Modifiers = frozenset({"NU", "RR", "UE"})
    rented: Modifiers = frozenset({"RR"})
    capped: Indicators = frozenset({"CR"})
    months: Modifiers = frozenset()
    otherwise: Then = Then.WARN


@parameter("professional.same_site")
class SameSite:
    """Modifiers of one place of the body, by which two procedures of an NCCI pair are not apart if both have the same.

    What becomes of the column-two line `then`.
    """

    anatomic: Modifiers = frozenset()
    then: Then = Then.WARN
