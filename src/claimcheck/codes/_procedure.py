"""The value shared by the procedure code formats.

CPT is Level I of HCPCS; *level* (I, II of HCPCS, and III for the retired local codes) and *category* (I, II, III
of CPT) are different axes. A CPT Category II code is HCPCS Level I.

Source: CMS, HCPCS general information; AMA CPT code set as reproduced by HL7 terminology.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import attrs

from claimcheck.codes._format import Code

System = Literal["CPT", "HCPCS", "CDT"]
Level = Literal["I", "II", "III"]
Category = Literal["I", "II", "III"]


class ProcedureKind(StrEnum):
    """What a procedure code is, which gives its system, level, and category.

    PLA, MAAA, and COVID-19 administration codes are sublists of CPT's Category I family. Unassigned are the numbers
    below it.
    """

    system: System
    level: Level
    category: Category | None

    def __new__(cls, value: str, system: System, level: Level, category: Category | None = None) -> ProcedureKind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.system = system
        member.level = level
        member.category = category
        return member

    CATEGORY_I = "category_i", "CPT", "I", "I"
    CATEGORY_II = "category_ii", "CPT", "I", "II"
    CATEGORY_III = "category_iii", "CPT", "I", "III"
    PLA = "pla", "CPT", "I", "I"
    MAAA = "maaa", "CPT", "I", "I"
    COVID_ADMINISTRATION = "covid_administration", "CPT", "I", "I"
    LEVEL_II = "level_ii", "HCPCS", "II"
    C_CODE = "c_code", "HCPCS", "II"
    LOCAL = "local", "HCPCS", "III"
    DENTAL = "dental", "CDT", "II"
    UNASSIGNED = "unassigned", "CPT", "I"


@attrs.frozen
class ProcedureCode(Code):
    """A CPT, HCPCS, or CDT code. `letter` is the first of Level II and local codes, the last of CPT's, or ""."""

    kind: ProcedureKind

    def _repr_html_(self) -> str:
        from claimcheck import markup

        category = None if self.category is None else f"Category {self.category}"
        kind = self.kind.replace("_", " ")
        return markup.joined(
            markup.code(self), markup.joined(self.system, category, f"HCPCS Level {self.level}", f"({kind})", by=", ")
        )

    @property
    def system(self) -> System:
        return self.kind.system

    @property
    def level(self) -> Level:
        return self.kind.level

    @property
    def category(self) -> Category | None:
        return self.kind.category

    @property
    def letter(self) -> str:
        return self.text.strip("0123456789")

    @property
    def digits(self) -> str:
        return self.text.strip(self.letter)
