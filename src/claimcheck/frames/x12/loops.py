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

from claimcheck.frames.x12.text import Bools, Ints, Text, any_of, latest
from claimcheck.io.x12.draft import Loop
from claimcheck.io.x12.reader import LOOPS

__all__ = ["Loops", "Way"]


class Way:
    """What is done with a segment."""

    PASSED, READ, LEFT, ASTRAY = range(4)


ENVELOPE = ("ISA", "GS", "ST", "SE", "GE", "IEA")
_LEVELS = {b"20": Loop.PROVIDER, b"22": Loop.SUBSCRIBER, b"23": Loop.PATIENT}
_KINDS = (*(Loop.FILE, Loop.PROVIDER, Loop.SUBSCRIBER, Loop.PATIENT, Loop.CLAIM, Loop.OTHER_SUBSCRIBER, Loop.LINE),)
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
_KEYS = np.array([int.from_bytes(name.encode(), "little") for name in _NAMES], np.uint64)
_BY_KEY = np.argsort(_KEYS)
_SORTED = _KEYS[_BY_KEY]
_UNKNOWN = len(_NAMES)
_ROOM = _UNKNOWN + 1
_NUMBERS = {name: number for number, name in enumerate(_NAMES)}


def _ways() -> Ints:
    """What is done with a segment, by loop and id."""
    ways = np.full((len(_KINDS), _UNKNOWN + 1), Way.LEFT, np.int64)
    ways[_OUTSIDE] = Way.LEFT
    for kind in READ:
        for name, handler in LOOPS.read[_KINDS[kind]].of_id.items():
            if handler is None:
                ways[kind, _NUMBERS[name]] = Way.PASSED
        for names, way in ((READ[kind], Way.READ), (_ASTRAY[kind], Way.ASTRAY)):
            ways[kind, [_NUMBERS[name] for name in names]] = way
    return ways


_WAYS = _ways()


@attrs.frozen(eq=False)
class Loops:
    """The loops of a text. Loops are known by the numbers of their first segments, -1 of none.

    `ids` are the numbers of the ids of segments, `kind` those of their loops. `claims` are the segments CLM, `lines`
    the segments LX; `providers`, `subscribers` and `patients` the segments HL of these. For each claim, `provider`,
    `subscriber` and `patient` are the loops in force. `left` says of each segment whether its own loop, or claim, is
    left to the reader of claims; `astray` whether all is, up to the next provider; `unit` is the first segment of the
    loop around claims, or of the claim, that each belongs to.
    """

    ids: Ints
    kind: Ints
    unit: Ints
    astray: Bools
    left: Bools
    claims: Ints
    lines: Ints
    around: Mapping[int, Ints]
    heads: Mapping[int, Ints]
    bounds: Ints  #: the segments of envelopes
    _order: Ints  #: the segments by their kinds and ids
    _keys: Ints  #: those of the ordered

    @classmethod
    def of(cls, text: Text) -> Loops:
        """The loops of a text that begins within a transaction set, or with its envelope."""
        ids = _ids(text)
        outside, hierarchical = _is(ids, *ENVELOPE), _is(ids, "HL")
        levels = np.flatnonzero(hierarchical)
        level = np.full(len(text), -1, np.int64)
        of_level = text.element(levels, 3)
        for name, kind in _LEVELS.items():
            level[levels[text.spells(of_level, name)]] = _KINDS.index(kind)
        opened = np.where(outside, _OUTSIDE, level)
        opened[_is(ids, "CLM")] = CLAIM
        opened[_is(ids, "LX")] = LINE
        claims = _is(ids, "CLM")
        unit = latest(outside | hierarchical | claims)
        lost = _is(ids, "LX") & ~claims[np.maximum(unit, 0)]
        opened[lost] = _OUTSIDE
        opens = (opened >= 0) | hierarchical
        others = np.flatnonzero(_is(ids, "SBR"))
        others = others[_kinds(opened, latest(opens))[others] == CLAIM]
        opened[others], opens[others] = OTHER, True
        kind = _kinds(opened, latest(opens))
        way = _WAYS[np.maximum(kind, 0), ids]
        way[outside] = Way.READ
        way[text.unprintable()] = Way.LEFT
        way[lost | (kind < 0) | (hierarchical & (level < 0))] = Way.ASTRAY
        way[_strays(text, ids, kind, unit)] = Way.ASTRAY
        heads = {k: np.flatnonzero(hierarchical & (level == k)) for k in (PROVIDER, SUBSCRIBER, PATIENT)}
        return cls(
            ids,
            kind,
            unit,
            way == Way.ASTRAY,
            way == Way.LEFT,
            np.flatnonzero(claims),
            np.flatnonzero(_is(ids, "LX") & ~lost),
            _around(outside, hierarchical, level),
            heads,
            np.flatnonzero(outside),
            *_ordered(kind, ids),
        )

    def at(self, kind: int, name: str) -> Ints:
        """The segments of an id that stand in a loop of that kind."""
        key = np.int16(kind * _ROOM + _NUMBERS[name])
        return self._order[np.searchsorted(self._keys, key) : np.searchsorted(self._keys, key, side="right")]

    def is_id(self, *names: str) -> Bools:
        """Which segments are of one of these ids."""
        return _is(self.ids, *names)

    def bad_units(self) -> Bools:
        """Of each segment, whether its loop around claims, or its claim, holds something that is left."""
        bad = self.left | self.astray
        inside = self.unit >= 0
        found = any_of(self.unit[inside], bad[inside], len(self.unit))
        return found[np.maximum(self.unit, 0)] & inside


def _is(ids: Ints, *names: str) -> Bools:
    found: Bools = ids == _NUMBERS[names[0]]
    for name in names[1:]:
        found |= ids == _NUMBERS[name]
    return found


def _ids(text: Text) -> Ints:
    """The number of the id of each segment: one of two or three characters, before a separator or the end."""
    heads = text.heads()
    ends = [np.uint64(ord(one)) for one in (text.separators.element, text.separators.terminator)]
    byte = np.uint64(0xFF)
    third, fourth = heads >> np.uint64(16) & byte, heads >> np.uint64(24) & byte
    of_two = (third == ends[0]) | (third == ends[1])
    of_three = (fourth == ends[0]) | (fourth == ends[1])
    keys = np.where(of_two, heads & np.uint64(0xFFFF), np.where(of_three, heads & np.uint64(0xFFFFFF), np.uint64(0)))
    at = np.minimum(np.searchsorted(_SORTED, keys), len(_SORTED) - 1)
    return np.where(_SORTED[at] == keys, _BY_KEY[at], _UNKNOWN)


def _ordered(kind: Ints, ids: Ints) -> tuple[Ints, Ints]:
    """The segments by kind and id, and what they are ordered by."""
    keys = (kind * _ROOM + ids).astype(np.int16)
    order = np.argsort(keys, kind="stable")
    return order, keys[order]


def _kinds(opened: Ints, last: Ints) -> Ints:
    """The kind of the loop that was opened last; that before the first is outside of all."""
    return np.where(last >= 0, opened[np.maximum(last, 0)], _OUTSIDE)


def _strays(text: Text, ids: Ints, kind: Ints, unit: Ints) -> Ints:
    """Parties that open a loop around claims where another one is open, or where they stand a second time."""
    parties = np.flatnonzero(_is(ids, "NM1") & (kind != OTHER) & (kind != _OUTSIDE))
    entity = text.element(parties, 1)
    of_kind = kind[parties]
    found = text.first(entity) == ord(" ")
    for name, own in ((b"85", PROVIDER), (b"IL", SUBSCRIBER), (b"QC", PATIENT)):
        such = text.spells(entity, name)
        found |= such & (of_kind != own)
        places = np.flatnonzero(such)
        again = np.zeros(len(places), bool)
        again[1:] = unit[parties[places[1:]]] == unit[parties[places[:-1]]]
        found[places[again]] = True
    return parties[found]


def _around(outside: Bools, hierarchical: Bools, level: Ints) -> Mapping[int, Ints]:
    """Of each segment the loop of a provider, of a subscriber and of a patient that is in force."""
    closes = outside | (hierarchical & (level < 0))
    found: dict[int, Ints] = {}
    for kind in (PROVIDER, SUBSCRIBER, PATIENT):
        closes = closes | (level == kind)
        last = latest(closes)
        own = level[np.maximum(last, 0)] == kind
        found[kind] = np.where((last >= 0) & own & hierarchical[np.maximum(last, 0)], last, -1)
    return found
