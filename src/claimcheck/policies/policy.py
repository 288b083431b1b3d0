"""A policy: what one payer decides, as dated values with a reference for each.

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

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from claimcheck.claims.unreadable import shape
from claimcheck.errors import PolicyError
from claimcheck.guesses import hinted
from claimcheck.log import log
from claimcheck.policies import named
from claimcheck.policies.choice import RuleChoice
from claimcheck.policies.dated import Dated, in_force
from claimcheck.policies.digest import digest
from claimcheck.policies.loading import said
from claimcheck.policies.parameter import key_of
from claimcheck.policies.policy_on import PolicyOn
from claimcheck.policies.replacing import replaced

__all__ = ["Dated", "Policy"]


_GUESSED = {
    "frequency": "policy.on(day)[Limits], with claimcheck.policies.parameters.frequency.Limits",
    "to_dict": "policy.parameters, or the policy's TOML file",
}


@hinted(_GUESSED, made="Policy.load(name or path), or Policy.from_dict({'extends': 'default', ...})")
@attrs.frozen(eq=False)
class Policy:
    """What one payer decides: `load` one by name or file, get its values for a day with `on`, or `replace` some."""

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
        is_named = isinstance(name_or_path, str) and name_or_path in named.names()
        policy = _named(name_or_path) if is_named else cls(*said(name_or_path))
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
        return cls(*said(mapping, name))

    @staticmethod
    def faults(name_or_path: str | Path) -> tuple[PolicyError, ...]:
        """Everything that is wrong with a policy's file and those it extends; empty if it can be loaded."""
        found: list[PolicyError] = []
        said(name_or_path, refuse=found.append)
        return tuple(found)

    names = staticmethod(named.names)

    def on(self, day: date | None) -> PolicyOn:
        """The policy as of `day`; if no day is known, as of its latest."""
        place = len(self.boundaries) if day is None else bisect_right(self.boundaries, day)
        known = self._days.get(place)
        if known is None:
            as_of = self.boundaries[place - 1] if place else date.min
            values = {kind: in_force(entries, as_of) for kind, entries in self.parameters.items()}
            known = self._days[place] = PolicyOn(self.name, values)
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
        changed = replaced(self.parameters, values, changes)
        return attrs.evolve(self, name=name or f"{self.name} (changed)", parameters=changed)

    def choosing(
        self,
        *,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        severity: Mapping[str, str] | None = None,
    ) -> Policy:
        """This policy with other rules: only those in `select`, without `ignore`, some with another `severity`.

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
        chosen = RuleChoice.of(select=select, ignore=ignore, severity=severity)
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
        return digest(self.describe())

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


@lru_cache(maxsize=64)
def _named(name: str) -> Policy:
    """A built-in policy, read once: its file does not change while the program runs."""
    return Policy(*said(name))
