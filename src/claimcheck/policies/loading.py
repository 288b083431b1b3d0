"""Turns policy files into dated values: what each file says, and how it changes the policies it extends.

A parameter that a file names replaces the inherited one. A list of named tables, such as the frequency limits, is added
to the inherited list on every date; one of its tables may replace an inherited one by name, and an entry the whole
list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

import attrs

from claimcheck import dates
from claimcheck.errors import PolicyError
from claimcheck.policies.files import PolicyFile, Refuse
from claimcheck.policies.kinds import shown
from claimcheck.policies.parameter import ValuesError, item_of, key_of, list_of, read

__all__ = ["Dated", "in_force", "parameters_of"]


@attrs.frozen
class Dated:
    """A value of a parameter, the date from which it is in force (None: always), and where it is written.

    `fields` are those written there, None if all are: what an entry leaves out has the parameter's default.
    """

    value: Any
    start: date | None
    reference: str
    fields: frozenset[str] | None = None


@attrs.frozen
class _Entry(Dated):
    """An entry of a file. `replace`: the list replaces the inherited one; `replaces`: which table replaces which."""

    replace: bool = False
    replaces: Mapping[str, str] = attrs.field(factory=dict)


def citing(value: Any, reference: str) -> Any:
    """The value of a parameter in which each named table says where it is written: its own reference, or its
    entry's."""
    field = list_of(type(value))
    if field is None or "reference" not in attrs.fields_dict(item_of(type(value))):
        return value
    tables = (one if one.reference else attrs.evolve(one, reference=reference) for one in getattr(value, field))
    return attrs.evolve(value, **{field: tuple(tables)})


def in_force(entries: Sequence[Any], day: date) -> Any:
    """The last entry that began by `day`; None if none did."""
    return next((entry for entry in reversed(entries) if entry.start is None or entry.start <= day), None)


def parameters_of(
    files: Sequence[PolicyFile], parameters: Iterable[type[Any]], refuse: Refuse
) -> dict[type[Any], tuple[Dated, ...]]:
    """The dated values of every parameter in the files, each of which extends the next."""
    return {parameter: _of(parameter, files, refuse) for parameter in parameters}


def _of(parameter: type[Any], files: Sequence[PolicyFile], refuse: Refuse) -> tuple[Dated, ...]:
    said = [file for file in files if key_of(parameter) in file.entries]
    dated: tuple[Dated, ...] = ()
    for file in reversed(said):
        adds = bool(dated) and list_of(parameter) is not None
        try:
            own = _entries(parameter, file, refuse, adds=adds)
            dated = _merged(parameter, dated, own, file) if adds else _alone(parameter, own, file) or dated
        except PolicyError as error:
            refuse(error)
    return dated or (Dated(parameter(), None, "the parameter's default", frozenset()),)


def _alone(parameter: type[Any], own: Sequence[_Entry], file: PolicyFile) -> tuple[Dated, ...]:
    """What the file says of a parameter that inherits nothing, or that replaces what it inherits."""
    for entry in own:
        for new, old in entry.replaces.items():
            raise _unknown(parameter, (), new, old, file)
    return tuple(Dated(entry.value, entry.start, entry.reference, entry.fields) for entry in own)


def _entries(parameter: type[Any], file: PolicyFile, refuse: Refuse, *, adds: bool) -> list[_Entry]:
    """The entries of one parameter in a file, in order; empty if one of them is refused."""
    key = key_of(parameter)
    faults: list[str] = []
    found = [_entry(parameter, given, faults, from_text=file.file is None) for given in file.entries[key]]
    if not faults:
        faults = list(_gaps_and_overlaps([start for start, _ in found], adds=adds))
    for fault in faults:
        refuse(PolicyError(fault, file=file.file, place=key))
    return [] if faults else [entry for _, entry in found if entry is not None]


def _gaps_and_overlaps(starts: Sequence[date | None], *, adds: bool) -> Iterator[str]:
    if starts[0] is not None and not adds:
        yield f"nothing is said before {starts[0]}: the first entry has no `from`, and reaches back to the beginning"
    for before, after in pairwise(starts):
        if after is None or (before is not None and after <= before):
            yield f"{_named(after)} overlaps the one before it: a later `from` is expected on each"


def _named(start: date | None) -> str:
    return f"the entry from {start or 'the beginning'}"


def _entry(
    parameter: type[Any], entry: Mapping[str, Any], faults: list[str], *, from_text: bool
) -> tuple[date | None, _Entry | None]:
    """One entry and its date; faults are added to `faults`. `from_text`: JSON has no dates."""
    given = dict(entry)
    start, reference = given.pop("from", None), given.pop("reference", None)
    replace = False if "replace" in attrs.fields_dict(parameter) else given.pop("replace", False)
    if from_text and isinstance(start, str):
        start = dates.read(start) or start
    if start is not None and type(start) is not date:
        faults.append(f"`from` is a date without quotes, such as 2021-06-01, not {shown(start)}")
        start = None
    own: list[str] = []
    if not isinstance(reference, str) or not reference.strip():
        faults.append(f"a `reference` is missing on {_named(start)}: text that says where the payer says so")
        reference = ""
    if type(replace) is not bool:
        own.append(f"replace: true or false is expected, not {shown(replace)}")
    elif replace and list_of(parameter) is None:
        own.append("replace: unknown here; what the file says of this parameter stands alone in any case")
    given, replaces = _without_replaces(parameter, given, own)
    value = None
    try:
        value = read(parameter, given)
    except ValuesError as error:
        own += error.reasons
    except (ValueError, TypeError) as error:
        own.append(str(error))
    faults += [f"{_named(start)}: {fault}" for fault in own]
    if own or value is None:
        return start, None
    return start, _Entry(citing(value, reference), start, reference, frozenset(given), bool(replace), replaces)


def _without_replaces(
    parameter: type[Any], given: dict[str, Any], faults: list[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The values without the `replaces` of their named tables, and these: old names by new ones."""
    field = list_of(parameter)
    items = given.get(field) if field is not None else None
    if field is None or not isinstance(items, (list, tuple)):
        return given, {}
    tables: list[Any] = []
    replaces: dict[str, str] = {}
    for item in items:
        if not isinstance(item, Mapping):
            tables.append(item)
            continue
        table = dict(item)
        old = table.pop("replaces", None)
        if old is not None and not isinstance(old, str):
            faults.append(f"{field}: replaces: the name of what is replaced is expected, not {shown(old)}")
        elif old is not None:
            replaces[str(table.get("name"))] = old
        tables.append(table)
    return {**given, field: tables}, replaces


def _merged(
    parameter: type[Any], below: tuple[Dated, ...], own: Sequence[_Entry], file: PolicyFile
) -> tuple[Dated, ...]:
    """What the extended policy says, `below`, with the file's additions on every date. PolicyError."""
    starts = {entry.start for entry in (*below, *own)}
    used: set[tuple[int, str]] = set()  # the entries, and the names they replaced
    merged = []
    for start in sorted(starts, key=lambda day: day or date.min):
        day = start or date.min
        inherited, added = in_force(below, day), in_force(own, day)
        if added is None or added.replace:
            said = added or inherited
            merged.append(Dated(said.value, start, said.reference, said.fields))
        else:
            used |= {(id(added), name) for name in _names(parameter, inherited) if name in added.replaces.values()}
            value, reference = _joined(parameter, inherited, added, file)
            merged.append(Dated(value, start, reference))
    for entry in own:
        for new, old in entry.replaces.items():
            if (id(entry), old) not in used:
                raise _unknown(parameter, below, new, old, file)
    return tuple(merged)


def _names(parameter: type[Any], said: Dated) -> list[str]:
    return [item.name for item in getattr(said.value, list_of(parameter) or "")]


def _joined(parameter: type[Any], inherited: Dated, added: _Entry, file: PolicyFile) -> tuple[Any, str]:
    """Both lists as one value, and its reference."""
    field, place = list_of(parameter) or "", key_of(parameter)
    replaced = added.replaces.values()
    kept = [item for item in getattr(inherited.value, field) if item.name not in replaced]
    own = getattr(added.value, field)
    for name in sorted({item.name for item in kept} & {item.name for item in own}):
        raise PolicyError(
            f"{field}: {shown(name)} is inherited already: give yours another name, or add replaces = {shown(name)} to "
            "take its place",
            file=file.file,
            place=place,
        )
    try:
        value = parameter(**{field: (*kept, *own)})
    except ValueError as error:
        raise PolicyError(f"{_named(added.start)}: {error}", file=file.file, place=place) from None
    references = [inherited.reference] * bool(kept) + [added.reference] * bool(own or not kept)
    return value, "; ".join(dict.fromkeys(references))


def _unknown(parameter: type[Any], below: tuple[Dated, ...], new: str, old: str, file: PolicyFile) -> PolicyError:
    known = dict.fromkeys(name for entry in below for name in _names(parameter, entry))
    near = get_close_matches(old, known, n=1)
    meant = f"did you mean {shown(near[0])}?" if near else f"inherited: {', '.join(map(shown, known)) or 'none'}"
    return PolicyError(
        f"{list_of(parameter)}: {shown(new)} replaces {shown(old)}, which is not inherited in its time; {meant}",
        file=file.file,
        place=key_of(parameter),
    )
