"""A stay as the Medicare Code Editor sees it: its diagnoses and procedures, and what the editor's lists say of each.

The editor is run on bills of hospital inpatients, by default; from when to when an edit is run the policy says
(`facility.inpatient_edits`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from claimcheck.claims import InpatientProcedure, Unreadable
from claimcheck.codes import icd10pcs
from claimcheck.policies.parameters.facility import InpatientEdits
from claimcheck.rules.facts import ClaimDiagnosis, WholeClaim
from claimcheck.rules.facts.code import read_code
from claimcheck.rules.facts.tables_on import TablesOn
from claimcheck.rules.rule import Unchecked, unchecked
from claimcheck.tables import CodeListEntry, Found, Lookup, NotCovered

__all__ = [
    "DIAGNOSES",
    "PROCEDURES",
    "Coded",
    "Stay",
    "length_of",
    "not_known",
    "pays_nothing",
    "runs",
    "stay_of",
]

DIAGNOSES = "inpatient_diagnosis"  #: the editor's lists of diagnoses
PROCEDURES = "inpatient_procedure"  #: its lists of procedures

_SECONDARY = frozenset({"other", "external_cause"})
_PAYS_NOTHING = "0"  #: frequency of a bill on which a hospital reports known noncovered services


@attrs.frozen(eq=False)
class Coded:
    """A well-formed code on the claim, as it is `shown`, and the editor's list that covers it."""

    code: str
    shown: str
    list_name: str
    tables: TablesOn

    @property
    def answer(self) -> Lookup[CodeListEntry]:
        """The editor list's entry for it."""
        return self.tables.code_list(self.list_name, self.code)

    @property
    def found(self) -> Found[CodeListEntry] | None:
        """The entry, if the code is listed."""
        answer = self.answer
        return answer if isinstance(answer, Found) else None

    @property
    def flags(self) -> frozenset[str]:
        """Its flags in the editor's list, empty if not listed."""
        found = self.found
        return frozenset() if found is None else frozenset(found.value.get("flags").split())

    @property
    def sex(self) -> str:
        """Its sex in the editor's list, "" for either."""
        found = self.found
        return "" if found is None else found.value.get("sex")


@attrs.frozen(eq=False)
class Stay:
    """The ICD-10 codes of a stay: the principal diagnosis, the secondary ones, the procedures."""

    principal: Coded | None
    secondary: tuple[Coded, ...]
    procedures: tuple[Coded, ...]

    @property
    def diagnoses(self) -> tuple[Coded, ...]:
        """The principal diagnosis and the secondary ones."""
        return self.secondary if self.principal is None else (self.principal, *self.secondary)


def runs(edit: int, view: WholeClaim) -> bool:
    """Whether the policy runs the edit on this bill."""
    policy = view.policy[InpatientEdits]
    return edit in policy.edits and view.setting.is_one_of(policy.bills)


def pays_nothing(view: WholeClaim) -> bool:
    """Whether the bill requests no payment, like one that reports noncovered services (bill type 110)."""
    return view.setting.frequency == _PAYS_NOTHING


def stay_of(view: WholeClaim) -> Stay:
    """The codes of a claim. Admitting diagnoses and ICD-9-CM codes are left out."""
    coded = [(one.role, _diagnosis(one)) for one in view.diagnoses if one.code and one.version == "ICD-10-CM"]
    principal = next((one for role, one in coded if role == "principal"), None)
    secondary = tuple([one for role, one in coded if role in _SECONDARY])
    return Stay(principal, secondary, tuple(_procedures(view)))


def _diagnosis(diagnosis: ClaimDiagnosis) -> Coded:
    return Coded(diagnosis.code or "", diagnosis.shown, DIAGNOSES, diagnosis.tables)


def _procedures(view: WholeClaim) -> Iterator[Coded]:
    for given in view.claim.procedures:
        if isinstance(given, InpatientProcedure) and given.version != "ICD-9-CM":
            code = read_code(icd10pcs.parse, given.code).text
            if code is not None:
                yield Coded(code, code, PROCEDURES, view.tables)


def not_known(coded: Iterable[Coded]) -> Iterator[Unchecked]:
    """Why the editor's list cannot answer for some codes, each reason once."""
    reasons = dict.fromkeys(answer for one in coded if isinstance(answer := one.answer, NotCovered))
    yield from map(unchecked, reasons)


def length_of(view: WholeClaim) -> int | None:
    """The days from admission to discharge; None if either is unknown."""
    claim = view.claim
    first = _day(claim.admission_date) or _day(claim.statement_from)
    last = _day(claim.discharge_date) or _day(claim.statement_through)
    return None if first is None or last is None or last < first else (last - first).days


def _day(value: date | Unreadable | None) -> date | None:
    return value if isinstance(value, date) else None
