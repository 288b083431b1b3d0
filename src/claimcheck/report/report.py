"""The report of a run: claims are added as they are validated, and the page is written at the end.

>>> from claimcheck import Claim, validate_claim
>>> lines = [{"procedure_code": "99213"}]
>>> claim = Claim(claim_id="CLAIM-0001", claim_type="professional", member_id="MEMBER-0001", lines=lines)
>>> report = Report()
>>> report.add(claim, validate_claim(claim))
>>> page = report.html()
>>> page.startswith("<!doctype html>"), "CLAIM-0001" in page, "MEMBER-0001" in page, "99213" in page
(True, False, False, True)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from claimcheck.claims import Claim, ClaimResult
from claimcheck.claims.listing import a_result
from claimcheck.report.entry import Entry, entry_of
from claimcheck.report.page import About, render
from claimcheck.report.tally import Rows, Tally

__all__ = ["Report"]

MOST_FINDINGS = 100_000


class Report:
    """One page about many claims. It holds sums, and the first findings individually, at most `most_findings`.

    Claim ids are masked and dates are months unless `show_claim_ids`. `run_date` is the date shown for the run: the
    caller reads the clock. `payer` is the payer's name as the caller gives it, and `policy_title` the policy's title.
    Needs the extra `report`.
    """

    def __init__(
        self,
        *,
        show_claim_ids: bool = False,
        most_findings: int = MOST_FINDINGS,
        run_date: date | None = None,
        payer: str | None = None,
        policy_title: str = "",
    ) -> None:
        self._show = show_claim_ids
        self._about = About(run_date, payer, policy_title)
        self._tally = Tally(Rows(most_findings))

    def add(self, claim: Claim | Mapping[str, Any] | Any, result: ClaimResult) -> None:
        """Adds the result of one claim: a `Claim`, or a mapping that `Claim.from_dict` accepts."""
        self.take(entry_of(Claim.from_dict(claim), a_result(result), show_ids=self._show))

    def take(self, entry: Entry) -> None:
        """Adds what `entry_of` keeps of one claim, perhaps made in another process."""
        self._tally.add(entry)

    def html(self) -> str:
        """The page."""
        return render(self._tally, self._about)

    def write(self, path: str | Path) -> None:
        """Writes the page to a file atomically."""
        target = Path(path)
        draft = target.with_name(f"{target.name}.draft")
        draft.write_text(self.html(), encoding="utf-8")
        draft.replace(target)
