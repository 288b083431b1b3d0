"""The same anatomic modifier on both lines does not make two procedures separate.

## What it checks
Two procedures of one provider and day on a professional claim that are an NCCI pair with indicator 1, when both lines
have the same anatomic modifier and neither has another modifier that bypasses the pair. The column-two line gets the
finding.

## Why payers deny it
An anatomic modifier says that the procedure was at another site. When both were at the same site, column two is part of
column one.

## Example
>>> from claimcheck import validate_claim
>>> lines = [
...     {"procedure_code": code, "modifiers": ["RT"], "units": 1, "charge": "90.00", "service_date": "2024-07-15"}
...     for code in ("20611", "20610")
... ]
>>> result = validate_claim({"claim_type": "professional", "lines": lines})
>>> [(f.line_number, f.message) for f in result.findings if f.rule_id == "PRO220"]
[(2, 'Modifier RT on both 20611 and 20610: the same site does not bypass the pair')]

## What it does not check
Pairs that no modifier bypasses, and pairs that are not bypassed, which NCCI101 denies. Lines with another modifier that
makes them separate, such as 59 or XS. Other claims. Facility claims.
"""

from __future__ import annotations

from claimcheck.codes.modifier import PTP_ASSOCIATED
from claimcheck.policies.parameters.ncci import Settings
from claimcheck.policies.parameters.professional import SameSite
from claimcheck.rules.facts import Day, DayLine, Line, is_professional
from claimcheck.rules.professional.schedule import outcomes
from claimcheck.rules.remedies import add_modifier
from claimcheck.rules.rule import Needs, Outcomes, Phase, Scope, reads_no_other_claim, rule
from claimcheck.tables import NotCovered

_OUTCOMES = outcomes(
    "236",
    remedy=add_modifier("Report another site or encounter with its own modifier", "59", "XE", "XS"),
    decided_by="professional.same_site.then",
)
_TABLE = "ptp_practitioner"


def _has_a_site(line: Line) -> bool:
    return line.kind is not None and bool(line.modifier_codes & line.policy[SameSite].anatomic)


def _may_be_of_one_site(one: Line, other: Line) -> bool:
    return bool(one.modifier_codes & other.modifier_codes & one.policy[SameSite].anatomic)


@rule(
    id="PRO220",
    name="same-site",
    scope=Scope.DAY,
    phase=Phase.UNITS,
    reads=("setting", "day", "lines", "policy", "tables"),
    tables=(_TABLE,),
    outcomes=tuple(_OUTCOMES.values()),
    parameters=(SameSite, Settings),
    needs=Needs(setting=is_professional, pair=_may_be_of_one_site, of_pair=_has_a_site),
    other_claims=reads_no_other_claim,
    sources=("CMS, NCCI Policy Manual for Medicare Services, chapter I, section E: separate anatomic sites",),
)
def same_site(day: Day) -> Outcomes:
    """Reports pairs whose modifiers name the same site."""
    policy = day.policy[SameSite]
    if not day.setting.professional or day.day is None or not policy.anatomic:
        return
    lines = [line for line in day.lines if line.accepted and not line.other_claim and line.modifiers & policy.anatomic]
    codes = {line.code for line in lines}
    if len(codes) < 2:
        return
    pairs = day.tables.ptp_within(_TABLE, codes, day.policy[Settings].program)
    if isinstance(pairs, NotCovered):
        return  # the pair rule reports it
    for edit in pairs.edits:
        if edit.indicator != 1:
            continue
        for two in (line for line in lines if line.code == edit.column_two):
            one = next((one for one in lines if one.code == edit.column_one and _share_site(one, two, policy)), None)
            if one is not None:
                (site, *_) = sorted(one.modifiers & two.modifiers & policy.anatomic)
                yield _OUTCOMES[policy.then](
                    f"Modifier {site} on both {one.code} and {two.code}: the same site does not bypass the pair",
                    line=two.position,
                    related=() if one.position is None else (one.position,),
                    source=day.policy.source(SameSite),
                    code=two.code,
                    column_one=one.code,
                    modifier=site,
                )


def _share_site(one: DayLine, two: DayLine, policy: SameSite) -> bool:
    """Whether the lines differ in nothing but modifiers for the same site."""
    sites = one.modifiers & two.modifiers & policy.anatomic
    return bool(sites) and (one.modifiers | two.modifiers) & PTP_ASSOCIATED == sites
