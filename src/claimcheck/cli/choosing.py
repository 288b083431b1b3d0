"""`--select`, `--ignore`, and `--severity`: which rules a command runs, on top of its policy's choice.

>>> named(("NCCI,fac2", "STR101"))
['NCCI', 'fac2', 'STR101']
>>> severities(("NCCI101=warning,STR5=info",))
{'NCCI101': 'warning', 'STR5': 'info'}
>>> severities(("NCCI101",))
Traceback (most recent call last):
    ...
claimcheck.errors.PolicyError: key rules.severity: a rule and its severity are expected, such as NCCI101=warning, not \
'NCCI101'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from claimcheck.errors import PolicyError
from claimcheck.policies import Policy

__all__ = ["choosing_options", "named", "policy_of", "severities"]


def choosing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the three options to a command."""
    for name, metavar, text in reversed(
        (
            ("--select", "RULES", "Run only these rules: ids or prefixes, such as NCCI,FAC2."),
            ("--ignore", "RULES", "Do not run these rules; the result and the summary name them."),
            ("--severity", "RULE=WORD", "Report a rule's findings at this severity: error, warning or info."),
        )
    ):
        command = click.option(name, multiple=True, metavar=metavar, help=text)(command)
    return command


def policy_of(policy: str, select: tuple[str, ...], ignore: tuple[str, ...], severity: tuple[str, ...]) -> Policy:
    """The policy with that name or file, with the rules chosen on top of its own choice."""
    loaded = Policy.load(policy)
    if not (select or ignore or severity):
        return loaded
    selected = named(select) if select else None
    return loaded.choosing(select=selected, ignore=named(ignore), severity=severities(severity))


def named(given: Iterable[str]) -> list[str]:
    """The names in options that may hold several, separated by commas."""
    return [name.strip() for text in given for name in text.split(",") if name.strip()]


def severities(given: Iterable[str]) -> dict[str, str]:
    """The severities by rule. PolicyError if one is not written as RULE=WORD."""
    found = {}
    for text in named(given):
        rule, equals, word = text.partition("=")
        if not (rule and equals and word):
            expected = "a rule and its severity are expected, such as NCCI101=warning"
            raise PolicyError(f"{expected}, not {text!r}", place="rules.severity")
        found[rule.strip()] = word.strip()
    return found
