"""The place of service and the modifier of a telehealth line agree.

## What it checks
On a professional claim, a line at a telehealth place of service (02 away from home, 10 at home), or with a telehealth
modifier:

- it must not have both an audio-only modifier (93, FQ) and a video modifier (95, GT);
- where the payer requires a modifier at a telehealth place, it must have one;
- where the payer no longer accepts a modifier at another place, it must not have one: from 2024-01-01, Medicare accepts
  95 there only when the physician is in a hospital, and from therapists;
- audio-only service is for patients at home, as the policy defines it;
- where the payer uses the published list, the service must be on the list of telehealth services.

## Why payers deny it
The place of service sets the rate, and the modifier says how the service was given.

## Example
>>> from claimcheck import validate_claim
>>> def billed(place, *modifiers):
...     line = {"procedure_code": "99213", "modifiers": modifiers, "units": 1, "service_date": "2024-07-15"}
...     claim = {"claim_type": "professional", "place_of_service": place, "lines": [line]}
...     findings = validate_claim(claim, policy="medicare").findings
...     return [finding.message for finding in findings if finding.rule_id == "PRO305"]
>>> billed("10"), billed("11", "95")
([], ['Modifier 95 not allowed at place of service 11; expected 02 or 10'])
>>> billed("02", "93")
['Modifier 93 not allowed at 02: audio alone is for patients at home']

## What it does not check
Whether a payer covers telehealth at all. Which of two modifiers is right: sources differ on whether a place of service
alone is enough. Facility claims. When the list is not loaded, services at telehealth places are not checked against it.
"""

from __future__ import annotations

from claimcheck.policies.parameters.professional import Telehealth
from claimcheck.rules.facts import Line
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import add_modifier, change_modifier, correct, not_paid
from claimcheck.rules.rule import Outcomes, Phase, Scope, rule, unchecked
from claimcheck.rules.wording import alternatives
from claimcheck.tables import Found, NotCovered

_CONFLICT = outcomes(
    "4",
    "N519",
    remedy=change_modifier("Keep the modifier that says how the service was given"),
    when="two modifiers conflict",
    decided_by="professional.telehealth.otherwise",
)
_MODIFIER = outcomes(
    "4",
    "N822",
    remedy=add_modifier("Add the modifier that says how the service was given", "93", "95"),
    when="the modifier is missing",
    decided_by="professional.telehealth.otherwise",
)
_PLACE = outcomes(
    "5",
    "M77",
    remedy=correct("Correct the place of service or the modifier", documented=True),
    when="the place of service does not fit the modifier",
    decided_by="professional.telehealth.otherwise",
)
_SERVICE = outcomes(
    "96",
    "N776",
    remedy=not_paid("Not covered as telehealth on this day"),
    when="the code is not on the list of telehealth services",
    decided_by="professional.telehealth.otherwise",
)
_IS_ELSEWHERE = listed(Telehealth, "elsewhere_codes")
_LIST = "telehealth"


@rule(
    id="PRO305",
    name="telehealth",
    scope=Scope.LINE,
    phase=Phase.ACTIVITY,
    reads=("setting", "place_of_service", "modifier_codes", "code", "kind", "policy", "tables"),
    tables=(_LIST,),
    outcomes=(*_CONFLICT.values(), *_MODIFIER.values(), *_PLACE.values(), *_SERVICE.values()),
    parameters=(Telehealth,),
    sources=(
        "National Government Services, telehealth changes for 2024: modifier 95 and place of service codes",
        "CMS, Transmittal 12671: places of service 02 and 10",
        "First Coast, telehealth services (2025-04-08): audio alone",
        "CMS, list of Medicare telehealth services",
    ),
)
def telehealth(line: Line) -> Outcomes:
    """Reports a telehealth service that contradicts itself."""
    if not line.setting.professional:
        return
    policy = line.policy[Telehealth]
    place = line.place_of_service.text
    there = place in policy.places
    audio, video = line.modifier_codes & policy.audio_only, line.modifier_codes & policy.video
    if line.kind is None or not (there or audio or video):
        return
    source, then = line.policy.source(Telehealth), policy.otherwise
    if audio and video:
        named = " and ".join((*sorted(audio), *sorted(video)))
        message = f"Modifiers {named} conflict on {line.code}: audio alone or video"
        yield _CONFLICT[then](message, source=source, code=line.code, modifiers=(*sorted(audio), *sorted(video)))
    if not there:
        if place is not None and place not in policy.elsewhere_places and not line.of_code(_IS_ELSEWHERE):
            for modifier in sorted(line.modifier_codes & policy.not_elsewhere):
                wanted = alternatives(policy.places)
                message = f"Modifier {modifier} not allowed at place of service {place}; expected {wanted}"
                yield _PLACE[then](message, source=source, code=line.code, modifier=modifier, place_of_service=place)
        return
    if policy.requires_modifier and not audio and not video:
        wanted = ", ".join(sorted(policy.audio_only | policy.video))
        message = f"Telehealth modifier missing on {line.code} at {place}: one of {wanted} required"
        yield _MODIFIER[then](message, source=source, code=line.code, place_of_service=place)
    if audio and policy.home and place not in policy.home:
        message = f"Modifier {min(audio)} not allowed at {place}: audio alone is for patients at home"
        yield _PLACE[then](message, source=source, code=line.code, modifier=min(audio), place_of_service=place)
    if policy.uses_list:
        yield from _listed(line, audio=bool(audio))


def _on_list(code: str | None, _: object, tables: TablesOn) -> str | NotCovered:
    """Whether the published list has a code: for audio-only, not for that, or not at all; or why it is unknown."""
    held = tables.code_list(_LIST, code or "")
    if not isinstance(held, Found):
        return held if isinstance(held, NotCovered) else "absent"
    return "not audio alone" if "no" in held.value.each("audio_only") else "listed"


def _listed(line: Line, *, audio: bool) -> Outcomes:
    """Whether the published list has the service, and allows audio-only."""
    listing = line.of_code(_on_list)
    if listing == "listed" or (listing == "not audio alone" and not audio):
        return
    if isinstance(listing, NotCovered):
        yield unchecked(listing)
        return
    code = line.code or ""
    held = line.tables.code_list(_LIST, code)
    then = line.policy[Telehealth].otherwise
    source = line.policy.source(Telehealth)
    if isinstance(held, NotCovered):
        yield unchecked(held)
    elif not isinstance(held, Found):
        message = f"Code {code} not on the list of telehealth services"
        yield _SERVICE[then](message, answer=held, source=source, code=code)
    elif audio and "no" in held.value.each("audio_only"):
        message = f"Code {code} not allowed as audio alone by the list of telehealth services"
        yield _SERVICE[then](message, answer=held, source=source, code=code)
