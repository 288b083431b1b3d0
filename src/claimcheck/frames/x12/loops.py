"""The loop of each segment, and which loops hold what columns do not support.

The claim reader (`claimcheck.io.x12.reader`) defines what a segment means in a loop: what it skips is skipped here;
what is read here is listed in `READ`; claims with anything else are left to that reader. Some segments open a loop
whose HL or CLM is missing: from there to the next billing provider everything is left to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs
import numpy as np

from claimcheck.frames.x12.text import Bools, Ints, SegmentText, Small, are, latest
from claimcheck.io.x12.handlers import LOOPS
from claimcheck.io.x12.loop import Loop

__all__ = ["LoopMap", "Way"]


class Way:
    """How to handle a segment."""

    PASSED, READ, LEFT, ASTRAY = range(4)


ENVELOPE = ("ISA", "GS", "ST", "SE", "GE", "IEA")
_LEVELS = {b"20": Loop.PROVIDER, b"22": Loop.SUBSCRIBER, b"23": Loop.PATIENT}
_KINDS = (*(Loop.FILE, Loop.PROVIDER, Loop.SUBSCRIBER, Loop.PATIENT, Loop.CLAIM, Loop.OTHER_SUBSCRIBER, Loop.LINE),)
AROUND = (1, 2, 3)
_OUTSIDE, PROVIDER, SUBSCRIBER, PATIENT, CLAIM, OTHER, LINE = range(len(_KINDS))

#: By loop, the segments read here; parties (NM1) by entity code.
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
#: By loop, the segments that open another one without an HL, CLM, or LX of its own.
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
_SEGMENT_IDS = _UNKNOWN + 1
_NUMBERS = {name: number for number, name in enumerate(_NAMES)}


def _ways() -> Small:
    """How to handle each segment, by loop and id."""
    ways = np.full((len(_KINDS), _SEGMENT_IDS), Way.LEFT, np.int8)
    ways[_OUTSIDE, [_NUMBERS[name] for name in ("CL1", "HI", *_SERVICES)]] = Way.ASTRAY
    for kind in READ:
        for name, handler in LOOPS.read[_KINDS[kind]].of_id.items():
            if handler is None:
                ways[kind, _NUMBERS[name]] = Way.PASSED
        for names, way in ((READ[kind], Way.READ), (_ASTRAY[kind], Way.ASTRAY)):
            ways[kind, [_NUMBERS[name] for name in names]] = way
    return ways.ravel()


_WAYS = _ways()


#: The id as a number made from its bytes.
_TABLE = np.zeros(1 << 24, np.uint8)
_TABLE[:] = _UNKNOWN
for _name, _number in _NUMBERS.items():
    _TABLE[int.from_bytes(_name.encode(), "little")] = _number


@attrs.frozen(eq=False)
class LoopMap:
    """The loops of a text.

    `kind` is the loop of each segment. A unit is a loop around claims, a whole claim, or an envelope segment: `units`
    are their first segments, `unit` is that of each segment, -1 before the first. Facts about units are indexed by
    number: `kind_of` is their kind, and `around` the provider, subscriber, and patient in force, -1 for none. `claims`
    and `lines` are the CLM and LX segments, `heads` those that open the loops around claims, `bounds` those of
    envelopes.

    `left` says for each segment whether its unit is left to the claim reader, `astray` whether everything up to the
    next provider is.
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
    _order: Ints  #: the segments by kind and id
    _keys: Small  #: those of the sorted

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
        way = _WAYS[np.maximum(kind, 0).astype(np.int16) * _SEGMENT_IDS + ids]
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
        """The segments with an id in loops of that kind."""
        key = np.int16(kind * _SEGMENT_IDS + _NUMBERS[name])
        return self._order[np.searchsorted(self._keys, key) : np.searchsorted(self._keys, key, side="right")]

    def units_of(self, which: Bools) -> Bools:
        """For each unit, whether it is true for any of its segments."""
        found = np.zeros(len(self.units) + 1, bool)
        found[self.unit[which]] = True
        return found[:-1]


def _is(ids: Small, *names: str) -> Bools:
    found: Bools = ids == _NUMBERS[names[0]]
    for name in names[1:]:
        found |= ids == _NUMBERS[name]
    return found


def _ids(text: SegmentText) -> Small:
    """The id number of each segment: two or three characters before a separator or the end."""
    heads = text.heads()
    element, terminator = (np.uint32(ord(one)) for one in (text.separators.element, text.separators.terminator))
    third, fourth = heads >> np.uint32(16) & np.uint32(0xFF), heads >> np.uint32(24)
    of_two = (third == element) | (third == terminator)
    of_three = (fourth == element) | (fourth == terminator)
    keys = heads & np.where(of_two, np.uint32(0xFFFF), np.where(of_three, np.uint32(0xFFFFFF), np.uint32(0)))
    ids: Small = _TABLE[keys]
    return ids


def _begun(begins: Bools) -> tuple[Ints, Ints]:
    """For each segment the number of what began last, -1 before the first; and where each begins."""
    return np.cumsum(begins, dtype=np.int32) - np.int32(1), np.flatnonzero(begins)


def _kinds_of(text: SegmentText, units: Ints, ids: Small) -> Ints:
    """The kinds of units: -1 for a level (HL03) that is not a provider, subscriber, or patient."""
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
    """The kinds of loops with SBR segments: after a CLM they open another payer's loop in the claim, and after an LX
    they are misplaced."""
    last = latest(~np.isin(np.arange(len(kinds)), others))[others] if len(others) else others
    return np.where(kinds[last] == CLAIM, np.int8(OTHER), kinds[last])


def _ordered(kind: Small, ids: Small) -> tuple[Ints, Small]:
    """The segments sorted by kind and id, and their sort key."""
    keys = kind.astype(np.int16) * np.int16(_SEGMENT_IDS) + ids
    order = np.argsort(keys, kind="stable")
    return order, keys[order]


def _strays(text: SegmentText, ids: Small, kind: Small, unit: Ints) -> Ints:
    """Parties that open a loop around claims while another is open, or that appear twice."""
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
    """For each unit the provider, subscriber, and patient in force."""
    closes = (kind_of == _OUTSIDE) | (kind_of < 0)
    found: dict[int, Ints] = {}
    for kind in AROUND:
        closes = closes | (kind_of == kind)
        last = latest(closes)
        found[kind] = np.where((last >= 0) & (kind_of[np.maximum(last, 0)] == kind), last, -1)
    return found
