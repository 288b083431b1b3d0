"""No text of others steers a terminal, hides or is read in another order: file names, claim ids, arguments."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from claimcheck import Claim, InputError, validate_claim
from claimcheck.io import out, read_claims

#: An escape sequence, a C1 control that begins one, a line that is written over, a bidirectional override and isolate,
#: separators of lines and paragraphs, a zero-width space, a soft hyphen, a delete.
STEERING = "\x1b[2J\x9b31m\r\u202e\u2066\u2028\u2029\u200b\u00ad\x7f"
HOSTILE = f"A{STEERING}Z"
SHOWN = r"A\x1b[2J\x9b31m\r\u202e\u2066\u2028\u2029\u200b\xad\x7fZ"


def steering(text: str) -> set[str]:
    """What in a text is neither printable nor a line's end."""
    return {one for one in text if unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp", "Cs")} - {"\n"}


@pytest.fixture
def hostile(tmp_path: Path, clean: Any) -> Path:
    """A file of a hostile name, with a claim of a hostile id that has findings."""
    line = {**clean()["lines"][0], "units": 0}
    path = tmp_path / f"in {HOSTILE}.jsonl"
    path.write_text(json.dumps(clean(claim_id=HOSTILE, lines=[line])) + "\n")
    return path


def runs(folder: Path, hostile: Path) -> list[list[object]]:
    """Every command that says something of a name or a text that it is given."""
    kept, policy = folder / f"kept {HOSTILE}.jsonl", folder / f"own {HOSTILE}.toml"
    policy.write_text(f'name = "n\\u202e"\ntitle = "t\\u009b"\nextends = "zero"\n[nothing{1}]\n')
    good = folder / f"good {HOSTILE}.toml"
    good.write_text('name = "n\\u202e\\u001b"\ntitle = "t\\u009b"\nextends = "zero"\n')
    store = folder / f"store {HOSTILE}"
    missing = folder / f"no {HOSTILE}"
    text = folder / f"text {HOSTILE}.txt"
    text.write_text("Dear all")
    return [
        ["check", hostile, "--policy", good],
        *(["check", hostile, "--format", layout] for layout in ("jsonl", "csv", "findings", "adjustments", "html")),
        ["check", hostile, "--format", "html", "--show-claim-ids"],
        ["check", hostile, "--format", "jsonl", "-o", kept],
        ["check", missing, text, hostile.parent],
        ["check", hostile, "-o", missing / "out"],
        ["check", hostile, "--policy", policy],
        ["check", hostile, "--policy", HOSTILE],
        ["check", hostile, "--tables", missing],
        ["check", hostile, "--mapping", missing],
        ["check", hostile, "--columns", HOSTILE],
        ["check", hostile, "--as-of", HOSTILE],
        ["check", hostile, "--format", HOSTILE],
        ["check", hostile, "--severity", HOSTILE],
        ["check", hostile, "--select", HOSTILE],
        ["check", hostile, "--history", missing / "db"],
        ["check", hostile, "--history", folder / f"db{HOSTILE}", "--history-key", text],
        ["check", hostile, f"--{HOSTILE}"],
        [HOSTILE],
        [f"--{HOSTILE}"],
        ["replay", kept],
        ["replay", kept, "--policy", "zero"],
        ["replay", kept, "--policy", "zero", "--format", "csv"],
        ["replay", kept, "--policy", "zero", "--format", "jsonl"],
        ["replay", text, missing],
        ["explain", HOSTILE],
        ["tables", "add", text, missing, "--in", store],
        ["tables", "list", "--in", store],
        ["tables", "verify", "--in", store],
        ["policies", "show", good],
        ["policies", "show", HOSTILE],
        ["policies", "check", policy],
        ["policies", "check", good],
    ]


def test_no_command_hands_on_what_steers_a_terminal(invoke: Any, tmp_path: Path, hostile: Path) -> None:
    shown = 0
    for arguments in runs(tmp_path, hostile):
        result = invoke(*arguments)
        said = result.stdout + result.stderr
        assert steering(said) == set(), arguments
        shown += SHOWN in said
    assert shown > 20


def test_a_kept_verdict_of_others_does_not_either(invoke: Any, tmp_path: Path, demo: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    invoke("check", demo, "--format", "jsonl", "-o", kept)
    verdicts = [json.loads(line) for line in kept.read_text().splitlines()]
    for verdict in verdicts:
        verdict["claim_id"] = HOSTILE
        for line in verdict["lines"]:
            line["disposition"] = "review"
        for finding in verdict["findings"]:
            finding |= {"message": HOSTILE, "rule_name": HOSTILE, "source": HOSTILE}
    kept.write_text("".join(json.dumps(verdict) + "\n" for verdict in verdicts))
    result = invoke("replay", kept, "--policy", "zero")
    assert steering(result.stdout + result.stderr) == set()
    assert SHOWN in result.stdout


def test_what_is_styled_is_not_steered_by_others(invoke: Any, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import _NamedTextIOWrapper

    monkeypatch.setattr(_NamedTextIOWrapper, "isatty", lambda _: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "400")
    said = invoke("check", hostile).stdout
    assert "\x1b[1m" + SHOWN + "\x1b[0m" in said
    assert steering(said) == {"\x1b"}


def test_values_stay_what_they_are_in_json_and_are_escaped_in_csv() -> None:
    claim = Claim(claim_id=HOSTILE, claim_type="professional", lines=[{"procedure_code": "99213", "units": 0}])
    result = validate_claim(claim)
    texts = {}
    for module in (out.jsonl, out.findings_csv, out.lines_csv):
        stream = io.StringIO()
        with module.write(stream) as writer:
            writer.add(claim, result)
        texts[module] = stream.getvalue()
        assert steering(texts[module]) == set()
    assert json.loads(texts[out.jsonl])["claim_id"] == HOSTILE
    for module in (out.findings_csv, out.lines_csv):
        assert next(csv.DictReader(io.StringIO(texts[module])))["claim_id"] == SHOWN


def test_an_error_shows_the_name_and_keeps_it(tmp_path: Path) -> None:
    path = str(tmp_path / HOSTILE)
    with pytest.raises(InputError) as raised:
        list(read_claims(path))
    assert (raised.value.file, SHOWN in str(raised.value), steering(str(raised.value))) == (path, True, set())


def test_forced_colors_do_not_make_a_terminal_of_a_pipe(
    spawn: Any, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.setenv(name, "1")
    process = spawn("check", demo, "--format", "jsonl")
    out, said = process.communicate()
    assert (process.returncode, b"\x1b" in out + said) == (1, False)
