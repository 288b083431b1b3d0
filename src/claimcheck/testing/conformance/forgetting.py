"""What is forgotten, and what stays."""

from __future__ import annotations

from datetime import date

from claimcheck.errors import HistoryError
from claimcheck.testing.conformance.claims import (
    MEMBER,
    YEAR,
    Checks,
    changes,
    claim,
    expect,
    judged,
    line,
    record,
    served,
)

__all__ = ["ForgettingChecks"]


class ForgettingChecks(Checks):
    """See `claimcheck.testing.history_conformance`."""

    def test_purge_keeps_what_later_claims_need(self) -> None:
        history = self.make_history()
        record(
            history,
            claim("A", line("99213", "2023-02-01"), line("3044F", "2023-02-01")),
            claim("B", line("99213", "2024-02-01"), line("3044F", "2024-02-01")),
            claim("C", line("99213", "2024-08-01")),
        )
        list(history.reconcile())
        history.purge(date(2024, 7, 1))
        kept = served(history, date(2020, 1, 1), date(2030, 1, 1))
        expect(kept, [("B", 2, "3044F"), ("C", 1, "99213")], "the year of the day is kept, where a limit counts it")
        expect(history.known_from, date(2024, 7, 1), "of days before it, it no longer knows all")
        later = judged(history, claim("D", line("3046F", "2024-10-01")))
        expect([use.excess for use in later.services], [True], "the limit counts as before")
        history.purge(date(2024, 1, 1))
        expect(history.known_from, date(2024, 7, 1), "what was forgotten stays forgotten")

    def test_purge_loses_no_verdict(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("3044F", "2023-06-01")), claim("B", line("3044F", "2023-02-01")))
        try:
            history.purge(date(2025, 1, 1))
        except HistoryError:
            pass
        else:
            raise AssertionError("a superseded verdict waits: purge must raise HistoryError")
        expect(changes(history.reconcile()), [("A", 1, True)], "the verdict is still there")
        history.purge(date(2025, 1, 1))
        expect(served(history, date.min, date.max), [], "nothing of that year is needed")

    def test_what_was_purged_does_not_come_back(self) -> None:
        history = self.make_history()
        file = [
            claim("A", line("99213", "2023-02-01"), line("3044F", "2023-02-01")),
            claim("B", line("3044F", "2024-02-01")),
            claim("V", line("3044F", "2024-02-01"), frequency_code="8", original_claim_id="B"),
        ]
        record(history, *file)
        list(history.reconcile())
        history.purge(date(2024, 7, 1))
        record(history, *file)
        expect(served(history, date.min, date.max), [], "neither what was too old, nor what was voided")

    def test_forget_leaves_nothing_of_a_member(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("3044F", "2024-02-01")), claim("B", line("3044F", "2024-02-01"), member_id="N"))
        history.forget(MEMBER)
        history.forget("never seen")
        expect(served(history), [], "nothing is left")
        expect(len(history.lines("N", *YEAR)), 1, "of others, everything")
        record(history, claim("A", line("3044F", "2024-02-01")))
        expect(served(history), [("A", 1, "3044F")], "and it may come again")

    def test_no_text_shows_a_member(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("3044F", "2024-06-01")), claim("B", line("3044F", "2024-02-01")))
        said = [repr(history), str(history), repr(history.lines(MEMBER, *YEAR)), repr(list(history.reconcile()))]
        expect([text for text in said if MEMBER in text], [], "no repr carries a member's identifier")
