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
from types import MappingProxyType
from typing import Any

from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.io.sharing import Wanted
from claimcheck.io.x12 import claim_loop, envelope, header, line_loop
from claimcheck.io.x12.chunks import Input, chunks, name_of
from claimcheck.io.x12.draft import Draft, Handler, Loop, Loops, Segments
from claimcheck.io.x12.passing import passed
from claimcheck.io.x12.segments import Block, Delimiters, blocks

__all__ = ["LOOPS", "begun", "ended", "fed", "read"]


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


def _unknown(draft: Draft, _segment: str) -> None:
    draft.note("this is no segment of an 837")


def _misplaced(draft: Draft, segment: str) -> None:
    draft.note(f"{draft.split(segment)[0]} does not belong here")


def _without_clm(draft: Draft, segment: str) -> Claim | None:
    """A segment of a claim whose CLM is missing: it is still a claim, and starts here."""
    finished = draft.finish()
    draft.open_claim()
    name = draft.split(segment)[0]
    draft.note(f"expected CLM before {name}")
    _OF_A_CLAIM[name](draft, segment)
    return finished


_OUT_OF_ORDER = envelope.misplaced("SE")

#: Every other segment in the 837 guides: addresses, notes, forms, other coverage, and so on.
_IGNORED = (
    *("AMT", "CAS", "CN1", "CR1", "CR2", "CR3", "CR4", "CR5", "CR6", "CR7", "CR8", "CRC", "CUR", "DSB", "FRM", "HCP"),
    *("HSD", "IMM", "K3", "LQ", "MIA", "MOA", "N1", "N2", "N3", "N4", "NM1", "NTE", "OI", "PER", "PRV", "PS1", "PWK"),
    *("QTY", "REF", "SBR", "SV4", "SV5", "SV6", "SV7", "SVD", "UR", "DN1"),
)

_SERVICES: dict[str, Handler] = {
    "LX": line_loop.lx,
    "SV1": line_loop.sv1,
    "SV2": line_loop.sv2,
    "SV3": line_loop.sv3,
}
#: Segments that only a claim loop has.
_OF_A_CLAIM: dict[str, Handler] = {"CL1": claim_loop.cl1, "HI": claim_loop.hi, **_SERVICES}

#: Handlers of every loop of a transaction set, unless the loop overrides them.
_COMMON: dict[str, Handler | None] = {
    **dict.fromkeys(_IGNORED),
    **dict.fromkeys(("ISA", "GS", "ST", "GE", "IEA"), _OUT_OF_ORDER),
    **dict.fromkeys(("BHT", "CTP", "DMG", "DTP", "LIN", "MEA", "PAT", "TOO", "DN2"), _misplaced),
    **dict.fromkeys(_OF_A_CLAIM, _without_clm),
    "SE": envelope.se,
    "HL": header.hl,
    "CLM": claim_loop.clm,
}
_PARTIES: dict[str, Handler | None] = {**_COMMON, "NM1": header.nm1, "SBR": header.sbr, "PAT": header.pat}
_PEOPLE: dict[str, Handler | None] = {**_PARTIES, "DMG": header.dmg}
_CLAIM: dict[str, Handler | None] = {
    **_COMMON,
    **_OF_A_CLAIM,
    "DTP": claim_loop.dtp,
    "DN2": claim_loop.dn2,
    "REF": claim_loop.ref,
    "NM1": claim_loop.nm1,
    "PRV": claim_loop.prv,
    "SBR": claim_loop.sbr,
}
_LINE: dict[str, Handler | None] = {
    **_COMMON,
    **_SERVICES,
    "DTP": line_loop.dtp,
    "REF": line_loop.ref,
    "MEA": line_loop.mea,
    "LIN": line_loop.lin,
    "TOO": line_loop.too,
    "CTP": line_loop.ctp,
    "NM1": claim_loop.nm1,
    "PRV": claim_loop.prv,
    "SBR": header.sbr,
    "PAT": header.pat,
}
_OTHER: dict[str, Handler | None] = {
    **_COMMON,
    **_SERVICES,
    **dict.fromkeys(("DMG", "DTP")),
    **dict.fromkeys(("CL1", "HI"), _misplaced),
}

_READ = MappingProxyType(
    {
        Loop.FILE: Segments({"ISA": envelope.isa}, other=envelope.misplaced("ISA")),
        Loop.INTERCHANGE: Segments(
            {"GS": envelope.gs, "IEA": envelope.iea, "TA1": None}, other=envelope.misplaced("GS or IEA")
        ),
        Loop.GROUP: Segments({"ST": envelope.st, "GE": envelope.ge}, other=envelope.misplaced("ST or GE")),
        Loop.OTHER_SET: Segments(
            {
                "SE": envelope.se_of_another,
                **dict.fromkeys(("ISA", "GS", "ST", "GE", "IEA"), envelope.misplaced("SE")),
            },
            other=None,
        ),
        Loop.HEADER: Segments({**_PARTIES, "BHT": envelope.bht, "REF": envelope.ref}, other=_unknown),
        Loop.PROVIDER: Segments({**_PARTIES, "PRV": header.prv, "REF": header.ref}, other=_unknown),
        Loop.SUBSCRIBER: Segments(_PEOPLE, other=_unknown),
        Loop.PATIENT: Segments(_PEOPLE, other=_unknown),
        Loop.CLAIM: Segments(_CLAIM, other=_unknown),
        Loop.OTHER_SUBSCRIBER: Segments(_OTHER, other=_unknown),
        Loop.LINE: Segments(_LINE, other=_unknown),
    }
)

LOOPS = Loops(_READ, passed(_READ))
"""What the segments of each loop mean."""
