"""A report for people: one self-contained page."""

from claimcheck.extras import extra

with extra("report"):
    from claimcheck.report.entry import Entry, entry_of
    from claimcheck.report.report import Report

__all__ = ["Entry", "Report", "entry_of"]
