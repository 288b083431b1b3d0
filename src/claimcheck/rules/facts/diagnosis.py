"""One diagnosis of a claim as rules see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

import attrs

from claimcheck.claims import Diagnosis, Reason, Unreadable
from claimcheck.claims.quick import maker
from claimcheck.codes import icd9cm, icd10cm, procedure
from claimcheck.policies import PolicyOn
from claimcheck.rules.facts.code import CodeField, State, read_code
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.facts.time import Time
from claimcheck.tables import Absent, CodeListEntry, Found, Lookup, NotCovered

__all__ = ["ClaimDiagnosis", "flagged", "flagged_inpatient", "listed", "read_diagnosis"]


@attrs.frozen(eq=False, weakref_slot=False)
class ClaimDiagnosis:
    """The facts of a diagnosis: its code field, the ICD version it was billed in, its role, and the date by which it is
    checked.

    `code` is the canonical text without the dot, None unless well formed; `as_procedure` is the procedure code in the
    field if it is not a diagnosis. `version` and `role` are "unreadable" if they cannot be read.
    """

    field: CodeField
    version: str
    role: str
    poa: str | Unreadable | None
    code: str | None
    as_procedure: str | None
    on: date | None
    policy: PolicyOn
    tables: TablesOn

    @property
    def shown(self) -> str:
        """The code as people write it, with its dot."""
        return self.field.value.dotted if self.field.value is not None else ""

    def at(self, time: Time) -> ClaimDiagnosis:
        """The same diagnosis at another time."""
        return _make_diagnosis(*_same_at_any_time(self), time.on, time.policy, time.tables)


_make_diagnosis = maker(ClaimDiagnosis)
_same_at_any_time: Callable[[ClaimDiagnosis], tuple[Any, ...]] = attrgetter(
    *[field.name for field in attrs.fields(ClaimDiagnosis) if field.name not in ("on", "policy", "tables")]
)


def read_diagnosis(diagnosis: Diagnosis | Unreadable, time: Time) -> ClaimDiagnosis:
    """The facts of a diagnosis at a time; anything that is not a diagnosis has an unreadable code."""
    if isinstance(diagnosis, Unreadable):
        given = Diagnosis(version=diagnosis)
        field = CodeField(State.UNREADABLE, error=f"expected {diagnosis.expected}", shape=diagnosis.shape)
    else:
        given = diagnosis
        field = read_code(icd9cm.parse if given.version == "ICD-9-CM" else icd10cm.parse, given.code)
    return _make_diagnosis(
        field=field,
        version=_text(given.version) or "ICD-10-CM",
        role=_text(given.role) or "other",
        poa=given.poa,
        code=field.text,
        as_procedure=read_code(procedure.parse, given.code).text if field.wrong else None,
        on=time.on,
        policy=time.policy,
        tables=time.tables,
    )


def listed(diagnosis: ClaimDiagnosis, name: str) -> Lookup[CodeListEntry]:
    """A user list's entry for a well-formed diagnosis, whether or not the list writes dots."""
    held = diagnosis.tables.code_list(name, diagnosis.code or "")
    return held if isinstance(held, Found) else diagnosis.tables.code_list(name, diagnosis.shown)


_EDITOR = "outpatient_diagnosis"


def flagged(
    diagnosis: ClaimDiagnosis, flag: str, but: frozenset[str] = frozenset(), own: str | None = None
) -> Lookup[CodeListEntry]:
    """The outpatient code editor's entry for a diagnosis: found if it has the flag, else absent.

    A diagnosis that also has one of the flags `but` counts as absent. If the table is not loaded, the answer comes from
    the user's `own` list, if there is one of this name.
    """
    held = diagnosis.tables.code_list(_EDITOR, diagnosis.code or "")
    if isinstance(held, Found):
        flags = held.value.get("flags").split()
        return held if flag in flags and but.isdisjoint(flags) else Absent(held.edition, held.exact)
    if own is not None and isinstance(held, NotCovered) and held.reason is Reason.NO_TABLE:
        return listed(diagnosis, own)
    return held


_INPATIENT = "inpatient_diagnosis"


def flagged_inpatient(diagnosis: ClaimDiagnosis, flag: str) -> Lookup[CodeListEntry]:
    """The Medicare Code Editor's entry for a diagnosis: found if it has the flag, else absent."""
    held = diagnosis.tables.code_list(_INPATIENT, diagnosis.code or "")
    if isinstance(held, Found) and flag not in held.value.get("flags").split():
        return Absent(held.edition, held.exact)
    return held


def _text(value: str | Unreadable | None) -> str | None:
    return "unreadable" if isinstance(value, Unreadable) else value
