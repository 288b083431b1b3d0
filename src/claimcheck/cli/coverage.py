"""A warning, once per run, that the loaded tables do not cover the service dates of its claims.

The result of such a claim says that it is incomplete; but with only the starter tables, "payable" might be taken for
more than it is.
"""

from __future__ import annotations

import attrs

from claimcheck.cli.style import say
from claimcheck.cli.summary import OUTSIDE, Summary
from claimcheck.tables import Tables
from claimcheck.visible import visible

__all__ = ["Coverage"]

_OF_ITS_QUARTER = ("add_on", "fee_schedule", "mue_practitioner", "ptp_practitioner")


@attrs.define
class Coverage:
    """Writes to standard error at the first claim with a date that a table does not cover."""

    tables: Tables
    _warned: bool = False

    def warn_once(self, summary: Summary) -> None:
        """Warns if the summary so far has such a claim."""
        if not self._warned and any(reason in OUTSIDE for reason, _ in summary.unchecked):
            self._warned = True
            text = self._of_starter() if self.tables.path is None else self._of_store()
            say(f"claimcheck: {text}: 'claimcheck tables needed FILE...' names the files to download", err=True)

    def _of_starter(self) -> str:
        held = [edition for edition in self.tables.editions if edition.table in _OF_ITS_QUARTER]
        first, last = max(edition.exact_from for edition in held), min(edition.exact_through for edition in held)
        return (
            f"the starter tables answer for {first} to {last} only, and claims of other days are not checked against "
            "NCCI pairs, MUEs, add-on codes and the fee schedule"
        )

    def _of_store(self) -> str:
        return f"the tables in {visible(str(self.tables.path))} do not answer for all service dates of these claims"
