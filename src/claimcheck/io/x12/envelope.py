"""The envelope: interchange (ISA to IEA), functional group (GS to GE), transaction set (ST to SE).

A transaction set of another kind (835, 999, 270) is skipped, and an adjacent claim reports it.

A broken envelope ends reading, after every claim before the break has been returned: there is no telling what is
missing. A trailer whose count or control number merely disagrees is a problem of the last claim before it.
"""

from __future__ import annotations

import regex

from claimcheck.claims import Claim
from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.loop import Handler, Level, Loop

__all__ = ["bht", "ge", "gs", "iea", "isa", "misplaced", "ref", "se", "se_of_another", "st"]

_ISA_LENGTH = 106
_VERSION = "005010"

#: Implementation guides (ST03, in 004010 REF*87, or GS08), by the part of the name that identifies them. X291 and X292
#: are predeterminations; X298, X299, and X300 are claims that were already adjudicated.
_CLAIM_TYPES = {
    "X222": "professional",
    "X098": "professional",
    "X291": "professional",
    "X298": "professional",
    "X223": "institutional",
    "X096": "institutional",
    "X292": "institutional",
    "X299": "institutional",
    "X224": "dental",
    "X097": "dental",
    "X300": "dental",
}
_PREDETERMINATIONS = ("X291", "X292")
_ADJUDICATED_BEFORE = ("X298", "X299", "X300")

_REPORTING = {"RP": True, "CH": False}  # BHT06; 31, a subrogation demand, is neither
_DAY = regex.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def isa(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    draft.open(Loop.INTERCHANGE)
    draft.held.is_here = False
    draft.interchange = Level("".join(elements[13:14]).strip())  # a terminator within it may have cut it short
    if len("*".join(elements[:17])) + 1 != _ISA_LENGTH:
        draft.note("ISA is not 106 characters long")


def gs(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    draft.interchange.holds += 1
    draft.group = Level(elements[6].strip())
    draft.guide = elements[8]
    draft.enter(Loop.GROUP)


def st(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    draft.group.holds += 1
    kind = elements[1]
    if kind != "837":
        named = f"a transaction set {kind}" if len(kind) == 3 and kind.isascii() and kind.isdigit() else "another one"
        draft.group.of_others = draft.interchange.of_others = True
        draft.passed_over = draft.passed_over or named
        draft.note_between(f"{named}, which holds no claims, is passed over", kind="passed_over")
        draft.pass_over_set()
        return
    draft.open(Loop.HEADER)
    draft.group.of_claims = draft.interchange.of_claims = draft.holds_claims = True
    draft.transaction_set = Level(elements[2].strip(), holds=1 - draft.place, of_claims=True)
    stated = elements[3].strip()
    _follow(draft, stated or draft.guide.strip(), settled=bool(stated))


def ref(draft: Draft, segment: str) -> None:
    """004010 has no ST03 and names the guide of the set in REF*87; GS08 is that of the group."""
    elements = draft.split(segment)
    if elements[1] == "87" and not draft.type_is_settled:
        guide = elements[2].strip()
        if _type_of(guide) is None:
            return
        before = draft.transaction.get("claim_type")
        _follow(draft, guide, settled=True)
        if before not in (None, draft.transaction["claim_type"]):
            draft.note("REF*87 names another guide than GS08, and is followed", kind="other_guide")


def _type_of(guide: str) -> str | None:
    return next((kind for name, kind in _CLAIM_TYPES.items() if name in guide), None)


def _follow(draft: Draft, guide: str, *, settled: bool) -> None:
    """What a transaction set's guide says about its claims; `settled` says whether the set itself names it."""
    claim_type = _type_of(guide)
    if claim_type:
        draft.transaction["claim_type"] = claim_type
        draft.type_is_settled = settled
    if any(name in guide for name in _PREDETERMINATIONS):
        draft.transaction["predetermination"] = True
    version = guide[:6]
    draft.asks = not any(name in guide for name in _ADJUDICATED_BEFORE)
    draft.asks_for_all = draft.asks and version == _VERSION
    if version.isascii() and version.isdigit() and version != _VERSION and not draft.version_is_told:
        kind = "older_version" if version < _VERSION else "newer_version"
        draft.note(f"{version} is read as far as it agrees with {_VERSION}", kind=kind)
        draft.version_is_told = True


def bht(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    draft.transaction["reporting_only"] = _REPORTING.get(elements[6].strip())
    if _DAY.fullmatch(elements[4]):
        draft.created = elements[4]
    elif draft.asks:
        draft.note("BHT04 not readable: expected CCYYMMDD")


def se(draft: Draft, segment: str) -> Claim | None:
    elements = draft.split(segment)
    finished = draft.finish()
    draft.enter(Loop.GROUP)
    draft.transaction_set.holds += draft.place
    _compare(draft, elements, draft.transaction_set)
    return finished


def se_of_another(draft: Draft, _segment: str) -> None:
    """Whether the count of a skipped set agrees does not matter to the claims."""
    draft.end_of_other_set()


def ge(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    draft.enter(Loop.INTERCHANGE)
    _compare(draft, elements, draft.group)


def iea(draft: Draft, segment: str) -> None:
    elements = draft.split(segment)
    draft.enter(Loop.FILE)
    _compare(draft, elements, draft.interchange)


def misplaced(expected: str) -> Handler:
    """Handles a segment that breaks the envelope; `expected` names those that do not."""

    def refuse(draft: Draft, _segment: str) -> None:
        raise draft.error(f"{expected} is expected: the file is damaged or incomplete, a whole copy of it is needed")

    return refuse


def _compare(draft: Draft, trailer: list[str], level: Level) -> None:
    if level.of_others and not level.of_claims:
        return
    name = trailer[0]
    if (trailer[1].strip().lstrip("0") or "0") != str(level.holds):
        draft.note_on_held(f"{name}01 does not match the count read")
    if trailer[2].strip() != level.control:
        draft.note_on_held(f"{name}02 does not repeat the control number")
