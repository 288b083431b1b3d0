"""`claimcheck check`: what is written, where, and what the exit code says."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest

from claimcheck import ClaimResult, Policy, Validator
from claimcheck.io import read_claims

AS_OF = "2024-10-01"
TEXTS = ("table", "jsonl", "csv", "findings", "adjustments", "adjustments-jsonl")
LAYOUTS = (*TEXTS, "parquet", "parquet-lines", "xlsx", "html")


@pytest.fixture
def expected(demo: Path) -> list[ClaimResult]:
    return list(Validator().validate_many([*read_claims(demo)], AS_OF))


# ---------------------------------------------------------------- layouts


def test_json_lines_are_the_verdicts(invoke: Any, demo: Path, expected: list[ClaimResult]) -> None:
    result = invoke("check", demo, "--as-of", AS_OF, "--format", "jsonl")
    assert [ClaimResult.from_dict(json.loads(line)) for line in result.stdout.splitlines()] == expected
    assert "5 claims, 12 lines" in result.stderr


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_a_row_for_every_line(invoke: Any, demo: Path, expected: list[ClaimResult]) -> None:
    rows = rows_of(invoke("check", demo, "--as-of", AS_OF, "--format", "csv").stdout)
    told = [(row["claim_id"], row["procedure_code"], row["service_date"], row["disposition"]) for row in rows]
    assert told == [
        (one.claim_id, line.procedure_code or "", str(line.service_date or ""), line.disposition)
        for one in expected
        for line in one.lines
    ]
    assert {row["file"] for row in rows} == {str(demo)}
    claims = {one.claim_id: one for one in expected}
    for row in rows:
        claim = claims[row["claim_id"]]
        assert row["claim_disposition"] == claim.disposition
        assert row["claim_complete"] == str(claim.complete)


def test_findings_hold_every_finding(invoke: Any, demo: Path, expected: list[ClaimResult]) -> None:
    rows = rows_of(invoke("check", demo, "--as-of", AS_OF, "--format", "findings").stdout)
    assert [row["message"] for row in rows] == [found.message for one in expected for found in one.findings]
    assert [row["procedure_code"] for row in rows] == [
        found.procedure_code or "" for one in expected for found in one.findings
    ]


@pytest.mark.parametrize(("layout", "jobs"), [("csv", 1), ("table", 1), ("jsonl", 2)])
def test_findings_are_written_beside_any_layout(
    invoke: Any, demo: Path, tmp_path: Path, layout: str, jobs: int
) -> None:
    given = ("check", demo, "--as-of", AS_OF, "--jobs", jobs)
    (tmp_path / "findings.csv").write_text("longer than what is to come" * 1_000)
    with_findings = invoke(*given, "--format", layout, "--findings", tmp_path / "findings.csv")
    assert (tmp_path / "findings.csv").read_text() == invoke(*given, "--format", "findings").stdout
    assert with_findings.stdout == invoke(*given, "--format", layout).stdout


def test_findings_beside_an_output_go_on_with_a_history(invoke: Any, demo: Path, tmp_path: Path) -> None:
    files = ("-o", tmp_path / "lines.csv", "--findings", tmp_path / "findings.csv")
    given = ("check", demo, "--as-of", AS_OF, "--format", "csv", *files, "--history", tmp_path / "members.db")
    invoke(*given)
    once = [(tmp_path / name).read_text() for name in ("lines.csv", "findings.csv")]
    invoke(*given)
    assert [(tmp_path / name).read_text() for name in ("lines.csv", "findings.csv")] == once
    assert len(rows_of(once[0])) == 12


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_the_suffix_says_how_to_write(
    invoke: Any, demo: Path, tmp_path: Path, expected: list[ClaimResult], jobs: int
) -> None:
    given = ("check", demo, "--as-of", AS_OF, "--jobs", jobs)
    invoke(*given, "-o", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    told = [row[5] for row in book["Lines"].iter_rows(values_only=True, min_row=2)]
    assert told == [line.procedure_code for one in expected for line in one.lines]
    assert invoke(*given, "-o", tmp_path / "out.HTML").stdout == ""
    assert (tmp_path / "out.HTML").read_text().startswith("<!doctype html>")
    invoke(*given, "-o", tmp_path / "lines.csv")
    assert len(rows_of((tmp_path / "lines.csv").read_text())) == len(told)
    invoke(*given, "-o", tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_text() == invoke(*given, "--format", "jsonl").stdout
    invoke(*given, "-o", tmp_path / "out.xlsx", "--format", "jsonl")
    assert (tmp_path / "out.xlsx").read_text().startswith("{")


def test_the_page_names_payer_policy_and_run_date(invoke: Any, demo: Path) -> None:
    page = invoke("check", demo, "--as-of", AS_OF, "--format", "html", "--payer", "Example & Sons").stdout
    assert "<dd>Example &amp; Sons</dd>" in page
    assert re.search(r"<dt>Run date</dt><dd>\d{4}-\d\d-\d\d</dd>", page)
    assert "<dt>Checked as if processed on</dt><dd>2024-10-01</dd>" in page
    assert Policy.load("default").title.replace("'", "&#39;") in page


def test_findings_are_not_written_over_what_is_read_or_written(invoke: Any, demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "claims.837"
    copy.write_bytes(demo.read_bytes())
    assert invoke("check", copy, "--findings", copy).exit_code == 2
    assert copy.read_bytes() == demo.read_bytes()
    said = invoke("check", demo, "-o", tmp_path / "out", "--findings", tmp_path / "." / "out")
    assert said.exit_code == 2
    assert "out: this file is written by this run already" in said.stderr


def test_adjustments_are_those_of_the_lines(invoke: Any, demo: Path, expected: list[ClaimResult]) -> None:
    adjusted = [
        (one.claim_id, adjustment.carc) for one in expected for line in one.lines for adjustment in line.adjustments
    ]
    as_csv = invoke("check", demo, "--as-of", AS_OF, "--format", "adjustments")
    assert [(row["claim_id"], row["carc"]) for row in csv.DictReader(io.StringIO(as_csv.stdout))] == adjusted
    as_json = invoke("check", demo, "--as-of", AS_OF, "--format", "adjustments-jsonl")
    assert [(row["claim_id"], row["carc"]) for row in map(json.loads, as_json.stdout.splitlines())] == adjusted


@pytest.mark.parametrize(("layout", "rows"), [("parquet", "findings"), ("parquet-lines", "lines")])
def test_parquet(invoke: Any, demo: Path, expected: list[ClaimResult], tmp_path: Path, layout: str, rows: str) -> None:
    invoke("check", demo, "--as-of", AS_OF, "--format", layout, "-o", tmp_path / "out.parquet")
    table = pyarrow.parquet.read_table(tmp_path / "out.parquet")
    assert table.num_rows == sum(len(getattr(one, rows)) for one in expected)


def test_parquet_goes_down_a_pipe_and_not_to_a_terminal(
    invoke: Any, demo: Path, expected: list[ClaimResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = invoke("check", demo, "--as-of", AS_OF, "--format", "parquet")
    table = pyarrow.parquet.read_table(io.BytesIO(result.stdout_bytes))
    assert table.num_rows == sum(len(one.findings) for one in expected)
    _terminal(monkeypatch)
    result = invoke("check", demo, "--format", "parquet")
    assert result.exit_code == 2
    assert "give -o OUT" in result.stderr


def test_the_page_masks_claim_ids_unless_told_otherwise(invoke: Any, demo: Path, tmp_path: Path) -> None:
    masked = invoke("check", demo, "--format", "html").stdout
    assert "<!doctype html>" in masked
    assert "COLONOSCOPY" not in masked
    invoke("check", demo, "--format", "html", "--show-claim-ids", "-o", tmp_path / "page.html")
    assert "COLONOSCOPY" in (tmp_path / "page.html").read_text()


def test_a_layout_whose_package_is_missing_says_what_to_install(
    invoke: Any, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "jinja2", None)
    for name in [name for name in sys.modules if name.startswith("claimcheck.report")]:
        monkeypatch.delitem(sys.modules, name)
    result = invoke("check", demo, "--format", "html")
    assert result.exit_code == 2
    assert "pip install 'claimcheck[report]'" in result.stderr


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_of_the_member_is_in_any_output(
    invoke: Any, demo: Path, canaries: tuple[str, ...], tmp_path: Path, layout: str
) -> None:
    out = tmp_path / "out"
    result = invoke("check", demo, "--as-of", AS_OF, "--format", layout, "-o", out)
    written = out.read_bytes() + result.stdout_bytes + result.stderr_bytes
    assert written
    assert [canary for canary in canaries if canary.encode() in written] == []


# ---------------------------------------------------------------- the table


def test_the_table_has_one_line_a_finding_and_what_repeats_at_the_end(
    invoke: Any, demo: Path, expected: list[ClaimResult]
) -> None:
    said = invoke("check", demo, "--as-of", AS_OF).stdout
    lines = said.splitlines()
    for one in expected:
        assert sum(line.startswith(f"{one.claim_id}  ") for line in lines) == 1
        for finding in one.findings:
            assert any(finding.rule_id in line and finding.message in line for line in lines)
            assert said.count(finding.source) == 1
    assert "\x1b" not in said
    assert lines[-1].startswith("To check these: ")


def test_quiet_leaves_out_what_has_no_findings(invoke: Any, claims: Any, clean: Any) -> None:
    path = claims(clean(1), {**clean(2), "lines": []})
    said = invoke("check", path, "--quiet").stdout
    assert "CLAIM-2" in said
    assert "CLAIM-1" not in said
    assert "Dispositions" not in said
    assert "2 claims" in said


def test_what_a_terminal_would_obey_is_shown_instead(invoke: Any, claims: Any, clean: Any) -> None:
    path = claims({**clean(), "claim_id": "A\x1b[2JB"})
    assert r"A\x1b[2JB" in invoke("check", path).stdout


def test_a_terminal_gets_colours_and_lines_that_fit(invoke: Any, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _terminal(monkeypatch)
    for width in (60, 100):
        monkeypatch.setenv("COLUMNS", str(width))
        import click

        said = invoke("check", demo, "--as-of", AS_OF).stdout
        findings = [line for line in click.unstyle(said).splitlines() if line.startswith("       ")]
        assert findings
        assert max(map(len, findings)) <= width


def test_lines_are_named_by_what_is_well_formed_on_them(invoke: Any, claims: Any, clean: Any) -> None:
    line = {"units": 1, "charge": "-5", "service_date": "2024-07-15"}
    lines = [
        {**line, "procedure_code": "99213", "modifiers": ["25", "##"]},
        {**line, "revenue_code": "9x9"},
        {**line, "revenue_code": "0450", "procedure_code": "99213"},
        {**line, "procedure_code": "SMITH"},
        {"units": 1},
    ]
    said = invoke("check", claims({**clean(), "lines": lines, "claim_id": None})).stdout
    assert "(no claim id)" in said
    for shown in ("99213-25-(malformed)", " (malformed) ", "0450 99213", "no code", "no charge", "-$5.00"):
        assert shown in said
    assert "SMITH" not in said


# ---------------------------------------------------------------- inputs


def test_many_files_patterns_and_standard_input_are_one_batch(invoke: Any, claims: Any, clean: Any) -> None:
    once = [{**clean()["lines"][0], "procedure_code": "3044F", "charge": "0.00"}]
    first = claims({**clean(1), "member_id": "M", "lines": once, "total_charge": "0.00"}, name="a.jsonl")
    second = claims({**clean(2), "member_id": "M", "lines": once, "total_charge": "0.00"}, name="b.jsonl")
    said = invoke("check", first.parent / "*.jsonl", "--format", "findings").stdout
    assert [row["claim_id"] for row in csv.DictReader(io.StringIO(said)) if row["carc"] == "119"] == ["CLAIM-2"]
    piped = invoke("check", first, "-", "--format", "findings", "--jobs", 2, stdin=second.read_bytes()).stdout
    assert piped == said.replace(str(second), "standard input")


def test_a_place_is_counted_in_what_the_file_is_made_of(invoke: Any, demo: Path, claims: Any, clean: Any) -> None:
    named = demo.read_bytes()
    assert "standard input, segment 18" in invoke("check", "-", stdin=named).stdout
    assert "a.json, record 1" in invoke("check", claims(clean(), name="a.json")).stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_read_once(invoke: Any, demo: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "claims.pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(pipe.write_bytes, demo.read_bytes())
        said = invoke("check", pipe, "--as-of", AS_OF, "--format", "csv").stdout
    assert rows_of(said) == [
        {**row, "file": str(pipe)} for row in rows_of(invoke("check", demo, "--as-of", AS_OF, "--format", "csv").stdout)
    ]


def test_files_of_one_name_are_shown_with_their_paths(invoke: Any, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    copy = tmp_path / "other" / demo.name
    copy.write_bytes(demo.read_bytes())
    said = invoke("check", demo, copy).stdout
    assert f"{copy}, segment " in said
    assert f"{demo}, segment " in said


def test_a_table_of_lines_is_read_as_its_mapping_says(invoke: Any, tmp_path: Path) -> None:
    table, mapping = tmp_path / "lines.csv.gz", tmp_path / "mapping.toml"
    table.write_bytes(gzip.compress(b"number;code;day\nA;3044F;2024-07-01\n"))
    mapping.write_text('name = "ours"\n[columns]\nnumber = "claim_id"\ncode = "procedure_code"\nday = "service_date"\n')
    result = invoke("check", table, "--mapping", mapping, "--format", "jsonl")
    verdict = json.loads(result.stdout)
    assert (verdict["claim_id"], len(verdict["lines"])) == ("A", 1)


# ---------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 0),
        (("--fail-on", "error"), 0),
        (("--fail-on", "warning"), 0),
        (("--require-complete",), 3),
    ],
)
def test_exit_code_of_a_claim_without_findings(
    invoke: Any, claims: Any, clean: Any, options: tuple[str, ...], code: int
) -> None:
    assert invoke("check", claims(clean()), *options).exit_code == code


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 0),
        (("--fail-on", "warning"), 0),
        (("--fail-on", "info"), 1),
        (("--fail-on", "info", "--require-complete"), 3),
    ],
)
def test_exit_code_of_a_claim_with_something_to_know(
    invoke: Any, claims: Any, clean: Any, options: tuple[str, ...], code: int
) -> None:
    line = {**clean()["lines"][0], "procedure_code": "2022F", "charge": "0.00"}
    path = claims({**clean(), "lines": [*clean()["lines"], {**line, "line_number": 2}]})
    assert invoke("check", path, *options).exit_code == code


@pytest.mark.parametrize(("options", "code"), [((), 1), (("--require-complete",), 3)])
def test_exit_code_of_errors(invoke: Any, demo: Path, options: tuple[str, ...], code: int) -> None:
    assert invoke("check", demo, *options).exit_code == code


def test_a_hyphen_is_standard_output(invoke: Any, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert invoke("check", demo, "--format", "csv", "-o", "-").stdout == invoke("check", demo, "--format", "csv").stdout
    for option in ("--findings", "--write-baseline"):
        result = invoke("check", demo, option, "-")
        assert (result.exit_code, "give a file here" in result.stderr) == (2, True)
    assert not list(tmp_path.iterdir())


def test_bad_files_do_not_stop_good_ones(invoke: Any, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Dear all")
    (tmp_path / "cut.837").write_bytes(demo.read_bytes()[:1500])
    files = [tmp_path / "missing.837", tmp_path / "notes.txt", tmp_path / "cut.837", "a\0b", tmp_path, demo]
    result = invoke("check", *files, "--require-complete")
    assert result.exit_code == 2
    assert "OUTPATIENT" in result.stdout
    told = [line for line in result.stderr.splitlines() if line.startswith("claimcheck: ")]
    assert len(told) == 6
    assert told[-1] == "claimcheck: 5 of 6 files could not be read"
    for name in ("missing.837", "notes.txt", "cut.837"):
        assert sum(str(tmp_path / name) in line for line in told) == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--policy", "no such policy"),
        ("--tables", "no/such/store"),
        ("--as-of", "yesterday"),
        ("-o", "no/such/folder/out"),
        ("--history", "no/such/folder/db"),
        ("--format", "poem"),
        ("--jobs", "0"),
    ],
)
def test_arguments_that_cannot_be_used(invoke: Any, demo: Path, options: tuple[str, ...]) -> None:
    result = invoke("check", demo, *options)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


# ---------------------------------------------------------------- output


def test_a_file_is_replaced_and_not_added_to(invoke: Any, demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("what was there before\n" * 10_000)
    invoke("check", demo, "--format", "jsonl", "-o", out)
    assert [json.loads(line)["claim_id"] for line in out.read_text().splitlines()][-1] == "OUTPATIENT"


def test_an_input_is_never_written_over(invoke: Any, demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "claims.837"
    copy.write_bytes(demo.read_bytes())
    result = invoke("check", copy, "-o", copy)
    assert result.exit_code == 2
    assert copy.read_bytes() == demo.read_bytes()


def test_a_full_disk_is_an_error_of_its_own(invoke: Any, demo: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    result = invoke("check", demo, "-o", "/dev/full")
    assert result.exit_code == 2
    assert "/dev/full: cannot be written: No space left on device" in result.stderr


def test_an_interruption_leaves_whole_records(
    invoke: Any, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from claimcheck.cli import outputs

    taken: list[str] = []

    def take(self: Any, piece: str) -> None:
        if len(taken) == 4:
            raise KeyboardInterrupt
        taken.append(piece)
        self.file.write(piece)

    monkeypatch.setattr(outputs.TextOutput, "take", take)
    result = invoke("check", demo, "--format", "jsonl", "-o", tmp_path / "out")
    assert result.exit_code == 130
    assert "claimcheck: interrupted" in result.stderr
    assert [json.loads(line)["claim_id"] for line in (tmp_path / "out").read_text().splitlines()] == [
        json.loads(piece)["claim_id"] for piece in taken if piece
    ]


@pytest.mark.parametrize("layout", ["parquet", "html"])
def test_what_is_whole_or_nothing_is_nothing_after_an_interruption(
    invoke: Any, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    from claimcheck.cli.summary import Summary

    def add(_self: Summary, _result: ClaimResult) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Summary, "add", add)
    assert invoke("check", demo, "--format", layout, "-o", tmp_path / "out").exit_code == 130
    assert list(tmp_path.iterdir()) == []


def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output says that it is a terminal, but for the writing that the runner of the tests sees."""
    from click.testing import _NamedTextIOWrapper

    monkeypatch.setattr(_NamedTextIOWrapper, "isatty", lambda _: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_what_is_no_file_is_said_so_that_it_can_be_mended(invoke: Any, demo: Path, tmp_path: Path) -> None:
    result = invoke("check", tmp_path, tmp_path / "none-*.837", tmp_path / "none.837", demo, "--quiet")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-4:] == [
        f"claimcheck: {tmp_path}: a folder: name the files in it, as in '{tmp_path / '*'}'",
        f"claimcheck: {tmp_path / 'none-*.837'}: no file matches this pattern",
        f"claimcheck: {tmp_path / 'none.837'}: cannot be read: No such file or directory",
        "claimcheck: 3 of 4 files could not be read",
    ]


def test_the_processing_date_is_a_date(invoke: Any, demo: Path) -> None:
    result = invoke("check", demo, "--as-of", "yesterday")
    assert result.exit_code == 2
    assert "Invalid value for '--as-of': a date is expected, as 2024-07-01" in result.stderr
