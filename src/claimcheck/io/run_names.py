"""Names of runs: one name for the same input, validated the same way into the same layouts."""

from __future__ import annotations

import json
import os.path
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path

from claimcheck.engine import Validator
from claimcheck.errors import InputError
from claimcheck.version import __version__

__all__ = ["digest_of", "is_name", "run_name"]

_BLOCK = 1 << 20


def digest_of(paths: Iterable[str | Path]) -> str:
    """A digest of the content of files, whatever their names.

    Raises:
        InputError: a file cannot be read.
    """
    total = blake2b(digest_size=16)
    for path in paths:
        one = blake2b(digest_size=16)
        try:
            with Path(path).open("rb") as file:
                while block := file.read(_BLOCK):
                    one.update(block)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or 'an unknown fault'}", file=str(path)) from None
        total.update(one.digest())
    return total.hexdigest()


def run_name(
    validator: Validator,
    source: str | Path | Sequence[str | Path],
    as_of: date | str | None,
    layouts: Sequence[str],
    chunk: int,
) -> str:
    """The name of a run: a digest of everything that its outputs and records depend on."""
    paths = [source] if isinstance(source, (str, Path)) else [*source]
    known_by = source if is_name(source) else digest_of(paths)
    names = [] if is_name(source) else [Path(path).name for path in paths]  # results name the file
    rules = [[rule.id, rule.severity] for rule in validator.rules]
    by = [validator.policy.hash, validator.tables.digest, rules, str(as_of), __version__]
    named = json.dumps([known_by, names, by, [*layouts], chunk])
    return blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def is_name(source: object) -> bool:
    """Whether the source is a given name rather than a file."""
    return isinstance(source, str) and not os.path.isfile(source)  # noqa: PTH113 - of any text, however long
