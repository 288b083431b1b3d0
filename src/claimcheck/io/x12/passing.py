"""Skips a claim that is not wanted: only segments that open another loop are examined."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.loop import Handler, Loop, Passed, Segments

__all__ = ["passed"]


def _line(draft: Draft, _segment: str) -> None:
    draft.enter(Loop.LINE)


_LINES: Mapping[str, Handler] = MappingProxyType(dict.fromkeys(("LX", "SV1", "SV2", "SV3"), _line))
_ENDS = ("ISA", "GS", "ST", "SE", "GE", "IEA", "HL", "CLM")

#: By claim loop, the segments that open its lines, and those that open another loop, as when the claim is read.
_OPENERS = MappingProxyType(
    {
        Loop.CLAIM: (_LINES, (*_ENDS, "NM1", "SBR")),
        Loop.OTHER_SUBSCRIBER: (_LINES, _ENDS),
        Loop.LINE: ({}, (*_ENDS, "NM1", "SBR", "PAT", "CL1", "HI")),
    }
)


def passed(read: Mapping[Loop, Segments]) -> Mapping[Loop, Passed]:
    """The loops of a skipped claim; `read` are those of one that is read."""
    return MappingProxyType(
        {
            loop: Passed(
                Segments({**lines, **{name: read[loop].of_id[name] for name in names}}, other=None),
                frozenset(name[:2] for name in (*lines, *names)),
            )
            for loop, (lines, names) in _OPENERS.items()
        }
    )
