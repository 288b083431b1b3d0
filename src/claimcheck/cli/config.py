"""Options in a file: `claimcheck.toml`, or `[tool.claimcheck]` in `pyproject.toml`.

The nearest such file counts, from the current directory upward; in one directory `claimcheck.toml` takes precedence.
Its keys are the long names of the options. The command line takes precedence, then environment variables, then the
file. They are those of `check`; the other commands on claims and rules take from them what to read and how to judge.

>>> from click import Command, Context, Option
>>> command = Command("check", params=[Option(["--policy"]), Option(["--ignore"], multiple=True)])
>>> values(Config("here/claimcheck.toml", {"policy": "zero", "ignore": ["STR5"]}), command)
{'policy': 'zero', 'ignore': ['STR5']}
>>> values(Config("here/claimcheck.toml", {"polcy": "zero"}), command)
Traceback (most recent call last):
    ...
claimcheck.errors.ConfigError: here/claimcheck.toml, key polcy: no option of check; known: ignore, policy; did you \
mean policy?
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import attrs
import click

from claimcheck import toml
from claimcheck.cli.style import say
from claimcheck.errors import ConfigError
from claimcheck.log import log
from claimcheck.policies import Policy
from claimcheck.policies.kind import shown

__all__ = ["CONFIG", "Config", "config_option", "found", "values", "with_variables"]

CONFIG = "claimcheck.config"
"""Where a click context keeps the name of the options file."""

_VARIABLES = "CLAIMCHECK_"
#: What claims are read and judged by, whatever is then done with the results.
_SHARED = ("policy", "select", "ignore", "severity", "tables", "columns", "mapping")
#: Options that name a file, relative to the options file.
_FILES = frozenset({"mapping", "tables", "history", "history_key", "output", "findings", "baseline", "write_baseline"})


@attrs.frozen
class Config:
    """The options in a file, as written."""

    file: str
    options: Mapping[str, Any]


def config_option(command: Any) -> Any:
    """Adds `--no-config` to a command, and applies the options of the file that is found."""
    return click.option(
        "--no-config",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_take,
        help="Ignore claimcheck.toml and pyproject.toml.",
    )(command)


def _take(context: click.Context, _parameter: click.Parameter, refused: bool) -> None:
    root = context.find_root().command
    check = (root.commands.get("check") if isinstance(root, click.Group) else None) or context.command
    _warn_of_variables(check)
    config = None if refused else found(Path.cwd())
    if config is not None:
        own = {option.name for option in _options_from_outside(context.command).values()}
        taken = values(config, check)
        context.default_map = {name: value for name, value in taken.items() if name in own}
        context.meta[CONFIG] = config.file
        log.debug("%d options taken from a file", len(context.default_map))


def _warn_of_variables(command: click.Command) -> None:
    """Warns of a misspelled variable: unlike an unknown key, one that is not ours is no error."""
    known = [_variable(key) for key in _options(command)]
    for name in sorted(os.environ):
        if name.startswith(_VARIABLES) and name not in known:
            for near in get_close_matches(name, known, n=1, cutoff=0.85):
                say(f"claimcheck: the environment variable {name} is none of ours; did you mean {near}?", err=True)


def found(folder: Path) -> Config | None:
    """The nearest options file, in the folder or above it; None if there is none."""
    for place in (folder, *folder.parents):
        own, project = place / "claimcheck.toml", place / "pyproject.toml"
        if own.is_file():
            return Config(str(own), _toml(own))
        if project.is_file():
            tool = _toml(project).get("tool", {})
            options = tool.get("claimcheck") if isinstance(tool, dict) else None
            if options is not None:
                if not isinstance(options, dict):
                    raise ConfigError("a table is expected", file=str(project), place="tool.claimcheck")
                return Config(str(project), options)
    return None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return toml.read(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", file=str(path)) from None
    except ValueError as error:
        raise ConfigError(str(error), file=str(path)) from None


def values(config: Config, command: click.Command) -> dict[str, Any]:
    """The options of a file as a command's defaults. ConfigError names the key that is wrong."""
    options = _options(command)
    taken = {}
    for key, value in config.options.items():
        option = options.get(key)
        if option is None:
            near = get_close_matches(key, options, n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            reason = f"no option of {command.name}; known: {', '.join(sorted(options))}{meant}"
            raise ConfigError(reason, file=config.file, place=key)
        taken[option.name or key] = _value(config, key, option, value)
    return taken


def _options(command: click.Command) -> dict[str, click.Option]:
    """The options of a command that a file may have, by their long names."""
    named = {
        next((name[2:] for name in option.opts if name.startswith("--")), option.opts[0]): option
        for option in command.params
        if isinstance(option, click.Option)
    }
    return {key: option for key, option in named.items() if key not in ("help", "no-config")}


def _options_from_outside(command: click.Command) -> dict[str, click.Option]:
    """The options that a command takes from a file and from variables: of `check` all."""
    options = _options(command)
    return options if command.name == "check" else {key: options[key] for key in _SHARED if key in options}


def with_variables(command: click.Command) -> click.Command:
    """The command, with an environment variable for each option: CLAIMCHECK_FAIL_ON for --fail-on."""
    for key, option in _options_from_outside(command).items():
        if key != "tables":  # whose default reads the variable
            option.envvar = _variable(key)
    return command


def _variable(key: str) -> str:
    return f"{_VARIABLES}{key.upper().replace('-', '_')}"


def _value(config: Config, key: str, option: click.Option, value: Any) -> Any:
    if option.multiple:
        return _several(config, key, value)
    if option.is_flag:
        return _expect(config, key, value, bool, "true or false")
    if isinstance(option.type, click.types.IntParamType):
        number = _expect(config, key, value, int, "a whole number")
        return _converted(config, key, option, number)
    text = str(_expect(config, key, value, str, "text")) if not hasattr(value, "isoformat") else value.isoformat()
    if option.name in _FILES and "://" not in text:
        return str(Path(config.file).parent / text)
    if option.name == "policy":
        return text if text in Policy.names() else str(Path(config.file).parent / text)
    return _converted(config, key, option, text)


def _several(config: Config, key: str, value: Any) -> list[str]:
    """A list of text, or a table of severities by rule."""
    if isinstance(value, dict) and key == "severity":
        return [f"{rule}={word}" for rule, word in value.items()]
    items = _expect(config, key, value, list, "a list of text")
    return [_expect(config, key, item, str, "a list of text") for item in items]


def _expect(config: Config, key: str, value: Any, kind: type[Any], expected: str) -> Any:
    if type(value) is not kind:
        raise ConfigError(f"{expected} is expected, not {shown(value)}", file=config.file, place=key)
    return value


def _converted(config: Config, key: str, option: click.Option, value: Any) -> Any:
    try:
        option.type.convert(value, option, None)
    except click.BadParameter as error:
        raise ConfigError(f"{error.message.rstrip('.')}", file=config.file, place=key) from None
    return value
