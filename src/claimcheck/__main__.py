"""The command `claimcheck`, also as `python -m claimcheck`."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Runs the command line, or says what to install for it."""
    try:
        from claimcheck.cli import command
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("click", "rich"):
            raise
        sys.exit("the command line needs two more packages: pip install 'claimcheck[cli]'")
    command()


if __name__ == "__main__":
    main()
