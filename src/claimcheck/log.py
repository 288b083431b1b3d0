"""The logger `claimcheck`: what was loaded and read, and counts. It is silent until a handler is added.

Events hold names of policies and counts: never a file name, which may contain a member's, nor anything from a claim.

>>> log.name, [type(handler).__name__ for handler in log.handlers]
('claimcheck', ['NullHandler'])
"""

from __future__ import annotations

import logging

__all__ = ["log"]

log = logging.getLogger("claimcheck")
log.addHandler(logging.NullHandler())
