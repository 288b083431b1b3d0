"""What a payer may pay for CPT Category II lines: one amount for all, and incentives with their diagnoses.

An amount that most codes are paid is the price, and a code with another amount has an incentive. A price that is not
sure even then is none: all its codes have incentives.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from claimcheck.claims import Claim, Diagnosis, Disposition
from claimcheck.codes import cpt
from claimcheck.money import ZERO
from claimcheck.policies import CodeSpans
from claimcheck.policies.parameters.category_ii import Charge, Incentives
from claimcheck.remittance.answers import Answer
from claimcheck.remittance.learning.book import Book, Settled
from claimcheck.remittance.learning.candidate import Candidate, plain
from claimcheck.remittance.learning.evidence import LineKey, evidence, vote
from claimcheck.remittance.learning.expectation import Expectation, fit
from claimcheck.remittance.learning.proposal import Proposal, explained_by

__all__ = ["IncentiveSearch", "PriceSearch"]

_PRICED = ("CAT101", "CAT501", "CAT402")
_REPORTED, _NO_DIAGNOSIS = "246", "11"
_AMOUNTS = 4
_MOSTLY = 0.7


def _lines(book: Book, settled: Settled) -> list[LineKey]:
    """The answered Category II lines decided by nothing but their price."""
    return [
        key
        for code, keys in book.by_code.items()
        if cpt.is_valid(code) and code.endswith("F")
        for key in keys
        if key in book.answers and key not in settled and _is_priced(book, key)
    ]


def _is_priced(book: Book, key: LineKey) -> bool:
    deciding = book.lines[key].deciding
    return deciding is None or deciding.rule_id in _PRICED


def _price(charge: Decimal | None, amount: Decimal) -> Expectation:
    """The expected payment of a line: the lesser of charge and amount."""
    least = amount if charge is None else min(charge, amount)
    if not least:
        return Expectation(Disposition.REPORT_ONLY, _REPORTED, ZERO)
    return Expectation(Disposition.PAYABLE, None, least)


@attrs.define
class PriceSearch:
    """The amount that the payer allows for a Category II line."""

    book: Book
    least: int

    def best(self, settled: Settled) -> Proposal | None:
        """The amount that explains most, of those that most codes are paid."""
        book, now = self.book, self.book.policy.on(None)[Charge]
        keys = [key for key in _lines(book, settled) if self._is_charged(key)]
        paid = Counter(book.answers[key].paid for key in keys)
        amounts = [amount for amount, count in paid.most_common(_AMOUNTS) if count >= self.least]
        found = []
        for amount in dict.fromkeys([*amounts, ZERO]):
            if amount == now.allowed:
                continue
            fits = {key: fit(_price(book.answers[key].charge, amount), book.answers[key]) for key in keys}
            votes = {key: said for key in keys if (said := vote(fits[key], book.fits[key])) is not None}
            said_of_all = evidence(votes, book.days)
            if said_of_all is not None and self._is_of_most_codes(amount, fits, said_of_all.start):
                found.append(Proposal(_charge(now, amount), said_of_all, votes))
        return max(found, key=lambda one: one.evidence.net, default=None)

    def _is_charged(self, key: LineKey) -> bool:
        deciding = self.book.lines[key].deciding
        return deciding is None or deciding.rule_id == "CAT101"

    def _is_of_most_codes(self, amount: Decimal, fits: Mapping[LineKey, int], start: datetime.date | None) -> bool:
        """Whether most codes are mostly paid the amount, from its start on, where they are billed with as much."""
        net: Counter[str | None] = Counter()
        for key, how_well in fits.items():
            answer = self.book.answers[key]
            if answer.billed >= amount and (start is None or self.book.days.get(key, start) >= start):
                net[answer.procedure_code] += 1 if how_well else -1
        return sum(count > 0 for count in net.values()) * 2 > len(net)


def _charge(now: Charge, amount: Decimal) -> Candidate:
    accepts = now.accepts if amount <= max(now.accepts) else (*now.accepts, amount)
    values = {"accepts": list(map(str, accepts)), "allowed": str(amount)}
    return Candidate("category_ii.charge", "category_ii.charge", values, f"Category II lines paid {amount}")


@attrs.define
class IncentiveSearch:
    """The Category II codes for which the payer has an amount of its own, and the diagnoses with which it pays it."""

    book: Book
    price: PriceSearch
    least: int
    share: float

    def best(self, settled: Settled) -> Proposal | None:
        """All codes paid this way, as one value: a program is one list.

        Lines paid the price are no part of it, if the price is sure besides the program.
        """
        price = self.price.best(())
        if price is None:
            return self._program(settled)
        program = self._program(explained_by(price).union(settled))
        beside = self.price.best(() if program is None else explained_by(program))
        is_sure = beside is not None and beside.is_sure(self.least, self.share)
        return program if is_sure else self._program(settled)

    def _program(self, settled: Settled) -> Proposal | None:
        by_code, every = self._by_code(settled), self._by_code(())
        now = self.book.policy.on(None)[Incentives]
        listed: dict[tuple[Decimal, tuple[str, ...]], list[str]] = defaultdict(list)
        votes: dict[LineKey, bool] = {}
        for code, keys in sorted(by_code.items()):
            found = None if now.of(code) is not None else self._of(keys, every[code])
            if found is not None:
                listed[found[0], found[1]].append(code)
                votes |= found[2]
        said = evidence(votes, self.book.days)
        return None if said is None else Proposal(_incentives(now, listed), said, votes)

    def _by_code(self, settled: Settled) -> Mapping[str, Sequence[LineKey]]:
        found: dict[str, list[LineKey]] = defaultdict(list)
        for key in _lines(self.book, settled):
            found[self.book.answers[key].procedure_code or ""].append(key)
        return found

    def _of(
        self, keys: Sequence[LineKey], every: Sequence[LineKey]
    ) -> tuple[Decimal, tuple[str, ...], dict[LineKey, bool]] | None:
        """Amount, diagnoses and votes of one code, if there is enough reliable evidence.

        Its diagnoses are those of `every` line: of the paid ones, other values may explain some already.
        """
        book = self.book
        amounts = Counter(book.answers[key].paid for key in keys if book.answers[key].paid)
        if amounts.total() < self.least:
            return None
        below = Counter(
            answer.paid for key in keys if (answer := book.answers[key]).paid and answer.paid < answer.billed
        )
        amount = (below or amounts).most_common(1)[0][0]
        found = []
        for diagnoses in dict.fromkeys([(), self._companions(every)]):
            votes = self._votes(keys, amount, diagnoses)
            said = evidence(votes, book.days)
            if said is not None and said.lines >= self.least and said.low > self.share:
                found.append((said.net, -len(diagnoses), diagnoses, votes))
        if not found:
            return None
        _, _, diagnoses, votes = max(found, key=lambda each: each[:2])
        return amount, diagnoses, votes

    def _votes(self, keys: Iterable[LineKey], amount: Decimal, diagnoses: tuple[str, ...]) -> dict[LineKey, bool]:
        spans = CodeSpans.of(diagnoses)
        found = {}
        for key in keys:
            answer = self.book.answers[key]
            if not diagnoses or any(code in spans for code in _codes(self.book.claims[key[0]])):
                expected = Expectation(Disposition.PAYABLE, None, min(answer.billed, amount))
            else:
                expected = Expectation(Disposition.REPORT_ONLY, _NO_DIAGNOSIS, ZERO)
            said = vote(fit(expected, answer), self.book.fits[key])
            if said is not None:
                found[key] = said
        return found

    def _companions(self, keys: Sequence[LineKey]) -> tuple[str, ...]:
        """The diagnoses without which a code is not paid; empty if it does not depend on any.

        One at a time, the diagnosis that explains most of the remaining payments: one that often accompanies another is
        none.
        """
        left = [
            (_codes(self.book.claims[key[0]]), self.book.answers[key].actual is Answer.PAID)
            for key in keys
            if self.book.answers[key].billed
        ]
        found: list[str] = []
        while True:
            paid, seen = Counter[str](), Counter[str]()
            for codes, is_paid in left:
                seen.update(codes)
                paid.update(codes if is_paid else ())
            enough = max(4, self.least // 3)
            likely = [
                (paid[code] / seen[code] - 1 / seen[code], paid[code], code) for code in seen if paid[code] >= enough
            ]
            share, _, code = max(likely, default=(0.0, 0, ""))
            if share < _MOSTLY:
                break
            found.append(code)
            left = [entry for entry in left if code not in entry[0]]
        is_unpaid_without = sum(not is_paid for _, is_paid in left) >= max(4, self.least // 3)
        return _categories(found, {code for codes, _ in left for code in codes}) if is_unpaid_without else ()


def _codes(claim: Claim) -> frozenset[str]:
    return frozenset(
        entry.code for entry in claim.diagnoses if isinstance(entry, Diagnosis) and isinstance(entry.code, str)
    )


def _categories(codes: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """The categories of the codes, as payers list them, if no other code is in them; otherwise the codes."""
    refused = {code[:3] for code in others}
    return tuple(sorted({code if code[:3] in refused else code[:3] for code in codes}))


def _incentives(now: Incentives, listed: Mapping[tuple[Decimal, tuple[str, ...]], Sequence[str]]) -> Candidate:
    new: list[dict[str, Any]] = []
    words = []
    for (amount, diagnoses), codes in listed.items():
        own = {"diagnoses": list(diagnoses)} if diagnoses else {}
        new.append({"codes": list(codes), "amount": str(amount), **own})
        words.append(f"{', '.join(codes)} paid {amount}" + (f" with {', '.join(diagnoses)}" if diagnoses else ""))
    values = {**plain(now), "listed": [*map(plain, now.listed), *new]}
    cost = sum(len(codes) + len(diagnoses) for (_, diagnoses), codes in listed.items())
    return Candidate("category_ii.incentives", "category_ii.incentives", values, "; ".join(words), cost)
