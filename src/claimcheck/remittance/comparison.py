"""Compares claimcheck's results with the payer's answers, line by line, and counts agreement.

>>> from claimcheck import validate_claim
>>> from claimcheck.remittance import RemittanceHeader, RemittedAdjustment, RemittedLine
>>> result = validate_claim({"claim_id": "A1", "claim_type": "professional", "lines": [
...     {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-01"}]})
>>> denied = RemittedLine("99213", Decimal("125.00"), Decimal(0),
...     adjustments=(RemittedAdjustment("CO", "97", Decimal("125.00")),))
>>> answer = RemittedClaim(RemittanceHeader(), "A1", "1", Decimal("125.00"), Decimal(0), lines=(denied,))
>>> comparison = compare([result], [answer])
>>> comparison.lines[0].actual, comparison.lines[0].actual_carcs
(<Answer.DENIED: 'denied'>, ('97',))
>>> dict(compare([result], []).unmatched)
{'claim without a remittance': 1}
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from claimcheck.claims import Claim, ClaimResult, Disposition, LineResult, NotChecked
from claimcheck.claims.outcome import with_claim
from claimcheck.money import ZERO
from claimcheck.remittance.answers import Answer, answer_of, denials
from claimcheck.remittance.folding import FoldedRemittances, fold
from claimcheck.remittance.matching import is_changed, match_lines
from claimcheck.remittance.sent import with_claims
from claimcheck.remittance.values import ClaimStatus, Remittance, RemittanceHeader, RemittedClaim, RemittedLine
from claimcheck.rules.registry import by_id

__all__ = [
    "Agreement",
    "CarcRecall",
    "ComparedLine",
    "Comparison",
    "RulePrecision",
    "Tally",
    "compare",
    "compared_with",
]

_DENIED = (Disposition.DENIED, Disposition.REJECTED)


class Agreement(StrEnum):
    """How a result and the payer's answer compare.

    `NOT_CHECKED` is an unexpected denial for a reason used by a rule that could not check the line.
    """

    CAME_TRUE = "came true"
    OTHER_REASON = "denied for another reason"
    PAID_THOUGH_DENIED = "paid though denial expected"
    DENIED_THOUGH_PAYABLE = "denied though payable"
    NOT_CHECKED = "denied, not checked"
    REPORT_ONLY = "report only as expected"
    PAID_THOUGH_REPORT_ONLY = "paid though report only"
    PAID_IN_REVIEW = "paid, review expected"


@attrs.frozen(weakref_slot=False)
class ComparedLine:
    """One service line: claimcheck's result, and the payer's answer.

    `rule_id` and `expected_carc` are those of the finding that decided, None if nothing did, and `message` is its
    message; `remedy` is what would change the outcome. `actual_carcs` are the payer's denial reasons, `remarks` its
    remark codes. `charge` is as billed, `paid` what the payer paid; a line that the payer split is one line here.
    `code_changed` says that the payer adjudicated another code than was billed.
    """

    claim_id: str
    line_number: int
    position: int
    procedure_code: str | None
    revenue_code: str | None
    modifiers: tuple[str, ...]
    service_date: datetime.date | None
    charge: Decimal | None
    expected: Disposition
    rule_id: str | None
    expected_carc: str | None
    expected_rarcs: tuple[str, ...]
    actual: Answer
    actual_carcs: tuple[str, ...]
    remarks: tuple[str, ...]
    paid: Decimal
    agreement: Agreement
    payer: str | None
    provider: str | None
    code_changed: bool = False
    message: str | None = None
    remedy: str | None = None

    @property
    def month(self) -> str | None:
        """The month of service, such as 2024-07."""
        return None if self.service_date is None else self.service_date.strftime("%Y-%m")

    @property
    def expects_denial(self) -> bool:
        """Whether claimcheck expected the line to be denied or rejected."""
        return self.expected in _DENIED

    @property
    def expects_no_payment(self) -> bool:
        """Whether claimcheck expected the payer to pay nothing: a denial, or a line that only reports."""
        return self.expects_denial or self.expected is Disposition.REPORT_ONLY

    @property
    def billed(self) -> Decimal:
        """The charge, or zero if it is not known."""
        return ZERO if self.charge is None else self.charge


@attrs.frozen
class Tally:
    """The number of lines, their charges, and their payments."""

    lines: int
    charges: Decimal
    paid: Decimal


@attrs.frozen
class RulePrecision:
    """What happened to the lines that a rule expected to be denied.

    `not_denied` are those that the payer paid, or left to the patient or another payer.
    """

    rule_id: str
    expected: int
    came_true: int
    other_reason: int
    not_denied: int
    charges: Decimal
    paid: Decimal

    @property
    def precision(self) -> float:
        """The share that the payer denied for the rule's reason."""
        return self.came_true / self.expected


@attrs.frozen
class CarcRecall:
    """How many of the payer's denials with a reason were expected, for that reason or for another.

    A line that only reports pays nothing, so a reason for that, such as CARC 246, was expected too.
    """

    carc: str
    denied: int
    expected: int
    other_reason: int
    charges: Decimal

    @property
    def recall(self) -> float:
        """The share expected for this reason."""
        return self.expected / self.denied


@attrs.frozen
class Comparison:
    """Every line that both sides know, and the number that could not be matched, by reason.

    Claims and lines without a partner are counted, never dropped.
    """

    lines: tuple[ComparedLine, ...]
    unmatched: Mapping[str, int]

    def tally(self, by: Callable[[ComparedLine], Any]) -> dict[Any, Tally]:
        """Lines, charges and payments for each value of `by`, ordered by charges.

        `comparison.tally(lambda line: (line.payer, line.agreement))` counts by payer and agreement.
        """
        groups: dict[Any, list[ComparedLine]] = defaultdict(list)
        for line in self.lines:
            groups[by(line)].append(line)
        tallies = {key: _tally(lines) for key, lines in groups.items()}
        return dict(sorted(tallies.items(), key=lambda item: (-item[1].charges, str(item[0]))))

    def by_rule(self) -> tuple[RulePrecision, ...]:
        """The precision of each rule that expected a denial, ordered by charges."""
        found = []
        groups = _grouped(line for line in self.lines if line.expects_denial and line.rule_id is not None)
        for rule_id, lines in groups.items():
            count = Counter(line.agreement for line in lines)
            whole = _tally(lines)
            found.append(
                RulePrecision(
                    rule_id,
                    len(lines),
                    count[Agreement.CAME_TRUE],
                    count[Agreement.OTHER_REASON],
                    count[Agreement.PAID_THOUGH_DENIED],
                    whole.charges,
                    whole.paid,
                )
            )
        return tuple(sorted(found, key=lambda each: (-each.charges, each.rule_id)))

    def by_carc(self) -> tuple[CarcRecall, ...]:
        """The recall of each reason for which the payer denied a line, ordered by charges."""
        groups: dict[str, list[ComparedLine]] = defaultdict(list)
        for line in self.lines:
            if line.actual is Answer.DENIED:
                for carc in dict.fromkeys(line.actual_carcs):
                    groups[carc].append(line)
        found = []
        for carc, lines in groups.items():
            expected = [line for line in lines if line.expects_no_payment]
            same = sum(line.expected_carc == carc for line in expected)
            found.append(CarcRecall(carc, len(lines), same, len(expected) - same, _tally(lines).charges))
        return tuple(sorted(found, key=lambda each: (-each.charges, each.carc)))


def _grouped(lines: Iterable[ComparedLine]) -> dict[str, list[ComparedLine]]:
    groups: dict[str, list[ComparedLine]] = defaultdict(list)
    for line in lines:
        groups[str(line.rule_id)].append(line)
    return groups


def _tally(lines: Iterable[ComparedLine]) -> Tally:
    count, charges, paid = 0, ZERO, ZERO
    for line in lines:
        count, charges, paid = count + 1, charges + line.billed, paid + line.paid
    return Tally(count, charges, paid)


def compare(
    results: Iterable[ClaimResult],
    remittances: Iterable[RemittedClaim | Remittance],
    claims: Iterable[Claim | Mapping[str, Any] | Any] | None = None,
) -> Comparison:
    """Compares the results of claims with the payer's answers.

    `results` are those of `validate_claims` and similar functions, `remittances` what `read_remittances` yields, from
    one file or many, in any order. Claims are matched by number (CLM01, CLP01), lines as described in `match_lines`.
    `claims` are the claims of the results, in the same order: with them, lines are also matched by the provider's own
    control numbers, which results do not hold. A superseded claim is left out, because payers do not answer it.

    Raises:
        InputError: the number of claims differs from the number of results, or what is given is neither.

    >>> compare([], "era/2024.835")
    Traceback (most recent call last):
        ...
    claimcheck.errors.InputError: remittances: a list is expected of what read_remittances(file) yields, not str
    """
    unmatched: Counter[str] = Counter()
    lines = tuple(line for _, line in _compared_lines(results, remittances, claims, unmatched))
    return Comparison(lines, MappingProxyType(dict(+unmatched)))


def compared_with(
    results: Iterable[ClaimResult],
    remittances: Iterable[RemittedClaim | Remittance],
    claims: Iterable[Claim | Mapping[str, Any] | Any] | None = None,
) -> dict[tuple[int, int], ComparedLine]:
    """The compared lines, by the position of their claim among the results and of the line in it, both from 0."""
    return dict(_compared_lines(results, remittances, claims, Counter()))


Numbers = tuple[str | None, ...]


def _numbers(claim: Claim | None) -> Numbers:
    """The control numbers of a claim's lines."""
    lines = () if claim is None else claim.lines
    return tuple(number if isinstance(number := line.line_control_number, str) else None for line in lines)


def _compared_lines(
    results: Iterable[ClaimResult],
    remittances: Iterable[RemittedClaim | Remittance],
    claims: Iterable[Claim | Mapping[str, Any] | Any] | None,
    unmatched: Counter[str],
) -> Iterator[tuple[tuple[int, int], ComparedLine]]:
    """The lines that both sides know, by position; those without a partner are counted."""
    folded = fold(remittances)
    unmatched.update(folded.left_out)
    answered: set[str] = set()
    for place, (result, claim) in enumerate(with_claims(results, claims)):
        if result.claim_id is None:
            unmatched["claim without a number"] += 1
        elif result.disposition is Disposition.SUPERSEDED:
            unmatched["superseded claim"] += 1
        elif (number := _number_of(result.claim_id, folded)) in answered:
            unmatched["second claim of one number"] += 1
        elif number not in folded.answers:
            unmatched["claim without a remittance"] += 1
        else:
            answered.add(number)
            for line in _lines_of(result, _numbers(claim), folded.answers[number], unmatched):
                yield (place, line.position - 1), line
    unmatched["remittance without a claim"] += len(folded.answers.keys() - answered)


def _number_of(claim_id: str, folded: FoldedRemittances) -> str:
    """The number in remittances: payers need not keep more than the first 20 characters (005010X222A1, CLM01)."""
    return claim_id if claim_id in folded.answers else claim_id[:20]


def _lines_of(
    result: ClaimResult, numbers: Numbers, answers: tuple[RemittedClaim, ...], unmatched: Counter[str]
) -> Iterator[ComparedLine]:
    of_lines = {id(line): at for at, claim in enumerate(answers) for line in claim.lines}
    lines = with_claim(result)
    matched, left = match_lines(lines, [line for claim in answers for line in claim.lines], numbers)
    unmatched["remitted line without a line"] += len(left)
    whole = [claim for claim in answers if not claim.lines]
    for at, line in enumerate(lines):
        if remitted := matched.get(at):
            claims = list(dict.fromkeys(of_lines[id(part)] for part in remitted))
            yield _compared(result, line, [answers[at] for at in claims], remitted)
        elif whole:
            yield _compared(result, line, whole[-1:], ())
        else:
            unmatched["line without an answer"] += 1


def _compared(
    result: ClaimResult, line: LineResult, claims: Sequence[RemittedClaim], remitted: Sequence[RemittedLine]
) -> ComparedLine:
    """A claim answered as a whole, without lines, answers each of its lines: the payment is not divided."""
    answers: tuple[RemittedLine | RemittedClaim, ...] = (*remitted, *claims)
    paid = sum((each.paid or ZERO for each in remitted or claims), ZERO)
    adjustments = [each for answer in answers for each in answer.adjustments]
    actual = answer_of(paid, adjustments)
    if actual is Answer.NOT_PAID and not adjustments and line.charge and claims[0].status == ClaimStatus.DENIED:
        actual = Answer.DENIED  # as tables say it that have no reasons
    carcs = dict.fromkeys(each.carc for each in denials(adjustments)) if actual is Answer.DENIED else ()
    deciding = line.deciding
    header: RemittanceHeader = claims[0].remittance
    return ComparedLine(
        claim_id=str(result.claim_id),
        line_number=line.line_number,
        position=line.position,
        procedure_code=line.procedure_code,
        revenue_code=line.revenue_code,
        modifiers=line.modifiers,
        service_date=line.service_date,
        charge=line.charge,
        expected=line.disposition,
        rule_id=None if deciding is None else deciding.rule_id,
        expected_carc=None if deciding is None else deciding.carc,
        expected_rarcs=() if deciding is None else deciding.rarcs,
        actual=actual,
        actual_carcs=tuple(carcs),
        remarks=tuple(dict.fromkeys(remark for answer in answers for remark in answer.remarks)),
        paid=paid if remitted else ZERO,
        agreement=_agreement(result, line, actual, carcs),
        payer=header.payer_name or header.payer_id,
        provider=header.payee_npi or header.payee_tax_id,
        code_changed=any(is_changed(line, each) for each in remitted),
        message=None if deciding is None else deciding.message,
        remedy=_remedy(line),
    )


def _remedy(line: LineResult) -> str | None:
    """What would change the outcome: from the finding that decided, otherwise from the first one that says it."""
    findings = (line.deciding, *line.findings) if line.deciding is not None else line.findings
    return next((str(finding.remedy) for finding in findings if finding.remedy is not None), None)


def _agreement(result: ClaimResult, line: LineResult, actual: Answer, carcs: Collection[str]) -> Agreement:
    expected, deciding = line.disposition, line.deciding
    denied = actual is Answer.DENIED
    if expected in (*_DENIED, Disposition.REVIEW):
        if denied:
            same = deciding is not None and deciding.carc in carcs
            return Agreement.CAME_TRUE if same else Agreement.OTHER_REASON
        return Agreement.PAID_IN_REVIEW if expected is Disposition.REVIEW else Agreement.PAID_THOUGH_DENIED
    if expected is Disposition.REPORT_ONLY:
        return Agreement.PAID_THOUGH_REPORT_ONLY if actual is Answer.PAID else Agreement.REPORT_ONLY
    if not denied:
        return Agreement.CAME_TRUE
    unchecked = {rule for entry in result.not_checked if _concerns(entry, line) for rule in entry.rules}
    might_have_said = any(not carcs_of(rule).isdisjoint(carcs) for rule in unchecked)
    return Agreement.NOT_CHECKED if might_have_said else Agreement.DENIED_THOUGH_PAYABLE


def _concerns(entry: NotChecked, line: LineResult) -> bool:
    return not entry.lines or line.line_number in entry.lines


@cache
def carcs_of(rule_id: str) -> frozenset[str]:
    """The reasons that a rule may answer with; empty for a rule that is not known here."""
    rule = by_id(rule_id)
    return frozenset() if rule is None else frozenset(each.carc for each in rule.outcomes if each.carc is not None)
