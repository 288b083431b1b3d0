"""A day, to be used only for policy and tables as of it."""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.tables_on import NotingTables, TablesOn

__all__ = ["Time"]


@attrs.frozen(eq=False)
class Time:
    """The day `on`, None if unknown; `policy` and `tables` are as of it."""

    on: date | None
    policy: PolicyOn
    tables: TablesOn

    def noting(self) -> tuple[Time, NotingTables]:
        """The same time, with tables that record their answers."""
        tables = self.tables.noting()
        return Time(self.on, self.policy, tables), tables
