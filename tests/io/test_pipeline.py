"""A run over outputs and a history: whenever it ends, it ends with what a run without an interruption ends with."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from claimcheck import Claim, ClaimResult, InputError, MemoryHistory, SqliteHistory, Validator
from claimcheck.history.stored import StoredHistory
from claimcheck.io.commit_points import Journal
from claimcheck.io.pipeline import Pipeline, pipeline

KEY = bytes(range(32))
OUTPUTS = {"verdicts.jsonl": "jsonl", "findings.csv": "findings", "lines.csv": "csv", "adjustments.csv": "adjustments"}
CLAIMS = [
    {
        "claim_id": f"C{number}",
        "claim_type": "professional",
        "member_id": f"M{number % 3}",
        "received_date": "2024-09-01",
        "lines": [
            {"procedure_code": code, "units": 1, "charge": "0.00", "service_date": f"2024-0{1 + number % 7}-15"}
            for code in ("3044F", "99213")
        ],
    }
    for number in range(11)
]
VALIDATOR = Validator()


class Killed(BaseException):
    """Stands for the end of the process."""


def run(
    folder: Path,
    *,
    claims: list[Any] = CLAIMS,
    history: bool = True,
    chunk: int = 3,
    seen: Callable[[Claim], None] = lambda _: None,
    source: str = "",
) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "input").write_text("what the claims were read from")
    own = SqliteHistory(folder / "members.db", KEY) if history else None
    outputs = {folder / name: layout for name, layout in OUTPUTS.items()}
    try:
        with pipeline(VALIDATOR.beside(own), outputs, source=source or folder / "input", chunk=chunk) as one:
            for claim, _ in one.judge(claims):
                seen(claim)
    finally:
        if own is not None:
            own.close()


def what_is_there(folder: Path) -> dict[str, Any]:
    """The outputs, byte by byte, and all rows of the history."""
    found: dict[str, Any] = {path.name: path.read_bytes() for path in folder.iterdir() if "members.db" not in path.name}
    if (folder / "members.db").exists():
        with sqlite3.connect(folder / "members.db") as connection:
            found["history"] = [*connection.iterdump()]
        connection.close()
    return found


@pytest.fixture(scope="module", params=[True, False], ids=["a history", "no history"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bool, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("whole")
    run(folder, history=request.param)
    there = what_is_there(folder)
    assert [json.loads(line)["claim_id"] for line in there["verdicts.jsonl"].splitlines()] == [
        claim["claim_id"] for claim in CLAIMS
    ]
    return request.param, there


@pytest.mark.parametrize("at", range(11))
def test_a_run_that_ends_between_claims_goes_on(at: int, whole: tuple[bool, dict[str, Any]], tmp_path: Path) -> None:
    history, expected = whole

    def end(claim: Claim) -> None:
        if claim.claim_id == f"C{at}":
            raise Killed

    with pytest.raises(Killed):
        run(tmp_path, history=history, seen=end)
    run(tmp_path, history=history)
    assert what_is_there(tmp_path) == expected


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", [1, 3, 4])
def test_a_run_that_ends_as_it_commits_goes_on(
    at: int, when: str, whole: tuple[bool, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, expected = whole
    kind = StoredHistory if history else Journal
    commit, calls = kind.commit, iter(range(1, 99))

    def ends(self: Any, *given: Any) -> None:
        this = next(calls) == at
        if this and when == "before":
            raise Killed
        commit(self, *given)
        if this:
            raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(kind, "commit", ends)
        with pytest.raises(Killed):
            run(tmp_path, history=history)
    run(tmp_path, history=history)
    assert what_is_there(tmp_path) == expected


def test_a_run_that_was_over_is_not_done_again_unless_something_changed(tmp_path: Path) -> None:
    seen: list[Claim] = []
    run(tmp_path)
    there = what_is_there(tmp_path)
    run(tmp_path, seen=seen.append)
    assert (seen, what_is_there(tmp_path)) == ([], there)

    (tmp_path / "verdicts.jsonl").unlink()
    run(tmp_path, seen=seen.append)
    assert (len(seen), (tmp_path / "verdicts.jsonl").exists()) == (11, True)
    seen.clear()
    with SqliteHistory(tmp_path / "members.db", KEY) as history:
        history.forget("M0")
    run(tmp_path, seen=seen.append)
    with SqliteHistory(tmp_path / "members.db", KEY) as history:
        assert (len(seen), len(recorded(history))) == (11, 22)


def test_a_name_may_have_other_claims_once_its_run_is_over(tmp_path: Path) -> None:
    run(tmp_path, claims=CLAIMS[:3], source="the feed")
    run(tmp_path, claims=CLAIMS[3:], source="the feed")
    names = [json.loads(line)["claim_id"] for line in (tmp_path / "verdicts.jsonl").read_text().splitlines()]
    assert names == [claim["claim_id"] for claim in CLAIMS[3:]]


def test_ends_again_and_again(whole: tuple[bool, dict[str, Any]], tmp_path: Path) -> None:
    history, expected = whole
    for most in (4, 4, 1, 4):
        left = iter(range(most))

        def end(_: Claim, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Killed

        with pytest.raises(Killed):
            run(tmp_path, history=history, seen=end)
    run(tmp_path, history=history)
    assert what_is_there(tmp_path) == expected


def stopped(folder: Path, **given: Any) -> None:
    """A run that ended when C7 was judged: six claims are committed."""

    def end(claim: Claim) -> None:
        if claim.claim_id == "C7":
            raise Killed

    with pytest.raises(Killed):
        run(folder, seen=end, **given)


@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda content: content[:-900], r"verdicts\.jsonl: it has .* bytes, and .* were written before .*: put back"),
        (lambda content: content.replace(b"C0", b"C9"), r"verdicts\.jsonl: it was changed .*, or delete it"),
    ],
)
def test_an_output_that_is_not_what_it_was_is_not_continued(
    damage: Callable[[bytes], bytes], said: str, history: bool, tmp_path: Path
) -> None:
    stopped(tmp_path, history=history)
    path = tmp_path / "verdicts.jsonl"
    content = path.read_bytes()
    path.write_bytes(damage(b"".join(content.splitlines(keepends=True)[:6])))
    before = what_is_there(tmp_path)
    with pytest.raises(InputError, match=said):
        run(tmp_path, history=history)
    assert what_is_there(tmp_path) == before
    path.write_bytes(content)
    run(tmp_path, history=history)
    assert len(path.read_bytes().splitlines()) == 11


@pytest.mark.parametrize("history", [True, False])
def test_an_output_that_is_gone_begins_the_run_anew(history: bool, tmp_path: Path) -> None:
    stopped(tmp_path, history=history)
    (tmp_path / "findings.csv").unlink()
    run(tmp_path, history=history)
    for name in OUTPUTS:
        assert b"\0" not in (tmp_path / name).read_bytes()
    assert len((tmp_path / "verdicts.jsonl").read_bytes().splitlines()) == 11
    with SqliteHistory(tmp_path / "members.db", KEY) if history else MemoryHistory() as own:
        assert len(recorded(own)) == (22 if history else 0)


def recorded(history: Any) -> list[Any]:
    from datetime import date

    return [line for member in range(3) for line in history.lines(f"M{member}", date.min, date.max)]


def test_another_source_is_another_run(tmp_path: Path) -> None:
    stopped(tmp_path)
    run(tmp_path, source="Tuesday")
    assert len((tmp_path / "verdicts.jsonl").read_bytes().splitlines()) == 11


def test_a_source_that_is_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "claims.json"
    file.write_text("[1]")
    out = {tmp_path / "out": "jsonl"}
    position = []
    for content in ("[1]", "[1]", "[2]"):
        file.write_text(content)
        with pytest.raises(Killed), pipeline(VALIDATOR, out, source=file, chunk=2) as one:  # noqa: PT012
            position.append(one.position)
            for _ in islice(one.judge(CLAIMS), 3):
                pass
            raise Killed
    assert position == [0, 2, 0]


def test_fewer_claims_than_were_written_are_another_input(tmp_path: Path) -> None:
    stopped(tmp_path)
    with pytest.raises(InputError, match="the input has 2 claims, and 6 were written before"):
        run(tmp_path, claims=CLAIMS[:2])
    stopped(tmp_path / "other", history=False)
    with pytest.raises(InputError, match="the input has 2 claims, and 6 were written before"):
        run(tmp_path / "other", claims=CLAIMS[:2], history=False)


def test_a_run_that_is_left_early_goes_on_with_the_next_claim(tmp_path: Path) -> None:
    with SqliteHistory(tmp_path / "members.db", KEY) as history:
        validator = VALIDATOR.beside(history)
        written: list[int] = []
        for most in (4, 4, 99):
            with pipeline(validator, {tmp_path / "out": "jsonl"}, source="x", chunk=3) as one:
                for claim in islice(one.remaining(CLAIMS), most):
                    one.write(claim, one.validate(claim))
            written.append(one.position)
        assert (written, len(recorded(history))) == ([4, 8, 11], 22)
    names = [json.loads(line)["claim_id"] for line in (tmp_path / "out").read_text().splitlines()]
    assert names == [claim["claim_id"] for claim in CLAIMS]


def test_a_claim_is_judged_beside_those_that_are_not_committed_yet(tmp_path: Path) -> None:
    def excesses(results: list[ClaimResult]) -> list[str | None]:
        return [result.claim_id for result in results if any(finding.carc == "119" for finding in result.findings)]

    claims = [{**claim, "member_id": "M0"} for claim in CLAIMS]
    with SqliteHistory(tmp_path / "members.db", KEY) as history:
        results = []
        with pipeline(VALIDATOR.beside(history), {tmp_path / "out": "jsonl"}, source="x", chunk=4) as one:
            for claim in one.remaining(claims):
                results.append(one.validate(claim))
                one.write(claim, results[-1])
    assert excesses(results) == excesses([*VALIDATOR.validate_many(claims)]) != []


def test_without_a_history_a_claim_is_judged_alone_or_with_all_of_the_input(tmp_path: Path) -> None:
    with pipeline(VALIDATOR, {tmp_path / "alone": "jsonl"}, source="x") as one:
        for claim in one.remaining(CLAIMS):
            one.write(claim, one.validate(claim))
    assert (tmp_path / "alone").read_text().splitlines() == [
        json.dumps(VALIDATOR.validate(claim).to_dict(), ensure_ascii=False, separators=(",", ":")) for claim in CLAIMS
    ]
    run(tmp_path / "all", history=False)
    lines = (tmp_path / "all/verdicts.jsonl").read_text().splitlines()
    assert [ClaimResult.from_dict(json.loads(line)) for line in lines] == [*VALIDATOR.validate_many(iter(CLAIMS))]


@pytest.mark.parametrize("layout", ["parquet", "parquet-lines"])
def test_what_cannot_be_continued_is_written_anew(layout: str, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    out = tmp_path / "out.parquet"
    out.write_text("an older one")
    with SqliteHistory(tmp_path / "members.db", KEY) as history:
        validator = VALIDATOR.beside(history)
        with pytest.raises(Killed), pipeline(validator, {out: layout}, source="x", chunk=3) as one:  # noqa: PT012
            for claim, _ in one.judge(CLAIMS):
                if claim.claim_id == "C7":
                    raise Killed
        assert out.read_text() == "an older one"
        with pipeline(validator, {out: layout}, source="x", chunk=3) as one:
            assert (one.position, one.resumable) == (0, False)
            assert len([*one.judge(CLAIMS)]) == 11
        assert len(recorded(history)) == 22
    assert polars.read_parquet(out)["claim_id"].n_unique() == 11
    assert {path.name for path in tmp_path.iterdir()} == {"out.parquet", "members.db"}


@pytest.mark.parametrize("durable", [True, False])
def test_a_run_that_cannot_be_resumed_begins_anew_and_records_once(durable: bool, tmp_path: Path) -> None:
    with SqliteHistory(tmp_path / "members.db", KEY) if durable else MemoryHistory() as history:
        validator = VALIDATOR.beside(history)
        source = None if durable else "x"  # what can be read only once; or a history that notes no run
        for end in (Killed, None):
            with pipeline(validator, {tmp_path / "out": "jsonl"}, source=source, chunk=3) as one:
                given = islice(one.judge(CLAIMS), 5) if end else one.judge(CLAIMS)
                assert (one.position, len([*given])) == (0, 5 if end else 11)
        assert len(recorded(history)) == 22
    assert len((tmp_path / "out").read_text().splitlines()) == 11


@pytest.mark.skipif(os.name != "posix", reason="there are no locks")
def test_what_a_killed_process_left_beside_is_removed(tmp_path: Path) -> None:
    from claimcheck.io.out.target import replaced

    left, others = tmp_path / ".out.parquet.0123abcd.part", tmp_path / ".out.parquet.old.part"
    left.touch()
    others.touch()
    with replaced(tmp_path / "out.parquet") as first:
        assert not left.exists()
        with replaced(tmp_path / "out.parquet") as second:
            assert first.exists()
            second.write_text("whole")
    assert {path.name for path in tmp_path.iterdir()} == {"out.parquet", others.name}


def test_nothing_is_touched_where_nothing_can_be_read(tmp_path: Path) -> None:
    from claimcheck.io import read_claims

    out, new = tmp_path / "out", tmp_path / "new"
    out.write_text("an older one")
    with (
        pytest.raises(InputError, match="cannot be opened"),
        pipeline(VALIDATOR, {out: "jsonl", new: "csv"}, source="x") as one,
    ):
        for _ in one.judge(read_claims(tmp_path / "missing.837")):
            pass
    assert (out.read_text(), new.exists()) == ("an older one", False)


def test_an_input_without_claims_has_an_output_without_verdicts(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("an older one")
    with pipeline(VALIDATOR, {out: "jsonl"}, source="x") as one:
        assert [*one.judge([])] == []
    assert out.read_bytes() == b""


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with pipeline(VALIDATOR, {tmp_path / "out": "jsonl"}, source="x") as one:
        with pytest.raises(InputError, match="out: another run is writing it"):
            pipeline(VALIDATOR, {tmp_path / "other": "csv", tmp_path / "out": "jsonl"}, source="x")
        assert not (tmp_path / "other").exists()
        [*one.judge(CLAIMS)]
    assert len((tmp_path / "out").read_bytes().splitlines()) == 11


def test_wrong_calls(tmp_path: Path) -> None:
    claims = tmp_path / "claims.json"
    claims.write_text("[]")
    with SqliteHistory(tmp_path / "members.db", KEY) as history:
        for outputs, said in (
            ({tmp_path / "x": "xml"}, "no layout xml"),
            ({tmp_path / "no" / "x": "jsonl"}, "cannot be written: No such file"),
            ({claims: "jsonl"}, "an input of this run"),
            ({tmp_path / "members.db": "jsonl"}, "the history of this run"),
            ({tmp_path / "members.db-wal": "jsonl"}, "a part of the history"),
            ({tmp_path / "members.db.key": "jsonl"}, "the key of the history"),
            ({tmp_path / "x": "jsonl", tmp_path / ".." / tmp_path.name / "x": "csv"}, "written by this run already"),
        ):
            with pytest.raises(InputError, match=said):
                pipeline(VALIDATOR.beside(history), outputs, source=claims)
    with pytest.raises(InputError, match=r"nowhere\.837: cannot be read"):
        pipeline(VALIDATOR, {tmp_path / "x": "jsonl"}, source=tmp_path / "nowhere.837")
    with pytest.raises(InputError, match="chunk is 0"):
        pipeline(VALIDATOR, {tmp_path / "x": "jsonl"}, source=claims, chunk=0)
    with pytest.raises(InputError, match=r"a Validator is expected, not a str: give Validator\("):
        pipeline("zero", {tmp_path / "x": "jsonl"}, source=claims)
    with pytest.raises(InputError, match="give a mapping"):
        pipeline(VALIDATOR, tmp_path / "x", source=claims)
    assert not (tmp_path / "x").exists()
    assert claims.read_text() == "[]"


def test_a_mapping_is_a_claim_wherever_a_verdict_is_kept(tmp_path: Path) -> None:
    from claimcheck.io import out
    from claimcheck.report import Report

    openpyxl = pytest.importorskip("openpyxl")
    given = CLAIMS[0]
    result = VALIDATOR.validate(given)
    texts = []
    for claim in (given, Claim.from_dict(given)):
        for module in (out.jsonl, out.lines_csv, out.findings_csv, out.adjustments_csv, out.adjustments_jsonl):
            with module.write(tmp_path / "text") as writer:
                writer.add(claim, result)
            texts.append((tmp_path / "text").read_text())
        with out.lines_parquet.write(tmp_path / "parquet") as records:
            records.add(claim, result)
        texts.append((tmp_path / "parquet").read_bytes())
        with out.xlsx.write(tmp_path / "lines.xlsx") as workbook:
            workbook.add(claim, result)
        sheets = openpyxl.load_workbook(tmp_path / "lines.xlsx")
        texts.append([[cell.value for cell in row] for sheet in sheets for row in sheet.iter_rows()])
        report = Report()
        report.add(claim, result)
        texts.append(report.html().count("3044F"))
        with SqliteHistory(tmp_path / f"{len(texts)}.db", KEY) as stored:
            stored.record(claim, result)
            with stored.recording("x") as recording:
                recording.record(claim, result)
            texts.append(recorded(stored))
        with MemoryHistory() as memory:
            memory.record(claim, result)
            texts.append(recorded(memory))
    assert texts[: len(texts) // 2] == texts[len(texts) // 2 :]


def test_what_is_no_result_is_refused_wherever_one_is_kept(tmp_path: Path) -> None:
    from claimcheck.io import out
    from claimcheck.report import Report

    given = CLAIMS[0]
    with (
        out.jsonl.write(tmp_path / "text") as text,
        out.lines_parquet.write(tmp_path / "parquet") as parquet,
        SqliteHistory(tmp_path / "members.db", KEY) as stored,
        stored.recording("x") as recording,
    ):
        keepers = (text.add, parquet.add, Report().add, stored.record, recording.record, MemoryHistory().record)
        for keep in keepers:
            for wrong in (None, VALIDATOR.validate(given).to_dict()):
                with pytest.raises(InputError, match=r"a ClaimResult is expected, not a (NoneType|dict)"):
                    keep(given, wrong)


def test_outputs_of_your_own_are_committed_too(tmp_path: Path) -> None:
    class Counting:
        resumable = True
        count = 0

        def holds(self, mark: Any) -> bool:
            return True

        def begin(self, mark: Any = None) -> None:
            self.count = mark or 0

        def add(self, claim: Claim, result: ClaimResult) -> None:
            self.count += 1

        def mark(self) -> Any:
            return self.count

        def finish(self) -> None:
            pass

        def close(self) -> None:
            pass

    counts = []
    with SqliteHistory(tmp_path / "members.db", KEY) as history:
        for end in (True, False):
            own = Counting()
            try:
                with pipeline(VALIDATOR.beside(history), [own], source="x", chunk=3) as one:
                    assert isinstance(one, Pipeline)
                    for claim, _ in one.judge(CLAIMS):
                        if end and claim.claim_id == "C7":
                            raise Killed
            except Killed:
                pass
            counts.append(own.count)
    assert counts == [7, 11]
