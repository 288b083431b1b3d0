"""A pipeline in Python, as a user would write one, to be killed: INPUT, FOLDER of its outputs and history, KEY."""

from __future__ import annotations

import sys
from pathlib import Path

from claimcheck import SqliteHistory, Validator, pipeline
from claimcheck.io import read_claims


def main(source: str, folder: Path, key: Path) -> None:
    outputs = {
        folder / "verdicts.jsonl": "jsonl",
        folder / "lines.csv": "csv",
        folder / "findings.csv": "findings",
        folder / "adjustments.csv": "adjustments",
    }
    with (
        SqliteHistory(folder / "members.db", key.read_bytes()) as history,
        pipeline(Validator(history=history), outputs, source=source, chunk=100) as run,
    ):
        for _ in run.judge(read_claims(source)):
            pass


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
