"""`claimcheck tables`: the store of official tables."""

from __future__ import annotations

import click

__all__ = ["tables"]


@click.group()
def tables() -> None:
    """Add, list and verify official tables."""
