"""A read-only history made from given recorded lines.

>>> from claimcheck import Validator
>>> from claimcheck.claims import Disposition
>>> day = date(2024, 2, 1)
>>> had = RecordedLine("A", 1, day, day, "3044F", frozenset(), None, Disposition.REPORT_ONLY, "professional")
>>> history = RecordedHistory({"M1": [had]}, known_from=date(2024, 1, 1))
>>> line = {"procedure_code": "3046F", "units": 1, "charge": "0.00", "service_date": "2024-08-01"}
>>> claim = {"claim_id": "B", "claim_type": "professional", "member_id": "M1", "lines": [line]}
>>> [finding.rule_id for finding in Validator(history=history).validate(claim).findings if finding.carc == "119"]
['FRQ101']
>>> history.lines("M2", date.min, date.max)
()
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import count

import attrs

from claimcheck.claims import Claim
from claimcheck.history.accounts import (
    REPLACES,
    Account,
    Bill,
    Days,
    Held,
    Rank,
    is_below,
    name_of,
    number_of,
    plain,
    span,
)
from claimcheck.history.entry import digest_of_lines
from claimcheck.history.recorded import RecordedLine, by_date
from claimcheck.history.same_bill import others

__all__ = ["RecordedHistory", "by_bill"]


class RecordedHistory:
    """Members' earlier lines, as recorded: without voided or replaced ones.

    `known_from` is the first service date from which the lines are complete; None if some may be missing, so that what
    depends on them is not checked. `digest_key` is the key of their billing digests, from the history they come from:
    without it no line can be recognized as an exact duplicate. Holds member identifiers as given: keep it no longer
    than the run.
    """

    def __init__(
        self, lines: Mapping[str, Iterable[RecordedLine]], known_from: date | None, *, digest_key: bytes = b""
    ) -> None:
        self._lines = {member: by_bill(given) for member, given in lines.items()}
        self._known_from = known_from
        self.digest_key = digest_key

    @property
    def known_from(self) -> date | None:
        """As given; see `LookUp.known_from`."""
        return self._known_from

    def lines(
        self, member_id: str, first: date, through: date, *, other_than: Claim | None = None
    ) -> tuple[RecordedLine, ...]:
        """The member's lines with a service date from `first` to `through`; see `LookUp.lines`."""
        lines = self._lines.get(member_id)
        if lines is None:
            return ()
        found = (line for line in lines if line.service_date <= through and line.service_date_end >= first)
        return tuple(others(found, other_than, partial(self.account, member_id), self.digest_key))

    def account(self, member_id: str, name: str, days: Days | None) -> Account:  # noqa: ARG002 - all of them
        """What the lines of a member say about the bills with a claim id; see `claimcheck.history.accounts`."""
        bills: dict[str, list[RecordedLine]] = defaultdict(list)
        for line in self._lines.get(member_id, ()):
            if plain(line.claim) == name:
                bills[line.claim].append(line)
        return Account([_held(number, lines) for number, lines in enumerate(bills.values(), 1)])


def _held(number: int, lines: Sequence[RecordedLine]) -> Held:
    """What lines say about their bill, the `number`th of its claim id."""
    one = lines[0]
    days = span([day for line in lines for day in (line.service_date, line.service_date_end)])
    bill = Bill(days, one.billing_npi, one.claim_type, one.frequency_code, one.is_record)
    rank = Rank.REPLACEMENT if one.frequency_code == REPLACES else Rank.ORIGINAL
    return Held(number, rank, one.received_date, digest_of_lines(lines), bill, number_of(one.claim))


def by_bill(lines: Iterable[RecordedLine]) -> tuple[RecordedLine, ...]:
    """The lines, each named by its bill: lines of one claim id and position are of several, as of an account's visits.

    A name that has a bill's number already stays, as does the claim id of the first bill. Any other line is of the bill
    whose days, biller and type it shares, or else of the last one that lacks its position.
    """
    ordered = sorted(lines, key=by_date)
    found = [line for line in ordered if line.claim != plain(line.claim) and not is_below(line.claim)]
    taken = {line.claim for line in found}
    bills: dict[str, list[dict[int, RecordedLine]]] = defaultdict(list)
    below: dict[str, dict[int, RecordedLine]] = defaultdict(dict)
    for line in ordered:
        if is_below(line.claim):
            below[line.claim][line.position] = line
        elif line.claim not in taken:
            _add(line, bills[line.claim])
    for name, bill in below.items():
        bills[plain(name)].append(bill)
    for name, theirs in bills.items():
        left = (own for number in count(1) if (own := name_of(name, number)) not in taken)
        for bill, own in zip(theirs, left, strict=False):
            found += (line if line.claim == own else attrs.evolve(line, claim=own) for line in bill.values())
    return tuple(sorted(found, key=by_date))


def _add(line: RecordedLine, bills: list[dict[int, RecordedLine]]) -> None:
    """Adds a line to its bill among those of its claim id, or to a new one."""
    free = [at for at, bill in enumerate(bills) if line.position not in bill]
    alike = [at for at in free if any(_is_beside(line, other) for other in bills[at].values())]
    at = alike[0] if alike else free[-1] if free else len(bills)
    if at == len(bills):
        bills.append({})
    bills[at][line.position] = line


def _is_beside(one: RecordedLine, other: RecordedLine) -> bool:
    same = _of_bill(one) == _of_bill(other)
    return same and one.service_date <= other.service_date_end and other.service_date <= one.service_date_end


def _of_bill(line: RecordedLine) -> tuple[object, ...]:
    """What all lines of one bill share."""
    who = line.billing_npi, line.claim_type
    return *who, line.received_date, line.delivery_date, line.frequency_code, line.is_record
