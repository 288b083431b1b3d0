"""Values read from a spelling other than claimcheck's own, with how they were read, which the claim reports.

Field readers return a `ReadAs` instead of the value. The constructors and `from_dict` unpack it: the value goes into
its field, and the note into `problems`, from which a rule makes a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

import attrs

from claimcheck.claims.unreadable import Problem

__all__ = ["ReadAs", "apart", "settling", "value_of"]


@attrs.frozen
class ReadAs:
    """A value and how it was read, as words that complete "read from": "a number", "a date as MM/DD/YYYY".

    `several`: the value is a tuple of items from one text. `modifiers` followed a procedure code in the same text.
    """

    value: Any
    how: str
    several: bool = False
    modifiers: tuple[Any, ...] = ()


def value_of(read: Any) -> Any:
    """The value alone, however it was read.

    >>> value_of(ReadAs("11", "a number")), value_of("11")
    ('11', '11')
    """
    return read.value if read.__class__ is ReadAs else read


def apart(given: dict[str, Any], within: str = "") -> dict[str, Any]:
    """Field values separated from how they were read, each note being one of `problems`.

    `within` is prefixed to field names there: the list of the claim that holds the value.

    >>> apart({"procedure_code": ReadAs("99213", "a number"), "units": 1})["problems"]
    (Problem(kind='read_as', field='procedure_code', detail='a number'),)
    """
    values, told = dict(given), []
    for name, read in given.items():
        if read.__class__ is ReadAs:
            values[name] = read.value
            told.append(Problem("read_as", field=f"{within}{name}", detail=read.how))
            if read.modifiers:
                others = value_of(given.get("modifiers", ()))
                values["modifiers"] = (*read.modifiers, *[one for one in others if one not in read.modifiers])
    values["problems"] = (*given.get("problems", ()), *told)
    return values


def settling(names: Iterable[str], within: str = "") -> Callable[[Any], None]:
    """A hook for a newly constructed value that unpacks the named fields, see `apart`."""
    of_fields = tuple(names)
    values = attrgetter(*of_fields)

    def settle(instance: Any) -> None:
        given = values(instance)
        if ReadAs in map(type, given):
            fields = {**dict(zip(of_fields, given, strict=True)), "problems": instance.problems}
            for name, value in apart(fields, within).items():
                object.__setattr__(instance, name, value)

    return settle
