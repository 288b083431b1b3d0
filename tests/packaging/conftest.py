"""The wheel and the source distribution, built once, and fresh environments that hold them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

ROOT = Path(__file__).parents[2]
CLEAN = {
    name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "COV", "COVERAGE"))
}


@attrs.frozen
class Built:
    """The files that a release has."""

    wheel: Path
    sdist: Path


@attrs.frozen
class Environment:
    """A virtual environment of its own, which knows nothing of the checkout."""

    folder: Path

    def run(self, *command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment, in its folder unless another is given."""
        program, *arguments = map(str, command)
        return subprocess.run(
            [str(self.folder / "bin" / program), *arguments],
            cwd=cwd or self.folder,
            env={**CLEAN, "COLUMNS": "120"},
            capture_output=True,
            text=True,
            check=False,
        )

    def install(self, *packages: str | Path) -> None:
        """Installs packages, of which pip must find everything that they need."""
        done = self.run("pip", "install", "--quiet", "--disable-pip-version-check", *packages)
        assert done.returncode == 0, done.stderr


def python(*arguments: str) -> str:
    """Runs this Python in the checkout."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=CLEAN, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The source distribution, and the wheel built from it alone."""
    folder = tmp_path_factory.mktemp("dist")
    python("-m", "build", "--no-isolation", "--outdir", str(folder))
    [wheel], [sdist] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return Built(wheel, sdist)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Environment]:
    """Makes a virtual environment."""

    def make(name: str) -> Environment:
        folder = tmp_path_factory.mktemp(name)
        python("-m", "venv", str(folder))
        return Environment(folder)

    return make


@pytest.fixture(scope="session")
def installed(built: Built, fresh: Callable[[str], Environment]) -> Environment:
    """An environment with the wheel and what it needs, nothing else."""
    environment = fresh("installed")
    environment.install(built.wheel)
    return environment


@pytest.fixture(scope="session")
def testers(built: Built, fresh: Callable[[str], Environment]) -> Environment:
    """The environment of somebody who tests an application with claimcheck."""
    environment = fresh("testers")
    environment.install(f"{built.wheel}[cli]", "pytest", "hypothesis", "hatchling")
    return environment
