"""The result of a claim."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from claimcheck.claims.finding import Finding, Findings, FindingsError
from claimcheck.claims.guessed import OF_CLAIM
from claimcheck.claims.line_result import LineResult
from claimcheck.claims.not_checked import NotChecked
from claimcheck.claims.receipt import Receipt
from claimcheck.claims.result_json import from_plain, to_plain
from claimcheck.claims.scope import EditScope
from claimcheck.claims.service_use import Overturned, ServiceUse
from claimcheck.claims.typed import fits
from claimcheck.claims.verdict import Disposition, Severity
from claimcheck.errors import InputError
from claimcheck.guesses import hinted

__all__ = ["ClaimResult"]

_NO_RESULT = "not a result: JSON as ClaimResult.to_json writes it is expected"


@hinted(OF_CLAIM)
@attrs.frozen(repr=False, weakref_slot=False)
class ClaimResult:
    """The result of a claim.

    `ok`, `complete`, and `clean` concern the families of edits in `scope` and the rules that ran: `receipt.rules_off`
    names those that were switched off. `findings` holds those on the claim itself first, then line by line. `services`
    are the uses of services that a frequency limit counts, and `overturned` the findings on lines of earlier claims:
    both are for a history. `superseded_by` is the claim id of the claim that replaces this one, if it has an id.
    `supersedes` are the originals that a replacement or void does not name, found by their similarity.
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
        return rejected and self.receipt.claim_type == "institutional"

    @property
    def scope(self) -> EditScope:
        """The families of edits that the result covers, and those that claimcheck does not have."""
        return EditScope.of(self.receipt.claim_type, self.receipt.rules_off)

    @property
    def errors(self) -> Findings:
        """The findings of severity error."""
        return Findings(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> Findings:
        """The findings of severity warning."""
        return Findings(finding for finding in self.findings if finding.severity is Severity.WARNING)

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
            one = f"line(position={found[0].position})"
            raise InputError(f"{len(found)} lines have the number {number}: give the position of one, as {one}")
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
        return to_plain(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> ClaimResult:
        """The result that `to_dict` wrote.

        Raises:
            InputError: it is something else, or has a value of another type.
        """
        try:
            read = cls(*from_plain(plain))
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, IndexError, RecursionError):
            raise InputError(_NO_RESULT) from None
        if not fits(read, ClaimResult):
            raise InputError(_NO_RESULT)
        return read

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
        from claimcheck.claims.result_text import readable

        return "\n".join(readable(self))

    def _repr_html_(self) -> str:
        from claimcheck.claims import html

        return html.of_result(self)
