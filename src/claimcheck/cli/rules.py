"""`claimcheck rules`: all rules, what each may find and needs, and which of them run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from claimcheck.cli.choosing import choosing_options, policy_of
from claimcheck.cli.config import config_option, with_variables
from claimcheck.cli.rendering import plural
from claimcheck.cli.style import Style
from claimcheck.errors import PolicyError
from claimcheck.policies.parameter import key_of
from claimcheck.rules.choosing import chosen
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Rule

__all__ = ["rules"]


@click.command(short_help="List the rules, and which of them run.")
@click.argument("beginnings", nargs=-1, metavar="[RULES]...")
@click.option("--policy", default="default", show_default=True, metavar="POLICY", help="A policy's name or file.")
@choosing_options
@click.option("--format", "layout", type=click.Choice(("table", "json")), default="table", show_default=True)
@config_option
def rules(beginnings: tuple[str, ...], layout: str, **choice: Any) -> None:
    """List all rules, or those whose ids begin with RULES (NCCI, FAC2): id, name, family, severity, the tables that
    each needs, and whether it runs under the policy and the options."""
    running = {rule.id: rule for rule in chosen(all_rules(), policy_of(**choice).rules)}
    listed = list(_of(beginnings))
    if layout == "json":
        click.echo(json.dumps([_record(running.get(rule.id, rule), rule.id in running) for rule in listed], indent=2))
        return
    for line in _table(listed, running, Style.of(sys.stdout)):
        click.echo(line)


with_variables(rules)


def _of(beginnings: Iterable[str]) -> Iterator[Rule]:
    """The rules that some prefixes name, by id. PolicyError for a prefix that names none."""
    wanted = [beginning.upper() for beginning in beginnings]
    ordered = sorted(all_rules(), key=lambda rule: rule.id)
    for beginning in wanted:
        if not any(rule.id.startswith(beginning) for rule in ordered):
            raise PolicyError(
                f"no rule begins with {beginning}; families are {', '.join(_families(ordered))}", place="RULES"
            )
    return (rule for rule in ordered if not wanted or rule.id.startswith(tuple(wanted)))


def _families(ordered: Iterable[Rule]) -> list[str]:
    return list(dict.fromkeys(rule.id.rstrip("0123456789").rstrip("-") for rule in ordered))


def _table(listed: list[Rule], running: dict[str, Rule], style: Style) -> Iterator[str]:
    width = max((len(rule.name) for rule in listed), default=0)
    for rule in listed:
        runs = running.get(rule.id)
        word = "off" if runs is None else "/".join(runs.severities)
        needs = f"  needs {', '.join(rule.tables)}" if rule.tables else ""
        yield style.styled(f"{rule.id:<8} {rule.name:<{width}}  {rule.family:<11} {word}{needs}", "" if runs else "dim")
    count = sum(rule.id in running for rule in listed)
    yield f"{plural(len(listed), 'rule')}, {count} running; `claimcheck explain ID` says what one checks"


def _record(rule: Rule, runs: bool) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "family": rule.family,
        "title": rule.title,
        "runs": runs,
        "severity": list(rule.severities),
        "dispositions": sorted({str(outcome.disposition) for outcome in rule.outcomes}),
        "scope": rule.scope,
        "phase": rule.phase.name.lower(),
        "tables": list(rule.tables),
        "parameters": [key_of(parameter) for parameter in rule.parameters],
        "status": rule.status,
    }
