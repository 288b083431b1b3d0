"""Reads an 837 into columns: professional claims as rows of lines, without a `Claim` for each.

The bytes of a run of segments are processed at once (`text`), each segment is assigned to its loop (`loops`), and the
fields of claims and lines are slices of the text (`reading`). What columns cannot represent exactly goes to the claim
reader (`claimcheck.io.x12`), which receives the segments of such a claim and of the loops around it, in order, so that
its output is the same as for the whole file. It also gets the first and last claim of each transaction set, which
trailers and content between sets may affect, and everything that is not a professional 005010 claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs
import numpy as np
import polars as pl

from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.frames.x12 import loops as of
from claimcheck.frames.x12.frame import Framed, empty, place_of
from claimcheck.frames.x12.loops import LoopMap
from claimcheck.frames.x12.reading import ReadFields, read
from claimcheck.frames.x12.text import Bools, Ints, SegmentText, Separators, any_of, bare, latest
from claimcheck.io.x12.chunks import Input, chunks, name_of
from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.handlers import LOOPS
from claimcheck.io.x12.reader import begun, ended, fed
from claimcheck.io.x12.segments import runs
from claimcheck.io.x12.splitting import SegmentRun

__all__ = ["Batch837", "claims_at", "read_837", "survey_837"]

_AT_ONCE = 1 << 22  #: bytes
_MOST_HELD = 1 << 23  #: bytes of one claim, and the loops before it


@attrs.frozen(eq=False)
class Batch837:
    """Some claims of an 837: `lines` are rows of service lines, `claims` are those that rows cannot represent.

    The rows have the columns of the layout `837`, which `validate_frame` and `validate_batches` recognize. Both are in
    file order: a claim's place is the number of its CLM, which rows have in the column `claim_segment`, and a `Claim`
    in its source; `segment` is the number of a line's LX.
    """

    lines: pl.DataFrame
    claims: tuple[Claim, ...]


def read_837(
    source: Input, *, name: str | None = None, left: Collection[int] = (), at_once: int = _AT_ONCE
) -> Iterator[Batch837]:
    """Yields the claims of an X12 837 file in columns, some at a time, several times as fast as one by one.

    They are those of `claimcheck.io.read_claims`: professional 005010 claims as rows of lines, and as a `Claim` what
    rows cannot represent: other claims, unusual notation, format problems, the first and last claim of each transaction
    set. Both must be validated. `left` are the places of claims to return as a `Claim` in any case; `at_once` is how
    many bytes to read at a time.

    Raises:
        InputError: the input cannot be read to its end; the claims before the fault have already been yielded.

    >>> isa = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *240701*1200*^*00501*000000001*0*P"
    >>> head = "*:~GS*HC*A*B*20240701*1200*1*X*005010X222A1~ST*837*1*005010X222A1~HL*1**20*1~NM1*85*2*G*****XX*"
    >>> head += "1234567893~HL*2*1*22*0~NM1*IL*1*L*F****MI*M1~"
    >>> body = "".join(f"CLM*{name}*125***11:B:1*Y*A*Y*Y~LX*1~SV1*HC:99213*125*UN*1***1~DTP*472*D8*20240701~"
    ...                for name in "ABC")
    >>> batches = list(read_837((isa + head + body + "SE*18*1~GE*1*1~IEA*1*000000001~").encode()))
    >>> batches[0].lines.select("claim_id", "claim_segment", "segment", "procedure_code", "charge").rows()
    [('B', 12, 13, '99213', '125')]
    >>> [(claim.claim_id, str(claim.source)) for batch in batches for claim in batch.claims]
    [('A', '#8'), ('C', '#16')]
    >>> list(read_837(b"claim_id,units", name="lines.csv"))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: lines.csv, segment or row 1: ISA is expected: this is not the start of an X12 \
interchange
    """
    yield from _batches(source, name_of(source) if name is None else name, _Reading, left, at_once)


def survey_837(source: Input, *, name: str | None = None) -> Iterator[Batch837]:
    """Like `read_837`, with only the columns that decide which claims are related to others; more claims are in
    rows."""
    yield from _batches(source, name_of(source) if name is None else name, _Surveying, (), _AT_ONCE)


def claims_at(places: Collection[int], source: Input, *, name: str | None = None) -> Iterator[Claim]:
    """The claims at some places of an X12 837 file; all others are skipped.

    Raises:
        InputError: as in `read_837`.
    """
    wanted = frozenset(places)
    for batch in _batches(source, name_of(source) if name is None else name, _Choosing, wanted, _AT_ONCE):
        yield from (claim for claim in batch.claims if place_of(claim) in wanted)


def _batches(
    source: Input, file: str | None, how: type[_Reading], left: Collection[int], at_once: int
) -> Iterator[Batch837]:
    reading = how(Draft(file, LOOPS), np.array(sorted(left), np.int64))
    delimiters = None
    try:
        for block in runs(chunks(source, file, at_once), file, bare):
            delimiters = begun(reading.draft, block, delimiters)
            separators = Separators(delimiters.element, delimiters.component, delimiters.terminator)
            if len(block.segments):
                yield from reading.take(block.segments, block.before, separators)
        yield from reading.rest()
        yield from _alone(ended(reading.draft))
    except InputError:
        yield from reading.rest()
        yield from _alone(reading.draft.release())
        raise


def _alone(claim: Claim | None) -> Iterator[Batch837]:
    """The last claim of a file, if there is one."""
    if claim is not None:
        yield Batch837(empty(), (claim,))


@attrs.frozen
class _Set:
    """What a transaction set says about its claims."""

    created: int
    reporting_only: bool | None

    @classmethod
    def of(cls, draft: Draft) -> _Set | None:
        """For the current set, whose first claim has been read; None if all of it is left to the claim reader."""
        said = draft.transaction
        plain = draft.is_plain and said.get("claim_type") == "professional" and "predetermination" not in said
        return cls(int(draft.created), said.get("reporting_only")) if plain else None


class _Reading:
    """A file while it is read."""

    def __init__(self, draft: Draft, left: Ints) -> None:
        self.draft, self._left = draft, left
        self._held, self._places = b"", np.empty(0, np.int64)
        self._bare = False  #: whether the held text follows no loop, so that what begins there ends what was before
        self._set: _Set | None = None  #: of the current transaction set
        self._begun = False  #: whether one of its claims has been read
        self._all = True  #: whether it is left to the claim reader from here on
        self._separators = Separators("*", ":", "~")
        self._claims: list[Claim] = []

    def take(self, run: SegmentRun, before: int, separators: Separators) -> Iterator[Batch837]:
        """The claims completed by further segments."""
        self._separators = separators
        places = np.concatenate([self._places, np.arange(before + 1, before + 1 + len(run))])
        yield from self._read(self._held + run.content, places, ends=False)
        self.draft.place = before + len(run)

    def rest(self) -> Iterator[Batch837]:
        """The remaining claims when there are no more segments."""
        place = self.draft.place
        if self._held:
            held, places = self._held, self._places
            self._held, self._places = b"", np.empty(0, np.int64)
            yield from self._read(held, places, ends=True)
            self.draft.place = place

    def _read(self, content: bytes, places: Ints, *, ends: bool) -> Iterator[Batch837]:
        text = SegmentText.of(content, self._separators)
        stage = self._stage(text, places)
        if self._bare:
            stage.need_first()
            self._bare = False
        cut = len(text) if ends else self._cut(stage)
        error = None
        try:
            self._stretches(stage, cut, ends=ends)
            self._hold(stage, cut)
        except InputError as found:
            error = found
        if ends or error is not None:  # otherwise the last one might follow others
            last = self.draft.release()
            self._claims += [] if last is None else [last]
        claims, self._claims = tuple(self._claims), []
        lines = stage.rows()
        if len(lines) or claims:
            yield Batch837(lines, claims)
        if error is not None:
            self._held = b""
            raise error

    def _stage(self, text: SegmentText, places: Ints) -> _Stage:
        return _WithFields(text, places, LoopMap.of(text), self._left)

    # ------------------------------------------------------------------ how far it goes

    def _cut(self, stage: _Stage) -> int:
        """The segment at which incomplete content begins: the last claim, or the loops before the next one."""
        loops, text = stage.loops, stage.text
        bound = int(loops.bounds[-1]) if len(loops.bounds) else -1
        claim = int(loops.claims[-1]) if len(loops.claims) else -1
        if claim > bound:
            cut = claim
        else:
            units = loops.units[loops.units > bound]
            cut = int(units[0]) if len(units) else len(text)
        if self._all and bound < 0:
            return len(text)
        if cut < len(text) and len(text.content) - int(text.starts[cut]) > _MOST_HELD:
            stage.all_from = bound
            return len(text)
        return cut

    def _hold(self, stage: _Stage, cut: int) -> None:
        """Keeps incomplete content, preceded by the loops in force; earlier claims are final."""
        text, loops = stage.text, stage.loops
        self._held, self._places = b"", np.empty(0, np.int64)
        if cut == len(text):
            return
        kept: list[Ints] = []
        unit = int(loops.unit[cut - 1]) if cut else -1
        if not stage.is_astray(unit, cut):
            around = [int(loops.around[kind][unit]) for kind in of.AROUND]
            kept = [np.flatnonzero(loops.unit[:cut] == one) for one in around if one >= 0]
        self._bare = not kept
        for at in kept:
            self._held += text.bytes_of(int(at[0]), int(at[-1]) + 1)
        self._held += text.bytes_of(cut, len(text))
        self._places = np.concatenate([stage.places[at] for at in (*kept, np.arange(cut, len(text)))])
        if self._begun:
            for claim in (self.draft.finish(), self.draft.release()):
                self._claims += [] if claim is None else [claim]

    # ------------------------------------------------------------------ stretch by stretch

    def _stretches(self, stage: _Stage, cut: int, *, ends: bool) -> None:
        """Reads the segments before `cut`, which may end the file: those of envelopes, and what is between them."""
        bounds = [int(bound) for bound in stage.loops.bounds if bound < cut]
        self._all |= stage.all_from == -1
        self._stretch(stage, 0, bounds[0] if bounds else cut, is_last=ends or bool(bounds))
        for number, bound in enumerate(bounds):
            self._feed(stage, np.array([bound]))
            self._set, self._begun = None, False
            self._all = not stage.text.content.startswith(b"ST", stage.text.starts[bound]) or stage.all_from == bound
            closed = number + 1 < len(bounds)
            self._stretch(stage, bound + 1, bounds[number + 1] if closed else cut, is_last=ends or closed)

    def _stretch(self, stage: _Stage, first: int, last: int, *, is_last: bool) -> None:
        """Reads the segments of one transaction set; `is_last`: it ends with them."""
        if first >= last:
            return
        claims = slice(*np.searchsorted(stage.loops.claims, (first, last)).tolist())
        if self._all or claims.start == claims.stop:
            self._feed(stage, np.arange(first, last) if self._all else stage.needed(first, last))
            return
        fed_to = first
        if not self._begun:
            fed_to = stage.end_of(claims.start, last)
            stage.odd[claims.start] = True
            self._feed(stage, np.arange(first, fed_to))
            self._begun, self._set = True, _Set.of(self.draft)
        if self._set is None:
            self._all = True
            stage.odd[claims] = True
            self._feed(stage, np.arange(fed_to, last))
            return
        stage.odd[claims] |= stage.latest_day[claims] > self._set.created
        if is_last:  # and what follows it: the loop that begins there ends it
            stage.odd[claims.stop - 1] = True
            stage.need_from(claims.stop - 1, last)
        stage.need(claims)
        at = stage.needed(fed_to, last)
        self._feed(stage, at)
        stage.good[claims] = ~stage.odd[claims]
        if self._set.reporting_only is not None:
            stage.reporting[claims] = int(self._set.reporting_only)

    def _feed(self, stage: _Stage, at: Ints) -> None:
        """Passes segments to the claim reader."""
        places = stage.places[at].tolist()
        segments = map(stage.text.segment, at.tolist())
        self._claims.extend(fed(self.draft, zip(places, segments, strict=True)))


class _Surveying(_Reading):
    """A file of whose claims only a few fields are read."""

    def _stage(self, text: SegmentText, places: Ints) -> _Stage:
        return _WithFields(text, places, LoopMap.of(text), self._left, whole=False)


class _Choosing(_Reading):
    """A file of which some claims are read, and nothing of the others."""

    def _stage(self, text: SegmentText, places: Ints) -> _Stage:
        return _Stage(text, places, LoopMap.of(text), self._left)


class _Stage:
    """A text while its claims are separated into `odd` ones, left to the claim reader, and `good` ones.

    `all_from` is the boundary after which everything is left to that reader.
    """

    def __init__(self, text: SegmentText, places: Ints, loops: LoopMap, left: Ints) -> None:
        self.text, self.places, self.loops = text, places, loops
        self.all_from: int | None = None
        self.good = np.zeros(len(loops.claims), bool)
        self.reporting = np.full(len(loops.claims), -1, np.int64)
        self.latest_day = np.zeros(len(loops.claims), np.int64)
        self._astray = latest(loops.astray)
        self._needed = np.zeros(len(loops.units) + 1, bool)  #: which units the claim reader needs
        self._needed[:-1] = loops.kind_of == 0
        self._needed[-1] = True  # what precedes the first
        self._provider = np.append(loops.units, -1)[loops.around[of.PROVIDER]]  #: where each unit's part begins
        self.odd = self._odd()
        if len(left):
            self.odd |= np.isin(places[loops.claims], left)
        self._need_around()

    def is_astray(self, unit: int, at: int) -> bool:
        """Whether the open loops before a segment, in a unit, were not opened by their HL."""
        return unit < 0 or self._provider[unit] < 0 or bool(self._astray[at - 1] >= self._provider[unit])

    def end_of(self, claim: int, last: int) -> int:
        """The segment after those of a claim."""
        behind = int(self.loops.unit[self.loops.claims[claim]]) + 1
        return min(last, int(self.loops.units[behind])) if behind < len(self.loops.units) else last

    def need(self, claims: slice) -> None:
        """The claim reader needs the loops around odd claims."""
        self._need(self.loops.unit[self.loops.claims[claims][self.odd[claims]]])

    def need_from(self, claim: int, last: int) -> None:
        """The claim reader needs a claim and everything after it."""
        self._needed[self.loops.unit[self.loops.claims[claim]] : self.loops.unit[last - 1] + 1] = True

    def need_first(self) -> None:
        """The claim reader needs the beginning of the text."""
        self._needed[:1] = True

    def needed(self, first: int, last: int) -> Ints:
        """Which of those segments the claim reader needs."""
        return first + np.flatnonzero(self._needed[self.loops.unit[first:last]])

    def _need(self, units: Ints) -> None:
        """The claim reader needs some units, and the loops around them."""
        self._needed[units] = True
        for around in self.loops.around.values():
            heads = around[units]
            self._needed[heads[heads >= 0]] = True

    def rows(self) -> pl.DataFrame:
        """The lines of the good claims."""
        return empty()

    def _odd(self) -> Bools:
        """The claims that are odd because of their loops."""
        units = self.loops.unit[self.loops.claims]
        odd: Bools = self._astray[self.loops.claims] >= self._provider[units]
        for kind in (of.PROVIDER, of.SUBSCRIBER):
            odd |= self.loops.around[kind][units] < 0
        return odd | self.loops.units_of(self.loops.astray)[units]

    def _need_around(self) -> None:
        """Misplaced segments need all open loops, and so do those after them up to the next provider."""
        loops = self.loops
        units = loops.unit[loops.astray]
        self._need(units[units >= 0])
        self._needed[units + 1] = True  # which ends a claim that began without its CLM
        levels = np.flatnonzero((loops.kind_of != of.CLAIM) & (loops.kind_of != 0))
        provider = self._provider[levels]
        self._needed[levels[(provider < 0) | (self._astray[loops.units[levels]] >= provider)]] = True


class _WithFields(_Stage):
    """The same with all claims read."""

    def __init__(self, text: SegmentText, places: Ints, loops: LoopMap, left: Ints, *, whole: bool = True) -> None:
        self._said: ReadFields = read(text, loops, whole=whole)
        self._framed = Framed(self._said, whole=whole)
        super().__init__(text, places, loops, left)
        np.maximum.at(self.latest_day, self._said.claim_of_line, self._said.lines.latest)

    def rows(self) -> pl.DataFrame:
        return self._framed.rows(self.places, self.good, self.reporting)

    def _odd(self) -> Bools:
        loops, said = self.loops, self._said
        bad = loops.units_of(loops.left)
        units = loops.unit[loops.claims]
        odd = super()._odd() | bad[units] | said.claims.odd | any_of(said.claim_of_line, said.lines.odd, len(units))
        for kind in of.AROUND:
            head = loops.around[kind][units]
            there = np.flatnonzero(head >= 0)
            odd[there] |= bad[head[there]] | said.slots(kind).odd[said.row_of(kind, head[there])]
        without_lines: Bools = np.bincount(said.claim_of_line, minlength=len(units)) == 0
        return odd | without_lines
