"""A day, fit only to ask policy and tables as of it."""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.tables_on import NotingTables, TablesOn

__all__ = ["Time"]


@attrs.frozen(eq=False)
class Time:
    """The day `on`, None where no day is known; `policy` and `tables` are as of it."""

    on: date | None
    policy: PolicyOn
    tables: TablesOn

    def noting(self) -> tuple[Time, NotingTables]:
        """The same time, and its tables, which keep the answers that they gave."""
        tables = self.tables.noting()
        return Time(self.on, self.policy, tables), tables
