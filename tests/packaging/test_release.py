"""What is released: complete, without what is not ours to give, and working where nothing else is."""

from __future__ import annotations

import json
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

from .conftest import ROOT, Built, Environment

pytestmark = pytest.mark.exhaustive

DATA = (
    "py.typed",
    "policies/library/default.toml",
    "tables/starter/category_ii.csv",
    "tables/starter/ptp.csv",
    "demo/example.837",
)


def names_in(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as file:
        return file.namelist()


def test_the_wheel_holds_all_that_the_package_needs(built: Built) -> None:
    names = set(names_in(built.wheel))
    source = ROOT / "src"
    files = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    wanted = {name for name in files if "__pycache__" not in name and ".egg-info" not in name}
    assert wanted <= names
    assert {f"claimcheck/{name}" for name in DATA} <= names
    assert any(name.endswith("licenses/NOTICE") for name in names)


def test_nothing_else_is_in_the_wheel(built: Built) -> None:
    """No official table among it: those are fetched by their users, under the licences of their publishers."""
    names = names_in(built.wheel)
    strange = [name for name in names if not re.match(r"claimcheck(-[^/]+\.dist-info)?/", name)]
    assert strange == []
    kinds = {Path(name).suffix for name in names}
    assert kinds <= {".py", ".typed", ".toml", ".csv", ".837", ".txt", ".css", ".html", ".js", "", ".md"}
    assert built.wheel.stat().st_size < 1_000_000


def test_the_source_distribution_holds_tests_and_documents(built: Built) -> None:
    with tarfile.open(built.sdist) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    assert {"README.md", "CHANGELOG.md", "LICENSE", "NOTICE", "CONTRIBUTING.md", "pyproject.toml"} <= names
    assert {"docs/concepts.md", "tests/conftest.py", "examples/claims-app/pyproject.toml"} <= names


def test_claimcheck_needs_attrs_and_regex_only(installed: Environment) -> None:
    listed = json.loads(installed.run("pip", "list", "--format=json", "--disable-pip-version-check").stdout)
    assert {package["name"] for package in listed} - {"pip", "setuptools"} == {"attrs", "claimcheck", "regex"}


SMOKE = """
import sys, claimcheck
lines = [{"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}]
result = claimcheck.validate_claim({"claim_type": "professional", "lines": lines}, policy="zero")
assert result.lines[0].disposition == "report_only", result
ours = {"claimcheck", "attr", "attrs", "regex"}
files = {name.partition(".")[0]: getattr(module, "__file__", None) for name, module in sys.modules.items()}
outside = {name for name, file in files.items() if file and "site-packages" in file}
assert outside - {"_distutils_hack"} == ours, outside
print(claimcheck.__version__)
"""


def test_a_claim_is_judged_where_nothing_else_is_installed(installed: Environment) -> None:
    done = installed.run("python", "-W", "error", "-c", SMOKE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in (ROOT / "src/claimcheck/version.py").read_text()


def test_the_command_line_says_what_it_needs(installed: Environment) -> None:
    done = installed.run("claimcheck", "demo")
    assert done.returncode != 0
    assert "claimcheck[cli]" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_runs(testers: Environment) -> None:
    done = testers.run("claimcheck", "demo")
    assert done.returncode == 0, done.stderr
    assert "denied" in done.stdout
    assert "NCCI101" in done.stdout


def test_the_test_kit_loads_no_more_than_it_must(installed: Environment) -> None:
    code = "import sys, claimcheck.testing; assert not {'hypothesis', 'pytest', 'attr'} & sys.modules.keys()"
    done = installed.run("python", "-c", code)
    assert done.returncode == 0, done.stderr


FROM_TYPE = """
from hypothesis import find, strategies as st
from claimcheck import Claim
print(len(find(st.from_type(Claim), lambda claim: True).lines))
"""


def test_hypothesis_makes_claims_by_itself(testers: Environment) -> None:
    done = testers.run("python", "-W", "error", "-c", FROM_TYPE)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 1


def test_pytest_knows_the_options_by_itself(testers: Environment) -> None:
    assert "--claimcheck-policy" in testers.run("python", "-m", "pytest", "--help").stdout
