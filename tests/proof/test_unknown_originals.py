"""A replacement or void that names its original by the payer's own number, in every executor.

Where exactly one claim can be meant it is superseded; where that cannot be told nobody is held against anybody by
mistake, and both sides say that this was not checked (`claimcheck.history.originals`).
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Claim, MemoryHistory
from claimcheck.history.originals import Alike, may_mean
from proof.test_clean_everywhere import (
    EXECUTORS,
    NPIS,
    VALIDATOR,
    Executor,
    Mapped,
    Verdict,
    as_batches,
    as_frame,
    as_iterator,
    as_list,
    as_sorted,
    by_command,
    by_processes,
    of_results,
    one_by_one,
)

pytestmark = pytest.mark.extended

DAY, NEXT_DAY = "2024-07-15", "2024-07-16"


def a_claim(name: str, *codes: str, day: str = DAY, **fields: Any) -> Mapped:
    common = {"claim_type": "professional", "member_id": "M1", "billing_npi": NPIS[0], "place_of_service": "11"}
    common |= {"diagnoses": "I10", "received_date": "2024-08-01", "frequency_code": "1", "original_claim_id": None}
    billed = {"units": "1", "charge": "100.00", "diagnosis_pointers": "1", "service_date": day}
    lines = [{"line_number": str(place), "procedure_code": code, **billed} for place, code in enumerate(codes, 1)]
    return {**common, "claim_id": name, "total_charge": f"{100 * len(lines)}.00", "lines": lines, **fields}


def another(name: str, *codes: str, **fields: Any) -> Mapped:
    return a_claim(name, *codes, **{"frequency_code": "7", "original_claim_id": "ICN-1", **fields})


#: Claims, what becomes of their lines, and of which claims that is not settled though all claims are known.
BATCHES: dict[str, tuple[list[Mapped], dict[str, tuple[str, ...]], set[str]]] = {
    "one that is alike": (
        [a_claim("A", "99213"), another("R", "99213")],
        {"A": ("superseded",), "R": ("payable",)},
        set(),
    ),
    "with a corrected code": (
        [a_claim("A", "99213", "71046"), another("R", "99214", "71046")],
        {"A": ("superseded",) * 2, "R": ("payable",) * 2},
        set(),
    ),
    "a void": (
        [a_claim("A", "99213"), another("V", "99213", frequency_code="8")],
        {"A": ("superseded",), "V": ("report_only",)},
        set(),
    ),
    "two that are alike": (
        [a_claim("A", "99213"), a_claim("B", "71046"), another("R", "99213", "71046")],
        {"A": ("payable",), "B": ("payable",), "R": ("payable",) * 2},
        {"A", "B", "R"},
    ),
    "a void of one of two": (
        [a_claim("A", "99213"), a_claim("B", "71046"), another("V", "99213", "71046", frequency_code="8")],
        {"A": ("payable",), "B": ("payable",), "V": ("report_only",) * 2},
        {"A", "B", "V"},
    ),
    "a biller who is not known": (
        [a_claim("A", "99213", billing_npi=None, rendering_npi=NPIS[0]), another("R", "99213", rendering_npi=NPIS[0])],
        {"A": ("payable",), "R": ("payable",)},
        {"A", "R"},
    ),
    "another service of the same provider": (
        [a_claim("A", "99213"), another("R", "71046")],
        {"A": ("payable",), "R": ("payable",)},
        {"A", "R"},
    ),
    "of another day": (
        [a_claim("A", "99213"), another("R", "99213", day=NEXT_DAY)],
        {"A": ("payable",), "R": ("payable",)},
        set(),
    ),
    "of another biller": (
        [a_claim("A", "99213"), another("R", "99213", billing_npi=NPIS[1])],
        {"A": ("payable",), "R": ("payable",)},
        set(),
    ),
    "a second time": (
        [a_claim("A", "99213"), another("R", "99213"), another("S", "99213", original_claim_id="ICN-2")],
        {"A": ("superseded",), "R": ("superseded",), "S": ("payable",)},
        set(),
    ),
}
OF_A_BATCH = [one for one in EXECUTORS if one not in (as_iterator, one_by_one)]
SLOW = {by_processes}
IN_PROCESS = [one for one in OF_A_BATCH if one not in (by_command, by_processes)]


def marked(executors: list[Executor], slow: Container[Executor] = SLOW) -> list[Any]:
    return [pytest.param(one, marks=pytest.mark.exhaustive) if one in slow else one for one in executors]


def past(executor: Executor, *earlier: Mapped) -> Any:
    """A history that knows all, as an executor takes it: each claim was judged in the light of those before it."""
    if executor in (by_command, by_processes):
        return list(earlier)
    history = MemoryHistory()
    for one in earlier:
        history.record(one, VALIDATOR.beside(history).validate(one))
    return history


def lines_of(said: dict[str, Verdict]) -> dict[str, tuple[str, ...]]:
    return {name: verdict.lines for name, verdict in said.items()}


def suspected(said: dict[str, Verdict]) -> set[str]:
    return {name for name, verdict in said.items() if "STR603" in {rule for rule, _ in verdict.found}}


@pytest.mark.parametrize("executor", marked(OF_A_BATCH, {as_batches, by_processes}), ids=lambda one: one.__name__)
@pytest.mark.parametrize("name", BATCHES)
def test_in_a_batch(name: str, executor: Executor, tmp_path: Path) -> None:
    claims, expected, _ = BATCHES[name]
    for order in (claims[::-1], claims) if executor is as_list else (claims[::-1],):
        said = executor(order, None, tmp_path)
        assert lines_of(said) == expected
        assert suspected(said) == set()


@pytest.mark.parametrize(
    "executor", marked(IN_PROCESS, {as_sorted, as_frame, as_batches}), ids=lambda one: one.__name__
)
@pytest.mark.parametrize("name", BATCHES)
def test_in_a_batch_of_which_all_is_known(name: str, executor: Executor, tmp_path: Path) -> None:
    """Over a history that knows everything nothing but the original is left open."""
    claims, expected, doubtful = BATCHES[name]
    said = executor(claims, past(executor), tmp_path)
    assert lines_of(said) == expected
    assert {one for one, verdict in said.items() if not verdict.settled} == doubtful


@pytest.mark.parametrize("name", BATCHES)
def test_one_by_one_as_they_are_read(name: str, tmp_path: Path) -> None:
    """What came before is told already; what comes is held against no version of its bill."""
    claims, expected, _ = BATCHES[name]
    said = as_iterator(claims, None, tmp_path)
    standing = claims[-1]["claim_id"]
    assert said[standing].lines == expected[standing]
    assert suspected(said) == set()


@pytest.mark.parametrize(
    "executor",
    marked([*IN_PROCESS, by_command, one_by_one, as_iterator], {as_sorted, as_frame, as_batches, by_command}),
    ids=lambda one: one.__name__,
)
@pytest.mark.parametrize("name", BATCHES)
def test_over_a_history_of_those_before(name: str, executor: Executor, tmp_path: Path) -> None:
    (*earlier, last), expected, doubtful = BATCHES[name]
    said = executor([last], past(executor, *earlier), tmp_path)
    assert said[last["claim_id"]].lines == expected[last["claim_id"]]
    assert suspected(said) == set()
    if executor in (one_by_one, as_list):
        assert {one for one, verdict in said.items() if not verdict.settled} == doubtful & {last["claim_id"]}


@st.composite
def bills(draw: st.DrawFn) -> list[Mapped]:
    """First claims, replacements and voids of a member, of which some names are known and some are not."""
    claims = []
    for number in range(draw(st.integers(2, 5))):
        frequency = draw(st.sampled_from(["1", "1", "7", "7", "8"]))
        named = None if frequency == "1" else draw(st.sampled_from(["ICN-1", "ICN-2", "C0", "C1"]))
        codes = draw(st.lists(st.sampled_from(["99213", "71046", "45378"]), min_size=1, max_size=2, unique=True))
        claims.append(
            a_claim(
                f"C{number}",
                *codes,
                day=draw(st.sampled_from([DAY, DAY, DAY, NEXT_DAY])),
                frequency_code=frequency,
                original_claim_id=named,
                billing_npi=draw(st.sampled_from([NPIS[0], NPIS[0], NPIS[0], NPIS[1], None])),
                received_date=draw(st.sampled_from(["2024-08-01", "2024-08-02", None])),
            )
        )
    return claims


@pytest.mark.parametrize("executor", marked(OF_A_BATCH), ids=lambda one: one.__name__)
def test_all_executors_say_the_same(executor: Executor, tmp_path: Path) -> None:
    @given(bills())
    @settings(max_examples=3 if executor in SLOW else 40 if executor is as_list else 10, deadline=None)
    def proven(claims: list[Mapped]) -> None:
        assert executor(claims[::-1], None, tmp_path) == as_list(claims, None, tmp_path)

    proven()


@given(bills())
@settings(deadline=None)
def test_a_replacement_and_what_it_may_replace_are_no_duplicates(claims: list[Mapped]) -> None:
    """Of any two: one that may be the original of the other is never held to be billed twice."""
    for one in claims:
        for other in claims:
            bill, later = Claim.from_dict(one), Claim.from_dict({**other, "original_claim_id": "ICN-3"})
            if one is other or one["frequency_code"] != "1" or other["frequency_code"] != "7":
                continue
            if may_mean(Alike.of(later, None), Alike.of(bill, None)):
                said = of_results(VALIDATOR.beside(MemoryHistory()).validate_many([later, bill]))
                assert suspected(said) == set()
                superseded = said[one["claim_id"]].lines[0] == "superseded"
                assert superseded or not any(verdict.settled for verdict in said.values())
