"""The lists that the tables of the outpatient code editor become."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import regex

__all__ = ["OUTPATIENT_LISTS"]

_FLAGS = regex.compile(r"[a-z0-9_]*(?: [a-z0-9_]+)*", regex.ASCII)
_AGE = regex.compile(r"[0-9]{1,3}|", regex.ASCII)
_INDICATOR = regex.compile(r"[A-Z][0-9]?|", regex.ASCII)
_NUMBER = regex.compile(r"[0-9]{0,5}", regex.ASCII)
_DAY = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|", regex.ASCII)
_AGES = {"age_min": _AGE, "age_max": _AGE}

OUTPATIENT_LISTS: Final[Mapping[str, Mapping[str, regex.Pattern[str]]]] = MappingProxyType(
    {
        "outpatient_procedure": {
            "status_indicator": _INDICATOR,
            "apc": _NUMBER,
            "flags": _FLAGS,
            **_AGES,
            "approved": _DAY,
            "terminated": _DAY,
        },
        "outpatient_diagnosis": {"flags": _FLAGS, **_AGES},
        "outpatient_revenue": {"status_indicator": _INDICATOR, "flags": _FLAGS},
        "outpatient_apc": {"status_indicator": _INDICATOR, "flags": _FLAGS},
        "outpatient_pair": {
            "kind": regex.compile(r"[a-z_]+"),
            "other": regex.compile(r"[0-9A-Z]{1,5}"),
            "approved": _DAY,
        },
    }
)
"""The lists by name, and the allowed content of each column."""
