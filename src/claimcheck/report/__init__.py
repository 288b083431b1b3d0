"""A report that people can look at: one page, with nothing to fetch."""

from claimcheck.extras import extra

with extra("report"):
    from claimcheck.report.entry import Entry, entry_of
    from claimcheck.report.report import Report

__all__ = ["Entry", "Report", "entry_of"]
