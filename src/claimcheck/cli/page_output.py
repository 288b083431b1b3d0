"""The report as an output of a run."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult
from claimcheck.cli.pieces import Make
from claimcheck.cli.validating import Run
from claimcheck.errors import InputError
from claimcheck.io.out.target import writing
from claimcheck.policies import Policy

__all__ = ["PageOutput", "report_of"]


@attrs.frozen(eq=False)
class PageOutput:
    """The report, written once all claims are in it."""

    file: str | None
    make: Make
    report: Any
    resumable: bool = attrs.field(default=False, init=False)

    def holds(self, mark: Any) -> bool:  # noqa: ARG002 - it holds none
        return False

    def begin(self, mark: Any = None) -> None:
        """Nothing is written before the end."""

    def add(self, claim: Claim, result: ClaimResult) -> None:
        self.take(self.make(claim, result))

    def take(self, piece: Any) -> None:
        self.report.take(piece)

    def mark(self) -> Any:
        return None

    def finish(self) -> None:
        with writing(self.file):
            if self.file is None:
                sys.stdout.buffer.write(self.report.html().encode("utf-8", "replace"))
            else:
                self.report.write(self.file)

    def close(self) -> None:
        """Nothing is open."""


def report_of(run: Run) -> Any:
    """The report for a run's options."""
    try:
        from claimcheck.report import Report
    except ModuleNotFoundError as missing:
        raise InputError(f"the page needs {missing.name}: pip install 'claimcheck[report]'") from None
    options = run.options
    return Report(
        show_claim_ids=options.show_claim_ids,
        run_date=datetime.now().astimezone().date(),  # the library reads no clock, but a command may
        payer=options.payer,
        policy_title=Policy.load(options.policy).title,
    )
