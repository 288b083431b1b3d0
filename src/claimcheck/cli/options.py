"""The options of `claimcheck check`."""

from __future__ import annotations

import attrs

from claimcheck.claims import Severity
from claimcheck.cli.baseline import Baseline
from claimcheck.cli.choosing import policy_of
from claimcheck.policies import Policy

__all__ = ["Options"]


@attrs.frozen
class Options:
    """The files and options of one run; see `claimcheck check --help`.

    `columns` and `mapping` say how to read tables of lines, `layout` how to write results, `findings` names an
    additional file for findings; `select`, `ignore`, and `severity` say which rules run, `baseline` what is known.
    """

    files: tuple[str, ...]
    columns: str | None = None
    mapping: str | None = None
    policy: str = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    tables: str | None = None
    as_of: str | None = None
    history: str | None = None
    history_key: str | None = None
    jobs: int = 1
    layout: str = "table"
    output: str | None = None
    findings: str | None = None
    baseline: str | None = None
    write_baseline: str | None = None
    fail_on: Severity = Severity.ERROR
    require_complete: bool = False
    show_claim_ids: bool = False
    payer: str | None = None
    quiet: bool = False
    config: str | None = None

    def known(self) -> Baseline | None:
        """The known findings, or those to be written; None without a baseline."""
        if self.write_baseline is not None:
            return Baseline.begun(self.write_baseline)
        return None if self.baseline is None else Baseline.read(self.baseline)

    def chosen_policy(self) -> Policy:
        """The policy, with the chosen rules."""
        return policy_of(self.policy, self.select, self.ignore, self.severity)
