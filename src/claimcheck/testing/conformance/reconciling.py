"""Verdicts that later claims supersede."""

from __future__ import annotations

from itertools import permutations

from claimcheck.claims import Disposition
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
)

__all__ = ["ReconcilingChecks"]


class ReconcilingChecks(Checks):
    """See `claimcheck.testing.history_conformance`."""

    def test_a_claim_that_says_it_was_replaced_makes_room(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("3044F", "2024-02-01")), claim("B", line("3046F", "2024-09-01")))
        record(history, claim("A", line("3044F", "2024-02-01"), replaced_by_claim_id="C"))
        expect(changes(history.reconcile()), [("B", 1, False)], "the second use is the first now")

    def test_a_later_claim_with_an_earlier_date_supersedes(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("3044F", "2024-06-01")), claim("B", line("3046F", "2024-09-01")))
        expect(changes(history.reconcile()), [], "the verdicts were right when they were given")
        record(history, claim("C", line("3051F", "2024-03-01")))
        verdicts = list(history.reconcile())
        expect(changes(verdicts), [("A", 1, True)], "the first use is now the late one's")
        expect([(one.rule_id, one.line_number) for one in verdicts], [("FRQ101", 1)], "it says by which rule")
        expect(changes(history.reconcile()), [], "a verdict is given once")

    def test_a_void_makes_room(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("3044F", "2024-02-01")), claim("B", line("3046F", "2024-09-01")))
        record(history, claim("V", line("3044F", "2024-02-01"), frequency_code="8", original_claim_id="A"))
        expect(changes(history.reconcile()), [("B", 1, False)], "the second use is the first now")
        record(history, claim("R", line("3044F", "2024-03-01"), frequency_code="7", original_claim_id="A"))
        expect(changes(history.reconcile()), [("B", 1, True)], "the replacement is the first now")

    def test_what_does_not_count_takes_no_place(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("3044F", "2024-02-01", "8P")), claim("B", line("3046F", "2024-09-01")))
        record(history, claim("C", line("3044F", "2024-01-01", "8P")))
        expect(changes(history.reconcile()), [], "a line under an exclusion modifier does not count")

    def test_winners_are_the_same_in_whatever_order_claims_came(self) -> None:
        uses = [
            claim("A", line("3044F", "2024-02-01"), received_date="2024-05-02"),
            claim("B", line("3044F", "2024-02-01"), received_date="2024-05-01"),
            claim("C", line("3044F", "2024-02-01")),
            claim("D", line("3046F", "2024-01-15"), frequency_code="8", original_claim_id="X"),
        ]
        for order in permutations(uses):
            history = self.make_history()
            found: dict[tuple[str, int], bool] = {}
            for one in order:
                result = judged(history, one)
                history.record(one, result)
                found |= {(str(one.claim_id), use.position): use.excess for use in result.services}
            found |= {(verdict.claim_id, verdict.position): verdict.found for verdict in history.reconcile()}
            winners = [name for (name, _), excess in sorted(found.items()) if not excess and name != "D"]
            expect(winners, ["B"], f"one winner, by receipt, when they come as {[one.claim_id for one in order]}")

    def test_two_workers_at_once_give_one_winner(self) -> None:
        history = self.make_history()
        first, second = claim("A", line("3044F", "2024-02-01")), claim("B", line("3044F", "2024-02-01"))
        verdicts = [judged(history, second), judged(history, first)]
        history.record(second, verdicts[0])
        history.record(first, verdicts[1])
        expect(changes(history.reconcile()), [("B", 1, True)], "both were told that they are the first")

    def test_two_verdicts_on_one_claim_are_settled(self) -> None:
        history = self.make_history()
        first, second = claim("A", line("3044F", "2024-02-01")), claim("B", line("3044F", "2024-05-01"))
        early = judged(history, second)
        record(history, first, second)
        expect(changes(history.reconcile()), [], "the verdict that was recorded is right")
        history.record(second, early)
        expect(changes(history.reconcile()), [("B", 1, True)], "another verdict was given since, and it is wrong")
        history.record(second, judged(history, second))
        expect(changes(history.reconcile()), [], "the same verdict again changes nothing")

    def test_a_verdict_that_was_not_handled_comes_again(self) -> None:
        history = self.make_history()
        record(history, claim("B", line("3044F", "2024-06-01")), claim("A", line("3044F", "2024-03-01")))
        verdicts = history.reconcile()
        expect(next(iter(verdicts)).claim_id, "B", "the late claim supersedes")
        del verdicts
        expect(changes(history.reconcile()), [("B", 1, True)], "the caller never came back")

    def test_a_later_claim_may_deny_an_earlier_line(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("45378", "2024-07-15")))
        record(history, claim("B", line("45380", "2024-07-15")))
        dispositions = [found.disposition for found in history.lines(MEMBER, *YEAR)]
        expect(dispositions, [Disposition.DENIED, Disposition.PAYABLE], "column two is not paid beside column one")
        verdicts = list(history.reconcile())
        expect(changes(verdicts), [("A", 1, True)], "its verdict is superseded")
        expect([(one.was, one.now) for one in verdicts], [(Disposition.PAYABLE, Disposition.DENIED)], "and says how")
        record(history, claim("V", line("45380", "2024-07-15"), frequency_code="8", original_claim_id="B"))
        expect([found.disposition for found in history.lines(MEMBER, *YEAR)], [Disposition.PAYABLE], "it is undone")
        expect(changes(history.reconcile()), [("A", 1, False)], "and that is said")
