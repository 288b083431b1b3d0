"""Policy files: finding one by name or path, reading its TOML, and following what it extends."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import attrs

from claimcheck.errors import PolicyError

__all__ = ["PolicyFile", "chain", "names"]

_HEAD = {"name", "title", "extends"}


@attrs.frozen
class PolicyFile:
    """One policy file as written: its own entries by parameter key, without those of the policy that it extends."""

    file: str
    name: str
    title: str
    extends: str | None
    entries: Mapping[str, list[dict[str, Any]]]


def _library() -> Traversable:
    return resources.files("claimcheck.policies") / "library"


def names() -> tuple[str, ...]:
    """The names of the policies in the library."""
    return tuple(sorted(item.name[:-5] for item in _library().iterdir() if item.name.endswith(".toml")))


def chain(name_or_path: str | Path, known: Set[str]) -> tuple[PolicyFile, ...]:
    """The file, the one that it extends, and so on. `known` holds the keys of all parameters."""
    files: list[PolicyFile] = []
    wanted: str | Path | None = name_or_path
    beside: Path | None = None
    while wanted is not None:
        file, beside = _open(wanted, beside, known)
        if any(file.file == earlier.file for earlier in files):
            raise PolicyError("the policy extends itself", file=file.file, place="extends")
        files.append(file)
        wanted = file.extends
    return tuple(files)


def _open(wanted: str | Path, beside: Path | None, known: Set[str]) -> tuple[PolicyFile, Path | None]:
    if isinstance(wanted, str) and wanted in names():
        resource = _library() / f"{wanted}.toml"
        return _parse(resource.read_bytes(), f"{wanted}.toml", wanted, known), None
    path = Path(wanted)
    if beside is not None and not path.is_absolute():
        path = beside / path
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        raise PolicyError(
            f"found neither in the library ({', '.join(names())}) nor as a file", file=str(wanted)
        ) from None
    return _parse(content, str(path), path.stem, known), path.parent


def _parse(content: bytes, file: str, name: str, known: Set[str]) -> PolicyFile:
    try:
        toml = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"not a TOML file: {error}", file=file) from None
    for key in _HEAD & toml.keys():
        if not isinstance(toml[key], str):
            raise PolicyError("text is expected", file=file, place=key)
    entries: dict[str, list[dict[str, Any]]] = {}
    for room, parameters in toml.items():
        if room in _HEAD:
            continue
        if not isinstance(parameters, dict):
            raise PolicyError(
                f"unknown; a policy holds {', '.join(sorted(_HEAD))} and parameters", file=file, place=room
            )
        for short, value in parameters.items():
            key = f"{room}.{short}"
            if key not in known:
                raise PolicyError(f"unknown parameter; known are {', '.join(sorted(known))}", file=file, place=key)
            if not (isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value)):
                raise PolicyError(f"a list of entries is expected: [[{key}]]", file=file, place=key)
            entries[key] = value
    return PolicyFile(file, toml.get("name", name), toml.get("title", ""), toml.get("extends"), entries)
