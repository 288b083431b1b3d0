"""What is written of verdicts: nothing lost, nothing that a spreadsheet would run, nothing half written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import Claim, ClaimResult, Evidence, Source, Validator
from claimcheck.errors import InputError
from claimcheck.io import out
from claimcheck.io.out import cells, parquet
from claimcheck.io.out.records import Adjusted, Found, Judged, adjustments, findings, lines
from claimcheck.io.out.target import Sink
from claimcheck.visible import visible

Verdicts = list[tuple[Claim, ClaimResult]]

LINE = {"units": 1, "charge": "900.00", "service_date": "2024-07-15"}
CLAIMS = [
    {
        "claim_id": "A-1",
        "claim_type": "professional",
        "lines": [
            {**LINE, "procedure_code": "45378"},
            {**LINE, "procedure_code": "45380", "charge": "950.00"},
            {**LINE, "procedure_code": "3044F", "charge": "0.00"},
            {**LINE, "procedure_code": "JANE DOE", "charge": None},
        ],
    },
    {"claim_id": "=A-2", "claim_type": "professional", "lines": [{**LINE, "procedure_code": "99213"}]},
    {"claim_id": "\ud800", "lines": []},
    {},
]
TEXT_WRITERS = [out.jsonl, out.findings_csv, out.adjustments_csv, out.adjustments_jsonl]


@pytest.fixture(scope="module")
def verdicts() -> Verdicts:
    validator = Validator("zero")
    claims = [attrs.evolve(Claim.from_dict(claim), source=Source("in.jsonl", n)) for n, claim in enumerate(CLAIMS, 1)]
    claims[3] = Claim()
    return [(claim, validator.validate(claim)) for claim in claims]


def written(write: Callable[..., AbstractContextManager[Any]], verdicts: Verdicts) -> str:
    stream = io.StringIO()
    with write(stream) as writer:
        for claim, result in verdicts:
            writer.add(claim, result)
    return stream.getvalue()


def test_verdicts_come_back_equal_from_json_lines(verdicts: Verdicts) -> None:
    read = [ClaimResult.from_dict(json.loads(line)) for line in written(out.jsonl.write, verdicts).splitlines()]
    assert read == [result for _, result in verdicts]


def test_findings_as_csv_are_all_there(verdicts: Verdicts) -> None:
    rows = list(csv.DictReader(io.StringIO(written(out.findings_csv.write, verdicts), newline="")))
    expected = [(claim, finding) for claim, result in verdicts for finding in result.findings]
    assert len(rows) == len(expected) > 0
    for row, (claim, finding) in zip(rows, expected, strict=True):
        assert row["rule_id"] == finding.rule_id
        assert row["message"] == cells.safe(finding.message)
        assert row["line_number"] == ("" if finding.line_number is None else str(finding.line_number))
        assert Evidence(json.loads(row["evidence"])) == finding.evidence
        assert row["rarcs"].split() == list(finding.rarcs)
        assert (row["file"], row["row"]) == (("in.jsonl", str(claim.source.place)) if claim.source else ("", ""))


def test_adjustments_are_those_of_the_lines(verdicts: Verdicts) -> None:
    rows = list(csv.DictReader(io.StringIO(written(out.adjustments_csv.write, verdicts), newline="")))
    objects = [json.loads(line) for line in written(out.adjustments_jsonl.write, verdicts).splitlines()]
    expected = [
        (claim_result.claim_id, line.line_number, a.group_code, a.carc, list(a.rarcs), str(a.amount))
        for _, claim_result in verdicts
        for line in claim_result.lines
        for a in line.adjustments
    ]
    names = ("claim_id", "line_number", "group_code", "carc", "rarcs", "amount")
    assert [tuple(found[name] for name in names) for found in objects] == expected
    assert [(row["group_code"], row["carc"], row["amount"]) for row in rows] == [(e[2], e[3], e[5]) for e in expected]
    assert ("CO", "236", "900.00") in [(row["group_code"], row["carc"], row["amount"]) for row in rows]


def test_codes_that_are_none_are_not_written(verdicts: Verdicts) -> None:
    judged = [line for claim, result in verdicts for line in lines(claim, result)]
    assert [line.procedure_code for line in judged] == ["45378", "45380", "3044F", None, "99213"]
    assert all(
        "JANE" not in str(record)
        for verdict in verdicts
        for of in (findings, lines, adjustments)
        for record in of(*verdict)
    )


def as_record(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("module", "records", "kind"), [(out.findings_parquet, findings, Found), (out.lines_parquet, lines, Judged)]
)
def test_parquet_holds_the_records(module: Any, records: Any, kind: Any, verdicts: Verdicts, tmp_path: Path) -> None:
    import pyarrow.parquet

    path = tmp_path / "records.parquet"
    with module.write(path) as writer:
        for verdict in verdicts:
            writer.add(*verdict)
    stream = io.BytesIO()
    with module.write(stream) as writer:
        for verdict in verdicts:
            writer.add(*verdict)
    table = pyarrow.parquet.read_table(path)
    assert pyarrow.parquet.read_table(io.BytesIO(stream.getvalue())).equals(table)
    expected = [record._asdict() for verdict in verdicts for record in records(*verdict)]
    for row in expected:
        row["claim_id"] = row["claim_id"] and row["claim_id"].replace("\ud800", "\\ud800")
    assert [
        {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in table.to_pylist()
    ] == expected
    assert table.column_names == list(kind._fields)
    assert list(tmp_path.iterdir()) == [path]


def test_parquet_is_written_in_batches(verdicts: Verdicts, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet

    monkeypatch.setattr(parquet, "_BATCH", 2)
    stream = io.BytesIO()
    with out.lines_parquet.write(stream) as writer:
        for verdict in verdicts:
            writer.add(*verdict)
    file = pyarrow.parquet.ParquetFile(io.BytesIO(stream.getvalue()))
    assert (file.num_row_groups > 1, file.metadata.num_rows) == (True, 5)


def test_without_pyarrow_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=r"pip install 'claimcheck\[frames\]'"), out.lines_parquet.write(io.BytesIO()):
        pass


@pytest.mark.parametrize("module", TEXT_WRITERS)
def test_paths_and_streams_of_text_and_of_bytes_get_the_same(module: Any, verdicts: Verdicts, tmp_path: Path) -> None:
    text, path, data = written(module.write, verdicts), tmp_path / "out", io.BytesIO()
    for target in (path, data):
        with module.write(target) as writer:
            for verdict in verdicts:
                writer.add(*verdict)
    assert path.read_bytes() == data.getvalue() == text.encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("module", [*TEXT_WRITERS, out.lines_parquet])
def test_a_file_appears_when_it_is_whole_and_not_before(module: Any, verdicts: Verdicts, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("before")

    def interrupted() -> None:
        with module.write(path) as writer:
            writer.add(*verdicts[0])
            assert path.read_text() == "before"
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    assert [file.read_text() for file in tmp_path.iterdir()] == ["before"]


@pytest.mark.parametrize("module", TEXT_WRITERS)
def test_what_is_resumed_is_as_if_written_at_once(module: Any, verdicts: Verdicts, tmp_path: Path) -> None:
    path = tmp_path / "out"
    for part in (verdicts[:1], verdicts[1:]):
        with module.write(path, resume=True) as writer:
            for verdict in part:
                writer.add(*verdict)
    assert path.read_bytes() == written(module.write, verdicts).encode()


@pytest.mark.parametrize("module", [*TEXT_WRITERS, out.findings_parquet])
def test_a_place_that_cannot_be_written_is_said(module: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written: No such file"), module.write(tmp_path / "no" / "out"):
        pass


def test_a_full_disk_is_said_and_faults_of_a_callers_stream_are_his() -> None:
    class Full(io.BytesIO):
        def write(self, data: Any) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="out: cannot be written: No space left on device"):
        Sink(Full(), "out").write("text")
    with pytest.raises(OSError, match="No space left"):
        Sink(Full()).write("text")


RISKY = st.text(alphabet=st.sampled_from("=+-@\t\r\n＝＋－＠ 7a'\",|\x00"), max_size=6) | st.text(max_size=6)


@given(st.lists(RISKY | st.none() | st.integers() | st.tuples(RISKY) | st.decimals(allow_nan=False), min_size=1))
def test_no_cell_is_a_formula_and_every_cell_is_quoted(values: list[Any]) -> None:
    line = cells.row(values)
    [read] = csv.reader(io.StringIO(line, newline=""))
    assert len(read) == len(values)
    for cell, value in zip(read, values, strict=True):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
        plain = "" if value is None else visible(value[0] if isinstance(value, tuple) else str(value))
        assert cell.isprintable()
        assert cell in (plain, "'" + plain)
    assert line.startswith('"')
    assert line.endswith('"\n')


def test_a_claim_id_that_is_a_formula_is_text(verdicts: Verdicts) -> None:
    assert '"\'=A-2"' in written(out.findings_csv.write, verdicts)


def test_amounts_are_exact_in_parquet() -> None:
    assert parquet._plain(Decimal("1e15")) == Decimal("1e15")
    assert Adjusted._fields[-1] == "amount"
