"""What another edition or policy changes in results: line by line, and in totals.

>>> from claimcheck import Validator
>>> line = {"procedure_code": "3044F", "units": 1, "charge": "0.01", "service_date": "2024-07-01"}
>>> claim = {"claim_type": "professional", "member_id": "M1", "lines": [line]}
>>> before, after = (Validator(policy).validate(claim) for policy in ("penny_from_2021_06_01", "zero"))
>>> [change] = [change for change in compare(before, after) if change.position]
>>> str(change.before.disposition), str(change.after.disposition), change.after.rule
('payable', 'report_only', 'CAT101')
>>> impact = Impact()
>>> _ = impact.add(before, after)
>>> impact.changed, impact.allowed_before, impact.allowed_after
(1, Decimal('0.01'), Decimal('0.00'))
>>> compare(before, before)
()
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import attrs

from claimcheck.claims import ClaimResult, Disposition, Finding, LineResult, NotChecked, Reason
from claimcheck.errors import InputError

__all__ = ["Change", "Impact", "Stand", "compare", "same"]

_NOTHING = Decimal(0)


@attrs.frozen
class Stand:
    """The disposition of a line or claim in one result; `rule` is the one that decided."""

    disposition: Disposition
    allowed_amount: Decimal | None = None
    rule: str | None = None


@attrs.frozen
class Change:
    """What differs on a line, or on the claim itself (`position` None).

    `found` are new findings, `gone` those that disappeared, `unchecked` what is no longer checked, `checked` what is
    checked now. `reworded` says that none of these differs, but a message, evidence, or the edition that answered does.
    """

    position: int | None
    line_number: int | None
    charge: Decimal | None
    before: Stand
    after: Stand
    found: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    unchecked: tuple[NotChecked, ...] = ()
    checked: tuple[NotChecked, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether disposition, allowed amount or deciding rule differs."""
        return self.before != self.after

    @property
    def reworded(self) -> bool:
        """Whether only the wording or the edition differs."""
        return not (self.decides or self.found or self.gone or self.unchecked or self.checked)


def same(before: ClaimResult, after: ClaimResult) -> bool:
    """Whether two results are identical to the byte, except for receipts and claim ids."""
    return _text(before) == _text(after)


def _text(result: ClaimResult) -> str:
    plain = result.to_dict()
    del plain["claim_id"], plain["receipt"]
    for entry in plain["overturned"]:
        del entry["claim"]
    return json.dumps(plain)


def compare(before: ClaimResult, after: ClaimResult) -> tuple[Change, ...]:
    """What differs between two results of one claim, the claim itself first; empty if they are the `same`.

    Raises:
        InputError: the results are not of the same lines.
    """
    if [line.line_number for line in before.lines] != [line.line_number for line in after.lines]:
        raise InputError("the result is not on the lines of its receipt")
    if same(before, after):
        return ()
    found = [_of_claim(before, after)]
    found += [_of_line(one, other, before, after) for one, other in zip(before.lines, after.lines, strict=True)]
    changes = tuple(change for change in found if change is not None)
    return changes or (_change(None, before, after),)


def _of_claim(before: ClaimResult, after: ClaimResult) -> Change | None:
    one, other = _on_claim(before), _on_claim(after)
    change = _change(None, before, after)
    return None if change.reworded and one == other else change


def _of_line(one: LineResult, other: LineResult, before: ClaimResult, after: ClaimResult) -> Change | None:
    if one == other and _not_checked(before, one) == _not_checked(after, other):
        return None
    return _change((one, other), before, after)


def _change(lines: tuple[LineResult, LineResult] | None, before: ClaimResult, after: ClaimResult) -> Change:
    one, other = (None, None) if lines is None else lines
    was, now = _not_checked(before, one), _not_checked(after, other)
    had = _on_claim(before) if one is None else one.findings
    has = _on_claim(after) if other is None else other.findings
    return Change(
        None if one is None else one.position,
        None if one is None else one.line_number,
        None if one is None else one.billed,
        _stand(before if one is None else one),
        _stand(after if other is None else other),
        _beyond(has, had),
        _beyond(had, has),
        tuple(entry for entry in now if entry not in was),
        tuple(entry for entry in was if entry not in now),
    )


def _stand(verdict: ClaimResult | LineResult) -> Stand:
    if isinstance(verdict, ClaimResult):
        return Stand(verdict.disposition)
    deciding = verdict.deciding
    return Stand(verdict.disposition, verdict.allowed_amount, None if deciding is None else deciding.rule_id)


def _on_claim(result: ClaimResult) -> tuple[Finding, ...]:
    """The findings on the claim itself, and on the earlier claims that it reverses."""
    own = (finding for finding in result.findings if finding.position is None)
    return (*own, *(entry.finding for entry in result.overturned))


def _not_checked(result: ClaimResult, line: LineResult | None) -> tuple[NotChecked, ...]:
    """What was not checked on a line; on the claim as a whole if no line is given."""
    return tuple(
        attrs.evolve(entry, lines=())
        for entry in result.not_checked
        if (not entry.lines if line is None else line.line_number in entry.lines)
    )


def _beyond(some: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are not among the others, ignoring wording."""
    left = Counter(map(_substance, others))
    beyond = []
    for finding in some:
        key = _substance(finding)
        if left[key]:
            left[key] -= 1
        else:
            beyond.append(finding)
    return tuple(beyond)


def _substance(finding: Finding) -> tuple[Any, ...]:
    return (
        finding.rule_id, finding.severity, finding.disposition, finding.group_code, finding.carc, finding.rarcs
    )  # fmt: skip


@attrs.define
class Impact:
    """Totals over replayed results.

    `same` counts results identical to the byte, `changed` those with another decision on a line or the claim, `alike`
    the rest, in which findings or what was not checked may differ. `moved` and `charges` count lines and their charges
    by disposition before and after; `rules` and `tables` count findings that are new or gone, `unchecked` results by
    what is no longer checked and what is now.
    """

    same: int = 0
    alike: int = 0
    changed: int = 0
    lines: int = 0
    moved: Counter[tuple[Disposition, Disposition]] = attrs.field(factory=Counter)
    charges: dict[tuple[Disposition, Disposition], Decimal] = attrs.field(factory=dict)
    allowed_before: Decimal = _NOTHING
    allowed_after: Decimal = _NOTHING
    rules: dict[str, tuple[int, int]] = attrs.field(factory=dict)
    names: dict[str, str] = attrs.field(factory=dict)
    tables: dict[str, tuple[int, int]] = attrs.field(factory=dict)
    unchecked: dict[tuple[Reason, str | None], tuple[int, int]] = attrs.field(factory=dict)

    @property
    def replayed(self) -> int:
        """The number of results."""
        return self.same + self.alike + self.changed

    def add(self, before: ClaimResult, after: ClaimResult) -> tuple[Change, ...]:
        """Counts one result, and returns what differs."""
        changes = compare(before, after)
        self.lines += len(before.lines)
        self.allowed_before += _allowed(before)
        self.allowed_after += _allowed(after)
        if not changes:
            self.same += 1
        elif any(change.decides for change in changes):
            self.changed += 1
        else:
            self.alike += 1
        for change in changes:
            self._count(change)
        for key, counts in _steps(
            {(entry.reason, entry.table) for change in changes for entry in change.unchecked},
            {(entry.reason, entry.table) for change in changes for entry in change.checked},
        ):
            _raise(self.unchecked, key, counts)
        return changes

    def _count(self, change: Change) -> None:
        if change.position is not None and change.before.disposition is not change.after.disposition:
            move = change.before.disposition, change.after.disposition
            self.moved[move] += 1
            self.charges[move] = self.charges.get(move, _NOTHING) + (change.charge or _NOTHING)
        for findings, counts in ((change.found, (1, 0)), (change.gone, (0, 1))):
            for finding in findings:
                self.names.setdefault(finding.rule_id, finding.rule_name)
                _raise(self.rules, finding.rule_id, counts)
                if finding.edition is not None:
                    _raise(self.tables, _table(finding.edition), counts)


def _allowed(result: ClaimResult) -> Decimal:
    return sum((line.allowed_amount for line in result.lines if line.allowed_amount is not None), _NOTHING)


def _table(edition: str) -> str:
    """The table's name in "program table edition"."""
    _, _, rest = edition.partition(" ")
    return rest.partition(" ")[0] or edition


def _steps(now: set[Any], before: set[Any]) -> Iterator[tuple[Any, tuple[int, int]]]:
    for key in now | before:
        yield key, (int(key in now), int(key in before))


def _raise(counted: dict[Any, tuple[int, int]], key: Any, counts: tuple[int, int]) -> None:
    one, other = counted.get(key, (0, 0))
    counted[key] = one + counts[0], other + counts[1]
