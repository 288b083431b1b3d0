"""Which claims of a batch are versions of one bill, which of them are superseded, and by which claim.

A bill arrives more than once: it is replaced, voided, sent again under its claim id, or answered with a record of the
payer's own (FHIR `ExplanationOfBenefit`). At most one of its versions is in force, whatever the order in which they
arrived.

>>> from claimcheck import Claim
>>> first = Claim(claim_id="A1", member_id="M1")
>>> second = Claim(claim_id="A2", member_id="M1", original_claim_id="A1", frequency_code="7")
>>> other = Claim(claim_id="A3", member_id="M2", original_claim_id="A1", frequency_code="8")
>>> superseded(map(BillVersion.of, [second, first, other], range(3)))
{1: 'A2'}

A claim that is rejected was returned, as if it had never arrived, and supersedes nothing:

>>> superseded(map(BillVersion.of, [second, first], range(2)), returned=lambda place: place == 0)
{}

A replacement or void that names its original by an unknown number is matched by similarity; see
`claimcheck.history.originals`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from heapq import merge
from itertools import islice, pairwise

import attrs

from claimcheck.claims import Claim
from claimcheck.history.accounts import Bill, Rank, is_one_bill, may_be_one, meet
from claimcheck.history.by_day import ByDay
from claimcheck.history.entry import bill_of, rank_of
from claimcheck.history.originals import Alike, Candidates, Meant, may_mean, surely_means

__all__ = ["BillVersion", "Bills", "bills", "bills_among", "names_another", "superseded", "superseded_among"]

Order = tuple[Rank, bool, date, str, int]
Below = Callable[[int], Candidates | None]
"""For the place of a replacement or void: what it may refer to in a history, see `originals.candidates`."""


@attrs.define
class Original:
    """What is known about the original of a claim that names it by an unknown number: the places of claims that are
    `taken` as the original, and of those `doubted`, and the names of those in a history that are `doubted_below`."""

    taken: set[int] = attrs.field(factory=set)
    doubted: set[int] = attrs.field(factory=set)
    doubted_below: frozenset[str] = frozenset()

    def meant(self, name: Callable[[int], str]) -> Meant:
        """The same with claim names."""
        return Meant(frozenset(map(name, self.taken)), frozenset(map(name, self.doubted)) | self.doubted_below)


@attrs.frozen
class Bills:
    """The places of superseded versions, each with its successor's claim id, and what is known about the originals of
    others, from both sides: for claims that refer to another, and for those referred to."""

    superseded: dict[int, str | None] = attrs.field(factory=dict)
    originals: dict[int, Original] = attrs.field(factory=dict)


@attrs.define(eq=False, slots=False)
class BillVersion:
    """What identifies the bill that a claim is a version of: `place` is its place in the batch.

    `replaces` is the claim that it replaces or voids, `submitted` the one of which it is the payer's record,
    `replaced_by` the one that it says replaced it; `bill` distinguishes it from other bills with its claim id.
    """

    place: int
    member: str | None = attrs.field(repr=False)
    claim_id: str | None = attrs.field(repr=False)
    other_id: str | None = attrs.field(repr=False)
    submitted: str | None = attrs.field(repr=False)
    replaces: str | None = attrs.field(repr=False)
    replaced_by: str | None = attrs.field(repr=False)
    rank: Rank
    received: date
    bill: Bill
    alike: Alike

    @classmethod
    def of(cls, claim: Claim, place: int) -> BillVersion:
        """What a claim says about its bill."""
        rank, bill = rank_of(claim), bill_of(claim)
        return cls(
            place,
            _text(claim.member_id),
            _text(claim.claim_id),
            _text(claim.other_claim_id),
            _text(claim.submitted_claim_id),
            _text(claim.original_claim_id) if rank else None,
            _text(claim.replaced_by_claim_id),
            rank,
            claim.received_date if isinstance(claim.received_date, date) else date.min,
            bill,
            Alike.of(claim, bill.days),
        )

    @property
    def says_replacement(self) -> bool:
        """Whether it calls itself a replacement (frequency code 7)."""
        return self.bill.frequency == "7"

    @property
    def means_another(self) -> bool:
        """Whether its frequency code says that it replaces or voids the claim it names."""
        return self.replaces is not None and (self.says_replacement or self.rank is Rank.VOID)

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which other claims may refer to this version of the bill."""
        return tuple(dict.fromkeys(filter(None, (self.claim_id, self.other_id, self.submitted))))

    @cached_property
    def order(self) -> Order:
        """Of the versions of one bill the last is in force: as in a history, except that the place breaks ties."""
        return self.rank, self.submitted is not None, self.received, self.claim_id or "", self.place


def superseded(
    versions: Iterable[BillVersion], returned: Callable[[int], bool] = lambda _: False
) -> dict[int, str | None]:
    """The places of superseded versions, each with the id of the claim that replaces it.

    The id is None if that claim has none. `returned` says for a place whether its claim is itself rejected: it is
    called only for claims that would supersede another. Claims of different members are never related, nor is a claim
    without a member to any other.
    """
    return bills(versions, returned).superseded


def bills(
    versions: Iterable[BillVersion],
    returned: Callable[[int], bool] = lambda _: False,
    below: Below = lambda _: Candidates(),
) -> Bills:
    """The same, with originals known by similarity alone; `below` gives candidates in a history."""
    members: dict[str, list[BillVersion]] = defaultdict(list)
    found = Bills()
    for version in versions:
        if version.replaced_by is not None:
            found.superseded[version.place] = version.replaced_by
        if version.member is not None:
            members[version.member].append(version)
    for theirs in members.values():
        if len(theirs) > 1:
            _among(theirs, returned, below, found)
    return found


def superseded_among(
    claims: Sequence[Claim], returned: Callable[[int], bool] = lambda _: False
) -> dict[int, str | None]:
    """Like `superseded`, for claims in order; fast if none is related to another.

    >>> superseded_among([Claim(claim_id="A", member_id="M1"), Claim(claim_id="B", member_id="M1")])
    {}
    """
    return bills_among(claims, returned).superseded


def bills_among(
    claims: Sequence[Claim],
    returned: Callable[[int], bool] = lambda _: False,
    below: Below = lambda _: Candidates(),
) -> Bills:
    """Like `bills`, for claims in order."""
    times = Counter((claim.member_id, claim.claim_id) for claim in claims if isinstance(claim.claim_id, str))
    members = {member for (member, _), count in times.items() if count > 1}
    members |= {claim.member_id for claim in claims if names_another(claim)}
    if not members:
        return Bills()
    some = (place for place, claim in enumerate(claims) if claim.member_id in members)
    return bills((BillVersion.of(claims[place], place) for place in some), returned, below)


def names_another(claim: Claim) -> bool:
    """Whether a claim refers to another version of its bill."""
    others = claim.original_claim_id, claim.submitted_claim_id, claim.replaced_by_claim_id
    return others != (None, None, None) or bool(rank_of(claim))


def _among(versions: Sequence[BillVersion], returned: Callable[[int], bool], below: Below, found: Bills) -> None:
    """Adds the versions of one member."""
    by_name: dict[str, list[BillVersion]] = defaultdict(list)
    for version in versions:
        for name in version.names:
            by_name[name].append(version)
    successors: dict[BillVersion, set[BillVersion]] = defaultdict(set)
    for version in versions:
        for other in _named(version, by_name):
            successors[other].add(version)
        for later in by_name.get(version.replaced_by or "", ()):
            successors[version].add(later)
    for same in by_name.values():
        for earlier, later in _of_one_name(same, returned) if len(same) > 1 else ():
            successors[earlier].add(later)
    for earlier, later in _of_one_original(versions, by_name, returned):
        successors[earlier].add(later)
    accepted = {
        earlier: {later for later in theirs if _is_record_of(later, earlier) or not returned(later.place)} - {earlier}
        for earlier, theirs in successors.items()
    }
    successors = defaultdict(set, _without_cycles(accepted))
    _by_likeness(versions, by_name, successors, found.originals, returned=returned, below=below)
    for earlier, theirs in successors.items():
        if theirs:
            found.superseded[earlier.place] = max(theirs, key=_order).claim_id


def _by_likeness(
    versions: Sequence[BillVersion],
    by_name: Mapping[str, list[BillVersion]],
    successors: defaultdict[BillVersion, set[BillVersion]],
    originals: dict[int, Original],
    *,
    returned: Callable[[int], bool],
    below: Below,
) -> None:
    """Adds to the `successors` the replacements and voids whose original is known only by similarity.

    Each in order of arrival, so that a second replacement finds the first.
    """
    again = {name for one in versions for name in one.names}  # a history has such a claim from another time
    for version in sorted(filter(_means_another, versions), key=_arrival):
        held = None if version.replaces in by_name or _is_known(version, successors) else below(version.place)
        if held is None:
            originals.setdefault(version.place, Original())
            continue
        earlier = [one for one in versions if not successors[one] and _came_before(one, version, successors)]
        possible = [one for one in earlier if may_mean(version.alike, one.alike)]
        if not possible or returned(version.place):
            continue
        possible = [one for one in possible if not returned(one.place)]
        sure = [one for one in possible if surely_means(version.alike, one.alike)]
        sure_below, possible_below = held.sure - again, held.possible - again
        if len(sure) == 1 and not sure_below:
            successors[sure[0]].add(version)
            originals.setdefault(_last(version, successors).place, Original()).taken.add(sure[0].place)
        elif possible and not (not sure and len(sure_below) == 1) and not successors[version]:
            _doubt(version, possible, sure_below | possible_below, originals)


def _doubt(
    version: BillVersion, possible: Iterable[BillVersion], below: frozenset[str], originals: dict[int, Original]
) -> None:
    """Records on both sides that it is unknown which claims a version refers to."""
    own = originals.setdefault(version.place, Original())
    own.doubted_below |= below
    for one in possible:
        own.doubted.add(one.place)
        originals.setdefault(one.place, Original()).doubted.add(version.place)


def _means_another(version: BillVersion) -> bool:
    return version.means_another


def _is_known(version: BillVersion, successors: Mapping[BillVersion, set[BillVersion]]) -> bool:
    """Whether more than a common number shows that the version replaces another claim."""
    return any(version in theirs and one.replaces != version.replaces for one, theirs in successors.items())


def _came_before(one: BillVersion, version: BillVersion, successors: Mapping[BillVersion, set[BillVersion]]) -> bool:
    """Whether a claim came before a replacement or void, so that this may refer to it."""
    if one is version or one.rank is Rank.VOID or _share_id(one, version):
        return False
    return (one.rank is Rank.ORIGINAL or _arrival(one) < _arrival(version)) and not _reaches(version, one, successors)


def _last(version: BillVersion, successors: Mapping[BillVersion, set[BillVersion]]) -> BillVersion:
    """The version that is in force in place of this one, which is itself if none is."""
    seen = {version}
    while theirs := successors.get(version, set()) - seen:
        version = max(theirs, key=_order)
        seen.add(version)
    return version


def _arrival(version: BillVersion) -> tuple[date, Rank, str, int]:
    unknown = version.received == date.min  # these come last
    received = date.max if unknown else version.received
    return received, version.rank, version.claim_id or "", version.place


def _named(version: BillVersion, by_name: Mapping[str, list[BillVersion]]) -> Iterator[BillVersion]:
    """The versions that a version says it replaces, voids, or is the payer's record of."""
    others = [
        one for one in by_name.get(version.replaces or "", ()) if one is not version and not _share_id(one, version)
    ]
    yield from [one for one in others if meet(one.bill.days, version.bill.days)] or _of_one_bill(others)
    for other in by_name.get(version.submitted or "", ()):
        if _is_record_of(version, other):
            yield other


def _of_one_bill(versions: list[BillVersion]) -> list[BillVersion]:
    """The versions, where they may all be of one bill; else none: which visit of an account is meant is not known."""
    one_bill = all(
        may_be_one(one.bill, two.bill) and meet(one.bill.days, two.bill.days) for one, two in pairwise(versions)
    )
    return versions if one_bill else []


def _is_record_of(later: BillVersion, earlier: BillVersion) -> bool:
    """Whether a claim is the payer's record of another: two records of one claim are not of each other."""
    return later.submitted is not None and later.submitted in (earlier.claim_id, earlier.other_id)


def _of_one_name(
    same: Sequence[BillVersion], returned: Callable[[int], bool]
) -> Iterator[tuple[BillVersion, BillVersion]]:
    """The pairs, earlier and later, of versions with one claim id, or that are the payer's records of one claim.

    A claim id may be the number of an account that is billed repeatedly (CLM01 is the provider's own): claims of
    another provider or type, and claims for other days, are other bills. So are two that both say that they are first
    claims, because a bill sent again says so in its frequency code (CLM05-3): if they are alike, they are duplicates
    (CMS, Medicare Claims Processing Manual, chapter 1, section 120.2).
    """
    latest_first = sorted(same, key=_order, reverse=True)
    for at, later in enumerate(latest_first):
        if later.rank > Rank.ORIGINAL:
            others = islice(latest_first, at + 1, None)
            before = [*islice((one for one in others if _may_be_its_original(one, later)), 2)]
            if len(before) == 1:
                yield before[0], later  # for any days: the days may be what was wrong
    seen = _OnDays(latest_first)
    for at, earlier in enumerate(latest_first):
        for later in seen.meeting(earlier):
            if _share_id(later, earlier) and is_one_bill(later, earlier) and not returned(later.place):
                yield earlier, later
                break
        seen.add(at)


class _OnDays:
    """Versions by their days, so that among many with one claim id only those on common days are compared."""

    def __init__(self, latest_first: Sequence[BillVersion]) -> None:
        self._versions = latest_first
        self._on_days: ByDay[int] = ByDay()
        self._on_any: list[int] = []  # those with unknown days
        self._seen = 0

    def add(self, at: int) -> None:
        """Adds the version at that place, the next in order."""
        days = self._versions[at].bill.days
        if days is None:
            self._on_any.append(at)
        else:
            first, last = days[0].toordinal(), days[1].toordinal()
            self._on_days.add(first, last - first, at)
        self._seen = at + 1

    def meeting(self, version: BillVersion) -> Iterator[BillVersion]:
        """Those added that may have a day in common with a version, latest first."""
        if version.bill.days is None:
            places: Iterable[int] = range(self._seen)
        else:
            first, last = version.bill.days
            found = self._on_days.between(first.toordinal(), last.toordinal())
            places = merge(self._on_any, sorted(found))
        return (self._versions[at] for at in places)


def _may_be_its_original(one: BillVersion, later: BillVersion) -> bool:
    """Whether a replacement or void under its own claim id may mean a claim, whatever the days: they may be wrong."""
    after = later.received != date.min and one.received > later.received
    return _share_id(one, later) and may_be_one(one.bill, later.bill) and not after


def _share_id(one: BillVersion, other: BillVersion) -> bool:
    same_id = one.claim_id is not None and one.claim_id == other.claim_id
    return same_id or (one.submitted is not None and one.submitted == other.submitted)


def _of_one_original(
    versions: Iterable[BillVersion], by_name: Mapping[str, list[BillVersion]], returned: Callable[[int], bool]
) -> Iterator[tuple[BillVersion, BillVersion]]:
    """The pairs, earlier and later, of replacements of one claim.

    If that claim is not available, both must call themselves replacements: a column of original ids may contain
    anything.
    """
    replacing: dict[str, list[BillVersion]] = defaultdict(list)
    for version in versions:
        if version.replaces is not None and version.rank is Rank.REPLACEMENT:
            replacing[version.replaces].append(version)
    for original, claims in replacing.items():
        some = claims if original in by_name else [version for version in claims if version.says_replacement]
        if len(some) > 1:
            standing = sorted((version for version in some if not returned(version.place)), key=_order)
            yield from pairwise(standing)


def _without_cycles(successors: Mapping[BillVersion, set[BillVersion]]) -> Mapping[BillVersion, set[BillVersion]]:
    """The same without cycles: the last version of a cycle is in force, and it supersedes all others of the cycle.

    It alone does, so that a history, which knows for each claim what it names and what supersedes it, leaves the same
    one in force (`claimcheck.history.entry`).
    """
    without = dict(successors)
    done: set[BillVersion] = set()
    for earlier, theirs in successors.items():
        # A cycle leads back to one of its members.
        if earlier in done or not any(
            later.order < earlier.order and _reaches(later, earlier, successors) for later in theirs
        ):
            continue
        circle = {
            one for one in successors if _reaches(earlier, one, successors) and _reaches(one, earlier, successors)
        }
        last = max(circle, key=_order)
        fallen = {one: {last} for one in circle if one is not last}
        without |= {**fallen, last: successors[last] - circle}
        done |= circle
    return without


def _reaches(start: BillVersion, end: BillVersion, successors: Mapping[BillVersion, set[BillVersion]]) -> bool:
    """Whether `start` is superseded by `end`, directly or through others."""
    seen, left = {start}, [start]
    while left:
        for later in successors.get(left.pop(), ()):
            if later is end:
                return True
            if later not in seen:
                seen.add(later)
                left.append(later)
    return False


def _order(version: BillVersion) -> Order:
    return version.order


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
