"""Reads X12 837 files: what each segment means in each loop, and the claims they form.

Professional, institutional, and dental claims are read, and predeterminations of benefits. Transaction sets of another
kind, and text before or after an interchange, are skipped, and an adjacent claim reports it.

A claim's fields are those of `Claim`. Where the implementation guides leave a choice:

- The member is the patient. A dependent (2000C) has the subscriber's identifier with a discriminator, see
  `member.dependent_id`.
- `received_date` stays missing: an 837 says when it was created (BHT04), not when the payer received it. So does
  `delivery_date`, and `discharge_date` unless DTP*096 gives a date (837P): an 837I has only the hour.
- `statement_through` equals `statement_from` if DTP*434 gives a single date.
- Loops of another payer (2320 to 2330) and prior adjudication (2430) belong to other coverage; nothing in them is read
  into the claim. Nor are segments that have no field here: addresses, notes, forms, ambulance data.
- A line has one `result_value`, from its first MEA with test results; its `result_date` is DTP*738 or 739.
- Dental lines (SV3) without a service date have that of the claim. Orthodontics (DN1), prosthesis (SV305), and
  anesthesia (QTY) have no field.
- Diagnosis pointers number the elements of HI; if one of these is empty, those after it continue the count in the
  claim.

A fault within a claim is a `Problem` of the claim, with the segment number and never its text; the claim is delivered.
The same goes for required content that the claim lacks, for which no segment is named, because the source of the claim
or line locates it. A fault that ends reading raises InputError after every claim before it: no ISA, an envelope out of
order, no 837 in the whole input, an input that ends early. The claim in which that happens is not delivered, because it
would be shorter than it was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.io.sharing import Wanted
from claimcheck.io.x12.chunks import Input, chunks, name_of
from claimcheck.io.x12.delimiters import Delimiters
from claimcheck.io.x12.draft import Draft
from claimcheck.io.x12.handlers import LOOPS
from claimcheck.io.x12.loop import Loop
from claimcheck.io.x12.segments import Block, blocks

__all__ = ["begun", "ended", "fed", "read"]


def read(source: Input, *, name: str | None = None, wanted: Wanted | None = None) -> Iterator[Claim]:
    """Yields the claims of an X12 837 file as they are read; at most two are in memory at a time.

    `source` is a path, a binary or text stream, or bytes; `name` is used in claims and errors, by default the path or
    the stream's name. The `source` of a claim is the number of its CLM in the file, counting segments from 1; that of a
    line is the number of its LX. `wanted` selects which claims are read, see `claimcheck.io.sharing`.

    Raises:
        InputError: the input cannot be read to its end; the claims before the fault have already been yielded.

    >>> isa = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *240701*1200*^*00501*000000001*0*P"
    >>> head = "*:~GS*HC*A*B*20240701*1200*1*X*005010X222A1~ST*837*1*005010X222A1~HL*1**20*1~HL*2*1*22*0~"
    >>> body = "CLM*7*125***11:B:1~LX*1~SV1*HC:99213*125*UN*1***1~DTP*472*D8*20240701~"
    >>> [claim] = read((isa + head + body + "SE*8*1~GE*1*1~IEA*1*000000001~").encode())
    >>> claim, claim.lines[0].charge, str(claim.lines[0].source)
    (Claim(claim_type='professional', diagnoses=0, lines=1), Decimal('125'), '#7')
    >>> list(read((isa + head + body).encode(), name="cut.837"))
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: cut.837, segment or row 10: the file ends before its SE: a whole copy of it is needed
    """
    file = name_of(source) if name is None else name
    draft = Draft(file, LOOPS, wanted)
    try:
        yield from _claims(draft, chunks(source, file))
    except InputError:
        if (last := draft.release()) is not None:
            yield last
        raise


def _claims(draft: Draft, pieces: Iterable[bytes]) -> Iterator[Claim]:
    delimiters = None
    for block in blocks(pieces, draft.file):
        delimiters = begun(draft, block, delimiters)
        yield from fed(draft, enumerate(block.segments, block.before + 1))
        draft.place = block.before + len(block.segments)
    if (last := ended(draft)) is not None:
        yield last


def begun(draft: Draft, block: Block[Any], before: Delimiters | None) -> Delimiters:
    """Starts a block, perhaps the first of an interchange, and returns its delimiters; `before` are the previous
    ones."""
    if block.delimiters is not before:
        draft.separate(block.delimiters.element, block.delimiters.component)
    if block.skipped:
        is_last = not len(block.segments)
        draft.place = block.before if is_last else block.before + 1
        where = "after the last" if is_last else "before this"
        draft.note_between(f"text {where} interchange is no X12 and is passed over", kind="passed_over")
    return block.delimiters


def fed(draft: Draft, segments: Iterable[tuple[int, str]]) -> Iterator[Claim]:
    """Handles segments, each with its number, and yields the claims they complete."""
    stops = draft.stops
    for place, segment in segments:
        if stops is not None and segment[:2] not in stops:
            continue
        handler = draft.segments[segment[:4]]
        if handler is None:
            continue
        draft.place = place
        claim = handler(draft, segment)
        stops = draft.stops
        if claim is not None:
            yield claim


def ended(draft: Draft) -> Claim | None:
    """Ends the input and yields the last claim.

    Raises:
        InputError: it ends too early, or has no 837 transaction set.
    """
    if draft.loop is not Loop.FILE:
        draft.place += 1
        missing = {Loop.INTERCHANGE: "IEA", Loop.GROUP: "GE"}.get(draft.loop, "SE")
        raise draft.error(f"the file ends before its {missing}: a whole copy of it is needed")
    if draft.passed_over and not draft.holds_claims:
        reason = f"a transaction set 837 is expected, and the file holds {draft.passed_over}: it holds no claims"
        raise InputError(reason, file=draft.file)
    return draft.release()
