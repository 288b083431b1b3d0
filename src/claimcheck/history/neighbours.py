"""Which lines may be compared with a claim's on one day: those on the same kind of claim, by the same provider.

A member may have very many lines on one day by other providers, which do not matter to the claim. A history that can
look them up by provider has a method `beside`, as claimcheck's own do; from any other, all lines are read.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import NamedTuple, Protocol

import attrs

from claimcheck.claims import Claim
from claimcheck.codes.bill_type import INPATIENT
from claimcheck.history.recorded import LookUp, RecordedLine
from claimcheck.policies.parameters.ncci import SameProvider

__all__ = ["Group", "LinesBeside", "Neighbours", "beside", "group_of", "kind_of", "of_group", "recorded_provider"]

Provider = tuple[object, ...]


class Group(NamedTuple):
    """What two comparable lines share: claim type, whether inpatient, and provider."""

    claim_type: str
    inpatient: bool
    provider: Provider


class Biller(Protocol):
    """Who billed a line, and on what kind of claim: a recorded line, or the part of it with that information."""

    @property
    def claim_type(self) -> str | None: ...
    @property
    def facility_type(self) -> str | None: ...
    @property
    def rendering_npi(self) -> str | None: ...
    @property
    def rendering_taxonomy(self) -> str | None: ...
    @property
    def billing_npi(self) -> str | None: ...
    @property
    def billing_tax_id(self) -> str | None: ...


@attrs.frozen
class Neighbours:
    """The groups of a claim's lines, where `same` defines a provider."""

    same: SameProvider
    groups: frozenset[Group]

    def has(self, line: Biller) -> bool:
        """Whether a line of another claim is in one of the groups."""
        return group_of(line, self.same) in self.groups


def kind_of(line: Biller) -> tuple[str, bool] | None:
    """The claim type of another claim's line, and whether it is an inpatient bill."""
    if line.claim_type is None:
        return None
    claim_type = line.claim_type.lower()
    return claim_type, claim_type != "professional" and line.facility_type in INPATIENT


def recorded_provider(line: Biller, same: SameProvider) -> Provider:
    """The provider of another claim's line. A facility is one provider, whoever renders."""
    if same is SameProvider.TAX_ID:
        return (line.billing_tax_id,)
    if line.claim_type is not None and line.claim_type.lower() == "institutional":
        return (line.billing_npi,)
    if same is SameProvider.GROUP_AND_SPECIALTY:
        return of_group(line.billing_npi, line.rendering_npi or line.billing_npi, line.rendering_taxonomy)
    return (line.rendering_npi or line.billing_npi,)


def of_group(group: object, npi: str | None, specialty: str | None) -> Provider:
    """A physician of a group: the same as all others with one specialty, or by NPI alone if no specialty is known."""
    return (npi,) if specialty is None or not isinstance(group, str) else (group, specialty)


def group_of(line: Biller, same: SameProvider) -> Group | None:
    """The group of another claim's line; None if its kind or provider is unknown.

    >>> line = RecordedLine("A", 1, date(2024, 7, 1), date(2024, 7, 1), "99213", frozenset(), None, "payable",
    ...                     claim_type="professional", billing_npi="1234567893")
    >>> group_of(line, SameProvider.NPI)
    Group(claim_type='professional', inpatient=False, provider=('1234567893',))
    >>> group_of(line, SameProvider.TAX_ID) is None
    True
    """
    kind, provider = kind_of(line), recorded_provider(line, same)
    return None if kind is None or None in provider else Group(*kind, provider)


class LinesBeside(ABC):
    """A history that implements `lines` through `beside`."""

    __slots__ = ()

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        """The member's lines in force with a service date from `first` to `through`; see `LookUp.lines`."""
        return self.beside(member_id, first, through, None, other_than=other_than)

    @abstractmethod
    def beside(
        self,
        member_id: str,
        first: date,
        through: date,
        neighbours: Neighbours | None,
        *,
        other_than: Claim | None = None,
    ) -> tuple[RecordedLine, ...]:
        """The same for the `neighbours` only, if given."""


def beside(
    history: LookUp,
    member_id: str,
    first: date,
    through: date,
    neighbours: Neighbours | None,
    *,
    other_than: Claim | None = None,
) -> tuple[RecordedLine, ...]:
    """The member's lines with a service date from `first` to `through`, only of the `neighbours` if given.

    Exclusions and order are as in `LookUp.lines`.
    """
    if neighbours is None:
        return history.lines(member_id, first, through, other_than=other_than)
    own = getattr(history, "beside", None)
    if own is not None:
        found: tuple[RecordedLine, ...] = own(member_id, first, through, neighbours, other_than=other_than)
        return found
    lines = history.lines(member_id, first, through, other_than=other_than)
    return tuple([line for line in lines if neighbours.has(line)])
