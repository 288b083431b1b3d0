"""A session of anesthesia is billed with one code.

## What it checks
Two anesthesia codes of one provider and day on professional claims, with the same pricing modifier, of which neither is
an add-on code or untimed, and neither has a modifier for another session (59, 76 to 79, XE, XP, XS, XU, 53). The code
with the fewer base units gets the finding where a list of base units is loaded, else the later line.

## Why payers deny it
For several procedures under one anesthetic, the code with the most base units is billed, with the time of all of them.

## Example
>>> from claimcheck import validate_claim
>>> def billed(*services):
...     given = {"modifiers": ["AA"], "units": 90, "unit_basis": "MJ", "charge": "900.00", "service_date": "2024-07-15"}
...     lines = [{**given, "procedure_code": code} for code in services]
...     findings = validate_claim({"claim_type": "professional", "lines": lines}).findings
...     return [(finding.line_number, finding.message) for finding in findings if finding.rule_id == "PRO312"]
>>> billed("00790"), billed("01967", "01968")
([], [])
>>> billed("00790", "00840")
[(2, 'Anesthesia 00840 billed with 00790 on the same day: bill one code per session, with the time of all procedures')]

## What it does not check
Whether there was one session, which times of day would tell. One code twice, which STR601 reports. The services of
physician and anesthetist for one case, whose modifiers differ. Facility claims.
"""

from __future__ import annotations

from claimcheck.policies.parameters.professional import Anesthesia
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.facts.listed import listed
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.professional.visits import accepted
from claimcheck.rules.remedies import bill_otherwise
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, rule
from claimcheck.tables import Found

_OUTCOMES = outcomes(
    "97",
    "N20",
    remedy=bill_otherwise("Bill only the code with the most base units, with the time of all procedures"),
    decided_by="professional.anesthesia.otherwise",
)
_LIST = "anesthesia_base"
_IS_ANESTHESIA = listed(Anesthesia, "codes")


def _is_of_a_session(line: Line) -> bool:
    return line.setting.professional and line.of_code(_IS_ANESTHESIA)


def _may_be_one(one: Line, other: Line) -> bool:
    return _is_of_a_session(one) and _is_of_a_session(other)


@rule(
    id="PRO312",
    name="anesthesia-session",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "lines", "policy", "tables"),
    tables=(_LIST,),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(Anesthesia,),
    needs=Needs(setting=is_professional, pair=_may_be_one, of_pair=_is_of_a_session),
    other_claims=_is_of_a_session,
    sources=(
        "Noridian, anesthesia and pain management (April 2021): multiple procedures",
        "Medicare Claims Processing Manual, chapter 12, section 50: multiple anesthesia procedures",
    ),
)
def anesthesia_session(day: Day) -> Outcomes:
    """Reports a second anesthesia code of a session."""
    decided = day.policy[Anesthesia]
    if not day.setting.professional:
        return
    lines = [
        line
        for line in accepted(day.lines, decided.codes)
        if line.code not in decided.untimed
        and line.code not in decided.add_on
        and line.modifiers.isdisjoint(decided.separate)
    ]
    for line in lines if len(lines) > 1 else ():
        others = (other for other in lines if other.code != line.code and _by_one(line, other, decided))
        beside = None if line.other_claim else next((other for other in others if _stands(other, line, day)), None)
        if beside is not None:
            yield _OUTCOMES[decided.otherwise](
                f"Anesthesia {line.code} billed with {beside.code} on the same day: "
                "bill one code per session, with the time of all procedures",
                line=line.position,
                related=() if beside.position is None else (beside.position,),
                source=day.policy.source(Anesthesia),
                code=line.code,
                beside=beside.code,
            )


def _by_one(line: DayLine, other: DayLine, decided: Anesthesia) -> bool:
    """Whether two lines have the pricing modifier of one performer."""
    return line.modifiers & decided.pricing == other.modifiers & decided.pricing


def _stands(other: DayLine, line: DayLine, day: Day) -> bool:
    """Whether another line represents the session instead of this one: it has more base units, or came first."""
    if other.position is None or line.position is None:
        return True
    units, own = _base_units(other, day), _base_units(line, day)
    if units is None or own is None or units == own:
        return other.position < line.position
    return units > own


def _base_units(line: DayLine, day: Day) -> int | None:
    """The base units of a code; None if no list tells."""
    held = day.tables.code_list(_LIST, line.code)
    return int(held.value.get("base_units")) if isinstance(held, Found) else None
