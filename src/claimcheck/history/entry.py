"""What a history keeps of one claim, and nothing else.

>>> from claimcheck import Claim, validate_claim
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-02-01"}
>>> claim = Claim(claim_id="A1", claim_type="professional", member_id="M1", birth_date="1950-01-31", lines=[line])
>>> entry = entry_of(claim, validate_claim(claim))
>>> entry.claim, entry.rank, [kept.code for kept in entry.lines], [use.service for use in entry.uses]
('A1', <Rank.ORIGINAL: 0>, ['3044F'], ['hba1c_result'])

A claim without a member cannot be part of a history, and a rejected one was returned, as if it had never arrived:

>>> entry_of(Claim(lines=[line]), validate_claim(Claim(lines=[line]))) is None
True
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import attrs

from claimcheck.claims import Claim, ClaimResult, Disposition, LineResult, Overturned, ServiceLine, ServiceUse
from claimcheck.claims.listing import a_result
from claimcheck.claims.performer import performer
from claimcheck.claims.verdict import strongest
from claimcheck.codes import bill_type, modifier
from claimcheck.codes.procedure import text_of
from claimcheck.errors import CodeError
from claimcheck.history.accounts import BESIDE, Asked, Bill, Rank, plain, recorded_frequency, span
from claimcheck.history.exactness import amount_text, billing_digest
from claimcheck.history.parts import Billed, Who
from claimcheck.history.recorded import RecordedLine, by_date
from claimcheck.history.repeats import DUPLICATE_RULE, Repeat
from claimcheck.history.superseded import Terms
from claimcheck.history.window import counted_until
from claimcheck.policies.parameters.frequency import Per

__all__ = [
    "BESIDE",
    "Entry",
    "Rank",
    "Standing",
    "asked",
    "bill_of",
    "billed_as",
    "billed_by",
    "days_of_bill",
    "days_of_line",
    "digest_of_lines",
    "entry_of",
    "facility_type",
    "first_day",
    "frequency_of",
    "identity",
    "is_kept",
    "of_frequency",
    "rank_of",
    "undoes",
    "undone_by",
    "without_frequency",
]

_FREQUENCY_RULES = "FRQ"
_LONGEST = 100
_NO_MODIFIERS: frozenset[str] = frozenset()


class Standing(NamedTuple):
    """The standing of a claim and its lines by a result, apart from frequency limits.

    `by` is the claim that replaces it; `supersedes` are those it replaces without naming them.
    """

    of_claim: Disposition
    of_lines: tuple[Disposition, ...]
    by: str | None = None
    supersedes: tuple[str, ...] = ()

    @classmethod
    def of(cls, result: ClaimResult) -> Standing:
        """The standing of a claim by a result."""
        of_lines = tuple(map(without_frequency, result.lines))
        return cls(result.disposition, of_lines, result.superseded_by, result.supersedes)


@attrs.frozen
class Entry:
    """One claim as a history keeps it.

    `claim` is its claim id, or a digest where it has none. `undoes` are the claims that are no longer in force by it:
    the one that it replaces or voids, named or not, the submitted claim of which it is the payer's record, itself if it
    says that it was replaced. `digest` identifies a version of a claim id: it is of all that is kept beside the
    receipt, so that the same claim received again is no other. `last` is the last day on which it can matter. `lines`
    are those with a well-formed code and a readable date, none of a claim that is void or superseded; `uses` theirs.
    `bill` distinguishes it from other claims with its claim id, and `by` is the claim that replaced it, if its result
    names one. `repeats` are the lines denied as exact duplicates of lines of other claims.
    """

    member: str = attrs.field(repr=False)
    claim: str = attrs.field(repr=False)
    rank: Rank
    undoes: tuple[str, ...] = attrs.field(repr=False)
    digest: int
    received: date | None
    delivery: date | None = attrs.field(repr=False)
    last: date
    lines: tuple[RecordedLine, ...]
    uses: tuple[ServiceUse, ...]
    overturned: tuple[Overturned, ...]
    bill: Bill = attrs.field(factory=Bill, repr=False)
    by: str | None = attrs.field(default=None, repr=False)
    repeats: tuple[Repeat, ...] = ()


def entry_of(claim: Claim, result: ClaimResult, key: bytes = b"") -> Entry | None:
    """What is kept of a claim; None for a claim without a member, a rejected one, and one that bills nothing.

    `key` keys the digests, so that nobody without it can test members, codes, and dates against them.
    """
    if not isinstance(claim.member_id, str) or not is_kept(claim, a_result(result).disposition):
        return None
    name = identity(claim, key)
    rank = Rank.SUPERSEDED if result.disposition is Disposition.SUPERSEDED else rank_of(claim)
    standings = [without_frequency(verdict) for verdict in result.lines]
    lines = () if rank in (Rank.VOID, Rank.SUPERSEDED) else recorded_lines(claim, standings, name, key)
    kept = {line.position for line in lines}
    undone = undoes(claim, Standing(result.disposition, (), result.superseded_by, result.supersedes), key)
    return Entry(
        claim.member_id,
        name,
        rank,
        tuple(dict.fromkeys(map(plain, undone))),
        _digest(claim, rank, key),
        _day(claim.received_date),
        _day(claim.delivery_date),
        _last_day(claim, result),
        lines,
        _uses(result, kept) if result.services else (),
        _overturned(result) if result.overturned else (),
        bill_of(claim),
        None if result.superseded_by is None else _name(result.superseded_by, key),
        tuple([one for one in _repeats(result) if one.position in kept]),
    )


def bill_of(claim: Claim) -> Bill:
    """What distinguishes the bill of a claim from others with its claim id."""
    return Bill(
        days_of_bill(claim),
        _text(claim.billing_npi),
        _text(claim.claim_type),
        frequency_of(claim),
        isinstance(claim.submitted_claim_id, str),
    )


def days_of_bill(claim: Claim) -> tuple[date, date] | None:
    """The first and the last day of a claim, by its statement and its lines."""
    days: list[object] = [claim.statement_from, claim.statement_through]
    for line in claim.lines:
        days += [line.service_date, line.service_date_end]
    return span(days)


def asked(claim: Claim, key: bytes = b"") -> Asked:
    """What a history is asked about a claim: its bill, and the digests under which it may be stored."""
    rank = rank_of(claim)

    def digests() -> tuple[int, ...]:
        lines = recorded_lines(claim, [Disposition.PAYABLE] * len(claim.lines), "", key)
        return _digest(claim, rank, key), _digest(claim, Rank.SUPERSEDED, key), digest_of_lines(lines)

    return Asked(rank, bill_of(claim), digests, _day(claim.received_date), undone_by(claim, key))


def digest_of_lines(lines: Iterable[RecordedLine]) -> int:
    """A signed 64-bit digest of what recorded lines of one claim bill, for a history that has only the lines.

    Lines have their billing digests only where the history's key is known, so those have no part in it.
    """
    said = [
        (
            *(line.position, line.service_date, line.service_date_end, line.code, sorted(line.modifiers)),
            *(amount_text(line.units), line.claim_type, line.delivery_date, line.rendering_npi, line.billing_npi),
            *(line.billing_tax_id, line.facility_type, line.frequency_code, line.is_record),
        )
        for line in sorted(lines, key=by_date)
    ]
    digest = blake2b("\n".join(map(str, said)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def is_kept(claim: Claim, disposition: Disposition) -> bool:
    """Whether a history keeps a claim with that disposition, if its member is known; see `entry_of`."""
    return disposition is not Disposition.REJECTED and claim.predetermination is not True


def undoes(claim: Claim, standing: Standing, key: bytes = b"") -> tuple[str, ...]:
    """The names of the claims that a claim with that standing takes out of force.

    Of two claims that name each other, the superseded one does not take the other out of force.
    """
    found = undone_by(claim, key)
    if standing.supersedes:
        found = tuple(dict.fromkeys((*found, *standing.supersedes)))
    if standing.of_claim is not Disposition.SUPERSEDED:
        return found
    return tuple([name for name in found if name != standing.by])


def _uses(result: ClaimResult, kept: set[int]) -> tuple[ServiceUse, ...]:
    """The uses of the kept lines, once for each set of terms. Uses with an unknown provider are not counted with
    others."""
    uses: dict[tuple[object, ...], ServiceUse] = {}
    for use in result.services:
        terms = use.position, Terms.of(use)
        if use.position in kept and (use.per == Per.MEMBER or use.whose is not None):
            uses.setdefault(terms, use)
    return tuple(uses.values())


def _overturned(result: ClaimResult) -> tuple[Overturned, ...]:
    """Findings on lines of other claims, one per rule."""
    said: dict[tuple[object, ...], Overturned] = {}
    for overturned in result.overturned:
        finding = overturned.finding
        other = attrs.evolve(overturned, claim=plain(overturned.claim))
        about = other.claim, finding.position, finding.rule_id, finding.procedure_code, finding.service_date
        said.setdefault(about, other)
    return tuple(said.values())


def identity(claim: Claim, key: bytes = b"") -> str:
    """The claim's name in the history: its claim id, or a digest of its content if it has none.

    A history distinguishes several bills with one claim id; see `claimcheck.history.accounts`.
    """
    if isinstance(claim.claim_id, str):
        return _name(claim.claim_id, key)
    return f"#{_digest(claim, rank_of(claim), key, str(claim.member_id)) % 2**64:016x}"


def _name(claim_id: str, key: bytes) -> str:
    """A claim id, or a digest if not every database can store it."""
    if len(claim_id) <= _LONGEST and claim_id.isprintable():
        return claim_id
    return f"#{blake2b(claim_id.encode('utf-8', 'surrogatepass'), digest_size=16, key=key).hexdigest()}"


def undone_by(claim: Claim, key: bytes = b"") -> tuple[str, ...]:
    """The names of the claims that a claim says are no longer in force, including itself if it was replaced."""
    if claim.original_claim_id is None and claim.submitted_claim_id is None and claim.replaced_by_claim_id is None:
        return ()
    named = (claim.original_claim_id if rank_of(claim) else None, claim.submitted_claim_id)
    own = identity(claim, key)
    others = [name for name in (_name(one, key) for one in named if isinstance(one, str)) if name != own]
    replaced = [own] if isinstance(claim.replaced_by_claim_id, str) else []
    return tuple(dict.fromkeys([*others, *replaced]))


def rank_of(claim: Claim) -> Rank:
    """The precedence of a claim among those with its claim id.

    From its frequency code, or else its bill type; a claim that names an original replaces it even if it has no
    frequency (FHIR has none) or calls itself a first claim, unless it is one that stands `BESIDE` it.
    """
    code = frequency_of(claim)
    if code == "8":
        return Rank.VOID
    names = isinstance(claim.original_claim_id, str) and code not in BESIDE
    return Rank.REPLACEMENT if names or code == "7" else Rank.ORIGINAL


def frequency_of(claim: Claim) -> str | None:
    """The frequency code of a claim, or else of its bill type."""
    if isinstance(claim.frequency_code, str):
        return claim.frequency_code
    return _frequency_of(claim.bill_type) if isinstance(claim.bill_type, str) else None


@lru_cache(maxsize=1024)
def _frequency_of(text: str) -> str | None:
    """The frequency code in a paper-form bill type."""
    try:
        return bill_type.parse(text).frequency
    except CodeError:
        return None


def recorded_lines(
    claim: Claim, standings: Sequence[Disposition], name: str, key: bytes = b""
) -> tuple[RecordedLine, ...]:
    """The lines of a claim that a history keeps, with the standing of each."""
    received, delivery = _day(claim.received_date), _day(claim.delivery_date)
    frequency = recorded_frequency(frequency_of(claim), rank_of(claim))
    is_record = isinstance(claim.submitted_claim_id, str)
    lines = []
    for position, (line, standing) in enumerate(zip(claim.lines, standings, strict=True), 1):
        days, what = days_of_line(claim, line), billed_as(line, standing)
        if days is not None and what is not None:
            by = billed_by(claim, line)
            lines.append(
                RecordedLine(
                    name,
                    position,
                    *days,
                    what.code,
                    what.modifiers,
                    what.units,
                    what.disposition,
                    by.claim_type,
                    received,
                    delivery,
                    *by[1:],
                    line.line_number if isinstance(line.line_number, int) else None,
                    billing_digest(claim, line, key),
                    frequency,
                    is_record,
                )
            )
    return tuple(lines)


def billed_as(line: ServiceLine, disposition: Disposition) -> Billed | None:
    """What a history keeps about what a line bills, and its result; None without a well-formed code."""
    code = text_of(line.procedure_code) if isinstance(line.procedure_code, str) else None
    if code is None:
        return None
    return Billed(code, _modifiers(line), line.units if isinstance(line.units, Decimal) else None, disposition)


def billed_by(claim: Claim, line: ServiceLine) -> Who:
    """What a history keeps about who bills a line."""
    return Who(
        _text(claim.claim_type),
        _text(line.rendering_npi) or _text(claim.rendering_npi),
        performer(claim, line)[1],
        _text(claim.billing_npi),
        _text(claim.billing_tax_id),
        facility_type(claim),
    )


def days_of_line(claim: Claim, line: ServiceLine) -> tuple[date, date] | None:
    """The first and last day of a line; None without a readable date, of which a history keeps nothing."""
    first, last = first_day(claim, line), line.service_date_end
    if first is None:
        return None
    return first, last if isinstance(last, date) and last > first else first


def facility_type(claim: Claim) -> str | None:
    """Facility and kind of care in the bill type: its first two digits."""
    return (_text(claim.bill_type) or "").removeprefix("0")[:2] or None


def first_day(claim: Claim, line: ServiceLine) -> date | None:
    """The line's first day. For an institutional line without one, the discharge, or the date of a one-day
    statement."""
    if line.service_date is not None or claim.claim_type != "institutional":
        return _day(line.service_date)
    first = _day(claim.statement_from)
    return _day(claim.discharge_date) or (first if claim.statement_through in (None, first) else None)


def _last_day(claim: Claim, result: ClaimResult) -> date:
    """The last day on which anything of the claim can matter, alone or counted together with later claims.

    A void matters forever: what it takes out of force may arrive later, or again.
    """
    if rank_of(claim) is Rank.VOID:
        return date.max
    known = [day for day in (_day(claim.statement_through), _day(claim.discharge_date)) if day is not None]
    for line in claim.lines:
        known += [day for day in (_day(line.service_date), _day(line.service_date_end)) if day is not None]
    for use in result.services:
        first = first_day(claim, claim.lines[use.position - 1])
        if first is not None:
            known.append(counted_until(use.window, use.year_starts, first))
    return max(known, default=date.min)


def without_frequency(verdict: LineResult, but: str | None = None) -> Disposition:
    """The disposition of a line apart from frequency limits, which depend on all lines together, and from a rule."""
    if not verdict.findings:
        return Disposition.PAYABLE
    found = (one for one in verdict.findings if one.rule_id != but and not of_frequency(one.rule_id))
    return strongest(one.disposition for one in found)


def _repeats(result: ClaimResult) -> Iterator[Repeat]:
    """The lines of a claim that were denied as exact duplicates of lines of other claims."""
    for verdict in result.lines:
        if any(one.rule_id == DUPLICATE_RULE and one.disposition is Disposition.DENIED for one in verdict.findings):
            yield Repeat(verdict.position, without_frequency(verdict, DUPLICATE_RULE))


def of_frequency(rule_id: str) -> bool:
    """Whether a rule is a frequency limit."""
    return rule_id.startswith(_FREQUENCY_RULES)


def _modifiers(line: ServiceLine) -> frozenset[str]:
    if not line.modifiers:
        return _NO_MODIFIERS
    return frozenset([text.upper() for text in line.modifiers if isinstance(text, str) and modifier.is_valid(text)])


def _digest(claim: Claim, rank: Rank, key: bytes, *more: str | None) -> int:
    """A signed 64-bit digest of a claim's content, except its received date: one claim id has few versions."""
    said: list[object] = [
        more,
        claim.claim_type,
        rank.value,
        claim.original_claim_id,
        claim.billing_npi,
        claim.billing_tax_id,
        claim.bill_type,
        claim.delivery_date,
        claim.statement_from,
    ]
    if claim.submitted_claim_id is not None or claim.replaced_by_claim_id is not None:
        said += [claim.submitted_claim_id, claim.replaced_by_claim_id]
    for line in claim.lines:
        said += [line.procedure_code, line.modifiers, line.service_date, line.service_date_end, line.rendering_npi]
        said += [amount_text(line.units), amount_text(line.charge)]
        if line.tooth_numbers or line.tooth_surfaces or line.oral_cavity:
            said += [line.tooth_numbers, line.tooth_surfaces, line.oral_cavity]
    digest = blake2b("\n".join(map(str, said)).encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest()
    return int.from_bytes(digest, "big", signed=True)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _text(value: object) -> str | None:
    """Text as long as any well-formed value of its field."""
    return value if isinstance(value, str) and len(value) <= _LONGEST else None
