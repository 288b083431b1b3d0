"""One account, several visits: claims under one claim id that are other bills, in every executor and every history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from claimcheck import ClaimResult, MemoryHistory, Validator, pipeline, validate_claims
from claimcheck.history import RecordedHistory
from claimcheck.testing.conformance.claims import YEAR
from support.cases import line

JULY, AUGUST, SEPTEMBER = "2024-07-01", "2024-08-01", "2024-09-01"

Given = dict[str, Any]
Run = Callable[[list[Given], Path], list[ClaimResult]]


def visit(code: str, day: str, **fields: Any) -> Given:
    common = {"claim_id": "ACCT", "claim_type": "professional", "member_id": "M1", "billing_npi": "1234567893"}
    return {**common, "frequency_code": "1", **fields, "lines": [line(code, charge="125.00", day=day)]}


def replacing(code: str, day: str, **fields: Any) -> Given:
    return visit(code, day, **{"frequency_code": "7", "original_claim_id": "PAYER-1", **fields})


def as_a_list(claims: list[Given], _: Path) -> list[ClaimResult]:
    return [*validate_claims(claims)]


def as_they_come(claims: list[Given], _: Path) -> list[ClaimResult]:
    return [*validate_claims(iter(claims))]


def one_by_one(claims: list[Given], _: Path) -> list[ClaimResult]:
    history, found = MemoryHistory(), []
    for claim in claims:
        found.append(Validator(history=history).validate(claim))
        history.record(claim, found[-1])
    return found


def over_a_file(claims: list[Given], folder: Path) -> list[ClaimResult]:
    from claimcheck import SqliteHistory

    found = []
    for claim in claims:
        with SqliteHistory(folder / "history.db") as history:
            found.append(Validator(history=history).validate(claim))
            history.record(claim, found[-1])
    return found


def over_a_history(claims: list[Given], _: Path) -> list[ClaimResult]:
    """All but the last are recorded before; the last comes in a list, an iterator, and alone."""
    history = MemoryHistory()
    found = one_by_one_into(history, claims[:-1])
    validator = Validator(history=history)
    lists = [validator.validate_many(claims[-1:]), validator.validate_many(iter(claims[-1:]))]
    last = [validator.validate(claims[-1]), *(next(one) for one in lists)]
    assert len({(one.disposition, one.findings, one.superseded_by) for one in last}) == 1
    return [*found, last[0]]


def one_by_one_into(history: MemoryHistory, claims: list[Given]) -> list[ClaimResult]:
    found = []
    for claim in claims:
        found.append(Validator(history=history).validate(claim))
        history.record(claim, found[-1])
    return found


def over_given_lines(claims: list[Given], _: Path) -> list[ClaimResult]:
    """All but the last are given as recorded lines, by their claim ids alone."""
    import attrs

    from claimcheck.history.accounts import plain

    history = MemoryHistory()
    found = one_by_one_into(history, claims[:-1])
    lines = [attrs.evolve(one, claim=plain(one.claim)) for one in history.lines("M1", *YEAR)]
    given = RecordedHistory({"M1": lines}, YEAR[0])
    return [*found, Validator(history=given).validate(claims[-1])]


def in_a_pipeline(claims: list[Given], folder: Path) -> list[ClaimResult]:
    """Each claim is a chunk of its own, and is committed before the next one is judged."""
    validator = Validator(history=MemoryHistory())
    with pipeline(validator, {folder / "verdicts.jsonl": "jsonl"}, source=None, chunk=1) as run:
        return [result for _, result in run.judge(iter(claims))]


def in_a_pipeline_by_oneself(claims: list[Given], folder: Path) -> list[ClaimResult]:
    """All claims are one chunk, of which each is seen by those behind it."""
    found = []
    validator = Validator(history=MemoryHistory())
    with pipeline(validator, {folder / "verdicts.jsonl": "jsonl"}, source=None) as run:
        for claim in run.remaining(claims):
            found.append(run.validate(claim))
            run.write(claim, found[-1])
    return found


def by_the_command(claims: list[Given], folder: Path) -> list[ClaimResult]:
    return [*_by_the_command(claims, folder, "--history", str(folder / "history.db"))]


def by_the_command_as_they_come(claims: list[Given], folder: Path) -> list[ClaimResult]:
    return [*_by_the_command(claims, folder)]


def _by_the_command(claims: list[Given], folder: Path, *more: str) -> Iterator[ClaimResult]:
    from click.testing import CliRunner

    from claimcheck.cli import command

    file = folder / "claims.jsonl"
    file.write_text("".join(json.dumps(claim) + "\n" for claim in claims))
    run = CliRunner().invoke(command, ["check", str(file), "--format", "jsonl", "--quiet", *more])
    assert run.stdout, run.output
    return map(ClaimResult.from_dict, map(json.loads, run.stdout.splitlines()))


EXECUTORS: dict[str, Run] = {
    "list": as_a_list,
    "iterator": as_they_come,
    "memory": one_by_one,
    "sqlite": over_a_file,
    "batch over a history": over_a_history,
    "given lines": over_given_lines,
    "pipeline": in_a_pipeline,
    "pipeline by oneself": in_a_pipeline_by_oneself,
    "command": by_the_command_as_they_come,
    "command over a history": by_the_command,
}


@pytest.fixture(params=EXECUTORS)
def executor(request: pytest.FixtureRequest) -> Run:
    return EXECUTORS[request.param]


def states(results: list[ClaimResult]) -> list[str]:
    return [str(one.disposition) for one in results]


def found(result: ClaimResult, rule: str) -> int:
    return sum(one.rule_id == rule for one in result.findings)


@pytest.mark.parametrize("recorded", [False, True])
def test_in_a_frame_too_it_is_superseded(recorded: bool) -> None:
    """There, rows of one claim id are lines of one claim; so the original has an id of its own."""
    polars, frames = pytest.importorskip("polars"), pytest.importorskip("claimcheck.frames")
    replacement, original = replacing("99213", JULY, claim_id="B", original_claim_id="ACCT"), visit("99213", JULY)
    history = MemoryHistory()
    claims = [replacement, original]
    if recorded:
        one_by_one_into(history, [replacement])
        claims = [original]
    rows = [{"original_claim_id": None, **claim, **claim["lines"][0]} for claim in claims]
    frame = polars.DataFrame([{name: row[name] for name in row if name != "lines"} for row in rows])
    found = frames.validate_frame(frame, history=history, workers=1).claims
    assert [*found["disposition"]][-1] == "superseded"


@pytest.mark.parametrize("code", ["1", None])
def test_the_visits_of_an_account_are_claims_of_their_own(executor: Run, code: str | None, tmp_path: Path) -> None:
    reports = [visit("3044F", day, frequency_code=code) for day in (JULY, AUGUST, SEPTEMBER)]
    results = executor(reports, tmp_path)
    assert "superseded" not in states(results)
    assert [found(one, "FRQ101") for one in results] == [0, 1, 1]
    assert {one.claim_id for one in results} == {"ACCT"}


def test_a_replacement_stands_for_its_own_visit_alone(executor: Run, tmp_path: Path) -> None:
    claims = [
        visit("3044F", JULY),
        visit("99213", AUGUST),
        replacing("99214", JULY),
        visit("3044F", SEPTEMBER),
    ]
    results = executor(claims, tmp_path)
    assert states(results)[1:] == ["payable", "payable", "report_only"]
    assert found(results[3], "FRQ101") == 0  # the use of July is no more
    assert states(results)[0] in ("report_only", "superseded")  # as they come, it was not replaced when it was judged


def test_an_original_that_comes_after_its_replacement_is_superseded(executor: Run, tmp_path: Path) -> None:
    for named in ({"claim_id": "B", "original_claim_id": "ACCT"}, {}):
        folder = tmp_path / f"{len(named)}"
        folder.mkdir()
        replacement, original = replacing("99213", JULY, **named), visit("99213", JULY)
        if executor is over_given_lines:
            continue  # lines say nothing of what they replace
        first, second = executor([replacement, original], folder)
        assert first.disposition == "payable"
        assert not found(first, "STR603")
        assert (second.disposition, second.superseded_by) == ("superseded", replacement["claim_id"])


def test_two_first_claims_of_one_day_see_each_other(executor: Run, tmp_path: Path) -> None:
    if executor is over_given_lines:
        return  # lines do not say that their claim is a first claim
    results = executor([visit("45380", "2024-07-15"), visit("45378", "2024-07-15")], tmp_path)
    assert states(results) == ["payable", "denied"]
    assert found(results[1], "NCCI101") == 1


def test_a_claim_that_is_read_again_is_itself(executor: Run, tmp_path: Path) -> None:
    """Over a history: what comes again unchanged is no duplicate of itself."""
    if executor not in (one_by_one, over_a_file, over_a_history, over_given_lines):
        return
    claims = [visit("99213", JULY), visit("3044F", AUGUST)]
    results = executor([*claims, *claims[::-1]], tmp_path)
    assert states(results) == ["payable", "report_only", "report_only", "payable"]
    assert not any(found(one, rule) for one in results for rule in ("STR603", "FRQ101"))
