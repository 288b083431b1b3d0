"""A policy: what one payer decides, as dated values with a reference for each.

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
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

import attrs

from claimcheck.claims.unreadable import shape
from claimcheck.errors import PolicyError
from claimcheck.guesses import hinted
from claimcheck.log import log
from claimcheck.policies import files
from claimcheck.policies.choice import RuleChoice
from claimcheck.policies.files import Refuse
from claimcheck.policies.loading import Dated, citing, in_force, parameters_of
from claimcheck.policies.parameter import fields_of, key_of, read
from claimcheck.policies.parameters import all_parameters
from claimcheck.policies.spans import CodeSpans

__all__ = ["Dated", "Policy", "PolicyOn"]

P = TypeVar("P")


@attrs.frozen
class PolicyOn:
    """A policy as of one day: `policy_on[Parameter]` is the parameter's value, its default if the policy has none."""

    name: str
    _entries: Mapping[type[Any], Dated] = attrs.field(repr=False)

    def __getitem__(self, parameter: type[P]) -> P:
        try:
            value: P = self._entries[parameter].value
        except KeyError:  # for a rule that is being tried out, and not installed
            value = parameter()
        return value

    def source(self, parameter: type[Any], *fields: str) -> str | None:
        """Where the policy sets a parameter: the reference of the entry in force, for a finding to cite.

        None if it does not: if the entry sets none of the `fields`, the default is the rule's own, and so is its
        source.

        >>> from claimcheck.policies.parameters.facility import TotalLine
        >>> entry = Dated(TotalLine(accepted=False), None, "our letter of 2024-05-02", frozenset({"accepted"}))
        >>> PolicyOn("ours", {TotalLine: entry}).source(TotalLine)
        'our letter of 2024-05-02'
        >>> PolicyOn("ours", {}).source(TotalLine) is None
        True
        """
        entry = self._entries.get(parameter)
        if entry is None:
            return None
        if entry.fields is None or (entry.fields.intersection(fields) if fields else entry.fields):
            return entry.reference
        return None


class PolicyNames(tuple[str, ...]):
    """Names of policies, which a notebook shows with their titles."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from claimcheck.markup import code, table

        return table(("policy", "title"), [(code(name), Policy.load(name).title) for name in self])


_GUESSED = {
    "frequency": "policy.on(day)[Limits], with claimcheck.policies.parameters.frequency.Limits",
    "to_dict": "policy.parameters, or the policy's TOML file",
}


@hinted(_GUESSED, made="Policy.load(name or path), or Policy.from_dict({'extends': 'default', ...})")
@attrs.frozen(eq=False)
class Policy:
    """What one payer decides. Load one by name or file, get its values for a day with `on`, change it with
    `replace`."""

    name: str
    title: str
    parameters: Mapping[type[Any], tuple[Dated, ...]] = attrs.field(repr=False)
    source: str = attrs.field(default="", repr=False)
    rules: RuleChoice = attrs.field(default=RuleChoice(), repr=False)
    paths: tuple[str, ...] = attrs.field(default=(), repr=False)  #: its files, and those it extends
    boundaries: tuple[date, ...] = attrs.field(init=False, repr=False)
    _days: dict[int, PolicyOn] = attrs.field(init=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        starts = {entry.start for entries in self.parameters.values() for entry in entries}
        object.__setattr__(self, "boundaries", tuple(sorted(start for start in starts if start is not None)))

    @classmethod
    def load(cls, name_or_path: str | Path) -> Policy:
        """The built-in policy with that name, or the one in that TOML file. PolicyError says file, key, and reason.

        >>> Policy.load(None)
        Traceback (most recent call last):
            ...
        claimcheck.errors.PolicyError: a name, a path or a Policy is expected, not None: for the default, leave it out
        """
        given: object = name_or_path
        if not isinstance(given, str | PathLike | Mapping):
            what = "None: for the default, leave it out" if given is None else shape(given)
            raise PolicyError(f"a name, a path or a Policy is expected, not {what}")
        is_named = isinstance(name_or_path, str) and name_or_path in files.names()
        policy = _named(name_or_path) if is_named else cls._of(name_or_path)
        log.debug("policy %s loaded: %d values of %d parameters", policy.name, policy.size, len(policy.parameters))
        return policy

    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any], *, name: str = "policy") -> Policy:
        """The policy in a mapping with the content of a TOML file; PolicyError says key and reason.

        Dates may be text (YYYY-MM-DD), as in JSON; amounts are text or `Decimal`. `extends` is a name, or a path
        relative to the current directory. The name is that in the mapping, else the one given.

        >>> entry = {"accepts": ["0.00"], "allowed": "0.00", "reference": "our payer's letter of 2024-05-02"}
        >>> policy = Policy.from_dict({"name": "ours", "extends": "default", "category_ii": {"charge": [entry]}})
        >>> policy
        Policy(name='ours', title='')
        >>> Policy.from_dict({"category_ii": {"charge": [{**entry, "allowed": -1}]}})
        Traceback (most recent call last):
            ...
        claimcheck.errors.PolicyError: key category_ii.charge: the entry from the beginning: allowed: an amount in \
quotes ("0.01") is expected, not -1
        """
        if not isinstance(mapping, Mapping):
            raise PolicyError("a mapping is expected, such as a policy's TOML file holds")
        return cls._of(mapping, name)

    @classmethod
    def _of(cls, given: str | Path | Mapping[str, Any], name: str = "policy", refuse: Refuse = files.raised) -> Policy:
        parameters = all_parameters()
        chain = files.chain(given, {key_of(parameter) for parameter in parameters}, refuse, name=name)
        values = parameters_of(chain, parameters, refuse)
        own = chain[0] if chain else files.NONE
        rules = RuleChoice()
        for file in reversed(chain):
            rules = rules.then(file.rules)
        paths = tuple(
            file.origin for file in chain if Path(file.origin).is_absolute()
        )  # others are named in the library
        return cls(own.name, own.title, values, own.file or "", rules, paths)

    @classmethod
    def faults(cls, name_or_path: str | Path) -> tuple[PolicyError, ...]:
        """Everything that is wrong with a policy's file and those it extends; empty if it can be loaded."""
        found: list[PolicyError] = []
        cls._of(name_or_path, refuse=found.append)
        return tuple(found)

    @staticmethod
    def names() -> PolicyNames:
        """The names of the built-in policies."""
        return PolicyNames(files.names())

    def on(self, day: date | None) -> PolicyOn:
        """The policy as of `day`; if no day is known, as of its latest."""
        place = len(self.boundaries) if day is None else bisect_right(self.boundaries, day)
        known = self._days.get(place)
        if known is None:
            as_of = self.boundaries[place - 1] if place else date.min
            known = PolicyOn(self.name, {kind: in_force(entries, as_of) for kind, entries in self.parameters.items()})
            self._days[place] = known
        return known

    def replace(self, *values: Any, name: str | None = None, **changes: Any) -> Policy:
        """This policy with other values for some parameters, at all times.

        A value is an instance of a parameter (also your own), or its plain values by key, with the dot written as two
        underscores. Plain values may include their `reference`, which findings then cite:

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
            changed[by_key[key]] = (_replaced(by_key[key], value),)
        return attrs.evolve(self, name=name or f"{self.name} (changed)", parameters=changed)

    def choosing(
        self,
        *,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        severity: Mapping[str, str] | None = None,
    ) -> Policy:
        """This policy with other rules: only those in `select`, without those in `ignore`, some with another
        `severity`.

        Rules are named by id, or by a prefix that several share. The choice is applied on top of the policy's own: a
        receipt names what it switches off, and the policy's name and hash stay the same.

        >>> from claimcheck import validate_claim
        >>> policy = Policy.load("default").choosing(ignore=["STR501"], severity={"NCCI": "warning"})
        >>> validate_claim({}, policy=policy).receipt.rules_off
        ('STR501',)
        >>> validate_claim({}, policy=policy.choosing(ignore=["NCC101"]))
        Traceback (most recent call last):
            ...
        claimcheck.errors.PolicyError: key rules.ignore: NCC101 is not a rule, nor the beginning of one; did you \
mean NCCI101?
        """
        try:
            chosen = RuleChoice.of(select=select, ignore=ignore, severity=severity)
        except PolicyError as error:
            raise PolicyError(error.reason, place=f"rules.{error.place}") from None
        return attrs.evolve(self, rules=self.rules.then(chosen))

    def describe(self) -> Iterable[tuple[str, tuple[Dated, ...]]]:
        """Every parameter's dated values, by key."""
        return sorted((key_of(parameter), entries) for parameter, entries in self.parameters.items())

    @property
    def size(self) -> int:
        """The number of dated values in it."""
        return sum(map(len, self.parameters.values()))

    @property
    def hash(self) -> str:
        """A digest of what the payer decides: two policies with one hash decide alike, with the same rules."""
        parts = [
            (key, [(str(entry.start), _plain(entry.value), entry.reference) for entry in entries])
            for key, entries in self.describe()
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

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
        return Policy, (self.name, self.title, self.parameters, self.source, self.rules)


_BY_CALLER = "the caller's own value (Policy.replace)"


def _replaced(parameter: type[Any], value: object) -> Dated:
    """What a caller gives for a parameter: the parameter itself, or its plain values by name."""
    if not isinstance(value, (parameter, Mapping)):
        raise PolicyError("the parameter or a mapping of its values is expected", place=key_of(parameter))
    given = dict(value) if isinstance(value, Mapping) else fields_of(value)
    reference = given.pop("reference", _BY_CALLER)
    if not isinstance(reference, str):
        raise PolicyError("reference: text is expected", place=key_of(parameter))
    try:
        value = read(parameter, given)
    except ValueError as error:
        raise PolicyError(f"{error}", place=key_of(parameter)) from None
    return Dated(citing(value, reference), None, reference, frozenset(given))


def _plain(value: Any) -> Any:
    """A policy value in JSON-compatible form, the same in every process: sets have no fixed order."""
    if attrs.has(type(value)) and not isinstance(value, CodeSpans):
        return [[field.name, _plain(getattr(value, field.name))] for field in attrs.fields(type(value))]
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, (tuple, CodeSpans)):
        return [_plain(item) for item in value]
    return str(value)


@lru_cache(maxsize=64)
def _named(name: str) -> Policy:
    """A built-in policy, read once: its file does not change while the program runs."""
    return Policy._of(name)
