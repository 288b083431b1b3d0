"""Results in readable form: a claim, its lines, one line per finding; repeated content is listed once at the end."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from claimcheck.claims import Claim, ClaimResult, Disposition, Finding, LineResult, ServiceLine, Severity
from claimcheck.claims.outcome import outcome, qualified, return_note, upon_claim
from claimcheck.cli.evidence import added
from claimcheck.cli.style import Style
from claimcheck.codes import modifier, parse_procedure, revenue
from claimcheck.errors import CodeError
from claimcheck.explaining.words import edition_in_words, plain
from claimcheck.visible import visible

__all__ = ["disposition", "money", "of_claim", "plural", "service"]

_COLOUR = {
    Disposition.PAYABLE: "green",
    Disposition.REPORT_ONLY: "cyan",
    Disposition.REVIEW: "yellow",
    Disposition.DENIED: "red",
    Disposition.REJECTED: "bold red",
    Disposition.SUPERSEDED: "dim",
}
_MALFORMED = "(malformed)"  #: in place of a code that may be anything, such as the member's name
_MARK = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def of_claim(claim: Claim, result: ClaimResult, place: str, style: Style) -> Iterator[str]:
    """The result of one claim, line by line. `place` says where the claim was read."""
    partly = "".join(f", {note}" for note in qualified(result))
    returned = return_note(result)
    word = style.styled(returned, _COLOUR[Disposition.REJECTED]) if returned else disposition(result.disposition, style)
    name = visible(result.claim_id) if result.claim_id else "(no claim id)"
    by = "" if result.superseded_by is None else f" by {visible(result.superseded_by)}"
    yield (
        f"{style.styled(name, 'bold')}  {word}{by}"
        f"{style.styled(partly, 'yellow')}{style.styled(f'  {place}' if place else '', 'dim')}"
    )
    for finding in result.findings:
        if finding.position is None:
            yield from _finding(finding, style)
    upon = upon_claim(result)
    for line, verdict in zip(claim.lines, result.lines, strict=True):
        yield _line(line, verdict, upon, style)
        for finding in verdict.findings:
            yield from _finding(finding, style)


def disposition(word: Disposition, style: Style) -> str:
    """The word in its color."""
    return style.styled(plain(word), _COLOUR[word])


def _line(line: ServiceLine, verdict: LineResult, upon: Finding | None, style: Style) -> str:
    """One line. `upon` is the finding for which no line of the claim is paid, whatever its own disposition."""
    with_claim, _ = outcome(verdict, upon)
    whole = "" if with_claim is verdict.disposition else f", {disposition(with_claim, style)} with the claim"
    charge = "no charge" if verdict.charge is None else money(verdict.charge)
    allowed = "" if verdict.allowed_amount is None else f", allowed {money(verdict.allowed_amount)}"
    return (
        f"  {verdict.line_number:>3}  {service(line):<11} {charge:>11}  "
        f"{disposition(verdict.disposition, style)}{whole}{allowed}"
    )


def service(line: ServiceLine) -> str:
    """What the line bills, if well formed: anything else may be member data."""
    parts = []
    if line.revenue_code is not None:
        parts.append(_code(line.revenue_code, revenue.is_valid))
    if line.procedure_code is not None or line.revenue_code is None:
        parts.append(_procedure(line.procedure_code))
    service = " ".join(parts)
    return "-".join([service, *(_code(given, modifier.is_valid) for given in line.modifiers)])


def _procedure(given: object) -> str:
    try:
        return parse_procedure(given).text
    except CodeError:
        return "no code" if given is None else _MALFORMED


def _code(given: object, is_valid: object) -> str:
    return str(given) if callable(is_valid) and is_valid(given) else _MALFORMED


def money(amount: Decimal) -> str:
    """An amount in dollars."""
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


def _finding(finding: Finding, style: Style) -> Iterator[str]:
    word = f"{finding.severity:<7} {finding.rule_id:<7}"
    codes = "" if finding.carc is None else "/".join((f"{finding.group_code}-{finding.carc}", *finding.rarcs))
    indent = " " * 7
    hanging = indent + " " * (4 if style.narrow else len(word) + 2)
    text = style.wrapped(f"{word}  {finding.message}{f'  [{codes}]' if codes else ''}", indent, hanging)
    text = text.replace(word, style.styled(word, _MARK[finding.severity]), 1)
    yield text.replace(f"[{codes}]", style.styled(f"[{codes}]", "bold")) if codes else text
    proof = "; ".join(filter(None, (added(finding), edition_in_words(finding.edition or ""))))
    if proof:
        yield style.wrapped(proof, hanging, style="dim")


def plural(count: int, word: str) -> str:
    """A count of things."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"
