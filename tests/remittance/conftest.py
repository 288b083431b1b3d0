"""The simulated payer of the learning tests needs the extra "learn"."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [] if find_spec("scipy") else ["hidden.py"]
