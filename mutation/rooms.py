"""What is mutated, and which tests must notice."""

from __future__ import annotations

from pathlib import Path

__all__ = ["ROOMS", "modules", "tests_of"]

ROOT = Path(__file__).parent.parent
SOURCE = Path("src/claimcheck")

#: By room, the folders of tests that are to notice, beside the module's own tests and its doctests.
ROOMS = {
    "codes": ["tests/codes"],
    "rules": [
        "tests/rules",
        "tests/proof/test_against_oracle.py",
        "tests/proof/test_sweeps.py",
        "tests/test_totality.py",
    ],
    "engine": ["tests/engine", "tests/proof/test_against_oracle.py", "tests/proof/test_metamorphic.py", "tests/rules"],
    "history": ["tests/history", "tests/proof/test_against_oracle.py"],
    "policies": ["tests/policies", "tests/proof/test_sweeps.py", "tests/rules"],
}
#: They read whole official tables, and take longer than a mutant is worth.
LEFT_OUT = ["tests/codes/test_official_tables.py", "tests/history/test_benchmarks.py"]


def modules(room: str, only: str | None = None) -> list[Path]:
    """The modules of a room that hold code, relative to the root; those whose path holds `only`."""
    found = sorted((ROOT / SOURCE / room).rglob("*.py"))
    paths = [path.relative_to(ROOT) for path in found if path.name != "__init__.py"]
    return [path for path in paths if only is None or only in str(path)]


def tests_of(module: Path, room: str) -> list[str]:
    """The module's own tests first, so that most mutants die at once, and then those of its room."""
    own = ROOT / "tests" / module.relative_to(SOURCE).parent / f"test_{module.name}"
    first = [str(own.relative_to(ROOT))] if own.exists() else []
    ignored = [f"--ignore={path}" for path in LEFT_OUT]
    return [str(module), *first, *ROOMS[room], *ignored]
