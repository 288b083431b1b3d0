"""What a payer decides about the payment policy indicators of the physician fee schedule, on professional claims."""

from __future__ import annotations

from enum import StrEnum

import attrs

from claimcheck.money import ZERO
from claimcheck.policies.kinds import (
    Days,
    Dollars,
    Indicators,
    Modifiers,
    Name,
    PlacesOfService,
    Procedures,
    SomeModifiers,
    SomeProcedures,
)
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
    "Requirement",
    "Requirements",
    "SameSite",
    "Several",
    "SplitCare",
    "Surgeons",
    "Telehealth",
    "Then",
    "Therapy",
    "TherapyThreshold",
]


class Then(StrEnum):
    """What happens to a line that an indicator speaks against."""

    DENY = "deny"  #: the line is denied, or rejected where the rule's page says so
    REVIEW = "review"  #: manual review
    WARN = "warn"  #: payable, with a warning


@parameter("professional.components", renamed={"left_alone": "exempt_statuses"})
class Components:
    """Professional and technical components: whether the facility or the physician is paid for the technical part.

    `not_split` is what happens to 26 or TC on a code without such a component, except for codes with one of the
    `exempt_statuses`, for which the schedule does not say. At one of the `facility_places` the technical component is
    the facility's, so a line that bills it gets a warning; at one of the `incident_to_places` a service incident to a
    physician's is not paid to the physician; the interpretation of an abnormal smear is paid only at `smear_places`. An
    empty set of places disables the check.
    """

    not_split: Then = Then.DENY
    exempt_statuses: Indicators = frozenset({"I", "N"})
    facility_places: PlacesOfService = frozenset({"19", "21", "22", "23"})
    incident_to_places: PlacesOfService = frozenset({"19", "21", "22", "23"})
    smear_places: PlacesOfService = frozenset({"21"})


@parameter("professional.bilateral")
class Bilateral:
    """What happens to modifier 50 on a code that is not bilateral, or already is: Medicare pays at most one."""

    not_bilateral: Then = Then.WARN


@parameter("professional.surgeons")
class Surgeons:
    """Assistants at surgery, co-surgeons and teams.

    `never` is what happens to one whom the indicator never allows to be paid, `documented` to one allowed with
    documentation; `assistants` are the modifiers of assistants.
    """

    never: Then = Then.DENY
    documented: Then = Then.REVIEW
    assistants: Modifiers = frozenset({"80", "81", "82", "AS"})


@parameter("professional.not_performed")
class NotPerformed:
    """Where a procedure that the schedule calls rarely or never performed outside of facilities is implausible.

    With one of these `global_days`, at one of `places`, it gets a warning.
    """

    global_days: frozenset[str] = frozenset({"090"})
    places: PlacesOfService = frozenset({"11"})


@parameter("professional.several")
class Several:
    """What happens to modifier 51 on a code that multiple procedure reduction does not apply to."""

    exempt: Then = Then.WARN


@parameter("professional.split_care")
class SplitCare:
    """What happens to 54, 55, and 56 on a procedure with one of the global days `without_care`."""

    without_care: frozenset[str] = frozenset({"000", "XXX", "ZZZ"})
    otherwise: Then = Then.WARN


@parameter("professional.liability")
class Liability:
    """Modifiers by which the provider requests a denial: as `not_necessary`, and as `excluded` by law."""

    not_necessary: Modifiers = frozenset()
    excluded: Modifiers = frozenset()


@parameter("professional.anesthesia")
class Anesthesia:
    """Anesthesia `codes` need one of the `pricing` modifiers; `otherwise` is what happens to a line that does not
    comply.

    With `pricing_first` a line whose first modifier is another one gets a warning. All but `untimed` codes are billed
    in minutes. A session has one code, `add_on` codes and those with a `separate` modifier apart.
    """

    codes: Procedures = CodeSpans()
    untimed: Procedures = CodeSpans()
    pricing: Modifiers = frozenset()
    pricing_first: bool = False
    add_on: Procedures = CodeSpans()
    separate: Modifiers = frozenset({"53", "59", "76", "77", "78", "79", "XE", "XP", "XS", "XU"})
    otherwise: Then = Then.WARN


@parameter("professional.therapy")
class Therapy:
    """Codes that are `always` therapy, and need the modifier of a discipline.

    Those that are of `physical` or `occupational` therapy alone, or of `speech`-language pathology, need GP, GO or GN.
    """

    always: Procedures = CodeSpans()
    physical: Procedures = CodeSpans()
    occupational: Procedures = CodeSpans()
    speech: Procedures = CodeSpans()


@parameter("professional.therapy_threshold")
class TherapyThreshold:
    """What a calendar year's therapy may cost before a line needs one of the modifiers `necessary`.

    One amount for physical therapy and speech-language pathology together, one for `occupational` therapy; "0.00" for
    none.
    """

    physical_and_speech: Dollars = ZERO
    occupational: Dollars = ZERO
    necessary: Modifiers = frozenset({"KX"})


@parameter("professional.ambulance")
class Ambulance:
    """Ambulance `codes` need an origin and destination pair, or one of the modifiers `instead`.

    `mileage` has the pair of its transport.
    """

    codes: Procedures = CodeSpans()
    mileage: Procedures = CodeSpans()
    instead: Modifiers = frozenset({"QL"})


@parameter("professional.telehealth")
class Telehealth:
    """Telehealth: its `places`, and the modifiers for how it was provided.

    One of the `home` places is the patient's home; `audio_only` and `video` are modifiers, and a line has one kind at
    most. `requires_modifier` requires one of either at a telehealth place. Modifiers in `not_elsewhere` are for
    telehealth places only, except for `elsewhere_places` and `elsewhere_codes`. `uses_list` checks services at
    telehealth places against the published list. `otherwise` is what happens to a line that does not comply.
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


@parameter("professional.equipment", renamed={"beyond_months": "after_rental_months"})
class Equipment:
    """Medical equipment: modifiers for new, used, or rented, and for the month of a rental.

    A code needs one of `new_or_rented` if the DMEPOS fee schedule lists it only with such a modifier. A rental in one
    of the `capped` categories needs one of the `months`; of these, only `purchase_months` are allowed on a purchase.
    `rental_months` in a row are paid (0: any number), and `after_rental_months` is what happens to more. `otherwise` is
    what happens to a line that does not comply.
    """

    new_or_rented: Modifiers = frozenset({"NU", "RR", "UE"})
    rented: Modifiers = frozenset({"RR"})
    capped: Indicators = frozenset({"CR"})
    months: Modifiers = frozenset()
    purchase_months: Modifiers = frozenset({"KH"})
    rental_months: Days = 0
    after_rental_months: Then = Then.REVIEW
    otherwise: Then = Then.WARN


@attrs.frozen
class Requirement:
    """Codes that need one of the `modifiers`, by which the supplier says whether coverage requirements are met.

    `reference` says where that is published, if it differs from the entry's.
    """

    name: Name
    codes: SomeProcedures
    modifiers: SomeModifiers
    reference: str = attrs.field(default="", eq=False)


@parameter("professional.requirements", adds="requirements")
class Requirements:
    """Equipment and supplies that need a modifier for their coverage requirements, such as KX.

    `otherwise` is what happens to a line without it.
    """

    requirements: tuple[Requirement, ...] = ()
    otherwise: Then = Then.WARN


@parameter("professional.same_site")
class SameSite:
    """Modifiers for one body site: two procedures of an NCCI pair are not separate if both have the same one.

    `then` is what happens to the column-two line.
    """

    anatomic: Modifiers = frozenset()
    then: Then = Then.WARN
