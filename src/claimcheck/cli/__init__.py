"""The command line."""

from claimcheck.cli.main import command

__all__ = ["command"]
