"""Policy files: finds one by name or path, reads its TOML, and follows what it extends.

A policy is a TOML file. A parameter is a list of entries, each in force from its date until the next one's; the first
has no `from` and has always been in force, so there is never a gap:

    extends = "default"

    [[category_ii.charge]]
    accepts = ["0.00"]
    allowed = "0.00"
    reference = "..."

    [[category_ii.charge]]
    from = 2021-06-01
    accepts = ["0.00", "0.01"]
    allowed = "0.01"
    reference = "..."

Faults in a file are `PolicyError`s passed to `refuse`, which raises the first or collects all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import attrs

from claimcheck import toml
from claimcheck.errors import PolicyError
from claimcheck.policies.choice import RuleChoice
from claimcheck.policies.keys import meant_by
from claimcheck.policies.kind import shown
from claimcheck.policies.named import by_name, names, nowhere

__all__ = ["NONE", "PolicyFile", "Refuse", "base_of", "chain", "raised"]

_HEAD = ("name", "title", "extends")
_RULES = "rules"
_EMPTY = 'it says nothing: `extends = "default"`, or a parameter such as [[category_ii.charge]], is expected'

Refuse = Callable[[PolicyError], None]
Entries = Mapping[str, list[dict[str, Any]]]


@attrs.frozen
class PolicyFile:
    """One policy as written: its own entries by parameter key, without those of the policy it extends.

    `file` is its name as written, None for a mapping; `origin` identifies the file, however it is named.
    """

    file: str | None
    origin: str
    name: str
    title: str
    extends: str | None
    entries: Entries
    rules: RuleChoice


#: What remains of a policy that cannot be read at all.
NONE = PolicyFile(None, "", "", "", None, {}, RuleChoice())


def raised(error: PolicyError) -> None:
    """Raises the error."""
    raise error


def chain(
    given: str | Path | Mapping[str, Any], known: Set[str], refuse: Refuse = raised, *, name: str = "policy"
) -> tuple[PolicyFile, ...]:
    """The policy, the one it extends, and so on; a missing one is refused first.

    `given` is a name, a path, or the content of such a file, which is then called `name`. `known` holds the keys of all
    parameters.
    """
    try:
        own = _of(given, None, name, known, refuse) if isinstance(given, Mapping) else _read(given, None, known, refuse)
    except PolicyError as error:
        refuse(error)
        return ()
    files = [own]
    while (wanted := files[-1].extends) is not None:
        by = files[-1]
        try:
            file = _read(wanted, by, known, refuse)
        except PolicyError as error:
            refuse(error)
            break
        if any(file.origin == earlier.origin for earlier in files):
            refuse(PolicyError("the policy extends itself", file=by.file, place="extends"))
            break
        files.append(file)
    return tuple(files)


def base_of(given: str | Path) -> tuple[str, str | Path] | None:
    """What the policy with that name or path extends, as it says and as it is loaded; None if it extends nothing.

    >>> base_of("zero"), base_of("default")
    (('default', 'default'), None)
    """
    own = _read(given, None, frozenset(), lambda _: None)
    if own.extends is None:
        return None
    return own.extends, own.extends if own.extends in names() else Path(own.file or "").parent / own.extends


def _read(wanted: str | Path, by: PolicyFile | None, known: Set[str], refuse: Refuse) -> PolicyFile:
    """The policy with that name or path; a path that the file `by` extends is relative to that file."""
    if isinstance(wanted, str) and (named := by_name().get(wanted)):
        owner, item = named
        return _parse(item.read_bytes(), item.name, f"{owner} {wanted}", known, refuse)
    path = Path(wanted) if by is None else Path(by.file or "").parent / wanted
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        reason = nowhere(str(wanted))
        if by is None:
            raise PolicyError(reason, file=str(wanted)) from None
        raise PolicyError(f"{wanted}: {reason}", file=by.file, place="extends") from None
    return _parse(content, str(path), str(path.resolve()), known, refuse)


def _parse(content: bytes, file: str, origin: str, known: Set[str], refuse: Refuse) -> PolicyFile:
    try:
        given = toml.read(content)
    except ValueError as error:
        raise PolicyError(str(error), file=file) from None
    return _of(given, file, Path(file).stem, known, refuse, origin=origin)


def _of(
    given: Mapping[str, Any], file: str | None, name: str, known: Set[str], refuse: Refuse, *, origin: str = ""
) -> PolicyFile:
    """The policy in a mapping of plain values, as TOML gives them."""
    head = {}
    for key in _HEAD:
        if key in given:
            if isinstance(given[key], str) and (given[key].strip() or key == "title"):
                head[key] = given[key]
            else:
                refuse(PolicyError(f"text is expected, not {shown(given[key])}", file=file, place=key))
    if not given.keys() - {"name", "title"}:
        refuse(PolicyError(_EMPTY, file=file))
    families = {family: parameters for family, parameters in given.items() if family not in (*_HEAD, _RULES)}
    return PolicyFile(
        file,
        origin,
        head.get("name", name),
        head.get("title", ""),
        head.get("extends"),
        _entries(families, file, known, refuse),
        _rules(given.get(_RULES, {}), file, refuse),
    )


def _rules(given: object, file: str | None, refuse: Refuse) -> RuleChoice:
    try:
        return RuleChoice.read(given, file=file)
    except PolicyError as error:
        refuse(PolicyError(error.reason, file=file, place=error.place))
        return RuleChoice()


def _entries(families: Mapping[str, Any], file: str | None, known: Set[str], refuse: Refuse) -> Entries:
    """The entries of every parameter, by key."""
    entries: dict[str, list[dict[str, Any]]] = {}
    for family, parameters in families.items():
        if not isinstance(parameters, Mapping):
            near = get_close_matches(str(family), (*_HEAD, _RULES), n=1)
            meant = f"did you mean {near[0]}?" if near else f"a policy holds {', '.join(_HEAD)} and parameters"
            refuse(PolicyError(f"unknown; {meant}", file=file, place=str(family)))
            continue
        for short, value in parameters.items():
            key = f"{family}.{short}"
            if key not in known:
                refuse(PolicyError(f"unknown parameter; {meant_by(key, known)}", file=file, place=key))
            elif not (isinstance(value, (list, tuple)) and value and all(isinstance(one, Mapping) for one in value)):
                refuse(PolicyError(f"a list of entries is expected: [[{key}]]", file=file, place=key))
            else:
                entries[key] = [dict(entry) for entry in value]
    return entries
