"""The files that a run of the command uses, so that it writes over none of them."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

from claimcheck.cli.inputs import STDIN
from claimcheck.cli.options import Options
from claimcheck.io.out import in_use
from claimcheck.io.out.in_use import Used, Written
from claimcheck.policies import Policy
from claimcheck.tables import Tables

__all__ = ["check_outputs", "written_to"]


def check_outputs(options: Options, files: Iterable[str], policy: Policy, tables: Tables) -> None:
    """Refuses an output that the run uses, before anything is touched. Every option that names a file belongs here.

    Raises:
        InputError: the output is an input, the mapping, the policy, a table, the history or its key, by whatever name.
    """
    in_use.check(
        written_to(options.output, options.findings, options.write_baseline), _used(options, files, policy, tables)
    )


def written_to(output: str | None, *beside: str | None) -> list[Written]:
    """The files to write to; standard output, which may also be a file, if `output` is not given."""
    found = [Written(file) for file in (output, *beside) if file is not None]
    if output is None:
        with suppress(io.UnsupportedOperation):  # for a stream that is not a file at all
            found.append(Written(sys.stdout.fileno()))
    return found


def _file_of(history: str) -> str:
    """The file of a history: itself, or the one in the URL of a SQLite database; otherwise ""."""
    scheme, is_url, rest = history.partition("://")
    if not is_url:
        return history
    return rest.removeprefix("/").partition("?")[0] if scheme.startswith("sqlite") else ""


def _used(options: Options, files: Iterable[str], policy: Policy, tables: Tables) -> Iterator[Used]:
    yield from (Used(file, "an input of this run") for file in files if file != STDIN)
    if options.mapping is not None:
        yield Used(options.mapping, "the mapping of this run")
    if options.baseline is not None:
        yield Used(options.baseline, "the baseline of this run")
    if options.config is not None:
        yield Used(options.config, "the file of this run's options")
    yield from in_use.policy_files(policy.paths)
    yield from in_use.store_files(tables.path)
    if options.history is not None:
        yield from in_use.history_files(_file_of(options.history))
    if options.history_key is not None:
        yield Used(options.history_key, "the key of the history of this run")
