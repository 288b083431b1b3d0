"""The command line."""

from claimcheck.extras import extra

with extra("cli"):
    from claimcheck.cli.main import command

__all__ = ["command"]
