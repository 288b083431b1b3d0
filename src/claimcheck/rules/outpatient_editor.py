"""Which Integrated Outpatient Code Editor edit a finding corresponds to, and how an edit affects others.

>>> from claimcheck.claims import Disposition, Severity
>>> from claimcheck.rules.rule import Outcome
>>> returned = Outcome(Severity.ERROR, Disposition.REJECTED, "CO", "16", ("M20",))
>>> edit_of("FAC101", returned, {}), edit_of("COD304", returned, {}), edit_of("STR101", returned, {})
(48, 102, None)

A finding of a rule that covers several edits names its own in the evidence:

>>> edit_of("FAC503", returned, {"edit": 99})
99

The numbers are for outpatient claims: where a rule also looks at other claims, they do not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol

from claimcheck.claims import Disposition, Severity

__all__ = [
    "BEFORE_REJECTION",
    "LAST",
    "NO_EDITS",
    "ON_A_DENIED_DAY",
    "Disposed",
    "Edits",
    "Outcomelike",
    "comes_back",
    "denies",
    "disposed",
    "edit_of",
    "field_of",
    "informs",
]

Edits = frozenset[tuple[int, Disposition]]
"""Edits of one line or claim: the number of each, and its effect."""

NO_EDITS: Edits = frozenset()


class Outcomelike(Protocol):
    """An outcome, or a finding that has one."""

    @property
    def severity(self) -> Severity: ...
    @property
    def disposition(self) -> Disposition: ...
    @property
    def carc(self) -> str | None: ...
    @property
    def rarcs(self) -> tuple[str, ...]: ...


Evidence = Mapping[str, Any]

_BY_TYPE = {1: 106, 2: 107, 3: 108}
_BY_REMARK = {"N425": 50, "N130": 9, "M15": 111}
_BY_INDICATOR = {"B": 62, "C": 18, "E1": 28, "E2": 13, "M": 72, "Y": 61}  #: for E1, one of the four it may be


def _if_error(number: int) -> Callable[[Outcomelike, Evidence], int | None]:
    """The edit of a rule whose warnings are not the editor's."""
    return lambda outcome, _: number if outcome.severity is Severity.ERROR else None


_EDITS: Mapping[str, int | Callable[[Outcomelike, Evidence], int | None]] = MappingProxyType(
    {
        "COD103": 6,
        "COD107": _if_error(55),
        "COD201": _if_error(1),
        "COD202": 1,
        "COD205": 5,
        "COD206": 86,
        "COD210": 113,
        "COD302": 22,
        "COD304": _if_error(102),
        "COV201": lambda _, evidence: _BY_INDICATOR.get(evidence["status_indicator"]),
        "FAC101": 48,
        "FAC102": _if_error(41),
        "FAC103": 65,
        "FAC109": lambda outcome, _: 11 if outcome.severity is Severity.WARNING else 10,
        "FAC110": lambda outcome, _: _BY_REMARK[outcome.rarcs[0]],
        "FAC111": 79,
        "FAC201": lambda outcome, _: 82 if outcome.disposition is Disposition.REJECTED else 117,
        "FAC202": lambda outcome, _: 44 if outcome.carc == "199" else 53,
        "FAC203": _if_error(74),
        "FAC204": 21,
        "FAC205": 42,
        "FAC206": 58,
        "FAC207": 51,
        "FAC208": 37,
        "FAC209": 76,
        "FAC210": 17,
        "NCCI101": lambda _, evidence: 20 if evidence["modifier_indicator"] == 0 else 40,
        "NCCI301": lambda _, evidence: _BY_TYPE[evidence["type"]],
    }
)

#: What the editor reports about a claim before it may reject it (27) and stop.
BEFORE_REJECTION = frozenset({1, 6, 10, 22, 27, 35, 41, 46, 53, 118})

#: What it reports about a line on a denied day (18, 49): earlier edits, what prevents payment for an inpatient-only
#: procedure (60, 70), what is not paid with it (121), and what is wrong with the bill as such (127). CMS, Integrated
#: Outpatient Code Editor, edits 18, 27, 49, and 127.
ON_A_DENIED_DAY = BEFORE_REJECTION | {18, 49, 60, 70, 121, 127}

#: What it reports after all other edits that depend on whether a line is denied.
LAST = frozenset({17, 45, 47, 117})

#: Informational edits: a line that has one is neither denied nor rejected by others.
_INFORMING = frozenset({7, 95, 128, 129, 131, 137, 138})


class Disposed(StrEnum):
    """What an edit does to the claim or the line."""

    CLAIM_REJECTION = "claim_rejection"
    CLAIM_DENIAL = "claim_denial"
    RETURN_TO_PROVIDER = "return_to_provider"
    SUSPENSION = "suspension"
    LINE_REJECTION = "line_rejection"
    LINE_DENIAL = "line_denial"


#: The edits by published disposition, except those that return the claim, as most do.
_DISPOSED: Mapping[Disposed, frozenset[int]] = MappingProxyType(
    {
        Disposed.CLAIM_REJECTION: frozenset({27}),
        Disposed.CLAIM_DENIAL: frozenset({10}),
        Disposed.SUSPENSION: frozenset({11, 12, 24, 57, 66}),
        Disposed.LINE_REJECTION: frozenset(
            {7, 13, 17, 20, 28, 40, 45, 47, 53, 65, 76, 91, 93, 95, 104, 110, 111, 112, 117}
            | {127, 128, 129, 131, 134, 136, 137, 138}
        ),
        Disposed.LINE_DENIAL: frozenset({9, 18, 30, 49, 67, 68, 69, 83, 103, 105, 106, 107, 108, 115, 121}),
    }
)
_DIAGNOSES, _MODIFIERS = frozenset({1, 2, 5, 86, 109, 113}), frozenset({22, 123})
_REVENUE = frozenset({41, 48, 65, 90, 127})


def disposed(edit: int) -> Disposed:
    """What an edit does to the claim or its line: its published disposition.

    >>> str(disposed(27)), str(disposed(48)), str(disposed(40)), str(disposed(115))
    ('claim_rejection', 'return_to_provider', 'line_rejection', 'line_denial')
    """
    return next((name for name, edits in _DISPOSED.items() if edit in edits), Disposed.RETURN_TO_PROVIDER)


def field_of(edit: int) -> str:
    """The field that an edit is returned with: a diagnosis, or a line's procedure, modifier, or revenue code.

    >>> field_of(113), field_of(22), field_of(48), field_of(40)
    ('diagnosis', 'modifier', 'revenue', 'procedure')
    """
    if edit in _DIAGNOSES:
        return "diagnosis"
    return "modifier" if edit in _MODIFIERS else "revenue" if edit in _REVENUE else "procedure"


def informs(edit: int) -> bool:
    """Whether an edit is informational, and neither denies nor rejects a line."""
    return edit in _INFORMING


def edit_of(rule_id: str, outcome: Outcomelike, evidence: Evidence) -> int | None:
    """The edit number, None for a finding that is not one of the editor's."""
    number = evidence.get("edit")
    if number is None:
        number = _EDITS.get(rule_id)
    return number(outcome, evidence) if callable(number) else number


def denies(edits: Edits, but: Set[int] = frozenset()) -> bool:
    """Whether edits, except some, deny or reject a line, so that others ignore it."""
    return bool(edits) and any(
        made is Disposition.DENIED and number not in _INFORMING and number not in but for number, made in edits
    )


def comes_back(edits: Edits) -> bool:
    """Whether edits have the claim returned or reviewed."""
    return bool(edits) and any(made in _COMES_BACK for _, made in edits)


_COMES_BACK = (Disposition.REJECTED, Disposition.REVIEW)
