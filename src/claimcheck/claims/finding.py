"""What validation reports: findings, and the adjustments expected from a payer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

import attrs

from claimcheck.claims.evidence import Evidence
from claimcheck.claims.remedy import Remedy
from claimcheck.claims.verdict import Disposition, Severity
from claimcheck.errors import ClaimcheckError
from claimcheck.guesses import hinted

if TYPE_CHECKING:
    from claimcheck.markup import Html

__all__ = ["Adjustment", "Finding", "Findings", "FindingsError"]


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


class FindingsError(ClaimcheckError):
    """Raised by `ClaimResult.raise_for_findings`. Holds the findings, and describes them without any claim text."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(map(str, findings)))

    def __reduce__(self) -> tuple[type[FindingsError], tuple[tuple[Finding, ...]]]:
        return FindingsError, (self.findings,)
