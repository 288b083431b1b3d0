"""Policy files: finding one by name or path, reading its TOML, and following what it extends."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from difflib import get_close_matches
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import attrs

from claimcheck.errors import PolicyError
from claimcheck.extensions import extensions

__all__ = ["PolicyFile", "chain", "names"]

_HEAD = {"name", "title", "extends"}


@attrs.frozen
class PolicyFile:
    """One policy file as written: its own entries by parameter key, without those of the policy that it extends.

    `file` is its name as people wrote it; `origin` tells two files apart, however each is named.
    """

    file: str
    origin: str
    name: str
    title: str
    extends: str | None
    entries: Mapping[str, list[dict[str, Any]]]


def _library() -> Traversable:
    return resources.files("claimcheck.policies") / "library"


def names() -> tuple[str, ...]:
    """The names of the policies in the library, and of those that packages add through `claimcheck.policies`."""
    return tuple(sorted(_by_name()))


def _by_name() -> dict[str, tuple[str, Traversable]]:
    """Every named policy: whose it is, and its file. PolicyError where two have one name."""
    shelves = [("library", _library())]
    shelves += [(name, resources.files(package)) for name, package in extensions("claimcheck.policies")]
    found: dict[str, tuple[str, Traversable]] = {}
    for owner, folder in shelves:
        for item in folder.iterdir():
            if item.name.endswith(".toml"):
                name = item.name[:-5]
                if name in found:
                    raise PolicyError(f"both {found[name][0]} and {owner} have a policy of this name", file=item.name)
                found[name] = owner, item
    return found


def chain(name_or_path: str | Path, known: Set[str]) -> tuple[PolicyFile, ...]:
    """The file, the one that it extends, and so on. `known` holds the keys of all parameters."""
    files: list[PolicyFile] = []
    wanted: str | Path | None = name_or_path
    while wanted is not None:
        file = _read(wanted, files[-1] if files else None, known)
        if any(file.origin == earlier.origin for earlier in files):
            raise PolicyError("the policy extends itself", file=files[-1].file, place="extends")
        files.append(file)
        wanted = file.extends
    return tuple(files)


def _read(wanted: str | Path, by: PolicyFile | None, known: Set[str]) -> PolicyFile:
    """The policy of that name or path; a path that the file `by` extends is taken from where that file lies."""
    if isinstance(wanted, str) and (named := _by_name().get(wanted)):
        owner, item = named
        return _parse(item.read_bytes(), item.name, f"{owner} {wanted}", known)
    path = Path(wanted) if by is None else Path(by.file).parent / wanted
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        reason = _nowhere(str(wanted))
        if by is None:
            raise PolicyError(reason, file=str(wanted)) from None
        raise PolicyError(f"{wanted}: {reason}", file=by.file, place="extends") from None
    return _parse(content, str(path), str(path.resolve()), known)


def _nowhere(wanted: str) -> str:
    if wanted.endswith(".toml") or "/" in wanted:
        return "there is no such file that can be read"
    near = get_close_matches(wanted, names(), n=1)
    meant = f"{near[0]} was probably meant" if near else f"the library holds {', '.join(names())}"
    return f"found neither in the library nor as a file; {meant}"


def _parse(content: bytes, file: str, origin: str, known: Set[str]) -> PolicyFile:
    try:
        toml = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"not a TOML file: {error}", file=file) from None
    except RecursionError:
        raise PolicyError("not a policy: it is nested too deeply", file=file) from None
    for key in _HEAD & toml.keys():
        if not isinstance(toml[key], str):
            raise PolicyError("text is expected", file=file, place=key)
    rooms = {room: parameters for room, parameters in toml.items() if room not in _HEAD}
    name = toml.get("name", Path(file).stem)
    return PolicyFile(file, origin, name, toml.get("title", ""), toml.get("extends"), _entries(rooms, file, known))


def _entries(rooms: Mapping[str, Any], file: str, known: Set[str]) -> dict[str, list[dict[str, Any]]]:
    """The entries of every parameter, by key."""
    entries: dict[str, list[dict[str, Any]]] = {}
    for room, parameters in rooms.items():
        if not isinstance(parameters, dict):
            raise PolicyError(
                f"unknown; a policy holds {', '.join(sorted(_HEAD))} and parameters", file=file, place=room
            )
        for short, value in parameters.items():
            key = f"{room}.{short}"
            if key not in known:
                near = get_close_matches(key, sorted(known), n=1, cutoff=0.9)
                meant = f"{near[0]} was probably meant" if near else f"known are {', '.join(sorted(known))}"
                raise PolicyError(f"unknown parameter; {meant}", file=file, place=key)
            if not (isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value)):
                raise PolicyError(f"a list of entries is expected: [[{key}]]", file=file, place=key)
            entries[key] = value
    return entries
