"""The example application and the example extension, tested against the built wheel, and with bugs planted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import ROOT, Environment

pytestmark = pytest.mark.exhaustive

APPLICATION = ROOT / "examples" / "claims-app"
EXTENSION = ROOT / "examples" / "claims-rules"
PYTEST = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider")


def copy_of(example: Path, folder: Path) -> Path:
    return shutil.copytree(
        example, folder / example.name, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache", ".hypothesis")
    )


def test_the_application_passes_its_tests(testers: Environment, tmp_path: Path) -> None:
    done = testers.run(*PYTEST, cwd=copy_of(APPLICATION, tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "claimcheck: policy" not in done.stdout  # -q: no header


BUGS = {
    "a unit is forgotten": ('"units": 1', '"units": None', "STR301 on line 1"),
    "pointers count from zero": ('"diagnosis_pointers": [1]', '"diagnosis_pointers": [0]', "STR503 on line 1"),
    "the visit lacks its modifier": ('["25"] if visit.injection else []', "[]", "NCCI101 on line 1"),
    "a band ends too late": ("if result < 8:", "if result <= 8:", "CAT302 on line 3"),
    "a half is forgotten": (
        'yield "3078F" if diastolic < 80 else "3079F" if diastolic < 90 else "3080F", [], Decimal(diastolic)',
        "pass",
        "CAT304 on line 2",
    ),
    "the total leaves a line out": ("for line in lines)", "for line in lines[1:])", "STR501 on the claim"),
}


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_fails_a_test_that_names_line_and_rule(testers: Environment, tmp_path: Path, bug: str) -> None:
    good, bad, said = BUGS[bug]
    application = copy_of(APPLICATION, tmp_path)
    billing = application / "src" / "clinic_billing" / "billing.py"
    source = billing.read_text()
    assert source.count(good) == 1, "the bug has nowhere to go"
    billing.write_text(source.replace(good, bad))
    done = testers.run(*PYTEST, "-x", cwd=application)
    assert done.returncode == 1, done.stdout + done.stderr
    assert said in done.stdout


def test_the_extension_passes_its_tests(testers: Environment, tmp_path: Path) -> None:
    extension = copy_of(EXTENSION, tmp_path)
    testers.install("--no-build-isolation", "--no-deps", extension)
    try:
        done = testers.run(*PYTEST, cwd=extension)
        assert done.returncode == 0, done.stdout + done.stderr
        said = testers.run("claimcheck", "explain", "ACME-101").stdout
        assert said.startswith("ACME-101 acme-telehealth-place")
        assert "acme_2025" in testers.run("claimcheck", "policies", "list").stdout
    finally:
        testers.run("pip", "uninstall", "--yes", "--quiet", "acme-claims")
