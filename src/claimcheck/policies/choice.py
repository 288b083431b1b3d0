"""Which rules run and with what severity: the `[rules]` of a policy, and the options of a command.

Rules are named by id, or by a prefix that several ids share: "NCCI" is the whole family.

>>> choice = RuleChoice.read({"select": ["NCCI", "STR"], "ignore": ["STR5"], "severity": {"NCCI101": "warning"}})
>>> [rule for rule in ("NCCI101", "STR501", "STR101", "FRQ101") if choice.selects(rule)]
['NCCI101', 'STR101']
>>> choice.severity_of("NCCI101"), choice.severity_of("NCCI201")
(<Severity.WARNING: 'warning'>, None)
>>> RuleChoice.read({"ignore": "STR501"})
Traceback (most recent call last):
    ...
claimcheck.errors.PolicyError: key rules.ignore: a list of rule ids or their beginnings is expected, not 'STR501'

A later choice is applied on top of an earlier one: its selection narrows the earlier one, and what it ignores is
ignored.

>>> choice.then(RuleChoice.read({"ignore": ["STR101"]})).selects("STR101"), choice.selects("STR101")
(False, True)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import attrs

from claimcheck.claims import Severity
from claimcheck.errors import PolicyError
from claimcheck.policies.kind import shown

__all__ = ["RuleChoice"]

_KEYS = ("select", "ignore", "severity", "references")


@attrs.frozen
class _Step:
    """One choice: what it selects (None: no change), what it ignores, and severities.

    `file` is where it is written; `references` say why, by names of rules.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    file: str | None = attrs.field(default=None, eq=False)
    references: tuple[tuple[str, str], ...] = attrs.field(default=(), eq=False)

    def selects(self, rule_id: str, before: bool) -> bool:
        """Whether the rule runs: if both `select` and `ignore` name it, the longer name decides, then `ignore`."""
        selected = -1 if self.select is None else _longest(self.select, rule_id)
        ignored = _longest(self.ignore, rule_id)
        if self.select is None:
            return before and ignored < 0
        return selected > ignored


def _longest(names: Iterable[str], rule_id: str) -> int:
    """The length of the longest name that equals or begins the id; -1 if there is none."""
    return max((len(name) for name in names if rule_id.startswith(name)), default=-1)


@attrs.frozen
class RuleChoice:
    """Which rules run and with what severity, as a sequence of choices. The empty choice runs all rules."""

    steps: tuple[_Step, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        select: Iterable[str] | None = None,
        ignore: Iterable[str] = (),
        severity: Mapping[str, str] | None = None,
        references: Mapping[str, str] | None = None,
        file: str | None = None,
    ) -> RuleChoice:
        """The choice; without `select` all rules stay. PolicyError names the key that is wrong."""
        step = _Step(
            None if select is None else _some(_names("select", select)),
            _names("ignore", ignore),
            tuple(_severities({} if severity is None else severity)),
            file,
            tuple(_references({} if references is None else references)),
        )
        return cls(() if step == _Step() else (step,))

    @classmethod
    def read(cls, given: object, *, file: str | None = None) -> RuleChoice:
        """The choice in a mapping from `file`. PolicyError names the key."""
        if not isinstance(given, Mapping):
            raise PolicyError(f"a table is expected: [rules], not {shown(given)}", place="rules")
        for key in given:
            if key not in _KEYS:
                near = get_close_matches(str(key), _KEYS, n=1)
                meant = f"did you mean {near[0]}?" if near else f"known: {', '.join(_KEYS)}"
                raise PolicyError(f"unknown; {meant}", place=f"rules.{key}")
        return cls.of(**given, file=file)

    def then(self, other: RuleChoice) -> RuleChoice:
        """This choice with another applied on top of it."""
        return RuleChoice((*self.steps, *other.steps))

    def selects(self, rule_id: str) -> bool:
        """Whether the rule with that id runs."""
        runs = True
        for step in self.steps:
            runs = step.selects(rule_id, runs)
        return runs

    def severity_of(self, rule_id: str) -> Severity | None:
        """The severity set for all findings of the rule; None if they keep their own. The longest name decides."""
        for step in reversed(self.steps):
            named = [(len(name), severity) for name, severity in step.severity if rule_id.startswith(name)]
            if named:
                return max(named, key=lambda entry: entry[0])[1]
        return None

    def reference_of(self, rule_id: str) -> str | None:
        """What the last choice that names the rule in its `references` says; the longest name decides."""
        for step in reversed(self.steps):
            named = [(len(name), text) for name, text in step.references if rule_id.startswith(name)]
            if named:
                return max(named)[1]
        return None

    @property
    def names(self) -> Iterator[tuple[str, str, str | None]]:
        """Every name of one or several rules, with its key and file."""
        for step in self.steps:
            yield from (("select", name, step.file) for name in step.select or ())
            yield from (("ignore", name, step.file) for name in step.ignore)
            yield from (("severity", name, step.file) for name, _ in step.severity)
            yield from (("references", name, step.file) for name, _ in step.references)

    def __bool__(self) -> bool:
        return bool(self.steps)


def _names(key: str, given: Any) -> tuple[str, ...]:
    expected = "a list of rule ids or their beginnings is expected, not"
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise PolicyError(f"{expected} {shown(given)}", place=f"rules.{key}")
    names = tuple(given)
    for name in names:
        if not isinstance(name, str) or not name.strip():
            raise PolicyError(f"{expected} one with {shown(name)}", place=f"rules.{key}")
    return tuple(name.strip().upper() for name in names)


def _some(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise PolicyError(
            "at least one rule id, or its beginning, is expected, not an empty list", place="rules.select"
        )
    return names


def _severities(given: Any) -> Iterator[tuple[str, Severity]]:
    if not isinstance(given, Mapping):
        raise PolicyError(
            f'a table is expected, such as {{ NCCI101 = "warning" }}, not {shown(given)}', place="rules.severity"
        )
    for name, word in given.items():
        if word not in tuple(Severity):
            raise PolicyError(
                f"{name}: one of {', '.join(Severity)} is expected, not {shown(word)}", place="rules.severity"
            )
        (known,) = _names("severity", [name])
        yield known, Severity(word)


def _references(given: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(given, Mapping):
        raise PolicyError(f'a table is expected, such as {{ NCCI101 = "..." }}, not {shown(given)}', place="references")
    for name, text in given.items():
        if not isinstance(text, str):
            raise PolicyError(f"{name}: text is expected, not {shown(text)}", place="references")
        (known,) = _names("references", [name])
        yield known, text
