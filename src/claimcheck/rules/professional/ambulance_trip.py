"""Ambulance mileage and its transport have one origin and destination, and a trip has one transport.

## What it checks
Ambulance lines of one provider and day on a professional claim, by their origin and destination:

- mileage must have that of a transport of the day, where there are transports with an origin and destination;
- two different transports must not have the same one, but for a modifier of a repeated or distinct service (76, 77, 59,
  XE, XP, XS, XU).

## Why payers deny it
Mileage is paid for the trip that it was driven on, and a trip at one level of service.

## Example
>>> from claimcheck import validate_claim
>>> def billed(*services):
...     given = {"units": 1, "charge": "400.00", "service_date": "2024-07-15"}
...     lines = [{**given, "procedure_code": code, "modifiers": [modifier]} for code, modifier in services]
...     findings = validate_claim({"claim_type": "professional", "lines": lines}).findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO311"]
>>> billed(("A0429", "SH"), ("A0425", "SH"))
[]
>>> billed(("A0429", "SH"), ("A0425", "RH"))
['Mileage A0425 has origin and destination RH, but no transport on the same day does']

## What it does not check
Mileage without any transport, which PRO308 reports. Lines without an origin and destination. Which of two transports
was given. Facility claims.
"""

from __future__ import annotations

from collections.abc import Iterable

from claimcheck.policies.parameters.professional import Ambulance, Then
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.ambulance_modifier import is_a_pair
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted
from claimcheck.rules.remedies import change_modifier
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule

REMEDY = change_modifier("Bill mileage with the origin and destination of its transport, and one transport a trip")

OTHER_TRIP = outcomes("4", "N519", remedy=REMEDY)[Then.WARN]
TWICE = outcomes("97", "N20", remedy=REMEDY)[Then.WARN]

_SEPARATE = frozenset({"59", "76", "77", "XE", "XP", "XS", "XU"})
_IS_A_RIDE, _IS_MILEAGE = listed(Ambulance, "codes"), listed(Ambulance, "mileage")


def _may_concern(one: Line, other: Line) -> bool:
    """Whether mileage may be of another trip than a transport, or two transports of one."""
    if not _is_of_an_ambulance(one) or not _is_of_an_ambulance(other):
        return False
    if one.of_code(_IS_MILEAGE) != other.of_code(_IS_MILEAGE):
        return one.modifier_codes != other.modifier_codes
    return one.code != other.code


def _is_of_an_ambulance(line: Line) -> bool:
    return line.setting.professional and line.of_code(_IS_A_RIDE)


@rule(
    id="PRO311",
    name="ambulance-trip",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "lines", "policy"),
    outcomes=(
        OTHER_TRIP.when("mileage has another origin and destination than its transport"),
        TWICE.when("one trip has two transports"),
    ),
    parameters=(Ambulance,),
    needs=Needs(setting=is_professional, pair=_may_concern, of_pair=_is_of_an_ambulance),
    other_claims=_is_of_an_ambulance,
    sources=(
        "Medicare Claims Processing Manual, chapter 15, section 30.1.2: mileage is of its transport",
        "42 CFR 414.610(a) and (c): one base rate, by the level of service, and mileage",
    ),
)
def ambulance_trip(day: Day) -> Outcomes:
    """Reports mileage of another trip, and two transports of one."""
    decided = day.policy[Ambulance]
    if not day.setting.professional:
        return
    rides = [line for line in accepted(day.lines, decided.codes) if _pair(line)]
    mileage = [line for line in rides if line.code in decided.mileage]
    transports = [line for line in rides if line.code not in decided.mileage]
    driven = {_pair(line) for line in transports}
    source = day.policy.source(Ambulance)
    for line in mileage:
        if driven and not line.other_claim and _pair(line) not in driven:
            yield OTHER_TRIP(
                f"Mileage {line.code} has origin and destination {_pair(line)}, but no transport on the same day does",
                line=line.position,
                source=source,
                code=line.code,
                modifier=_pair(line),
            )
    for place, line in enumerate(transports):
        other = None if line.other_claim else _same_trip(line, transports[:place])
        if other is not None:
            yield TWICE(
                f"Transport {line.code} billed with {other.code} for one origin and destination ({_pair(line)})",
                line=line.position,
                related=() if other.position is None else (other.position,),
                source=source,
                code=line.code,
                beside=other.code,
            )


def _pair(line: DayLine) -> str | None:
    return next(iter(sorted(filter(is_a_pair, line.modifiers))), None)


def _same_trip(line: DayLine, others: Iterable[DayLine]) -> DayLine | None:
    """Another transport of the same trip, at another level of service."""
    if not line.modifiers.isdisjoint(_SEPARATE):
        return None
    found = (other for other in others if other.code != line.code and _pair(other) == _pair(line))
    return next((other for other in found if other.modifiers.isdisjoint(_SEPARATE)), None)
