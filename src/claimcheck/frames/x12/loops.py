"""In which loop each segment stands, and which loops hold what the columns do not.

It is the reader of claims (`claimcheck.io.x12.reader`) that says what a segment means in a loop: what it passes over is
passed over here; what is read here, `READ` names; whatever else there is, its claims are left to that reader. Some
segments open a loop that lost its HL or its CLM: from there on to the next billing provider everything is left to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs
import numpy as np

from claimcheck.frames.x12.text import Bools, Ints, SegmentText, Small, are, latest
from claimcheck.io.x12.draft import Loop
from claimcheck.io.x12.reader import LOOPS

__all__ = ["LoopMap", "Way"]


class Way:
    """What is done with a segment."""

    PASSED, READ, LEFT, ASTRAY = range(4)


ENVELOPE = ("ISA", "GS", "ST", "SE", "GE", "IEA")
_LEVELS = {b"20": Loop.PROVIDER, b"22": Loop.SUBSCRIBER, b"23": Loop.PATIENT}
_KINDS = (*(Loop.FILE, Loop.PROVIDER, Loop.SUBSCRIBER, Loop.PATIENT, Loop.CLAIM, Loop.OTHER_SUBSCRIBER, Loop.LINE),)
AROUND = (1, 2, 3)
_OUTSIDE, PROVIDER, SUBSCRIBER, PATIENT, CLAIM, OTHER, LINE = range(len(_KINDS))

#: By loop, what is read here of it: the parties (NM1) are looked at by whom they name.
READ: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        PROVIDER: ("HL", "NM1", "PRV", "REF"),
        SUBSCRIBER: ("HL", "SBR", "NM1", "DMG", "PAT"),
        PATIENT: ("HL", "NM1", "DMG", "PAT"),
        CLAIM: ("CLM", "HI", "DTP", "REF", "NM1", "PRV"),
        OTHER: ("SBR",),
        LINE: ("LX", "SV1", "DTP", "REF", "MEA", "LIN", "CTP", "NM1", "PRV"),
    }
)
_SERVICES = ("LX", "SV1", "SV2", "SV3")
#: By loop, what opens another one there that has no HL, no CLM or no LX of its own.
_ASTRAY: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys((PROVIDER, PATIENT), ("SBR", "CL1", "HI", *_SERVICES)),
        PROVIDER: ("SBR", "PAT", "CL1", "HI", *_SERVICES),
        SUBSCRIBER: ("CL1", "HI", *_SERVICES),
        CLAIM: ("SV1", "SV2", "SV3"),
        OTHER: ("SV1", "SV2", "SV3"),
        LINE: ("SBR", "PAT", "CL1", "HI"),
    }
)
_NAMES = sorted({*ENVELOPE, *(name for kind in _KINDS for name in LOOPS.read[kind].of_id)})
_UNKNOWN = len(_NAMES)
_ROOM = _UNKNOWN + 1
_NUMBERS = {name: number for number, name in enumerate(_NAMES)}


def _ways() -> Small:
    """What is done with a segment, by loop and id."""
    ways = np.full((len(_KINDS), _ROOM), Way.LEFT, np.int8)
    ways[_OUTSIDE, [_NUMBERS[name] for name in ("CL1", "HI", *_SERVICES)]] = Way.ASTRAY
    for kind in READ:
        for name, handler in LOOPS.read[_KINDS[kind]].of_id.items():
            if handler is None:
                ways[kind, _NUMBERS[name]] = Way.PASSED
        for names, way in ((READ[kind], Way.READ), (_ASTRAY[kind], Way.ASTRAY)):
            ways[kind, [_NUMBERS[name] for name in names]] = way
    return ways.ravel()


_WAYS = _ways()


#: By the bytes of an id as a number, the id's own.
_TABLE = np.zeros(1 << 24, np.uint8)
_TABLE[:] = _UNKNOWN
for _name, _number in _NUMBERS.items():
    _TABLE[int.from_bytes(_name.encode(), "little")] = _number


@attrs.frozen(eq=False)
class LoopMap:
    """The loops of a text.

    `kind` is that of the loop in which each segment stands. A unit is a loop around claims, or a claim with all that it
    holds, or a segment of an envelope: `units` are their first segments, `unit` is that of each segment, -1 before the
    first. What is said of units goes by their numbers: `kind_of` is their kind, and `around` the provider, subscriber
    and patient in force, -1 of none. `claims` and `lines` are the segments CLM and LX, `heads` those that open the
    loops around claims, `bounds` those of envelopes.

    `left` says of each segment whether its unit is left to the reader of claims, `astray` whether all is, up to the
    next provider.
    """

    ids: Small
    kind: Small
    units: Ints
    unit: Ints
    kind_of: Ints
    around: Mapping[int, Ints]
    claims: Ints
    lines: Ints
    heads: Mapping[int, Ints]
    bounds: Ints
    left: Bools
    astray: Bools
    _order: Ints  #: the segments by their kinds and ids
    _keys: Small  #: those of the ordered

    @classmethod
    def of(cls, text: SegmentText) -> LoopMap:
        """The loops of a text that begins within a transaction set, or with its envelope."""
        ids = _ids(text)
        claim, hierarchical = ids == _NUMBERS["CLM"], ids == _NUMBERS["HL"]
        unit, units = _begun(_is(ids, *ENVELOPE) | hierarchical | claim)
        kind_of = _kinds_of(text, units, ids)
        line, other = ids == _NUMBERS["LX"], ids == _NUMBERS["SBR"]
        within = np.append(kind_of == CLAIM, False)[unit]
        lost = line & ~within
        opened = np.full(len(text), _OUTSIDE, np.int8)
        opened[units] = kind_of
        opened[line & within] = LINE
        begun, opens = _begun(claim | hierarchical | line | other & within | _is(ids, *ENVELOPE))
        kinds = opened[opens]
        others = np.flatnonzero(other[opens])
        kinds[others] = _of_others(kinds, others)
        kind = np.append(kinds, np.int8(_OUTSIDE))[begun]
        way = _WAYS[np.maximum(kind, 0).astype(np.int16) * _ROOM + ids]
        way[text.unprintable()] = Way.LEFT
        way[lost | (kind < 0)] = Way.ASTRAY
        way[_strays(text, ids, kind, unit)] = Way.ASTRAY
        bounds = units[kind_of == _OUTSIDE]
        way[bounds] = Way.READ
        return cls(
            ids,
            kind,
            units,
            unit,
            kind_of,
            _around(kind_of),
            units[kind_of == CLAIM],
            np.flatnonzero(line & within),
            {k: units[kind_of == k] for k in AROUND},
            bounds,
            way == Way.LEFT,
            way == Way.ASTRAY,
            *_ordered(kind, ids),
        )

    def at(self, kind: int, name: str) -> Ints:
        """The segments of an id that stand in a loop of that kind."""
        key = np.int16(kind * _ROOM + _NUMBERS[name])
        return self._order[np.searchsorted(self._keys, key) : np.searchsorted(self._keys, key, side="right")]

    def units_of(self, which: Bools) -> Bools:
        """Of each unit, whether it is so of any of its segments."""
        found = np.zeros(len(self.units) + 1, bool)
        found[self.unit[which]] = True
        return found[:-1]


def _is(ids: Small, *names: str) -> Bools:
    found: Bools = ids == _NUMBERS[names[0]]
    for name in names[1:]:
        found |= ids == _NUMBERS[name]
    return found


def _ids(text: SegmentText) -> Small:
    """The number of the id of each segment: one of two or three characters, before a separator or the end."""
    heads = text.heads()
    element, terminator = (np.uint32(ord(one)) for one in (text.separators.element, text.separators.terminator))
    third, fourth = heads >> np.uint32(16) & np.uint32(0xFF), heads >> np.uint32(24)
    of_two = (third == element) | (third == terminator)
    of_three = (fourth == element) | (fourth == terminator)
    keys = heads & np.where(of_two, np.uint32(0xFFFF), np.where(of_three, np.uint32(0xFFFFFF), np.uint32(0)))
    ids: Small = _TABLE[keys]
    return ids


def _begun(begins: Bools) -> tuple[Ints, Ints]:
    """Of each segment the number of what began last, -1 before the first; and where each begins."""
    return np.cumsum(begins, dtype=np.int32) - np.int32(1), np.flatnonzero(begins)


def _kinds_of(text: SegmentText, units: Ints, ids: Small) -> Ints:
    """The kinds of units: -1 of a level (HL03) that is no provider's, subscriber's or patient's."""
    found = np.full(len(units), _OUTSIDE, np.int64)
    own = ids[units]
    found[own == _NUMBERS["CLM"]] = CLAIM
    levels = np.flatnonzero(own == _NUMBERS["HL"])
    found[levels] = -1
    level = text.element(units[levels], 3)
    for name, kind in _LEVELS.items():
        found[levels[text.spells(level, name)]] = _KINDS.index(kind)
    return found


def _of_others(kinds: Small, others: Ints) -> Small:
    """The kinds of the loops in which segments SBR behind a CLM stand, which open one of another payer in its claim,
    and none behind an LX: there they go astray."""
    last = latest(~np.isin(np.arange(len(kinds)), others))[others] if len(others) else others
    return np.where(kinds[last] == CLAIM, np.int8(OTHER), kinds[last])


def _ordered(kind: Small, ids: Small) -> tuple[Ints, Small]:
    """The segments by kind and id, and what they are ordered by."""
    keys = kind.astype(np.int16) * np.int16(_ROOM) + ids
    order = np.argsort(keys, kind="stable")
    return order, keys[order]


def _strays(text: SegmentText, ids: Small, kind: Small, unit: Ints) -> Ints:
    """Parties that open a loop around claims where another one is open, or where they stand a second time."""
    parties = np.flatnonzero((ids == _NUMBERS["NM1"]) & (kind != OTHER) & (kind != _OUTSIDE))
    entity = text.element(parties, 1)
    words = text.word(entity)
    of_kind = kind[parties]
    found = (words & np.uint64(0xFF)) == ord(" ")
    for name, own in ((b"85", PROVIDER), (b"IL", SUBSCRIBER), (b"QC", PATIENT)):
        places = np.flatnonzero(are(words, entity.sizes, name))
        found[places[of_kind[places] != own]] = True
        own_unit = unit[parties[places]]
        found[places[1:][own_unit[1:] == own_unit[:-1]]] = True
    strays: Ints = parties[found]
    return strays


def _around(kind_of: Ints) -> Mapping[int, Ints]:
    """Of each unit those of a provider, of a subscriber and of a patient that are in force."""
    closes = (kind_of == _OUTSIDE) | (kind_of < 0)
    found: dict[int, Ints] = {}
    for kind in AROUND:
        closes = closes | (kind_of == kind)
        last = latest(closes)
        found[kind] = np.where((last >= 0) & (kind_of[np.maximum(last, 0)] == kind), last, -1)
    return found
