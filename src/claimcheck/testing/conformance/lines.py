"""What a history gives back: the lines of recorded claims."""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.claims import Claim
from claimcheck.history import RecordedLine
from claimcheck.testing.conformance.claims import (
    MEMBER,
    YEAR,
    Checks,
    as_rejected,
    claim,
    expect,
    judged,
    line,
    record,
    served,
)

__all__ = ["LineChecks"]


class LineChecks(Checks):
    """See `claimcheck.testing.history_conformance`."""

    def test_an_empty_history_knows_that_nothing_was(self) -> None:
        history = self.make_history()
        expect(served(history), [], "nothing was recorded")
        expect(history.known_from, date.min, "it never forgot anything")
        expect(list(history.reconcile()), [], "nothing to supersede")

    def test_a_line_comes_back_as_it_was_recorded(self) -> None:
        history = self.make_history()
        given = line("3044F", "2024-02-01", "8P", "59", line_number=7, rendering_npi="1003000126")
        one = claim("A", given, received_date="2024-02-09", delivery_date="2024-05-05", billing_tax_id="123456789")
        record(history, one)
        expected = RecordedLine(
            "A",
            1,
            date(2024, 2, 1),
            date(2024, 2, 1),
            "3044F",
            frozenset({"8P", "59"}),
            given.units,  # type: ignore[arg-type]
            judged(self.make_history(), one).lines[0].disposition,
            "professional",
            date(2024, 2, 9),
            date(2024, 5, 5),
            "1003000126",
            None,
            "1234567893",
            "123456789",
            None,
            7,
        )
        # A billing digest is optional: it depends on the history's key, and only finds exact duplicates.
        found = tuple(attrs.evolve(line, billing_digest=None) for line in history.lines(MEMBER, *YEAR))
        expect(found, (expected,), "every field is kept")

    def test_validating_never_writes(self) -> None:
        history = self.make_history()
        judged(history, claim("A", line("3044F", "2024-02-01")))
        expect(served(history), [], "only record() keeps a claim")

    def test_days_are_both_included_and_spans_overlap(self) -> None:
        history = self.make_history()
        record(
            history,
            claim("A", line("99213", "2024-02-01"), line("99231", "2024-02-03", service_date_end="2024-02-06")),
        )
        for first, through, expected in ((1, 1, [1]), (2, 2, []), (2, 3, [2]), (6, 9, [2]), (7, 9, []), (1, 9, [1, 2])):
            found = [position for _, position, _ in served(history, date(2024, 2, first), date(2024, 2, through))]
            expect(found, expected, f"the lines of February {first} to {through}")

    def test_lines_come_by_date_receipt_claim_and_position(self) -> None:
        history = self.make_history()
        same = [line("99213", "2024-02-01"), line("99214", "2024-02-01")]
        record(
            history,
            claim("Z", *same, received_date="2024-02-05"),
            claim("B", *same, received_date="2024-02-06"),
            claim("A", *same, received_date="2024-02-06"),
            claim("C", *same),
            claim("D", line("99213", "2024-01-31"), received_date="2024-12-01"),
        )
        order = [(name, position) for name, position, _ in served(history)]
        expected = [("D", 1), *((name, position) for name in "ZABC" for position in (1, 2))]
        expect(order, expected, "a missing receipt is the last")

    def test_members_are_apart(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("99213", "2024-02-01"), member_id="ANOTHER"))
        expect(served(history), [], "another member's lines are not served")

    def test_recording_again_changes_nothing(self) -> None:
        history = self.make_history()
        one = claim("A", line("3044F", "2024-02-01"), line("99213", "2024-02-01"), received_date="2024-02-05")
        record(history, one, one, claim("A", *one.lines, received_date="2024-09-09"))
        expect(served(history), [("A", 1, "3044F"), ("A", 2, "99213")], "each line once")
        expect(history.lines(MEMBER, *YEAR)[0].received_date, date(2024, 2, 5), "the first receipt stays")
        expect(list(history.reconcile()), [], "no verdict is superseded")

    def test_a_file_again_changes_nothing(self) -> None:
        history = self.make_history()
        file = [
            claim("A", line("3044F", "2024-02-01")),
            claim("A", line("3046F", "2024-02-02"), frequency_code="7", original_claim_id="A"),
            claim("B", line("3044F", "2024-03-01")),
            claim("C", frequency_code="8", original_claim_id="B"),
            claim(None, line("99213", "2024-02-01")),
        ]
        record(history, *file)
        once = history.lines(MEMBER, *YEAR)
        record(history, *file, *file[:1])
        expect(history.lines(MEMBER, *YEAR), once, "the same lines")

    def test_a_claim_without_an_id_is_known_by_what_it_says(self) -> None:
        history = self.make_history()
        one, other = claim(None, line("99213", "2024-02-01")), claim(None, line("99214", "2024-02-01"))
        record(history, one, other, one)
        expect(sorted(code for _, _, code in served(history)), ["99213", "99214"], "two claims, each once")
        expect([code for *_, code in served(history, other_than=one)], ["99214"], "it is no other claim to itself")

    def test_any_text_may_be_a_claim_id(self) -> None:
        history = self.make_history()
        for name in ("\x00", "\ud800", "x" * 5000, "#1", "' OR 1=1 --"):
            original = claim(name, line("99213", "2024-02-01"))
            record(history, original)
            expect(len(served(history)), 1, "recorded")
            expect(served(history, other_than=original), [], "known again")
            void = claim(f"V{len(name)}", line("99213", "2024-02-01"), frequency_code="8", original_claim_id=name)
            record(history, void)
            expect(served(history), [], "voided")

    def test_a_claim_of_nobody_is_not_kept(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("99213", "2024-02-01"), member_id=None))
        record(history, Claim.from_dict({"member_id": 7, "claim_id": ["A"], "lines": [{"service_date": 5}]}))
        expect(served(history), [], "without a member there is no history")

    def test_a_rejected_claim_was_returned(self) -> None:
        history = self.make_history()
        rejected = claim("A", line("99213", "2024-02-01"))
        history.record(rejected, as_rejected(judged(history, rejected)))
        expect(served(history), [], "it leaves nothing")
        record(history, claim("B", line("99213", "2024-02-01")))
        void = claim("V", line("99213", "2024-02-01"), frequency_code="8", original_claim_id="B")
        history.record(void, as_rejected(judged(history, void)))
        expect(served(history), [("B", 1, "99213")], "a rejected void undoes nothing")

    def test_other_than_leaves_out_the_claim_and_what_it_replaces(self) -> None:
        history = self.make_history()
        record(history, claim("A", line("99213", "2024-02-01")), claim("B", line("99214", "2024-02-01")))
        again = claim("A", line("99213", "2024-02-01"))
        expect(served(history, other_than=again), [("B", 1, "99214")], "not against itself")
        replacing = claim("C", line("99215", "2024-02-01"), frequency_code="7", original_claim_id="B")
        expect(served(history, other_than=replacing), [("A", 1, "99213")], "not against what it replaces")
        for code in ("1", None):
            naming = claim("C", line("99215", "2024-02-01"), frequency_code=code, original_claim_id="B")
            expect(served(history, other_than=naming), [("A", 1, "99213")], "whatever its frequency says")
        record_of_it = claim("P", line("99214", "2024-02-01"), submitted_claim_id="B")
        expect(served(history, other_than=record_of_it), [("A", 1, "99213")], "not against the claim as submitted")
        late = claim("C", line("99215", "2024-02-01"), frequency_code="5", original_claim_id="B")
        expect(len(served(history, other_than=late)), 2, "late charges stand beside the bill that they name")
