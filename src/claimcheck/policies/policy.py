"""A policy: what one payer decides, as dated values with a reference on each.

A policy is a TOML file. A parameter is a list of entries, each in force from its date until the next one's; the
first has no `from` and reaches back to the beginning, so that there is never a gap:

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

>>> from claimcheck.policies.parameters import category_ii
>>> policy = Policy.load("penny_from_2021_06_01")
>>> policy.on(date(2021, 5, 31))[category_ii.Charge].allowed, policy.on(date(2021, 6, 1))[category_ii.Charge].allowed
(Decimal('0.00'), Decimal('0.01'))
>>> Policy.load("nowhere")  # doctest: +ELLIPSIS
Traceback (most recent call last):
    ...
claimcheck.errors.PolicyError: nowhere: found neither in the library nor as a file; the library holds ...default...
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import attrs

from claimcheck.errors import PolicyError
from claimcheck.policies import files
from claimcheck.policies.parameter import key_of, read
from claimcheck.policies.parameters import all_parameters
from claimcheck.policies.spans import CodeSpans

__all__ = ["Dated", "Policy", "PolicyOn"]

P = TypeVar("P")


@attrs.frozen
class Dated:
    """A value of a parameter, the day it is in force from (None: always was), and where that is written."""

    value: Any
    start: date | None
    reference: str


@attrs.frozen
class PolicyOn:
    """A policy as of one day: `policy_on[Parameter]` is the parameter's value on it, its default where it has none."""

    name: str
    _values: Mapping[type[Any], Any] = attrs.field(repr=False)

    def __getitem__(self, parameter: type[P]) -> P:
        try:
            value: P = self._values[parameter]
        except KeyError:  # of a rule that is tried out, and not installed
            value = parameter()
        return value


@attrs.frozen(eq=False)
class Policy:
    """What one payer decides. Load one by name or file, look at a day with `on`, vary it with `replace`."""

    name: str
    title: str
    parameters: Mapping[type[Any], tuple[Dated, ...]] = attrs.field(repr=False)
    source: str = attrs.field(default="", repr=False)
    boundaries: tuple[date, ...] = attrs.field(init=False, repr=False)
    _days: dict[int, PolicyOn] = attrs.field(init=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        starts = {entry.start for entries in self.parameters.values() for entry in entries}
        object.__setattr__(self, "boundaries", tuple(sorted(start for start in starts if start is not None)))

    @classmethod
    def load(cls, name_or_path: str | Path) -> Policy:
        """The policy of that name in the library, or in that TOML file. PolicyError says file, key and reason."""
        chain = files.chain(name_or_path, known={key_of(parameter) for parameter in all_parameters()})
        parameters: dict[type[Any], tuple[Dated, ...]] = {}
        for parameter in all_parameters():
            key = key_of(parameter)
            said = next((file for file in chain if key in file.entries), None)
            if said is None:
                parameters[parameter] = (Dated(parameter(), None, "the parameter's default"),)
            else:
                parameters[parameter] = _dated(parameter, said.entries[key], said.file)
        return cls(chain[0].name, chain[0].title, parameters, chain[0].file)

    @staticmethod
    def names() -> tuple[str, ...]:
        """The names of the policies in the library."""
        return files.names()

    def on(self, day: date | None) -> PolicyOn:
        """The policy as of `day`; where no day is known, as of its latest."""
        place = len(self.boundaries) if day is None else bisect_right(self.boundaries, day)
        known = self._days.get(place)
        if known is None:
            as_of = self.boundaries[place - 1] if place else date.min
            known = PolicyOn(self.name, {kind: _in_force(entries, as_of) for kind, entries in self.parameters.items()})
            self._days[place] = known
        return known

    def replace(self, *values: Any, name: str | None = None, **changes: Any) -> Policy:
        """This policy with other values of some parameters, in force at all times.

        A value is an instance of a parameter, a parameter of your own too, or its plain values by key, the dot spelled
        as two underscores:

        >>> strict = Policy.load("default").replace(category_ii__charge={"accepts": ["0.00"], "allowed": "0.00"})
        >>> from claimcheck.policies.parameters import category_ii
        >>> strict.on(None)[category_ii.Charge].accepts
        (Decimal('0.00'),)
        >>> strict.replace(category_ii__colour={})
        Traceback (most recent call last):
            ...
        claimcheck.errors.PolicyError: key category_ii.colour: unknown parameter; see Policy.describe()
        """
        by_key = {key_of(parameter): parameter for parameter in self.parameters}
        by_key |= {key_of(type(value)): type(value) for value in values if hasattr(type(value), "_parameter_key")}
        given = [(key_of(type(value)) if hasattr(type(value), "_parameter_key") else "", value) for value in values]
        given += [(spelled.replace("__", ".", 1), value) for spelled, value in changes.items()]
        changed = dict(self.parameters)
        for key, value in given:
            if key not in by_key:
                raise PolicyError("unknown parameter; see Policy.describe()", place=key or type(value).__name__)
            changed[by_key[key]] = (Dated(_as(by_key[key], value), None, "replaced by the caller"),)
        return Policy(name or f"{self.name} (changed)", self.title, changed, self.source)

    def describe(self) -> Iterable[tuple[str, tuple[Dated, ...]]]:
        """Every parameter's key and dated values, by key."""
        return sorted((key_of(parameter), entries) for parameter, entries in self.parameters.items())

    @property
    def hash(self) -> str:
        """A digest of all that the policy says: two policies of one hash decide alike."""
        said = [
            (key, [(str(entry.start), _plain(entry.value), entry.reference) for entry in entries])
            for key, entries in self.describe()
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def _repr_html_(self) -> str:
        from claimcheck.markup import block, code, joined, table
        from claimcheck.policies.wording import in_words

        rows = [
            (code(key), entry.start or "the beginning", in_words(entry.value), entry.reference)
            for key, entries in self.describe()
            for entry in entries
        ]
        return block(joined(code(self.name), self.title), table(("parameter", "from", "value", "reference"), rows))

    def __reduce__(self) -> tuple[Any, ...]:
        return Policy, (self.name, self.title, self.parameters, self.source)


def _in_force(entries: tuple[Dated, ...], day: date) -> Any:
    return next(entry.value for entry in reversed(entries) if entry.start is None or entry.start <= day)


def _as(parameter: type[P], value: object) -> P:
    """What a caller gives for a parameter: the parameter itself, or its plain values by name."""
    if isinstance(value, parameter):
        return value
    if not isinstance(value, Mapping):
        raise PolicyError("the parameter or a mapping of its values is expected", place=key_of(parameter))
    try:
        return read(parameter, value)
    except ValueError as error:
        raise PolicyError(f"{error}", place=key_of(parameter)) from None


def _plain(value: Any) -> Any:
    """A value of a policy in what JSON knows, the same in every process: the order of a set is not."""
    if attrs.has(type(value)) and not isinstance(value, CodeSpans):
        return [[field.name, _plain(getattr(value, field.name))] for field in attrs.fields(type(value))]
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, (tuple, CodeSpans)):
        return [_plain(item) for item in value]
    return str(value)


def _dated(parameter: type[Any], entries: list[dict[str, Any]], file: str) -> tuple[Dated, ...]:
    """The entries of one parameter as dated values, in order: a first one from the beginning, no two of one date."""
    key = key_of(parameter)
    dated = []
    for entry in entries:
        given = dict(entry)
        start, reference = given.pop("from", None), given.pop("reference", None)
        if start is not None and type(start) is not date:
            raise PolicyError("`from` is a date without quotes, such as 2021-06-01", file=file, place=key)
        if not isinstance(reference, str) or not reference.strip():
            raise PolicyError(
                f"a `reference` is missing on the entry from {start or 'the beginning'}", file=file, place=key
            )
        try:
            dated.append(Dated(read(parameter, given), start, reference))
        except ValueError as error:
            raise PolicyError(f"the entry from {start or 'the beginning'}: {error}", file=file, place=key) from None
    starts = [entry.start for entry in dated]
    if starts[0] is not None:
        raise PolicyError(
            f"nothing is said before {starts[0]}: the first entry has no `from`, and reaches back to the beginning",
            file=file,
            place=key,
        )
    for before, after in pairwise(starts):
        if after is None or (before is not None and after <= before):
            raise PolicyError(
                f"the entry from {after or 'the beginning'} overlaps the one before it", file=file, place=key
            )
    return tuple(dated)
