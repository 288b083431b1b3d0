"""The claims of one member take as much work each, however many there are: counted in calls and in steps of a database.

What is bounded is what is held against each other: the lines of one day, one provider and one kind of claim. Here they
are as many in the small batch as in the large one.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import cycle, islice

import pytest

from claimcheck import Claim, MemoryHistory, SqliteHistory, Validator
from history.own import KEY

FEW, MANY = 120, 480
CODES = ("99213", "36415", "80053", "71046", "97110")
MOST_GROWTH = 1.25 * MANY / FEW
"""A logarithm is allowed; work that grows with the number of claims makes it sixteen."""


def npi(number: int) -> str:
    """A well-formed NPI."""
    digits = [int(digit) for digit in f"80840{1_000_000_00 + number}"]
    total = sum(sum(divmod(2 * digit, 10)) if place % 2 == 0 else digit for place, digit in enumerate(reversed(digits)))
    return f"{1_000_000_00 + number}{-total % 10}"


def one(number: int, code: str, day: date, biller: int = 0) -> dict[str, object]:
    line = {"procedure_code": code, "units": 1, "charge": "0.00" if code.endswith("F") else "100.00"}
    return {
        "claim_id": f"C{number:07}",
        "claim_type": "professional",
        "member_id": "M",
        "billing_npi": npi(biller),
        "received_date": "2026-01-31",
        "lines": [{**line, "service_date": day.isoformat()}],
    }


def day(number: int) -> date:
    return date(2018, 1, 1) + timedelta(days=number)


def visits(count: int) -> list[dict[str, object]]:
    """Two on each day."""
    return [one(number, code, day(number // 2)) for number, code in zip(range(count), cycle(CODES), strict=False)]


def reports(count: int) -> list[dict[str, object]]:
    """One on each day, of which a limit pays one a year."""
    return [one(number, "3044F", day(number)) for number in range(count)]


def on_one_day(count: int) -> list[dict[str, object]]:
    """All on one day, two by each provider."""
    codes = cycle(CODES)
    return [one(number, code, day(0), number // 2) for number, code in zip(range(count), codes, strict=False)]


def on_thirty_days(count: int) -> list[dict[str, object]]:
    """On thirty days, four by each provider and day."""
    codes = cycle(CODES)
    return [one(at, code, day(at % 30), at // 120) for at, code in zip(range(count), codes, strict=False)]


def copies(count: int) -> list[dict[str, object]]:
    """All of one service, on two days: on each day every claim after the first is its exact duplicate."""
    return [one(number, "71046", day(number % 2)) for number in range(count)]


def bills(count: int) -> list[dict[str, object]]:
    """Every second one replaces the one before."""
    return [
        {**claim, "frequency_code": "7", "original_claim_id": f"C{at - 1:07}"} if at % 2 else claim
        for at, claim in enumerate(one(number, "99213", day(number // 2)) for number in range(count))
    ]


def of_one_id(count: int) -> list[dict[str, object]]:
    """All under the number of the member's account."""
    return [{**one(number, "99213", day(number)), "claim_id": "ACCOUNT"} for number in range(count)]


def a_list(batch, validator, tmp_path):
    for _ in validator.validate_many(batch):
        pass


def an_iterator(batch, validator, tmp_path):
    for _ in validator.validate_many(iter(batch)):
        pass


def a_history(batch, validator, tmp_path):
    history = MemoryHistory()
    validator = validator.beside(history)
    for given in batch:
        claim = Claim.from_dict(given)
        history.record(claim, validator.validate(claim))
    for _ in history.reconcile():
        pass


def sqlite(batch, validator, tmp_path):
    path = tmp_path / f"{len(batch)}.db"
    path.unlink(missing_ok=True)
    with SqliteHistory(path, KEY) as history:
        validator = validator.beside(history)
        with history.recording("batch") as recording:
            for start in range(0, len(batch), 50):
                chunk = [Claim.from_dict(given) for given in batch[start : start + 50]]
                for claim, result in zip(chunk, validator.validate_many(chunk), strict=True):
                    recording.record(claim, result)
        with SqliteHistory(path, KEY) as again:
            validator = validator.beside(again)
            for given in islice(batch, 0, None, 10):
                validator.validate(given)
            for _ in again.reconcile():
                pass
    path.unlink()


def a_frame(batch, validator, tmp_path):
    polars, frames = pytest.importorskip("polars"), pytest.importorskip("claimcheck.frames")
    rows = [{**{name: one[name] for name in one if name != "lines"}, **one["lines"][0]} for one in batch]
    frames.validate_frame(polars.DataFrame(rows), workers=1)


EXECUTORS = {"frame": a_frame, "list": a_list, "iterator": an_iterator, "memory": a_history, "sqlite": sqlite}
MIXES = (visits, reports, on_one_day, on_thirty_days, bills, of_one_id)


class Count:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, frame: object, event: str, arg: object) -> None:
        self.calls += 1


@contextmanager
def counted() -> Iterator[Count]:
    """Counts the calls and returns of functions, generators and built-in functions."""
    count = Count()
    gc.disable()
    sys.setprofile(count)
    try:
        yield count
    finally:
        sys.setprofile(None)
        gc.enable()


def calls(run: Callable[..., None], batch: list[dict[str, object]], validator: Validator, tmp_path) -> int:
    with counted() as count:
        run(batch, validator, tmp_path)
    return count.calls


@pytest.mark.parametrize(
    "mix",
    [MIXES[0], *(pytest.param(mix, marks=pytest.mark.exhaustive) for mix in MIXES[1:])],
    ids=lambda mix: mix.__name__,
)
@pytest.mark.parametrize("executor", EXECUTORS)
def test_calls_grow_with_the_claims(executor, mix, tmp_path):
    validator = Validator()
    run, many = EXECUTORS[executor], mix(MANY)
    run(many, validator, tmp_path)  # kinds are met for the first time
    few = calls(run, many[:FEW], validator, tmp_path)
    assert few > 50 * FEW
    assert calls(run, many, validator, tmp_path) <= MOST_GROWTH * few


@pytest.mark.parametrize("executor", ["list", "frame"])
def test_exact_duplicates_of_a_day_are_evaluated_once(executor, tmp_path):
    """However many they are: only what they are held against grows, and is not looked at again for each."""
    test_calls_grow_with_the_claims(executor, copies, tmp_path)


@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.__name__)
def test_steps_of_the_database_grow_with_the_claims(mix, tmp_path):
    """What SQLite does for the look-ups and the reconciling of all claims, in hundreds of its instructions."""
    validator, steps = Validator(), {}
    for count in (FEW, MANY):
        with SqliteHistory(tmp_path / f"{mix.__name__}{count}.db", KEY) as history:
            batch = [Claim.from_dict(given) for given in mix(count)]
            history.commit(None, zip(batch, validator.validate_many(batch), strict=True))
            taken = []
            history._database.connection.set_progress_handler(lambda taken=taken: taken.append(1) and None, 100)
            over = validator.beside(history)
            for claim in batch:
                over.validate(claim)
            list(history.reconcile())
            steps[count] = len(taken)
    assert steps[FEW] > FEW / 4
    assert steps[MANY] <= MOST_GROWTH * steps[FEW]
