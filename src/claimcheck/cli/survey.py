"""A look at all files before they are judged: which claims are versions of one bill, and which of them are superseded.

A replacement or a void may stand far behind what it replaces, or in another file. So the claims are read once more than
they are judged, and of nearly all of them nothing is kept but a bit; where a member has a claim that names another, or
a claim id twice, a second look notes what tells the versions of that member's bills apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from claimcheck.claims import Claim, Disposition
from claimcheck.cli.inputs import Inputs
from claimcheck.cli.meeting import meeting
from claimcheck.engine import Validator
from claimcheck.engine.namesakes import of_one_id
from claimcheck.history.versions import BillVersion, names_another, superseded

__all__ = ["meeting_in", "versions_in"]

_FEWEST, _MOST = 1 << 16, 1 << 28  #: bits


def versions_in(
    inputs: Inputs, validator: Validator, as_of: str | None
) -> tuple[dict[int, str | None], dict[int, int]]:
    """The places, among all claims of the files, of those that are superseded, each with the id of its successor; and
    of those whose id an earlier claim bears, which they are no version of, each with its number among them.

    None where something is read that can be read only once, such as standard input: it is judged as it comes.
    """
    if not _can_be_read_again(inputs):
        return {}, {}
    members = _with_versions(inputs)
    if not members:
        return {}, {}
    alone = validator.beside(None)
    versions: list[BillVersion] = []
    returned: set[int] = set()
    for place, claim in enumerate(_read(inputs)):
        if isinstance(claim.member_id, str) and _mark(claim.member_id) in members:
            versions.append(BillVersion.of(claim, place))
            if alone.validate(claim, as_of).disposition is Disposition.REJECTED:
                returned.add(place)
    fallen = superseded(versions, returned.__contains__)
    standing = [version for version in versions if version.place not in fallen]
    named = of_one_id((version.member, version.claim_id) for version in standing)
    return fallen, {standing[at].place: number for at, number in named.items()}


def meeting_in(inputs: Inputs, validator: Validator) -> frozenset[int] | None:
    """The places, among all claims of the files, of those that may have a part in each other's verdicts.

    None where something is read that can be read only once.
    """
    if not _can_be_read_again(inputs):
        return None
    given = ((claim.member_id if isinstance(claim.member_id, str) else None, claim) for claim in _read(inputs))
    return meeting(given, validator.policy, _mark)


def _can_be_read_again(inputs: Inputs) -> bool:
    return all(Path(file).is_file() for file in inputs.files)


def _with_versions(inputs: Inputs) -> set[int]:
    """The marks of the members of whom a claim names another, or a claim id may stand there twice."""
    bits = min(max(inputs.size, _FEWEST), _MOST)
    seen = bytearray(bits // 8 + 1)
    members = set()
    for claim in _read(inputs):
        member, own = claim.member_id, claim.claim_id
        if not isinstance(member, str):
            continue
        if names_another(claim):
            members.add(_mark(member))
        if isinstance(own, str):
            byte, bit = divmod(_mark(f"{len(member)} {member} {own}") % bits, 8)
            if seen[byte] >> bit & 1:
                members.add(_mark(member))
            seen[byte] |= 1 << bit
    return members


def _read(inputs: Inputs) -> Iterator[Claim]:
    """The claims once more: what cannot be read is named when they are judged."""
    return Inputs(inputs.files, inputs.columns, inputs.mapping).claims()


def _mark(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
