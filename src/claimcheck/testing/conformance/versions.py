"""Claims that replace, void, or repeat others, and visits of one account."""

from __future__ import annotations

from itertools import permutations

import attrs

from claimcheck.claims import Claim, Disposition, ServiceLine
from claimcheck.testing.conformance.claims import (
    MEMBER,
    YEAR,
    Checks,
    accepted,
    changes,
    claim,
    expect,
    judged,
    line,
    record,
    served,
    validator,
)

__all__ = ["VersionChecks"]


class VersionChecks(Checks):
    """See `claimcheck.testing.history_conformance`."""

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
                    history.record(one, accepted(judged(history, one)))
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
                        history.record(one, accepted(judged(history, one)))
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
        batch = list(validator().beside(None).validate_many([first, second, third], sort=True))
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
        results = list(validator().beside(None).validate_many([one, one], sort=True))
        for order in permutations(results):
            history = self.make_history()
            for result in order:
                history.record(one, result)
            expect(served(history), [("A", 1, "3044F")], "once, whichever copy is said to be superseded")
