"""What validation reports: findings, what was not checked, and the adjustments expected from a payer."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

import attrs

from claimcheck.claims.remedy import Remedy
from claimcheck.claims.verdict import Disposition, Reason, Severity
from claimcheck.guesses import hinted

if TYPE_CHECKING:
    from claimcheck.markup import Html

__all__ = ["Adjustment", "Evidence", "Finding", "Findings", "NotChecked"]

Value = str | int | bool | None | tuple[str, ...]


@attrs.frozen(repr=False, init=False, eq=False)
class Evidence(Mapping[str, Value]):
    """The values that decided, by name: an immutable mapping to text, integers, flags, or tuples of text.

    Decimals and dates are kept as text, so that evidence survives a round trip through JSON.

    >>> evidence = Evidence({"units": Decimal("3"), "limit": 2})
    >>> evidence["units"], dict(evidence)
    ('3', {'units': '3', 'limit': 2})
    """

    _items: tuple[tuple[str, Value], ...]

    def __init__(self, items: Mapping[str, object] = {}) -> None:
        self.__attrs_init__(tuple((name, _plain(value)) for name, value in items.items()))

    def __getitem__(self, name: str) -> Value:
        for own, value in self._items:
            if own == name:
                return value
        if name == "shape" and "pattern" in tuple(self):
            warnings.warn('evidence["shape"] is now evidence["pattern"]', DeprecationWarning, stacklevel=2)
            return self["pattern"]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))

    def __repr__(self) -> str:
        return f"Evidence({dict(self._items)!r})"

    def to_dict(self) -> dict[str, str | int | bool | list[str] | None]:
        """The values in JSON-compatible form."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self._items}

    def __reduce__(self) -> tuple[type[Evidence], tuple[dict[str, Value]]]:
        return Evidence, (dict(self._items),)


def _plain(value: object) -> Value:
    if value is None or value.__class__ in (str, int, bool):
        return value
    if isinstance(value, (list, tuple)):
        return tuple(map(str, value))
    if isinstance(value, (set, frozenset)):
        return tuple(sorted(map(str, value)))
    return str(value)


@attrs.frozen
class Adjustment:
    """What a remittance would carry: the group code, the reason code (CARC), remark codes (RARC), and the amount.

    `amount` is the part of the charge that is not paid, None if no charge could be read.
    """

    group_code: str
    carc: str
    rarcs: tuple[str, ...] = ()
    amount: Decimal | None = None


_GUESSED = {
    "code": "rule_id for the rule, carc and rarcs for the remittance, procedure_code for what the line bills",
    "cpt": "procedure_code",
    "level": "severity",
    "line": "line_number as billed, position from 1",
    "reason": "message, or carc",
    "reason_code": "carc",
    "remark_codes": "rarcs",
    "rule": "rule_id, rule_name",
    "text": "message",
}


@hinted(_GUESSED)
@attrs.frozen(weakref_slot=False)
class Finding:
    """Something that a rule found, with its evidence.

    `line_number` is the line number as billed (its position if it has none), None for a finding on the claim;
    `position` is its place from 1, which distinguishes two lines with one number; `related_lines` are the other lines
    that decided; `evidence` holds the values; `source` is where the deciding fact is published: the policy's own
    reference if the payer decides it, else the publication; `edition` is the table edition that answered.
    `procedure_code`, `modifiers`, `revenue_code`, and `service_date` are those of the line as billed, if well formed.
    `remedy` is what would change the outcome; None for information.
    """

    rule_id: str
    rule_name: str
    severity: Severity
    disposition: Disposition
    message: str
    line_number: int | None = None
    position: int | None = None
    related_lines: tuple[int, ...] = ()
    evidence: Evidence = attrs.field(factory=Evidence)
    source: str = ""
    edition: str | None = None
    group_code: str | None = None
    carc: str | None = None
    rarcs: tuple[str, ...] = ()
    procedure_code: str | None = None
    modifiers: tuple[str, ...] = ()
    revenue_code: str | None = None
    service_date: datetime.date | None = None
    remedy: Remedy | None = None

    def to_dict(self) -> dict[str, Any]:
        """The finding in JSON-compatible form."""
        plain = {name: getattr(self, name) for name in _FINDING_FIELDS}
        plain["severity"], plain["disposition"] = str(self.severity), str(self.disposition)
        plain["related_lines"], plain["rarcs"] = list(self.related_lines), list(self.rarcs)
        plain["modifiers"] = list(self.modifiers)
        plain["remedy"] = None if self.remedy is None else self.remedy.to_dict()
        plain["service_date"] = None if self.service_date is None else self.service_date.isoformat()
        plain["evidence"] = self.evidence.to_dict()
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Finding:
        """The finding that `to_dict` wrote."""
        given = dict(plain)
        given["severity"], given["disposition"] = Severity(given["severity"]), Disposition(given["disposition"])
        given["related_lines"], given["rarcs"] = tuple(given["related_lines"]), tuple(given["rarcs"])
        given["evidence"] = Evidence(given["evidence"])
        given["modifiers"] = tuple(given.get("modifiers", ()))
        given["service_date"] = day_from(given.get("service_date"))
        remedy = given.get("remedy")
        given["remedy"] = None if remedy is None else Remedy.from_dict(remedy)
        return cls(**given)

    def __str__(self) -> str:
        where = "claim" if self.line_number is None else f"line {self.line_number}"
        codes = "" if self.carc is None else f" [{'/'.join((f'{self.group_code}-{self.carc}', *self.rarcs))}]"
        return f"{where}: {self.severity} {self.rule_id} {self.rule_name}: {self.message}{codes}"

    def _repr_html_(self) -> str:
        from claimcheck.claims import html

        return html.of_finding(self)


def day_from(text: str | None) -> datetime.date | None:
    """The date in a JSON text, or None."""
    return None if text is None else datetime.date.fromisoformat(text)


_FINDING_FIELDS = tuple(field.name for field in attrs.fields(Finding))


class Findings(tuple[Finding, ...]):
    """Findings in order: a tuple that a notebook shows as a table.

    >>> Findings()[:1] == ()
    True
    """

    __slots__ = ()

    @overload
    def __getitem__(self, place: SupportsIndex) -> Finding: ...
    @overload
    def __getitem__(self, place: slice) -> Findings: ...
    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        return Findings(found) if isinstance(place, slice) else found

    def _repr_html_(self) -> Html:
        from claimcheck.claims import html

        return html.of_findings(self)


@attrs.frozen
class NotChecked:
    """Something that applies and could not be checked: the rule, the reason, the table it needed, and the lines.

    `lines` holds line numbers; empty if it is about the whole claim. If one reason affects several rules, as a missing
    history does, `rules` names them all, and `rule_id` is the first; otherwise `rules` holds just `rule_id`.
    """

    rule_id: str
    reason: Reason
    table: str | None = None
    lines: tuple[int, ...] = ()
    rules: tuple[str, ...] = attrs.field()

    @rules.default
    def _its_rule_alone(self) -> tuple[str, ...]:
        return (self.rule_id,)

    def to_dict(self) -> dict[str, Any]:
        """The entry in JSON-compatible form."""
        return {
            "rule_id": self.rule_id,
            "reason": str(self.reason),
            "table": self.table,
            "lines": list(self.lines),
            "rules": list(self.rules),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> NotChecked:
        """The entry that `to_dict` wrote."""
        rules = plain.get("rules", (plain["rule_id"],))  # results saved by version 0.1 name one rule
        return cls(plain["rule_id"], Reason(plain["reason"]), plain["table"], tuple(plain["lines"]), tuple(rules))

    def __str__(self) -> str:
        table = f" ({self.table})" if self.table else ""
        lines = f" on line {', '.join(map(str, self.lines))}" if self.lines else ""
        return f"{', '.join(self.rules)}{lines}: {self.reason}{table}"
