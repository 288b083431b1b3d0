"""The envelope: interchange (ISA to IEA), functional group (GS to GE), transaction set (ST to SE).

An envelope that is broken ends the reading, once every claim before the break is delivered: nobody knows what is
missing. A trailer whose count or control number merely disagrees is a problem of the last claim before it.
"""

from __future__ import annotations

from claimcheck.claims import Claim
from claimcheck.io.x12.draft import Draft, Handler, Level, Loop

__all__ = ["bht", "ge", "gs", "iea", "isa", "misplaced", "se", "st"]

_ISA_LENGTH = 106
_VERSION = "005010"

#: Implementation guides (ST03, or GS08 where that is missing as it is in 004010), by the part of their name that says
#: which they are; X298 and X299 are those of post-adjudicated claims.
_CLAIM_TYPES = {
    "X222": "professional",
    "X098": "professional",
    "X298": "professional",
    "X223": "institutional",
    "X096": "institutional",
    "X299": "institutional",
}
_DENTAL = ("X224", "X097", "X300")

_REPORTING = {"RP": True, "CH": False}  # BHT06; 31, a subrogation demand, is neither


def isa(draft: Draft, elements: list[str]) -> None:
    draft.open(Loop.INTERCHANGE)
    draft.interchange = Level("".join(elements[13:14]).strip())  # a terminator within it may have cut it short
    if len("*".join(elements[:17])) + 1 != _ISA_LENGTH:
        draft.note("ISA is not 106 characters long")


def gs(draft: Draft, elements: list[str]) -> None:
    draft.interchange.holds += 1
    draft.group = Level(elements[6].strip())
    draft.guide = elements[8]
    draft.enter(Loop.GROUP)


def st(draft: Draft, elements: list[str]) -> None:
    kind = elements[1]
    if kind != "837":
        named = f"a {kind}" if len(kind) == 3 and kind.isascii() and kind.isdigit() else "another"
        raise draft.error(f"transaction set 837 is expected, and this is {named}: take it out of the file")
    draft.open(Loop.HEADER)
    draft.group.holds += 1
    draft.transaction_set = Level(elements[2].strip(), holds=1 - draft.place)
    guide = elements[3].strip() or draft.guide.strip()
    if any(name in guide for name in _DENTAL):
        raise draft.error("a professional or institutional 837 is expected, and this is a dental one: take it out")
    claim_type = next((kind for name, kind in _CLAIM_TYPES.items() if name in guide), None)
    if claim_type:
        draft.transaction["claim_type"] = claim_type
    version = guide[:6]
    if version.isascii() and version.isdigit() and version != _VERSION:
        kind = "older_version" if version < _VERSION else "newer_version"
        draft.note(f"{version} is read as far as it agrees with {_VERSION}", kind=kind)


def bht(draft: Draft, elements: list[str]) -> None:
    draft.transaction["reporting_only"] = _REPORTING.get(elements[6].strip())


def se(draft: Draft, elements: list[str]) -> Claim | None:
    finished = draft.finish()
    draft.enter(Loop.GROUP)
    draft.transaction_set.holds += draft.place
    _compare(draft, elements, draft.transaction_set)
    return finished


def ge(draft: Draft, elements: list[str]) -> None:
    draft.enter(Loop.INTERCHANGE)
    _compare(draft, elements, draft.group)


def iea(draft: Draft, elements: list[str]) -> Claim | None:
    draft.enter(Loop.FILE)
    _compare(draft, elements, draft.interchange)
    return draft.release()


def misplaced(expected: str) -> Handler:
    """What to do with a segment that breaks the envelope: `expected` names those that do not."""

    def refuse(draft: Draft, _elements: list[str]) -> None:
        raise draft.error(f"{expected} is expected: the file is damaged or incomplete, a whole copy of it is needed")

    return refuse


def _compare(draft: Draft, trailer: list[str], level: Level) -> None:
    name = trailer[0]
    if (trailer[1].strip().lstrip("0") or "0") != str(level.holds):
        draft.note_on_held(f"{name}01 does not agree with what was read")
    if trailer[2].strip() != level.control:
        draft.note_on_held(f"{name}02 does not repeat the control number")
