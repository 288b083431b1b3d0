"""Which modifiers bypass an NCCI pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from claimcheck.codes.modifier import DISTINCT_SERVICE, PTP_ASSOCIATED
from claimcheck.policies import CodeSpans, PolicyOn
from claimcheck.policies.parameters.ncci import Bypass, Side
from claimcheck.rules.facts import Day, DayLine, Line, Setting
from claimcheck.tables import PtpEdit

__all__ = ["DISTINCT", "IGNORED", "VISITS", "Bypassing", "is_bypassed", "source_for"]

DISTINCT = DISTINCT_SERVICE | {"59"}


def is_bypassed(edit: PtpEdit, of_code: Mapping[str, Line], bypassing: Bypassing) -> bool:
    """Whether modifiers bypass the edit between two lines."""
    one, two = of_code[edit.column_one], of_code[edit.column_two]
    return bypassing(edit, edit.column_one, one.modifier_codes, Side.EITHER) or bypassing(
        edit, edit.column_two, two.modifier_codes, Side.COLUMN_TWO
    )


@attrs.frozen
class Bypassing:
    """Which modifiers bypass an edit under the policy, on an institutional claim or another.

    `visits` are those with their own bypass modifiers.
    """

    bypass: Bypass
    institutional: bool
    visits: CodeSpans

    @classmethod
    def of(cls, setting: Setting, policy: PolicyOn) -> Bypassing:
        """The rules for claims with the setting."""
        bypass = policy[Bypass]
        return cls(bypass, setting.institutional, bypass.visits if setting.professional else CodeSpans())

    def __call__(self, edit: PtpEdit, code: str, modifiers: frozenset[str], side: Side) -> bool:
        """Whether a modifier on a line bypasses the edit; `side` is what the policy must allow for it to count."""
        if edit.indicator != 1:
            return False
        if edit.column_two in self.visits:
            return code in self.visits and not self.bypass.visit_modifiers.isdisjoint(modifiers)
        for modifier in modifiers & PTP_ASSOCIATED:
            if modifier in DISTINCT:
                allowed = self.bypass.distinct_service
                if self.bypass.ignores(code, institutional=self.institutional):
                    continue
            else:
                allowed = self.bypass.other
            if side is Side.COLUMN_TWO or allowed is Side.EITHER:
                return True
        return False


VISITS = "CMS, NCCI Policy Manual for Medicare Services, chapter I, section D: 25 and 57 on the visit"
IGNORED = "Noridian, JE/JF Part A, Modifier 59: not with 77427, 92012-92014, 99201-99499"


def source_for(edit: PtpEdit, lines: Iterable[DayLine], day: Day) -> str | None:
    """Where it is published that the lines' modifiers do not bypass an edit that modifiers may bypass.

    None if the table decides: the edit allows no modifier, or the lines have none that could bypass it.
    """
    bypassing = [(line, modifier) for line in lines for modifier in line.modifiers & PTP_ASSOCIATED]
    if edit.indicator != 1 or not bypassing:
        return None
    bypass, institutional = day.policy[Bypass], day.setting.institutional
    if any(m in DISTINCT and bypass.ignores(line.code, institutional=institutional) for line, m in bypassing):
        return day.policy.source(Bypass, "ignored_on") or IGNORED
    if edit.column_two in Bypassing.of(day.setting, day.policy).visits:
        return day.policy.source(Bypass, "visits", "visit_modifiers") or VISITS
    distinct = any(modifier in DISTINCT for _, modifier in bypassing)
    return day.policy.source(Bypass, "distinct_service" if distinct else "other")
