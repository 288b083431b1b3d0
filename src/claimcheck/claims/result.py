"""The result of a claim and of each of its lines."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from claimcheck.claims.finding import Adjustment, Finding, Findings, NotChecked, day_from
from claimcheck.claims.scope import EditScope
from claimcheck.claims.service_use import Overturned, ServiceUse
from claimcheck.claims.typed import fits
from claimcheck.claims.verdict import Disposition, Severity
from claimcheck.errors import ClaimcheckError, InputError
from claimcheck.guesses import hinted

__all__ = ["ClaimResult", "FindingsError", "LineResult", "Receipt"]


class FindingsError(ClaimcheckError):
    """Raised by `ClaimResult.raise_for_findings`. Holds the findings, and describes them without any claim text."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(map(str, findings)))

    def __reduce__(self) -> tuple[type[FindingsError], tuple[tuple[Finding, ...]]]:
        return FindingsError, (self.findings,)


Reads = Mapping[str, Any]
_NO_RESULT = "not a result: JSON as ClaimResult.to_json writes it is expected"


@attrs.frozen(eq=False, weakref_slot=False)
class Receipt:
    """What the result is based on, without member data, so that it can be reproduced: see `claimcheck replay`.

    The version of the code, the policy and its hash, the table editions and a hash of their content, the processing
    date, and `reads`: what the rules read of the claim and of the member's other lines, in JSON-compatible form. Codes,
    service dates, and amounts are as billed; member data, claim ids, and free text are only described, and the birth
    date is replaced by the member's ages.

    `rules_off` are the ids of the rules that were switched off; `severities` maps rules to the severity set for their
    findings.
    """

    version: str
    policy: str
    policy_hash: str
    tables: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    tables_hash: str = ""
    _reads: Reads | Callable[[], Reads] = attrs.field(factory=dict, repr=False)
    rules_off: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()

    @property
    def reads(self) -> Reads:
        """What the rules read; computed on request."""
        return self._reads() if callable(self._reads) else self._reads

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Receipt) and self._key() == other._key() and self.reads == other.reads

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[type[Receipt], tuple[Any, ...]]:
        return Receipt, (*self._basis(), dict(self.reads), *self._choice())

    def _basis(self) -> tuple[Any, ...]:
        return self.version, self.policy, self.policy_hash, self.tables, self.as_of, self.tables_hash

    def _choice(self) -> tuple[Any, ...]:
        return self.rules_off, self.severities

    def _key(self) -> tuple[Any, ...]:
        return *self._basis(), *self._choice()

    def to_dict(self) -> dict[str, Any]:
        """The receipt in JSON-compatible form."""
        return {
            "version": self.version,
            "policy": self.policy,
            "policy_hash": self.policy_hash,
            "tables": list(self.tables),
            "tables_hash": self.tables_hash,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "rules_off": list(self.rules_off),
            "severities": dict(self.severities),
            "reads": self.reads,
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Receipt:
        """The receipt that `to_dict` wrote."""
        return cls(
            plain["version"],
            plain["policy"],
            plain["policy_hash"],
            tuple(plain["tables"]),
            day_from(plain["as_of"]),
            plain.get("tables_hash", ""),
            reads if isinstance(reads := plain.get("reads"), Mapping) else {},
            tuple(map(str, plain.get("rules_off", ()))),
            tuple((str(rule), str(severity)) for rule, severity in plain.get("severities", {}).items()),
        )


_TOTAL = "0001"
"""The revenue code of the total line (Medicare Claims Processing Manual, chapter 25, form locator 42)."""


_OF_LINE = {
    "allowed": "allowed_amount",
    "code": "procedure_code",
    "cpt": "procedure_code",
    "denied": "disposition == 'denied'",
    "errors": "[finding for finding in line.findings if finding.severity == 'error']",
    "hcpcs": "procedure_code",
    "number": "line_number",
    "ok": "disposition == 'payable', or no error in findings",
    "paid": "disposition == 'payable', and allowed_amount",
    "status": "disposition",
}
_OF_CLAIM = {
    "codes": "[finding.rule_id for finding in result]",
    "denied": "disposition == 'denied'",
    "dict": "to_dict()",
    "id": "claim_id",
    "is_valid": "ok (no errors), complete (nothing left unchecked), or clean (both)",
    "issues": "findings",
    "json": "to_json()",
    "messages": "[finding.message for finding in result]",
    "model_dump": "to_dict()",
    "paid": "disposition == 'payable'",
    "passed": "ok (no errors), complete (nothing left unchecked), or clean (both)",
    "status": "disposition",
    "success": "ok (no errors), complete (nothing left unchecked), or clean (both)",
    "summary": "str(result), or print(result)",
    "to_csv": "claimcheck.frames.results_frame([result]), or claimcheck.io.out.findings_csv.write(path)",
    "to_df": "claimcheck.frames.results_frame([result], backend='pandas')",
    "to_frame": "claimcheck.frames.results_frame([result])",
    "to_pandas": "claimcheck.frames.results_frame([result], backend='pandas')",
    "valid": "ok (no errors), complete (nothing left unchecked), or clean (both)",
}


@hinted(_OF_LINE)
@attrs.frozen(weakref_slot=False)
class LineResult:
    """The result of one line.

    `position` is its place from 1; `deciding` the finding that set the disposition, None where nothing did;
    `allowed_amount` the price where it is a convention, None for what claimcheck does not price; `adjustments` what
    a remittance would carry. `procedure_code`, `modifiers`, `revenue_code` and `service_date` are what the line bills,
    where that is well formed: a code that is none is None, for it may be anything.

    Of a line that is paid by the outpatient prospective payment system, where the outpatient code editor's tables are
    loaded: `status_indicator` on this claim, `apc` (its group), and `packaged`, whether other lines include its
    payment. They are None on other lines. What an APC pays is not said.
    """

    line_number: int
    position: int
    disposition: Disposition
    deciding: Finding | None = None
    charge: Decimal | None = None
    allowed_amount: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    findings: tuple[Finding, ...] = ()
    procedure_code: str | None = None
    modifiers: tuple[str, ...] = ()
    revenue_code: str | None = None
    service_date: datetime.date | None = None
    status_indicator: str | None = None
    apc: str | None = None
    packaged: bool | None = None

    @property
    def billed(self) -> Decimal | None:
        """What the line adds to the claim's total: `charge`, or nothing if it holds the total of the others.

        >>> total = LineResult(3, 3, Disposition.REPORT_ONLY, charge=Decimal("180.00"), revenue_code="0001")
        >>> total.charge, total.billed
        (Decimal('180.00'), None)
        """
        return None if self.revenue_code == _TOTAL else self.charge

    def _repr_html_(self) -> str:
        from claimcheck.claims import html

        return html.of_line(self)


@hinted(_OF_CLAIM)
@attrs.frozen(repr=False, weakref_slot=False)
class ClaimResult:
    """The result of a claim.

    `ok`: no finding of severity error. `complete`: everything that applies was checked. `clean`: both, for a claim in
    force. All three concern the families of edits in `scope` and the rules that ran: `receipt.rules_off` names those
    that were switched off. `findings` holds those on the claim itself first, then line by line. `services` are the uses
    of services that a frequency limit counts, and `overturned` the findings on lines of earlier claims: both are for a
    history. `superseded_by` is the claim id of the claim that replaces this one, if it has an id. `supersedes` are
    claims that this one replaces without naming them: the originals of a replacement or void, found by their
    similarity.
    """

    claim_id: str | None
    disposition: Disposition
    lines: tuple[LineResult, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    receipt: Receipt
    services: tuple[ServiceUse, ...] = ()
    overturned: tuple[Overturned, ...] = ()
    superseded_by: str | None = None
    supersedes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """No finding of severity error."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def complete(self) -> bool:
        """Everything that applies was checked."""
        return not self.not_checked

    @property
    def clean(self) -> bool:
        """`ok` and `complete`: nothing speaks against the claim in the families of edits of its `scope`.

        "Not checked" is never "clean", nor is a superseded claim, which was not validated. A clean claim may still have
        problems that claimcheck does not check, such as the member's eligibility.
        """
        return self.ok and self.complete and self.disposition is not Disposition.SUPERSEDED

    @property
    def returned(self) -> bool:
        """Whether the claim is returned to the provider: a rejected one, or an institutional one with a rejected line.

        An institutional claim is returned as a whole, to be corrected and sent again (CMS, Integrated Outpatient Code
        Editor, disposition "return to provider"). No line of it is paid until then; the `disposition` of the claim
        still follows from those of its lines.
        """
        if self.disposition in (Disposition.REJECTED, Disposition.SUPERSEDED):
            return self.disposition is Disposition.REJECTED
        rejected = any(line.disposition is Disposition.REJECTED for line in self.lines)
        return rejected and self._claim_type == "institutional"

    @property
    def scope(self) -> EditScope:
        """The families of edits that the result covers, and those that claimcheck does not have."""
        return EditScope.of(self._claim_type, self.receipt.rules_off)

    @property
    def _claim_type(self) -> str | None:
        claim_type = self.receipt.reads.get("claim", {}).get("claim_type")
        return claim_type.lower() if isinstance(claim_type, str) else None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity error."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings of severity warning."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)

    def __iter__(self) -> Iterator[Finding]:
        """Iterates over the findings."""
        return iter(self.findings)

    def line(self, number: int | None = None, *, position: int | None = None) -> LineResult:
        """The result of the line with this number, as billed; or of the one at this `position`, from 1.

        Raises:
            InputError: no line has the number, or two do, in which case the position is needed.

        >>> from claimcheck import validate_claim
        >>> lines = [{"line_number": 7, "procedure_code": "99213"}, {"line_number": 7, "procedure_code": "36415"}]
        >>> result = validate_claim({"lines": lines})
        >>> result.line(position=2).procedure_code
        '36415'
        >>> result.line(7)
        Traceback (most recent call last):
            ...
        claimcheck.errors.InputError: 2 lines have the number 7: give the position of one, as line(position=1)
        """
        of, wanted = ("line_number", number) if position is None else ("position", position)
        found = [line for line in self.lines if getattr(line, of) == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            first = found[0].position
            raise InputError(
                f"{len(found)} lines have the number {number}: give the position of one, as line(position={first})"
            )
        there = ", ".join(str(getattr(line, of)) for line in self.lines[:20]) or "none, for the claim has no lines"
        raise InputError(f"no line has the {of.replace('line_', '')} {wanted!r}: there is {there}")

    def raise_for_findings(self, severity: str = "error") -> None:
        """Raises `FindingsError` if a finding is at least as severe as `severity`; `InputError` if that is not a
        severity."""
        if severity not in tuple(Severity):
            raise InputError(f"severity: one of {', '.join(Severity)} is expected, not {severity!r}")
        least = Severity(severity)
        found = tuple(finding for finding in self.findings if finding.severity >= least)
        if found:
            raise FindingsError(found)

    def to_dict(self) -> dict[str, Any]:
        """The result in JSON-compatible form; `from_dict` gives an equal one."""
        number = {finding: place for place, finding in enumerate(self.findings)}
        return {
            "claim_id": self.claim_id,
            "disposition": str(self.disposition),
            "returned": self.returned,
            "superseded_by": self.superseded_by,
            "supersedes": list(self.supersedes),
            "ok": self.ok,
            "complete": self.complete,
            "clean": self.clean,
            "lines": [_line_to_dict(line, number) for line in self.lines],
            "findings": [finding.to_dict() for finding in self.findings],
            "not_checked": [entry.to_dict() for entry in self.not_checked],
            "receipt": self.receipt.to_dict(),
            "services": [use.to_dict() for use in self.services],
            "overturned": [entry.to_dict() for entry in self.overturned],
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> ClaimResult:
        """The result that `to_dict` wrote.

        Raises:
            InputError: it is something else, or has a value of another type.
        """
        try:
            read = cls._from_dict(plain)
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, IndexError, RecursionError):
            raise InputError(_NO_RESULT) from None
        if not fits(read, ClaimResult):
            raise InputError(_NO_RESULT)
        return read

    @classmethod
    def _from_dict(cls, plain: Mapping[str, Any]) -> ClaimResult:
        findings = Findings(map(Finding.from_dict, plain["findings"]))
        return cls(
            plain["claim_id"],
            Disposition(plain["disposition"]),
            tuple(_line_from_dict(line, findings) for line in plain["lines"]),
            findings,
            tuple(map(NotChecked.from_dict, plain["not_checked"])),
            Receipt.from_dict(plain["receipt"]),
            tuple(map(ServiceUse.from_dict, plain["services"])),
            tuple(map(Overturned.from_dict, plain["overturned"])),
            plain.get("superseded_by"),
            tuple(plain.get("supersedes", ())),
        )

    def to_json(self, *, indent: int | None = None) -> str:
        """The result as JSON text: `to_dict`, on one line unless `indent` is given."""
        separators = (",", ":") if indent is None else None
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=separators, indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> ClaimResult:
        """The result that `to_json` wrote, such as a line of `claimcheck check --format jsonl`.

        Raises:
            InputError: the text is not JSON, or is JSON of something else.

        >>> from claimcheck import validate_claim
        >>> result = validate_claim({"claim_type": "professional", "lines": [{"procedure_code": "99213"}]})
        >>> ClaimResult.from_json(result.to_json()) == result
        True
        >>> ClaimResult.from_json("[]")
        Traceback (most recent call last):
            ...
        claimcheck.errors.InputError: not a result: JSON as ClaimResult.to_json writes it is expected
        """
        try:
            plain = json.loads(text)
        except (TypeError, ValueError, RecursionError):
            raise InputError(_NO_RESULT) from None
        return cls.from_dict(plain)

    def __repr__(self) -> str:
        return (
            f"ClaimResult({self.disposition}, ok={self.ok}, complete={self.complete}, lines={len(self.lines)}, "
            f"findings={len(self.findings)}, not_checked={len(self.not_checked)})"
        )

    def __str__(self) -> str:
        return "\n".join(_readable(self))

    def _repr_html_(self) -> str:
        from claimcheck.claims import html

        return html.of_result(self)


def _line_to_dict(line: LineResult, number: Mapping[Finding, int]) -> dict[str, Any]:
    return {
        "line_number": line.line_number,
        "position": line.position,
        "procedure_code": line.procedure_code,
        "modifiers": list(line.modifiers),
        "revenue_code": line.revenue_code,
        "service_date": None if line.service_date is None else line.service_date.isoformat(),
        "disposition": str(line.disposition),
        "deciding": None if line.deciding is None else number[line.deciding],
        "charge": None if line.charge is None else str(line.charge),
        "allowed_amount": None if line.allowed_amount is None else str(line.allowed_amount),
        "adjustments": [
            {
                "group_code": adjustment.group_code,
                "carc": adjustment.carc,
                "rarcs": list(adjustment.rarcs),
                "amount": None if adjustment.amount is None else str(adjustment.amount),
            }
            for adjustment in line.adjustments
        ],
        "findings": [number[finding] for finding in line.findings],
        "status_indicator": line.status_indicator,
        "apc": line.apc,
        "packaged": line.packaged,
    }


def _money(text: str | None) -> Decimal | None:
    amount = None if text is None else Decimal(text)
    if amount is not None and not amount.is_finite():
        raise ValueError("no amount")
    return amount


def _line_from_dict(plain: Mapping[str, Any], findings: tuple[Finding, ...]) -> LineResult:
    return LineResult(
        plain["line_number"],
        plain["position"],
        Disposition(plain["disposition"]),
        None if plain["deciding"] is None else findings[plain["deciding"]],
        _money(plain["charge"]),
        _money(plain["allowed_amount"]),
        tuple(
            Adjustment(item["group_code"], item["carc"], tuple(item["rarcs"]), _money(item["amount"]))
            for item in plain["adjustments"]
        ),
        Findings(findings[place] for place in plain["findings"]),
        plain.get("procedure_code"),
        tuple(plain.get("modifiers", ())),
        plain.get("revenue_code"),
        day_from(plain.get("service_date")),
        plain.get("status_indicator"),
        plain.get("apc"),
        plain.get("packaged"),
    )


def _paid_how(line: LineResult) -> str:
    """How an outpatient line is paid, where the tables that say so are loaded."""
    if line.status_indicator is None:
        return ""
    apc = "" if line.apc is None else f", APC {line.apc}"
    return f", status indicator {line.status_indicator}{apc}{', packaged' if line.packaged else ''}"


def _readable(result: ClaimResult) -> list[str]:
    from claimcheck.claims.outcome import return_note, state

    of_claim = ", ".join(filter(None, (result.disposition, return_note(result))))
    text = [f"claim: {of_claim} ({state(result)})"]
    text += [f"  {finding}" for finding in result.findings if finding.position is None]
    for line in result.lines:
        allowed = "" if line.allowed_amount is None else f", allowed {line.allowed_amount}"
        code = "-".join((line.procedure_code, *line.modifiers)) if line.procedure_code else line.revenue_code
        named = f"line {line.line_number} {code}" if code else f"line {line.line_number}"
        text.append(f"{named}: {line.disposition}{allowed}{_paid_how(line)}")
        text += [f"  {finding.severity} {finding.rule_id}: {finding.message}" for finding in line.findings]
    text += [f"not checked: {entry}" for entry in result.not_checked]
    if result.receipt.rules_off:
        text.append(f"switched off: {', '.join(result.receipt.rules_off)}")
    return text
