"""What one call of a rule looks at, and when it runs."""

from __future__ import annotations

from enum import IntEnum, StrEnum

__all__ = ["Phase", "Scope"]


class Scope(StrEnum):
    """What one call of a rule looks at."""

    SETTING = "setting"  #: what very many claims share: claim type, bill type, billing provider
    OUTLINE = "outline"  #: a claim without the content of its lines: what is present, what agrees, how its dates relate
    DIAGNOSIS = "diagnosis"  #: one diagnosis of the claim
    LINE = "line"  #: one service line
    CLAIM = "claim"  #: the claim as a whole, with its lines
    DAY = "day"  #: the member's lines on one day by one provider, across claims
    MEMBER = "member"  #: one service of the member over time


class Phase(IntEnum):
    """When a rule runs: a later phase may read the dispositions of lines from earlier ones, never the reverse."""

    STRUCTURE = 1
    ACTIVITY = 2
    STATUS = 3
    BUNDLING = 4
    UNITS = 5
    ADD_ON = 6
    FREQUENCY = 7
    PRICE = 8
