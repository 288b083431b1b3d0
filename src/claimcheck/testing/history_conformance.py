"""What every `History` must do, as tests for your own.

With pytest, subclass `HistoryConformance` and define how to make an empty history; each check becomes a test:

    class TestOurHistory(HistoryConformance):
        def make_history(self):
            return OurHistory(...)

Without pytest, run them all:

>>> from claimcheck import MemoryHistory
>>> history_conformance(MemoryHistory)

>>> class Forgetful(MemoryHistory):
...     def record(self, claim, result):
...         pass
>>> history_conformance(Forgetful)  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
AssertionError: ... of ... checks failed:
  ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from itertools import permutations
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult, Disposition, ServiceLine
from claimcheck.engine import Validator
from claimcheck.errors import HistoryError
from claimcheck.history import History, RecordedLine, Superseded

__all__ = ["HistoryConformance", "history_conformance"]

MEMBER = "MEMBER-7F3A"
YEAR = date(2024, 1, 1), date(2024, 12, 31)


def line(code: str, day: str, *modifiers: str, **fields: Any) -> ServiceLine:
    """A line with one unit."""
    return ServiceLine(code, service_date=day, modifiers=modifiers, units=1, charge="0.00", **fields)


def claim(claim_id: str | None, *lines: ServiceLine, **fields: Any) -> Claim:
    """A professional claim for one member and one provider."""
    common = {"claim_type": "professional", "member_id": MEMBER, "billing_npi": "1234567893", "place_of_service": "11"}
    return Claim(claim_id=claim_id, lines=lines, **(common | fields))


def judged(history: History, one: Claim) -> ClaimResult:
    """The result of a claim given what the history holds."""
    validator = _validator()
    validator.history = history
    return validator.validate(one)


@cache
def _validator() -> Validator:
    return Validator()


def record(history: History, *claims: Claim) -> None:
    """Validates and records claims one after another."""
    for one in claims:
        history.record(one, judged(history, one))


def served(history: History, *days: date, **asked: Any) -> list[tuple[str, int, str]]:
    """Claim, position, and code of the lines in the history."""
    first, through = days or YEAR
    return [(found.claim, found.position, found.code) for found in history.lines(MEMBER, first, through, **asked)]


def changes(verdicts: Iterable[Superseded]) -> list[tuple[str, int, bool]]:
    """Claim and position of superseded results, and whether the line now has findings."""
    return sorted((verdict.claim_id, verdict.position, verdict.found) for verdict in verdicts)


def expect(got: object, expected: object, why: str) -> None:
    """Fails, saying why the actual value is wrong."""
    if got != expected:
        raise AssertionError(f"{why}: expected {expected!r}, got {got!r}")


class HistoryConformance:
    """The checks, each a method whose name begins with `test_`. Subclass it and define `make_history`."""

    def make_history(self) -> History:
        """A new, empty history, independent of any made before."""
        raise NotImplementedError("make_history must return a new, empty history")

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
        history.record(rejected, _as_rejected(judged(history, rejected)))
        expect(served(history), [], "it leaves nothing")
        record(history, claim("B", line("99213", "2024-02-01")))
        void = claim("V", line("99213", "2024-02-01"), frequency_code="8", original_claim_id="B")
        history.record(void, _as_rejected(judged(history, void)))
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

    def test_what_stands_is_the_same_in_whatever_order_it_came(self) -> None:
        def undo(name: str, code: str, original: str, *lines: ServiceLine) -> Claim:
            return claim(name, *lines, frequency_code=code, original_claim_id=original)

        first, second, third = (line(code, "2024-02-01") for code in ("99213", "99214", "99215"))
        original = claim("A", first)
        cases: dict[str, tuple[list[Claim], list[tuple[str, int, str]]]] = {
            "a void": ([original, undo("V", "8", "A", first)], []),
            "a replacement": ([original, undo("B", "7", "A", second)], [("B", 1, "99214")]),
            "a replacement replaced": (
                [original, undo("B", "7", "A", second), undo("C", "7", "B", third)],
                [("C", 1, "99215")],
            ),
            "a replacement voided does not bring back": (
                [original, undo("B", "7", "A", second), undo("V", "8", "B", second)],
                [],
            ),
            "a replacement that does not say so": (
                [original, claim("B", second, frequency_code="1", original_claim_id="A")],
                [("B", 1, "99214")],
            ),
            "late charges": (
                [original, claim("B", second, frequency_code="5", original_claim_id="A")],
                [("A", 1, "99213"), ("B", 1, "99214")],
            ),
            "the payer's record of it": (
                [original, claim("P", first, submitted_claim_id="A")],
                [("P", 1, "99213")],
            ),
            "it says that it was replaced": ([original, claim("A", first, replaced_by_claim_id="B")], []),
            "replaced under its own id": ([original, undo("A", "7", "A", second)], [("A", 1, "99214")]),
            "replaced under its own id, naming the payer's": (
                [original, undo("A", "7", "PAYER-1", second)],
                [("A", 1, "99214")],
            ),
            "voided under its own id": ([original, undo("A", "7", "A", second), undo("A", "8", "A", first)], []),
            "twice replaced under its own id": (
                [
                    original,
                    claim("A", second, third, frequency_code="7", received_date="2024-03-01"),
                    claim("A", third, frequency_code="7", received_date="2024-04-01"),
                ],
                [("A", 1, "99215")],
            ),
            "voided by bill type": (
                [original, claim("V", claim_type="institutional", bill_type="0138", original_claim_id="A")],
                [],
            ),
        }
        for name, (claims, expected) in cases.items():
            for order in permutations(claims):
                history = self.make_history()
                for one in order:
                    history.record(one, _accepted(judged(history, one)))
                expect(served(history), expected, name)

    def test_visits_of_one_account_are_claims_of_their_own(self) -> None:
        """Claims of one claim id and other days, or that all call themselves first claims, are several bills."""
        first = claim("A", line("99213", "2024-02-01"), frequency_code="1")
        second = claim("A", line("99214", "2024-03-01"), frequency_code="1")
        same_day = claim("A", line("97110", "2024-03-01"), frequency_code="1")
        corrected = claim("A", line("99215", "2024-02-01"), frequency_code="7")
        cases: dict[str, tuple[list[Claim], list[str]]] = {
            "two visits": ([first, second], ["99213", "99214"]),
            "two first claims of a day": ([second, same_day], ["97110", "99214"]),
            "a visit replaced": ([first, second, corrected], ["99214", "99215"]),
            "a visit voided": ([first, second, attrs.evolve(corrected, frequency_code="8")], ["99214"]),
            "replaced by a claim that names the account": (
                [first, second, attrs.evolve(corrected, claim_id="B", original_claim_id="A")],
                ["99214", "99215"],
            ),
        }
        for name, (claims, expected) in cases.items():
            for order in permutations(claims):
                if claims[-1].frequency_code != "1" and order.index(claims[-1]) < order.index(claims[0]):
                    continue  # which visit a claim of other days replaces depends on what is known when it comes
                history = self.make_history()
                for _ in range(2):  # what comes again changes nothing
                    for one in order:
                        history.record(one, _accepted(judged(history, one)))
                expect(sorted(code for _, _, code in served(history)), expected, name)
        history = self.make_history()
        record(history, first, second)
        expect([code for *_, code in served(history, other_than=first)], ["99214"], "another visit is another claim")
        expect([code for *_, code in served(history, other_than=corrected)], ["99214"], "it replaces its own visit")
        later = claim("A", line("99213", "2024-04-01"), frequency_code="1")
        expect(len(served(history, other_than=later)), 2, "a visit that is not recorded is none of those")
        names = {one.claim for one in history.lines(MEMBER, *YEAR)}
        expect(len(names), 2, "lines of several bills are told apart by their names")

    def test_what_was_replaced_before_it_came_is_superseded(self) -> None:
        original = claim("A", line("99213", "2024-02-01"))
        for code in "78":
            later = claim("B", line("99214", "2024-02-01"), frequency_code=code, original_claim_id="A")
            same_id = claim("A", *later.lines, frequency_code=code, original_claim_id="PAYER-1")
            for one in (later, same_id):
                history = self.make_history()
                record(history, one)
                for _ in range(2):
                    result = judged(history, original)
                    got = result.disposition, result.superseded_by
                    expect(got, (Disposition.SUPERSEDED, one.claim_id), f"frequency code {code} came before")
                    history.record(original, result)
        history = self.make_history()
        record(history, same_id)
        other = claim("A", line("99213", "2024-03-01"), frequency_code="1")
        expect(judged(history, other).disposition, Disposition.PAYABLE, "another visit of the account")

    def test_a_superseded_claim_leaves_nothing_but_what_it_undid(self) -> None:
        use = line("3044F", "2024-02-01")
        first = claim("A", use)
        second = claim("B", use, frequency_code="7", original_claim_id="A")
        third = claim("C", line("3046F", "2024-02-02"), frequency_code="7", original_claim_id="B")
        batch = list(_validator().beside(None).validate_many([first, second, third], sort=True))
        pairs = [({"A": first, "B": second, "C": third}[str(one.claim_id)], one) for one in batch]
        for order in permutations(pairs):
            history = self.make_history()
            for one, result in order:
                history.record(one, result)
            expect(served(history), [("C", 1, "3046F")], "the last version stands")
            expect(changes(history.reconcile()), [], "and is told of once")
            history.record(first, judged(history, first))
            expect(served(history), [("C", 1, "3046F")], "the first, come again, does not stand")

    def test_of_one_claim_sent_twice_one_stands(self) -> None:
        one = claim("A", line("3044F", "2024-02-01"))
        results = list(_validator().beside(None).validate_many([one, one], sort=True))
        for order in permutations(results):
            history = self.make_history()
            for result in order:
                history.record(one, result)
            expect(served(history), [("A", 1, "3044F")], "once, whichever copy is said to be superseded")

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


def _as_rejected(result: ClaimResult) -> ClaimResult:
    return ClaimResult.from_dict({**result.to_dict(), "disposition": "rejected"})


def _accepted(result: ClaimResult) -> ClaimResult:
    """The result without what makes a claim be returned: these checks are about accepted claims."""
    return ClaimResult.from_dict({**result.to_dict(), "disposition": "payable"})


def history_conformance(make_history: Callable[[], History]) -> None:
    """Runs every check on histories from `make_history`, and raises AssertionError with all that failed."""

    class Checked(HistoryConformance):
        def make_history(self) -> History:
            return make_history()

    failed = []
    checks = [name for name in dir(Checked) if name.startswith("test_")]
    for name in checks:
        try:
            getattr(Checked(), name)()
        except Exception as error:
            failed.append(f"  {name}: {error!r}")
    if failed:
        raise AssertionError("\n".join([f"{len(failed)} of {len(checks)} checks failed:", *failed]))
