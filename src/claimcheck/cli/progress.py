"""Progress on standard error: how far, how fast, and the remaining time. Only on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

__all__ = ["Tell", "judging", "steps"]

Tell = Callable[[int, Callable[[], int]], None]
"""Called with the bytes read, and a function that returns the lines validated."""

_OFTEN = 0.1  # seconds


@contextmanager
def judging(size: int, *, shown: bool, console: Console | None = None) -> Iterator[Tell]:
    """Reports the bytes read and lines validated during a run. `size` is the total input, 0 if unknown."""
    console = console or _console()
    if not (shown and console.is_terminal):
        yield _nothing
        return
    columns = (TextColumn("judging"), BarColumn(), TaskProgressColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=size or None, lines=0)
        next_time = 0.0

        def tell(done: int, lines: Callable[[], int]) -> None:
            nonlocal next_time
            now = time.monotonic()
            if now >= next_time:
                progress.update(task, completed=done, lines=lines())
                next_time = now + _OFTEN

        yield tell


@contextmanager
def steps(*, shown: bool, console: Console | None = None) -> Iterator[Callable[[str, int, int], None]]:
    """Reports a stage, how many of its steps are done, and how many there are."""
    console = console or _console()
    if not (shown and console.is_terminal):
        yield lambda _stage, _done, _total: None
        return
    with Progress(
        TextColumn("{task.description:<8}"),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as progress:
        tasks = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total)
            progress.update(tasks[stage], completed=done, total=total)

        yield tell


def _console() -> Console:
    """Standard error. FORCE_COLOR, which enables colors in a pipe, does not make it a terminal."""
    return Console(stderr=True, force_terminal=sys.stderr.isatty())


def _nothing(_done: int, _lines: Callable[[], int]) -> None:
    """Reports nothing."""


class _Rate(ProgressColumn):
    """Lines per second since the start."""

    def render(self, task: Task) -> Text:
        lines, elapsed = task.fields["lines"], task.elapsed or 0
        return Text(f"{lines:,} lines{f', {lines / elapsed:,.0f}/s' if elapsed >= 1 else ''}")
