"""Nothing is clean, in any executor, that another claim of the batch or of a history that is not there could change.

Some claims of a member are known (they are the batch, or stand in a history), others are not. A claim of which an
executor leaves nothing open that another claim could change stands as it would if all of them were known. What is open
for want of a table, or by rules that read no other claim, is left out of this.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, MemoryHistory, Reason, SqliteHistory, Validator
from claimcheck.cli import command
from claimcheck.frames import validate_batches, validate_frame
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Scope

pytestmark = pytest.mark.extended

OF_TABLES = {Reason.NO_TABLE, Reason.STARTER_TABLE, Reason.NOT_IN_TABLE, Reason.OUTSIDE_EDITION, Reason.STALE}
READING = {rule.id for rule in all_rules() if rule.scope in (Scope.DAY, Scope.MEMBER)}
VALIDATOR = Validator()
NPIS = ["1234567893", "1003000126"]

Mapped = dict[str, Any]


class Verdict(NamedTuple):
    """Whether nothing is left open by rules that read other claims; what becomes of each line; what rules found."""

    settled: bool
    lines: tuple[str, ...]
    found: frozenset[tuple[str, int | None]]


@st.composite
def batches(draw: st.DrawFn, *, history: bool) -> tuple[list[Mapped], list[Mapped]]:
    """Some claims of a member that an executor is given, and some more that it is not, which may be in a history.

    Of exact duplicates (one charge, too) the first is paid, whatever comes after it, whereas the whole knowledge of
    this test holds every other claim as billed before. So with a history, which leaves nothing open, the given claims
    differ in their charges.
    """
    some = []
    for number in range(draw(st.integers(2, 5))):
        stay = draw(st.integers(0, 5)) == 0
        codes = [None] if stay else ["99213", "99213", "45378", "45380", "97110", "3044F", "17003"]
        lines = draw(
            st.lists(
                st.builds(
                    lambda code, units, day: {"procedure_code": code, "units": units, "service_date": day},
                    st.sampled_from(codes),
                    st.sampled_from(["1", "1", "4"]),
                    st.sampled_from(["2024-07-15"] * 4 + ["2024-07-16"]),
                ),
                min_size=1,
                max_size=2,
            )
        )
        for place, line in enumerate(lines, 1):
            report = str(line["procedure_code"]).endswith("F")
            line |= {"line_number": str(place), "charge": "0.00" if report else "100.00"}
            line |= {"revenue_code": "0120" if stay else None, "diagnosis_pointers": None if stay else "1"}
        kind = {"claim_type": "institutional", "bill_type": "0111"} if stay else {"claim_type": "professional"}
        some.append(
            {
                "bill_type": None,
                "place_of_service": None if stay else "11",
                "diagnoses": "I10",
                **kind,
                "claim_id": f"C{number}",
                "member_id": draw(st.sampled_from(["M1"] * 7 + ["M2", None])),
                "billing_npi": draw(st.sampled_from([NPIS[0]] * 7 + [NPIS[1], None])),
                "received_date": "2024-08-01",
                "total_charge": f"{sum(float(line['charge']) for line in lines):.2f}",
                "lines": lines,
            }
        )
    known = draw(st.integers(1, len(some) - 1))
    if history:
        for number, claim in enumerate(some[:known]):
            _charge(claim, 100 + number)
        for claim in some[known:]:
            _charge(claim, draw(st.integers(100, 100 + known)))
    return some[:known], some[known:]


def _charge(claim: Mapped, dollars: int) -> None:
    """Charges that many dollars for each line but those that report."""
    for line in claim["lines"]:
        if line["charge"] != "0.00":
            line["charge"] = f"{dollars}.00"
    claim["total_charge"] = f"{sum(float(line['charge']) for line in claim['lines']):.2f}"


def rows_of(claims: Iterable[Mapped]) -> list[Mapped]:
    """A row for each line, as tables hold them: the place of service is the claim's there too."""
    return [
        {**{key: value for key, value in claim.items() if key != "lines"}, **line}
        for claim in claims
        for line in claim["lines"]
    ]


def recorded(claims: Iterable[Mapped], history: Any, known: Iterable[Mapped] | None = None) -> Any:
    """A history that knows everything, and holds claims by the verdict that each has beside those `known` alone.

    What the verdicts say against the lines of those `known` is left out: it holds once a batch is recorded, and
    `reconcile` tells what it changes. Until then each claim of the batch is judged over the history as it is.
    """
    validator = VALIDATOR.beside(MemoryHistory() if known is None else recorded(known, MemoryHistory()))
    for given_claim in claims:
        claim = Claim.from_dict(given_claim)
        result = validator.validate(claim)
        history.record(claim, result if known is None else attrs.evolve(result, overturned=()))
    return history


def of_result(result: ClaimResult) -> Verdict:
    left = [entry for entry in result.not_checked if entry.reason not in OF_TABLES]
    found = frozenset((finding.rule_id, finding.position) for finding in result.findings)
    settled = READING.isdisjoint(rule for entry in left for rule in entry.rules)
    return Verdict(settled, tuple(str(line.disposition) for line in result.lines), found)


def of_results(results: Iterable[ClaimResult]) -> dict[str, Verdict]:
    return {result.claim_id or "": of_result(result) for result in results}


def of_frames(
    claims: pl.DataFrame, lines: pl.DataFrame, findings: pl.DataFrame, left: pl.DataFrame
) -> dict[str, Verdict]:
    found = {}
    left = left.filter(~pl.col("reason").is_in([*map(str, OF_TABLES)]))
    for name in claims["claim_id"].to_list():
        rules = {rule for named in left.filter(claim_id=name)["rules"].to_list() for rule in named}
        own = lines.filter(claim_id=name).sort("position")["disposition"].to_list()
        said = findings.filter(claim_id=name).select("rule_id", "position").rows()
        found[name] = Verdict(READING.isdisjoint(rules), tuple(own), frozenset(said))
    return found


def of_verdicts(verdicts: Iterable[Any]) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    for verdict in verdicts:
        found |= of_frames(verdict.claims, verdict.lines, verdict.findings, verdict.not_checked)
    return found


def as_list(claims: list[Mapped], history: Any, folder: Path) -> dict[str, Verdict]:
    return of_results(VALIDATOR.beside(history).validate_many(claims))


def as_iterator(claims: list[Mapped], history: Any, folder: Path) -> dict[str, Verdict]:
    return of_results(VALIDATOR.beside(history).validate_many(iter(claims)))


def one_by_one(claims: list[Mapped], history: Any, folder: Path) -> dict[str, Verdict]:
    return of_results(VALIDATOR.beside(history).validate(claim) for claim in claims)


def as_sorted(claims: list[Mapped], history: Any, folder: Path) -> dict[str, Verdict]:
    return of_results(VALIDATOR.beside(history).validate_many(iter(claims), sort=True))


def table(claims: list[Mapped]) -> pl.DataFrame:
    rows = rows_of(claims)
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


def as_frame(claims: list[Mapped], history: Any, folder: Path) -> dict[str, Verdict]:
    return of_verdicts([validate_frame(table(claims), history=history, workers=1)])


def as_batches(claims: list[Mapped], history: Any, folder: Path) -> dict[str, Verdict]:
    return of_verdicts(validate_batches(table(claims), history=history, workers=1, lines=2))


def checked(claims: list[Mapped], history: Any, folder: Path, *options: str) -> dict[str, Verdict]:
    file = folder / "claims.csv"
    rows = rows_of(claims)
    with file.open("w", newline="") as text:
        writer = csv.DictWriter(text, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    if history is not None:
        held = folder / "held.db"
        for old in folder.glob("held.db*"):
            old.unlink()
        with SqliteHistory(held) as kept:
            recorded(history, kept)
        options = (*options, "--history", str(held))
    run = CliRunner().invoke(command, ["check", str(file), "--format", "jsonl", "--quiet", *options])
    assert run.exit_code in (0, 1), run.output
    return of_results(ClaimResult.from_dict(json.loads(line)) for line in run.stdout.splitlines())


def by_command(claims: list[Mapped], history: Any, folder: Path) -> dict[str, Verdict]:
    return checked(claims, history, folder)


def by_processes(claims: list[Mapped], history: Any, folder: Path) -> dict[str, Verdict]:
    return checked(claims, history, folder, *(() if history is not None else ("--jobs", "2")))


Executor = Callable[[list[Mapped], Any, Path], dict[str, Verdict]]
EXECUTORS: dict[Executor, int] = {  # with how many examples of each kind each is tried
    as_list: 50,
    as_iterator: 50,
    as_sorted: 50,
    one_by_one: 50,
    as_frame: 10,
    as_batches: 10,
    by_command: 10,
    by_processes: 3,
}


def assert_nothing_could_change(
    known: list[Mapped], hidden: list[Mapped], said: dict[str, Verdict], *, history: bool
) -> int:
    """How many are settled. Each stands as it does where all other claims, known and hidden, are in a history.

    Where the hidden ones are the history, the others of the batch count as they are judged over it.
    """
    settled = 0
    for claim in known:
        verdict = said[claim["claim_id"]]
        if verdict.settled:
            settled += 1
            others = [other for other in known if other is not claim]
            whole = recorded(others, recorded(hidden, MemoryHistory()), hidden if history else None)
            assert verdict[1:] == of_result(VALIDATOR.beside(whole).validate(claim))[1:], claim
    return settled


OF_ONE_PROCESS = [one for one in EXECUTORS if one is not by_processes]


@pytest.mark.parametrize(
    "executor",
    [*OF_ONE_PROCESS, pytest.param(by_processes, marks=pytest.mark.exhaustive)],
    ids=lambda one: one.__name__,
)
@pytest.mark.parametrize("history", [False, True], ids=["no history", "a history"])
def test_nothing_is_clean_that_other_claims_could_change(executor: Executor, history: bool, tmp_path: Path) -> None:
    """Without a history the hidden claims are nobody's knowledge; with one they stand in it."""
    counted: Counter[str] = Counter()

    @given(batches(history=history))
    @settings(max_examples=EXECUTORS[executor], deadline=None)
    def proven(given_claims: tuple[list[Mapped], list[Mapped]]) -> None:
        known, hidden = given_claims
        past: Any = None
        if history:
            past = hidden if executor in (by_command, by_processes) else recorded(hidden, MemoryHistory())
        if executor is one_by_one and history:
            known = known[:1]  # of more, those that it is not shown are in no history
        said = executor(known, past, tmp_path)
        assert said.keys() == {claim["claim_id"] for claim in known}
        counted["settled"] += assert_nothing_could_change(known, hidden, said, history=history)

    proven()
    assert counted["settled"] > 0, "a test in which everything is left open shows nothing"
