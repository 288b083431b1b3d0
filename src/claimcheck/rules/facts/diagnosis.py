"""One diagnosis of a claim as rules see it."""

from __future__ import annotations

from datetime import date

import attrs

from claimcheck.claims import Diagnosis, Unreadable
from claimcheck.codes import icd9cm, icd10cm, procedure
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.code import CodeField, State, read_code
from claimcheck.rules.facts.setting import Setting
from claimcheck.rules.facts.tables_on import TablesOn

__all__ = ["ClaimDiagnosis", "read_diagnosis"]


@attrs.frozen(eq=False)
class ClaimDiagnosis:
    """A diagnosis, in facts: its code field, the version it was billed in, its role, the day it is judged by.

    `code` is the canonical text without the dot, None unless well formed; `as_procedure` the procedure code that the
    field spells where it spells no diagnosis. `version` and `role` are "unreadable" where they cannot be read.
    """

    setting: Setting
    on: date | None
    field: CodeField
    version: str
    role: str
    poa: str | Unreadable | None
    code: str | None
    as_procedure: str | None
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
        return _diagnosis(setting, on, field, Diagnosis(version=diagnosis))
    field = read_code(icd9cm.parse if diagnosis.version == "ICD-9-CM" else icd10cm.parse, diagnosis.code)
    return _diagnosis(setting, on, field, diagnosis)


def _diagnosis(setting: Setting, on: date | None, field: CodeField, given: Diagnosis) -> ClaimDiagnosis:
    return ClaimDiagnosis(
        setting=setting,
        on=on,
        field=field,
        version=_text(given.version) or "ICD-10-CM",
        role=_text(given.role) or "other",
        poa=given.poa,
        code=field.text,
        as_procedure=read_code(procedure.parse, given.code).text if field.wrong else None,
        policy=setting.policy.on(on),
        tables=setting.tables.on(on),
    )


def _text(value: str | Unreadable | None) -> str | None:
    return "unreadable" if isinstance(value, Unreadable) else value
