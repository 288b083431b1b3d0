"""The logger `claimcheck` is silent unless asked, says what happened, and holds nothing of a member or a claim."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimcheck import MemoryHistory, Policy, Tables, Validator, validate_claims
from claimcheck.cli import command
from claimcheck.io import read_claims

CANARY = "QZXCANARY"
CLAIM = {
    "claim_id": f"{CANARY}-1",
    "claim_type": "professional",
    "member_id": f"{CANARY}-2",
    "birth_date": "1931-07-19",
    "sex": CANARY,
    "payer_id": CANARY,
    "billing_npi": CANARY,
    CANARY: CANARY,
    "diagnoses": [CANARY],
    "lines": [{"procedure_code": CANARY, "units": CANARY, "charge": CANARY, "description": CANARY}],
}


def said(caplog: pytest.LogCaptureFixture) -> str:
    """Everything of every record: the text, and what it was made of."""
    return "\n".join(f"{record.getMessage()} {record.args} {record.__dict__.get('extra')}" for record in caplog.records)


def test_what_happens_is_logged_and_nothing_of_a_claim(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG, "claimcheck")
    monkeypatch.setenv("CLAIMCHECK_TABLES", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claimcheck.toml").write_text("quiet = true\n")
    file = tmp_path / f"{CANARY}.jsonl"
    file.write_text(json.dumps(CLAIM) + "\n")
    history = MemoryHistory()
    claims = list(read_claims(file))
    list(validate_claims(claims, policy=Policy.load("zero"), tables=Tables.starter(), history=history))
    Validator(Policy.load("medicare").choosing(ignore=["NCCI"]), history=history).validate(CLAIM)
    for options in ([], ["--format", "jsonl"], ["--history", str(tmp_path / f"{CANARY}.db")]):
        CliRunner().invoke(command, ["check", str(file), str(tmp_path / f"no-{CANARY}.837"), *options])
    text = said(caplog)
    assert CANARY not in text
    assert "1931" not in text
    for event in (
        "policy zero loaded",
        "input read: 1 claims",
        "validator made: policy medicare",
        "run ended: 1 claims",
    ):
        assert event in text, text
    assert {record.name for record in caplog.records} == {"claimcheck"}
    warned = {record.getMessage() for record in caplog.records if record.levelno > logging.INFO}
    assert warned == {"the starter tables answer for 2024-07-01 to 2024-09-30 only"}  # of a pipeline


def test_a_store_says_that_it_was_opened(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    from claimcheck.tables.rows import PtpRow
    from tables.making import opened, reading

    caplog.set_level(logging.DEBUG, "claimcheck")
    import datetime

    opened(tmp_path, reading("ptp_practitioner", [PtpRow("11055", "11720", datetime.date(2020, 1, 1), None, 1, "")]))
    Tables.open(tmp_path)
    assert "tables opened: " in said(caplog)


def test_nobody_who_does_not_listen_hears_anything() -> None:
    code = (
        "from claimcheck import validate_claim, Policy; import logging; "
        "Policy.load('zero'); validate_claim({}); assert not logging.getLogger().handlers"
    )
    done: Any = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
