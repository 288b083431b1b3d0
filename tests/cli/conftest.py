"""What the tests of the command line share."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from claimcheck.cli import command

SOURCE = Path(__file__).parent.parent.parent / "src"

#: What the demo's file says of its member, and must stand in no output.
CANARIES = ("EX0000001", "MARY", "19600101", "1960-01-01")


@pytest.fixture(autouse=True)
def nobodys_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the tables of whoever runs it."""
    monkeypatch.setenv("CLAIMCHECK_TABLES", str(tmp_path / "nobodys-store"))


@pytest.fixture
def demo() -> Path:
    """The demo's file."""
    return Path(str(resources.files("claimcheck.demo") / "example.837"))


@pytest.fixture
def invoke() -> Callable[..., Result]:
    """Runs a command in this process."""

    def run(*arguments: object, stdin: bytes | str | None = None) -> Result:
        result = CliRunner().invoke(command, [str(argument) for argument in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def spawn() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a command in a process of its own, which is not measured.

    A signal that falls into a lock of the measurement would hang it for good.
    """

    def start(*arguments: object, **given: Any) -> subprocess.Popen[bytes]:
        unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}
        environment = {**unmeasured, "PYTHONPATH": str(SOURCE)}
        return subprocess.Popen(
            [sys.executable, "-m", "claimcheck", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            **given,
        )

    return start


def clean_claim(number: int = 1, **fields: Any) -> dict[str, Any]:
    """A claim on which no rule finds an error or a warning, and whose member is a canary."""
    line = {
        "procedure_code": "99213",
        "line_number": 1,
        "units": 1,
        "charge": "125.00",
        "service_date": "2024-07-15",
        "diagnosis_pointers": [1],
    }
    return {
        "claim_id": f"CLAIM-{number}",
        "claim_type": "professional",
        "payer_id": "60054",
        "member_id": f"EX0000001-{number}",
        "birth_date": "1960-01-01",
        "sex": "F",
        "billing_npi": "1234567893",
        "rendering_npi": "1003000126",
        "place_of_service": "11",
        "frequency_code": "1",
        "diagnoses": ["E11.9"],
        "lines": [line],
        "total_charge": "125.00",
        "received_date": "2024-09-01",
        **fields,
    }


@pytest.fixture
def claims(tmp_path: Path) -> Callable[..., Path]:
    """Writes claims to a file of JSON Lines."""

    def write(*given: dict[str, Any], name: str = "claims.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(claim) + "\n" for claim in given))
        return path

    return write


@pytest.fixture
def clean() -> Callable[..., dict[str, Any]]:
    """Makes a claim on which no rule finds an error or a warning."""
    return clean_claim


@pytest.fixture
def canaries() -> tuple[str, ...]:
    """What must stand in no output."""
    return CANARIES
