"""The logger `claimcheck`: what was loaded, what was read, and counts. It says nothing until somebody listens.

Events hold names of policies, and counts: never a file's name, which may be a member's, nor anything of a claim.

>>> log.name, [type(handler).__name__ for handler in log.handlers]
('claimcheck', ['NullHandler'])
"""

from __future__ import annotations

import logging

__all__ = ["log"]

log = logging.getLogger("claimcheck")
log.addHandler(logging.NullHandler())
