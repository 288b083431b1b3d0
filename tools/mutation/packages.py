"""What is mutated, and which tests must notice."""

from __future__ import annotations

from pathlib import Path

__all__ = ["LEFT_OUT", "PACKAGES", "modules", "nearest", "wider"]

ROOT = Path(__file__).parents[2]
SOURCE = Path("src/claimcheck")

#: By package, the tests that are to notice what a module's own do not.
PACKAGES = {
    "codes": ["tests/codes"],
    "rules": [
        "tests/rules",
        "tests/engine/test_needs.py",
        "tests/test_deck*.py",
        "tests/proof/test_against_oracle.py",
        "tests/proof/test_sweeps.py",
        "tests/test_totality.py",
    ],
    "engine": ["tests/engine", "tests/proof/test_against_oracle.py", "tests/proof/test_metamorphic.py", "tests/rules"],
    "history": ["tests/history", "tests/proof/test_against_oracle.py"],
    "policies": ["tests/policies", "tests/proof/test_sweeps.py", "tests/rules"],
}
#: They read whole official tables, or start many processes, and take longer than a mutant is worth.
LEFT_OUT = ("tests/codes/test_official_tables.py", "tests/history/test_benchmarks.py")


def modules(package: str, only: str | None = None) -> list[Path]:
    """The modules of a package that hold code, relative to the root; those whose path holds `only`."""
    found = sorted((ROOT / SOURCE / package).rglob("*.py"))
    paths = [path.relative_to(ROOT) for path in found if path.name != "__init__.py"]
    return [path for path in paths if only is None or only in str(path)]


def nearest(module: Path) -> list[str]:
    """The module's own tests and its doctests: most mutants die of these.

    The tests come first: pytest makes a module of its own of the file that it finds doctests in, unless that was
    imported already.
    """
    own = ROOT / "tests" / module.relative_to(SOURCE).parent / f"test_{module.name.removeprefix('_')}"
    return [*([str(own.relative_to(ROOT))] if own.exists() else []), str(module)]


def wider(package: str) -> list[str]:
    """The tests of the package: for those that survive the nearest."""
    return [*PACKAGES[package], *(f"--ignore={path}" for path in LEFT_OUT)]
