"""The pytest plugin: options and fixtures. claimcheck is loaded only when a test asks for one.

    pytest --claimcheck-policy=zero

or, in the project's configuration:

    [tool.pytest.ini_options]
    claimcheck_policy = "policies/our_payer.toml"
    claimcheck_tables = "/srv/claimcheck/tables"
    claimcheck_accept_unchecked = ["starter_table", "no_table", "no_history"]
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from claimcheck import ClaimResult, Finding, Validator

__all__ = [
    "assert_clean",
    "assert_finding",
    "assert_no_finding",
    "assert_ok",
    "claimcheck_validator",
    "pytest_addoption",
    "pytest_report_header",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options and settings."""
    group = parser.getgroup("claimcheck")
    group.addoption(
        "--claimcheck-policy", metavar="POLICY", help="the policy that claims are judged by: a name or file"
    )
    group.addoption("--claimcheck-tables", metavar="DIR", help="the table store; without, the starter tables judge")
    parser.addini("claimcheck_policy", "the policy that claims are judged by: a name, or a file beside this one")
    parser.addini("claimcheck_tables", "the table store; without, the starter tables judge")
    parser.addini(
        "claimcheck_accept_unchecked",
        "reasons for which something may be left unchecked in `assert_clean` and `assert_no_finding`",
        type="args",
        default=[],
    )


def pytest_report_header(config: pytest.Config) -> str | None:
    """Shows the policy and the tables, if a test run sets them."""
    policy, tables = _chosen(config, "policy"), _chosen(config, "tables")
    if policy is None and tables is None:
        return None
    return f"claimcheck: policy {policy or 'default'}, {f'tables {tables}' if tables else 'starter tables'}"


@pytest.fixture(scope="session")
def claimcheck_validator(pytestconfig: pytest.Config) -> Validator:
    """A validator with the policy and tables of the test run; one for the whole run."""
    from claimcheck import Validator

    return Validator(_chosen(pytestconfig, "policy") or "default", _chosen(pytestconfig, "tables"))


@pytest.fixture
def assert_ok(claimcheck_validator: Validator) -> Callable[..., ClaimResult]:
    """`claimcheck.testing.assert_ok`, with the run's policy and tables."""
    from claimcheck import testing

    return partial(testing.assert_ok, validator=claimcheck_validator)


@pytest.fixture
def assert_clean(claimcheck_validator: Validator, pytestconfig: pytest.Config) -> Callable[..., ClaimResult]:
    """`claimcheck.testing.assert_clean`, with the run's policy, tables, and accepted reasons."""
    from claimcheck import testing

    return partial(testing.assert_clean, validator=claimcheck_validator, accept_unchecked=_accepted(pytestconfig))


@pytest.fixture
def assert_finding(claimcheck_validator: Validator) -> Callable[..., Finding]:
    """`claimcheck.testing.assert_finding`, with the run's policy and tables."""
    from claimcheck import testing

    return partial(testing.assert_finding, validator=claimcheck_validator)


@pytest.fixture
def assert_no_finding(claimcheck_validator: Validator, pytestconfig: pytest.Config) -> Callable[..., ClaimResult]:
    """`claimcheck.testing.assert_no_finding`, with the run's policy, tables, and accepted reasons."""
    from claimcheck import testing

    return partial(testing.assert_no_finding, validator=claimcheck_validator, accept_unchecked=_accepted(pytestconfig))


def _chosen(config: pytest.Config, what: str) -> Any:
    """The policy or tables from the command line, else from the project's configuration.

    A path in the configuration is relative to the configuration file.
    """
    given = config.getoption(f"claimcheck_{what}")
    if given:
        return given
    setting = config.getini(f"claimcheck_{what}")
    if not setting:
        return None
    beside = Path(config.rootpath, setting)
    return str(beside) if beside.exists() else setting


def _accepted(config: pytest.Config) -> list[str]:
    accepted: list[str] = config.getini("claimcheck_accept_unchecked")
    return accepted
