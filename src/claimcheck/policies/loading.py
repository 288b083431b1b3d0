"""Turns policy files into dated values: what each file says, and how it changes the policies it extends.

A parameter that a file names replaces the inherited one. A list of named tables, such as the frequency limits, is added
to the inherited list on every date; one of its tables may replace an inherited one by name, and an entry the whole
list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs

from claimcheck import dates
from claimcheck.errors import PolicyError
from claimcheck.policies import files
from claimcheck.policies.choice import RuleChoice
from claimcheck.policies.dated import Dated, Entry, citing, entry_from
from claimcheck.policies.files import PolicyFile, Refuse
from claimcheck.policies.inheriting import alone, with_inherited
from claimcheck.policies.kind import shown
from claimcheck.policies.parameter import ValuesError, key_of, list_of, read
from claimcheck.policies.parameters import all_parameters

__all__ = ["said"]


def said(
    given: str | Path | Mapping[str, Any], name: str = "policy", refuse: Refuse = files.raised
) -> tuple[str, str, dict[type[Any], tuple[Dated, ...]], str, RuleChoice, tuple[str, ...]]:
    """What a policy and those it extends say: name, title, values, file, choice of rules, and the paths of all files.

    `given` is a name, a path, or the content of such a file, which is then called `name`.
    """
    parameters = all_parameters()
    chain = files.chain(given, {key_of(parameter) for parameter in parameters}, refuse, name=name)
    values = {parameter: _of(parameter, chain, refuse) for parameter in parameters}
    own = chain[0] if chain else files.NONE
    rules = RuleChoice()
    for file in reversed(chain):
        rules = rules.then(file.rules)
    paths = tuple(file.origin for file in chain if Path(file.origin).is_absolute())  # others are named in the library
    return own.name, own.title, values, own.file or "", rules, paths


def _of(parameter: type[Any], chain: Sequence[PolicyFile], refuse: Refuse) -> tuple[Dated, ...]:
    own_files = [file for file in chain if key_of(parameter) in file.entries]
    dated: tuple[Dated, ...] = ()
    for file in reversed(own_files):
        adds = bool(dated) and list_of(parameter) is not None
        try:
            own = _entries(parameter, file, refuse, adds=adds)
            dated = with_inherited(parameter, dated, own, file) if adds else alone(parameter, own, file) or dated
        except PolicyError as error:
            refuse(error)
    return dated or (Dated(parameter(), None, "the parameter's default", frozenset()),)


def _entries(parameter: type[Any], file: PolicyFile, refuse: Refuse, *, adds: bool) -> list[Entry]:
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
        first = "leave `from` out of the first entry, which then reaches back to the beginning"
        yield f"nothing is said before {starts[0]}: {first}"
    for before, after in pairwise(starts):
        if after is None or (before is not None and after <= before):
            yield f"{entry_from(after)} overlaps the one before it: a later `from` is expected on each"


def _entry(
    parameter: type[Any], entry: Mapping[str, Any], faults: list[str], *, from_text: bool
) -> tuple[date | None, Entry | None]:
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
        faults.append(f"a `reference` is missing on {entry_from(start)}: text that says where the payer says so")
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
    faults += [f"{entry_from(start)}: {fault}" for fault in own]
    if own or value is None:
        return start, None
    return start, Entry(citing(value, reference), start, reference, frozenset(given), bool(replace), replaces)


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
