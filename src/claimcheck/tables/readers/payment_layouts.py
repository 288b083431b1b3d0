"""How the lists that accompany the fee schedules are published, and what each column may hold."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs
import regex

from claimcheck.tables.readers.kinds import CODE

__all__ = ["LAYOUTS", "PATTERNS", "PAYMENT_LISTS", "Layout"]

_MODIFIER = regex.compile(r"[0-9A-Z]{2}|", regex.ASCII)
_UNITS = regex.compile(r"[0-9]+(?:\.[0-9]+)?|", regex.ASCII)
PAYMENT_LISTS: Final[Mapping[str, Mapping[str, regex.Pattern[str]]]] = MappingProxyType(
    {
        "clfs": {"modifier": _MODIFIER},
        "ndc_hcpcs": {"hcpcs": CODE, "units_item": _UNITS, "units_package": _UNITS},
        "telehealth": {"status": regex.compile(r"[a-z ]*", regex.ASCII), "audio_only": regex.compile(r"yes|no|")},
        "dmepos": {"modifier": _MODIFIER, "category": regex.compile(r"[A-Z]{2}|", regex.ASCII)},
    }
)
"""The lists by name, and the allowed content of each column."""


@attrs.frozen
class Layout:
    """How a list is published: its columns by name (patterns, in lowercase), the code's first."""

    table: str
    columns: Mapping[str, str]
    optional: frozenset[str] = frozenset()
    like: str = ""


LAYOUTS: Final = (
    Layout(
        "ndc_hcpcs",
        {
            "code": r"ndc(?:2|11)?",
            "hcpcs": r"_20[0-9]{2}_code|hcpcs(?: (?:level ii )?code.*)?",
            "units_item": r"bill ?units",
            "units_package": r"bill ?units ?_?pkg",
        },
        like="October 2025 ASP NDC-HCPCS Crosswalk.csv",
    ),
    Layout("clfs", {"code": r"hcpcs", "modifier": r"mod", "": r"eff_date"}, like="CLFS 2025 Q3V1.csv"),
    Layout(
        "dmepos",
        {"code": r"hcpcs", "modifier": r"mod1?", "": r"juris", "category": r"catg"},
        like="DME25-C.txt",
    ),
    Layout(
        "telehealth",
        {
            "code": r"hcpcs|code",
            "": r"short descriptor",
            "status": r"status",
            "audio_only": r"can audio-only.*|audio-only.*",
        },
        optional=frozenset({"audio_only"}),
        like="List of Medicare Telehealth Services for Calendar Year 2025.xlsx",
    ),
)
PATTERNS = {layout.table: {name: regex.compile(text) for name, text in layout.columns.items()} for layout in LAYOUTS}
