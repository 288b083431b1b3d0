"""The tables as of one day: what a rule asks, without having to say the day each time.

Where no day is known, every answer is "not covered, no service date", so that no rule can forget it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import attrs

from claimcheck.claims import Reason
from claimcheck.tables.lookup import Lookup, NotCovered

if TYPE_CHECKING:
    from claimcheck.tables import (
        AddOn,
        CategoryII,
        CodeListEntry,
        DiagnosisCode,
        FeeSchedule,
        HcpcsCode,
        Mue,
        Opps,
        PairsWithin,
        PlaceOfService,
        PtpEdit,
        Rarc,
        ServiceGroup,
        Tables,
    )

__all__ = ["TablesOn"]


@attrs.frozen(eq=False, repr=False)
class TablesOn:
    """`tables` as of `day`. Each method answers `Found`, `Absent` or `NotCovered`."""

    tables: Tables
    day: date | None

    def add_on(self, code: str, programme: str = "medicare") -> Lookup[AddOn]:
        """Whether the code is an add-on code, and to which primaries."""
        return _undated("add_on") if self.day is None else self.tables.add_on(code, self.day, programme=programme)

    def category_ii(self, code: str) -> Lookup[CategoryII]:
        """Whether the CPT Category II code is active."""
        return _undated("category_ii") if self.day is None else self.tables.category_ii(code, self.day)

    def code_list(self, name: str, code: str) -> Lookup[CodeListEntry]:
        """What a list of the user's own says of the code."""
        return _undated(name) if self.day is None else self.tables.code_list(name, code, self.day)

    def fee_schedule(self, code: str) -> Lookup[FeeSchedule]:
        """The physician fee schedule's row of the code."""
        return _undated("fee_schedule") if self.day is None else self.tables.fee_schedule(code, self.day)

    def hcpcs(self, code: str) -> Lookup[HcpcsCode]:
        """Whether the HCPCS Level II code is active."""
        return _undated("hcpcs") if self.day is None else self.tables.hcpcs(code, self.day)

    def icd10cm(self, code: str) -> Lookup[DiagnosisCode]:
        """Whether the diagnosis, without its dot, is billable."""
        return _undated("icd10cm") if self.day is None else self.tables.icd10cm(code, self.day)

    def icd10pcs(self, code: str) -> Lookup[DiagnosisCode]:
        """Whether the inpatient procedure is billable."""
        return _undated("icd10pcs") if self.day is None else self.tables.icd10pcs(code, self.day)

    def modifier(self, code: str) -> Lookup[HcpcsCode]:
        """Whether the modifier is active."""
        return _undated("modifier") if self.day is None else self.tables.modifier(code, self.day)

    def mue(self, table: str, code: str, programme: str = "medicare") -> Lookup[Mue]:
        """The medically unlikely edit of the code."""
        return _undated(table) if self.day is None else self.tables.mue(table, code, self.day, programme=programme)

    def opps(self, code: str) -> Lookup[Opps]:
        """The code's status indicator under the outpatient prospective payment system."""
        return _undated("opps") if self.day is None else self.tables.opps(code, self.day)

    def place_of_service(self, code: str) -> Lookup[PlaceOfService]:
        """Whether the place of service is assigned."""
        return _undated("place_of_service") if self.day is None else self.tables.place_of_service(code, self.day)

    def ptp(self, table: str, column_one: str, column_two: str, programme: str = "medicare") -> Lookup[PtpEdit]:
        """The NCCI pair of the two codes in this direction."""
        if self.day is None:
            return _undated(table)
        return self.tables.ptp(table, column_one, column_two, self.day, programme=programme)

    def ptp_within(self, table: str, codes: Iterable[str], programme: str = "medicare") -> PairsWithin | NotCovered:
        """All NCCI pairs between two of the codes."""
        return (
            _undated(table) if self.day is None else self.tables.ptp_within(table, codes, self.day, programme=programme)
        )

    def rarc(self, code: str) -> Lookup[Rarc]:
        """The remittance advice remark code."""
        return _undated("rarc") if self.day is None else self.tables.rarc(code, self.day)

    def service_group(self, code: str) -> Lookup[ServiceGroup]:
        """The codes that report one service with this one."""
        return _undated("service_group") if self.day is None else self.tables.service_group(code, self.day)


def _undated(table: str) -> NotCovered:
    return NotCovered(Reason.NO_SERVICE_DATE, table)
