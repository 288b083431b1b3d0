"""One diagnosis of a claim as rules see it."""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.claims import Diagnosis, Unreadable
from claimcheck.codes import icd9cm, icd10cm
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.code import CodeField, State, read_code
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn

__all__ = ["ClaimDiagnosis", "read_diagnosis"]


@attrs.frozen(eq=False)
class ClaimDiagnosis:
    """A diagnosis, in facts: its code field, the version it was billed in, its role, the day it is judged by.

    `code` is the canonical text without the dot, None unless well formed.
    """

    setting: Setting
    on: date | None
    field: CodeField
    version: str
    role: str
    poa: str | None
    code: str | None
    policy: PolicyOn
    tables: TablesOn

    @property
    def shown(self) -> str:
        """The code as people write it, with its dot."""
        return self.field.value.dotted if self.field.value is not None else ""


def read_diagnosis(diagnosis: Diagnosis | Unreadable, setting: Setting, on: date | None) -> ClaimDiagnosis:
    """The facts of a diagnosis; what is no diagnosis at all is one with an unreadable code."""
    if isinstance(diagnosis, Unreadable):
        field = CodeField(State.UNREADABLE, error=f"{diagnosis.expected} is expected", shape=diagnosis.shape)
        version, role, poa = "ICD-10-CM", "other", None
    else:
        version = _text(diagnosis.version) or "ICD-10-CM"
        role = _text(diagnosis.role) or "other"
        poa = _text(diagnosis.poa)
        field = read_code(icd9cm.parse if version == "ICD-9-CM" else icd10cm.parse, diagnosis.code)
    return ClaimDiagnosis(
        setting, on, field, version, role, poa, field.text, setting.policy.on(on), TablesOn(setting.tables, on)
    )


def _text(value: str | Unreadable | None) -> str | None:
    return value if isinstance(value, str) else None
