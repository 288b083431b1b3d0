"""The tables as of one day, so that rules need not pass the day each time.

If the day is unknown, every answer is "not covered, no service date", so that no rule can forget it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from claimcheck.claims import Reason
from claimcheck.tables.lookup import Lookup, NotCovered

if TYPE_CHECKING:
    from claimcheck.tables import (
        AddOn,
        CategoryII,
        CodeListEntry,
        DiagnosisCode,
        FeeSchedule,
        HcpcsCode,
        Mue,
        Opps,
        PairsWithin,
        PlaceOfService,
        ServiceGroup,
        Tables,
    )

__all__ = ["NotingTables", "Question", "TablesOn"]

#: How many answers of a table, and how many days, are kept.
MOST_KNOWN = 8_192

Question = tuple[str, str, tuple[str, str] | None, tuple[Any, ...]]
"""A table, the `Tables` method that asks it, what narrows it (name and value of a program or component), and the
question."""


@attrs.frozen(eq=False, repr=False)
class TablesOn:
    """`tables` as of `day`. Each method returns `Found`, `Absent`, or `NotCovered`, and asks the tables only once.

    `known` holds, by table, earlier answers from days with the same content.
    """

    tables: Tables
    day: date | None
    known: dict[str, dict[Question, Any]] = attrs.field(factory=dict)

    def add_on(self, code: str, program: str = "medicare") -> Lookup[AddOn]:
        """Whether the code is an add-on code, and for which primaries."""
        answer: Lookup[AddOn] = self._answer(("add_on", "add_on", ("program", program), (code,)))
        return answer

    def category_ii(self, code: str) -> Lookup[CategoryII]:
        """Whether the CPT Category II code is active."""
        answer: Lookup[CategoryII] = self._answer(("category_ii", "category_ii", None, (code,)))
        return answer

    def code_list(self, name: str, code: str) -> Lookup[CodeListEntry]:
        """A user list's entry for the code."""
        answer: Lookup[CodeListEntry] = self._answer((name, "code_list", None, (name, code)))
        return answer

    def fee_schedule(self, code: str, component: str = "") -> Lookup[FeeSchedule]:
        """The physician fee schedule's row for the code, or for its component (26, TC, 53) if that has its own."""
        narrowed = ("component", component) if component else None
        answer: Lookup[FeeSchedule] = self._answer(("fee_schedule", "fee_schedule", narrowed, (code,)))
        return answer

    def hcpcs(self, code: str) -> Lookup[HcpcsCode]:
        """Whether the HCPCS Level II code is active."""
        answer: Lookup[HcpcsCode] = self._answer(("hcpcs", "hcpcs", None, (code,)))
        return answer

    def icd10cm(self, code: str) -> Lookup[DiagnosisCode]:
        """Whether the diagnosis, without its dot, is billable."""
        answer: Lookup[DiagnosisCode] = self._answer(("icd10cm", "icd10cm", None, (code,)))
        return answer

    def icd10pcs(self, code: str) -> Lookup[DiagnosisCode]:
        """Whether the inpatient procedure is billable."""
        answer: Lookup[DiagnosisCode] = self._answer(("icd10pcs", "icd10pcs", None, (code,)))
        return answer

    def modifier(self, code: str) -> Lookup[HcpcsCode]:
        """Whether the modifier is active."""
        answer: Lookup[HcpcsCode] = self._answer(("modifier", "modifier", None, (code,)))
        return answer

    def mue(self, table: str, code: str, program: str = "medicare") -> Lookup[Mue]:
        """The medically unlikely edit of the code."""
        answer: Lookup[Mue] = self._answer((table, "mue", ("program", program), (table, code)))
        return answer

    def opps(self, code: str) -> Lookup[Opps]:
        """The code's status indicator under the outpatient prospective payment system."""
        answer: Lookup[Opps] = self._answer(("opps", "opps", None, (code,)))
        return answer

    def place_of_service(self, code: str) -> Lookup[PlaceOfService]:
        """Whether the place of service is assigned."""
        answer: Lookup[PlaceOfService] = self._answer(("place_of_service", "place_of_service", None, (code,)))
        return answer

    def ptp_within(self, table: str, codes: Iterable[str], program: str = "medicare") -> PairsWithin | NotCovered:
        """All NCCI pairs between two of the codes."""
        question = table, "ptp_within", ("program", program), (table, frozenset(codes))
        answer: PairsWithin | NotCovered = self._answer(question)
        return answer

    def service_group(self, code: str) -> Lookup[ServiceGroup]:
        """The codes that report the same service as this one."""
        answer: Lookup[ServiceGroup] = self._answer(("service_group", "service_group", None, (code,)))
        return answer

    def noting(self) -> NotingTables:
        """The same tables, recording the answers they give."""
        return NotingTables(self.tables, self.day, self.known)

    def repeats(self, answers: Mapping[Question, Any]) -> bool:
        """Whether each question gets that answer here too.

        >>> from claimcheck.rules.facts.tables_by_day import TablesByDay
        >>> from claimcheck.tables import Tables
        >>> by_day = TablesByDay(Tables.starter())
        >>> noting = by_day.on(date(2024, 7, 15)).noting()
        >>> answer = noting.place_of_service("27")
        >>> [by_day.on(date(year, 7, 15)).repeats(noting.answers) for year in (2025, 2023)]
        [True, False]
        """
        for question, answer in answers.items():
            own = self._answer(question)
            if own is not answer and own != answer:
                return False
        return True

    def answer(self, question: Question) -> Any:
        """The answer to a question asked through another method."""
        return self._answer(question)

    def _answer(self, question: Question) -> Any:
        table, lookup, narrowed, key = question
        if self.day is None:
            return NotCovered(Reason.NO_SERVICE_DATE, table)
        known = self.known.get(table)
        if known is None:
            known = self.known[table] = {}
        answer = known.get(question)
        if answer is None:
            named = {} if narrowed is None else dict([narrowed])
            answer = getattr(self.tables, lookup)(*key, self.day, **named)
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[question] = answer
        return answer


@attrs.frozen(eq=False, repr=False)
class NotingTables(TablesOn):
    """Tables as of a day, recording the answers they give."""

    answers: dict[Question, Any] = attrs.field(factory=dict, init=False)

    def _answer(self, question: Question) -> Any:
        answer = self.answers.get(question)
        if answer is None:
            answer = self.answers[question] = super()._answer(question)
        return answer
