"""Every door that needs an extra says which one, where its packages are not installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib

import pytest

from claimcheck.extras import PACKAGES

from .conftest import ROOT

pytestmark = pytest.mark.extended

BLOCKED = """
import sys
blocked = set({blocked!r})
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Blocker())
try:
    {code}
except Exception as error:
    print(type(error).__name__, isinstance(error, __import__("claimcheck.errors").errors.ClaimcheckError), error)
"""

PARQUET = (
    "from claimcheck.io import read_claims; import io; list(read_claims(io.BytesIO(b'PAR1' * 9), name='a.parquet'))"
)
WORKBOOK = "from claimcheck.tables.store import add; add(['{book}'], '{folder}')"
DOORS = [
    ("import claimcheck.cli", "click", "cli"),
    ("import claimcheck.cli", "rich", "cli"),
    ("import claimcheck.frames", "polars", "frames"),
    ("import claimcheck.frames", "narwhals", "frames"),
    ("import claimcheck.frames", "pyarrow", "frames"),
    ("from claimcheck.frames.validating import validate_frame", "polars", "frames"),
    ("import claimcheck.tables.bulk", "numpy", "frames"),
    ("import claimcheck.spark", "pyspark", "spark"),
    ("import claimcheck.spark", "polars", "spark"),
    ("import claimcheck.report", "jinja2", "report"),
    ("from claimcheck.history.sql import SqlHistory", "sqlalchemy", "sql"),
    ("import claimcheck.testing.strategies", "hypothesis", "testing"),
    (PARQUET, "pyarrow", "frames"),
    (
        "from claimcheck.io import out; out.findings_parquet.write('{folder}/x.parquet').__enter__()",
        "pyarrow",
        "frames",
    ),
    (WORKBOOK, "openpyxl", "excel"),
    ("from claimcheck.frames import results_frame; results_frame([], backend='pandas')", "pandas", "pandas"),
]


def said(code: str, blocked: str, folder: str) -> str:
    filled = code.replace("{folder}", folder).replace("{book}", f"{folder}/book.xlsx")
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED.format(blocked=[blocked], code=filled)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("code", "blocked", "extra"), DOORS, ids=[f"{one[0][:40]} {one[1]}" for one in DOORS])
def test_a_door_says_which_extra_it_needs(code: str, blocked: str, extra: str, tmp_path) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    text = said(code, blocked, str(tmp_path))
    assert f"pip install 'claimcheck[{extra}]'" in text
    assert blocked in text
    assert " True " in text, "it is one of our errors"


@pytest.mark.parametrize("blocked", ["click", "rich"])
def test_the_command_says_so_too(blocked: str) -> None:
    lines = (
        "from claimcheck.__main__ import main",
        "try:",
        "    main()",
        "except SystemExit as end:",
        "    print(end)",
    )
    code = "\n    ".join(lines)
    assert "pip install 'claimcheck[cli]'" in said(code, blocked, "")


def test_a_page_without_its_extra_is_refused_by_the_command(tmp_path) -> None:
    code = (
        "from claimcheck.cli import command; from importlib import resources; "
        "command(['check', str(resources.files('claimcheck.demo') / 'example.837'), '--format', 'html', "
        f"'-o', '{tmp_path}/x.html'], standalone_mode=False)"
    )
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED.format(blocked=["jinja2"], code=code)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert "pip install 'claimcheck[report]'" in done.stdout + done.stderr


def test_an_unknown_missing_module_is_told_as_it_is() -> None:
    from claimcheck.extras import extra

    with pytest.raises(ModuleNotFoundError, match="no_such_package") as caught, extra("frames"):
        import no_such_package  # type: ignore[import-not-found]  # noqa: F401
    assert type(caught.value) is ModuleNotFoundError


def _wanted(name: str, extras: dict[str, list[str]]) -> list[str]:
    """What an extra wants, with what the extras want that it names."""
    of_others = [f"claimcheck[{other}]" for other in extras]
    return [
        one
        for each in extras[name]
        for one in (_wanted(each[len("claimcheck[") : -1], extras) if each in of_others else [each])
    ]


def test_the_packages_are_those_of_the_project() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    for name, modules in PACKAGES.items():
        texts = " ".join(_wanted(name, wanted))
        for module in modules:
            assert module in texts, (name, module)
