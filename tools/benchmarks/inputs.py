"""The files that workers read: the same claims in each shape, the official tables for those who join by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tools.benchmarks import official
from tools.benchmarks.generator import Generator, Reference, mappings, write_x12
from tools.benchmarks.generator.reference import default_folder

__all__ = ["Inputs", "Options"]

_DAY = "2024-08-15"  # of the generated quarter, in the middle


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    tables: Path
    folder: Path
    reference: Path = field(default_factory=default_folder)
    lines: int = 60_000
    frame_lines: int = 1_000_000
    x12_lines: int = 10_000
    rounds: int = 5
    seed: int = 1
    policy: str = "default"
    pythons: Sequence[str] = ()
    only: Sequence[str] = ()
    growth: bool = False


@dataclass(frozen=True)
class Inputs:
    """Files under the options' folder, each made when it is first asked for."""

    options: Options

    @cached_property
    def reference(self) -> Reference:
        """What the generator reads."""
        return Reference.load(self.options.reference)

    @cached_property
    def claims(self) -> list[dict[str, Any]]:
        """The claims as mappings."""
        generator = Generator.of_lines(self.reference, self.options.lines, self.options.seed)
        return [*mappings(generator.frame())]

    def of_type(self, claim_type: str | None) -> list[dict[str, Any]]:
        """The claims of one type, or all."""
        return [claim for claim in self.claims if claim_type is None or claim["claim_type"] == claim_type]

    def written(self, name: str, claims: Iterable[dict[str, Any]]) -> Path:
        """A file of JSON lines."""
        path = self.path(f"{name}.jsonl")
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(claim) + "\n" for claim in claims)
        return path

    @cached_property
    def jsonl(self) -> Path:
        """All claims as JSON lines."""
        return self.written("claims", self.claims)

    @cached_property
    def x12(self) -> Path:
        """Professional claims as one X12 file."""
        generator = Generator.of_lines(self.reference, self.options.x12_lines, self.options.seed)
        path = self.path("claims.837")
        with path.open("w", encoding="ascii") as file:
            write_x12(mappings(generator.frame()), file)
        return path

    @cached_property
    def parquet(self) -> Path:
        """The lines as Parquet, as many as are asked for frames; kept for the next time."""
        lines, seed = self.options.frame_lines, self.options.seed
        generator = Generator.of_lines(self.reference, lines, seed)
        return self._kept(f"lines-{lines}-{seed}.parquet", generator.write_parquet)

    @cached_property
    def ptp(self) -> tuple[Path, Path]:
        """The PTP edits as Parquet, and the pairs in force as text."""
        text = self.path("ptp.txt")
        parquet = self._kept(
            "ptp.parquet", lambda path: official.write_ptp(self.options.reference, path, text, active=_DAY)
        )
        return parquet, text

    @cached_property
    def mue(self) -> Path:
        """The MUE limits as Parquet."""
        return self._kept("mue.parquet", lambda path: official.write_mue(self.options.reference, path))

    @cached_property
    def stale_policy(self) -> Path:
        """The policy, but that it takes tables for a quarter after their last exact day."""
        path = self.path("stale.toml")
        path.write_text(
            f'title = "for benchmarks"\nextends = "{self.options.policy}"\n\n[[tables.accepted]]\n'
            'staleness_days = 92\nreference = "for benchmarks"\n'
        )
        return path

    def path(self, name: str) -> Path:
        """Where a file of this name goes."""
        self.options.folder.mkdir(parents=True, exist_ok=True)
        return self.options.folder / name

    def _kept(self, name: str, write: Callable[[Path], object]) -> Path:
        path = self.path(name)
        if not path.exists():
            unfinished = path.with_suffix(".part")
            write(unfinished)
            unfinished.rename(path)
        return path
