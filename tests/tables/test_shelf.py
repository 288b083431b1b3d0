from __future__ import annotations

from datetime import date

import pytest

from claimcheck.tables.lookup import Absent, Edition, Found, NotCovered, Reason
from claimcheck.tables.shelf import Allowances, Shelf, Volume, shelved

Held = dict[str, tuple[str, bool]]


def volume(first: str, last: str, **held: tuple[str, bool]) -> Volume[Held]:
    return Volume(Edition("medicare", "t", first, date.fromisoformat(first), date.fromisoformat(last)), held)


FIRST = volume("2024-01-01", "2024-03-31", a=("first", False), b=("first b", False))
THIRD = volume("2024-07-01", "2024-09-30", a=("third", False), old=("dated", True))
REISSUE = volume("2024-08-15", "2024-09-30", a=("reissue", False))
SHELF = Shelf.of([REISSUE, THIRD, FIRST])

NONE = Allowances()
BACK = Allowances(approximate_history=True)
AHEAD = Allowances(staleness_days=92)


def ask(key: str, on: str, allowances: Allowances = NONE) -> object:
    return SHELF.ask(date.fromisoformat(on), lambda volume: volume.table.get(key), allowances)


@pytest.mark.parametrize(
    ("key", "on", "allowances", "answer"),
    [
        ("a", "2024-01-01", NONE, Found("first", FIRST.edition)),
        ("a", "2024-03-31", NONE, Found("first", FIRST.edition)),
        ("b", "2024-07-01", NONE, Absent(THIRD.edition)),
        ("a", "2024-08-14", NONE, Found("third", THIRD.edition)),
        ("a", "2024-08-15", NONE, Found("reissue", REISSUE.edition)),
        ("old", "2024-08-15", NONE, Absent(REISSUE.edition)),
        # before all, in the gap, after the newest
        ("a", "2023-12-31", NONE, NotCovered(Reason.OUTSIDE_EDITION, "t")),
        ("a", "2024-04-01", NONE, NotCovered(Reason.OUTSIDE_EDITION, "t")),
        ("a", "2024-06-30", NONE, NotCovered(Reason.OUTSIDE_EDITION, "t")),
        ("a", "2024-10-01", NONE, NotCovered(Reason.STALE, "t")),
        # a row whose own dates prove it, in the next edition
        ("old", "2024-06-30", NONE, Found("dated", THIRD.edition)),
        ("old", "2023-06-30", NONE, NotCovered(Reason.OUTSIDE_EDITION, "t")),
        # allowed: the next edition looks back, the newest ahead, and both say that it is not exact
        ("a", "2023-12-31", BACK, Found("first", FIRST.edition, exact=False)),
        ("a", "2024-05-01", BACK, Found("third", THIRD.edition, exact=False)),
        ("b", "2024-05-01", BACK, Absent(THIRD.edition, exact=False)),
        ("a", "2024-10-01", BACK, NotCovered(Reason.STALE, "t")),
        ("a", "2024-12-31", AHEAD, Found("third", THIRD.edition, exact=False)),
        ("a", "2025-01-01", AHEAD, NotCovered(Reason.STALE, "t")),
        ("a", "2024-05-01", AHEAD, NotCovered(Reason.OUTSIDE_EDITION, "t")),
    ],
)
def test_which_edition_answers(key: str, on: str, allowances: Allowances, answer: object) -> None:
    assert ask(key, on, allowances) == answer


def test_volumes_are_shelved_by_program_and_table() -> None:
    other = Volume(Edition("medicaid", "t", "x", date(2024, 1, 1), date(2024, 3, 31)), {})
    shelves = shelved([FIRST, other, THIRD])
    assert {key: [volume.edition.name for volume in shelf.volumes] for key, shelf in shelves.items()} == {
        ("medicare", "t"): ["2024-01-01", "2024-07-01"],
        ("medicaid", "t"): ["x"],
    }


def test_staleness_cannot_be_negative() -> None:
    with pytest.raises(ValueError, match="staleness_days"):
        Allowances(staleness_days=-1)
