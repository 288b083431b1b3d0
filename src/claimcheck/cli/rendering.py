"""Results in readable form: a claim, its lines, one line per finding; repeated content is listed once at the end."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from claimcheck.claims import Claim, ClaimResult, Disposition, Finding, LineResult, ServiceLine, Severity
from claimcheck.claims.outcome import outcome, qualified, return_note, upon_claim
from claimcheck.cli.style import Style
from claimcheck.cli.summary import Summary
from claimcheck.codes import modifier, parse_procedure, revenue
from claimcheck.errors import CodeError
from claimcheck.explaining.scope import in_short
from claimcheck.explaining.unchecked import about, advice, why
from claimcheck.explaining.words import MEANINGS, edition_in_words, plain
from claimcheck.visible import visible

__all__ = ["closing", "disposition", "money", "of_claim", "plural", "service", "switched_off", "totals", "unchecked"]

_COLOUR = {
    Disposition.PAYABLE: "green",
    Disposition.REPORT_ONLY: "cyan",
    Disposition.REVIEW: "yellow",
    Disposition.DENIED: "red",
    Disposition.REJECTED: "bold red",
    Disposition.SUPERSEDED: "dim",
}
_MALFORMED = "(malformed)"  #: in place of a code that may be anything, such as the member's name
#: The characters of an outline, in words, so that it is not mistaken for a code.
_KINDS = {"A": "letter", "a": "lowercase letter", "9": "digit"}
#: Evidence that repeats the message in other words.
_FOR_PROGRAMS = frozenset({"accepts"})
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
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
    proof = "; ".join(filter(None, (_shown(finding), edition_in_words(finding.edition or ""))))
    if proof:
        yield style.wrapped(proof, hanging, style="dim")


def _shown(finding: Finding) -> str:
    """What the evidence adds to the message."""
    evidence = [(name, value) for name, value in finding.evidence.items() if name not in _FOR_PROGRAMS]
    return "; ".join(_named(name, value) for name, value in evidence if not _is_in_message(value, finding.message))


def _named(name: str, value: object) -> str:
    kind, colon, pattern = str(value).partition(": ")
    if name == "pattern":
        return f"as billed: {outline_in_words(pattern) if colon and kind.startswith('text of ') else value}"
    if name == "on_another_claim":
        return "the other service is on another claim"
    if name == "type":
        return f"add-on type {_value(value)}"
    return f"{plain(name)}: {_value(value)}"


def outline_in_words(outline: str) -> str:
    """The outline of a value in words.

    >>> outline_in_words("A9999")
    'one letter, then four digits'
    >>> outline_in_words("")
    'nothing'
    """
    runs = []
    for character, run in groupby(outline):
        count = len(list(run))
        number = _COUNTS[count] if count < len(_COUNTS) else str(count)
        kind = _KINDS.get(character, f'"{character}"')
        runs.append(f"{number} {kind}{'s' if count > 1 and character in _KINDS else ''}")
    return ", then ".join(runs) or "nothing"


def _is_in_message(value: object, message: str) -> bool:
    """Whether the message already has the value, or the value is a negative that need not be shown."""
    if value is None or value is False or value == ():
        return True
    text = _value(value)
    return any(
        _holds(message, words) or all(_holds(message, part) for part in words.split()) for words in (text, plain(text))
    )


def _holds(message: str, text: str) -> bool:
    """Whether the message contains the text as whole words; a bill type also as 13x."""
    return re.search(rf"(?<!\w){re.escape(text)}(?:x\b|(?!\w))", message, re.IGNORECASE) is not None


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, tuple) else str(value)


def totals(summary: Summary) -> str:
    """The totals of the run, in one line."""
    lines = sum(summary.lines.values())
    errors = summary.found(Severity.ERROR)
    listed = ", ".join(
        f"{summary.lines[disposition]:,} {plain(disposition)}{_charged(summary, disposition)}"
        for disposition in Disposition
        if summary.lines[disposition]
    )
    return (
        f"{plural(summary.claims, 'claim')}, {plural(lines, 'line')}{f': {listed}' if listed else ''}; "
        f"{plural(errors, 'claim')} with errors"
    )


def _charged(summary: Summary, disposition: Disposition) -> str:
    amount = summary.charges.get(disposition)
    return f" ({money(amount)})" if amount else ""


def plural(count: int, word: str) -> str:
    """A count of things."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def unchecked(summary: Summary, style: Style) -> Iterator[str]:
    """What was not checked, on how many claims, and what to do about it; empty if everything was."""
    if not summary.incomplete:
        return
    total = f"Not checked, on {summary.incomplete:,} of {plural(summary.claims, 'claim')}"
    yield style.styled(total, "yellow")
    reasons = defaultdict[str, list[str]](list)
    for (reason, table), count in sorted(summary.unchecked.items(), key=lambda item: (-item[1], str(item[0]))):
        reasons[about(reason, table)].append(f"{why(reason)} ({count:,})")
    for what, text in reasons.items():
        yield style.wrapped(f"{what}: {', '.join(text)}", "  ", "    ")
    if summary.outside:
        days = f"{plural(summary.outside, 'line')} on dates outside the tables"
        yield style.wrapped(f"{days}: claimcheck tables needed FILE... names the files to download", "  ", "    ")
    does = "; ".join(advice(reason for reason, _ in summary.unchecked))
    if does:
        yield style.wrapped(f"To check these: {does}", "", "  ", style="yellow")


_MOST_NAMED = 12


def switched_off(summary: Summary, style: Style) -> Iterator[str]:
    """The rules that did not run, individually or by family; empty if all ran."""
    off = summary.rules_off
    if not off:
        return
    families = Counter(rule_id.rstrip("0123456789").rstrip("-") for rule_id in off)
    listed = off if len(off) <= _MOST_NAMED else [f"{count} of {family}" for family, count in sorted(families.items())]
    text = f"{plural(len(off), 'rule')} switched off: {', '.join(listed)}"
    yield style.wrapped(text, "", "  ", style="yellow")


def closing(summary: Summary, style: Style, *, legend: bool = True) -> Iterator[str]:
    """The end of a run: rules with findings, vocabulary, totals, and what was not checked."""
    if legend and summary.rules:
        yield f"\n{style.styled('Rules and their sources', 'bold')}"
        for rule, (name, source) in sorted(summary.rules.items()):
            yield style.wrapped(f"{rule:<7}  {name}: {source}", "  ", " " * (4 if style.narrow else 11), style="dim")
    if legend and summary.lines:
        words = (f"{plain(word)}: {MEANINGS[word]}" for word in Disposition if summary.lines[word])
        yield style.styled("Dispositions", "bold")
        yield style.wrapped("; ".join(words), "  ", "    ", style="dim")
    yield f"{chr(10) if legend and summary.claims else ''}{style.wrapped(totals(summary), '', '  ', style='bold')}"
    if summary.known:
        yield style.wrapped(f"{plural(summary.known, 'finding')} in the baseline", "", "  ", style="yellow")
    if summary.gone:
        text = f"{plural(summary.gone, 'finding')} of the baseline not found in this run"
        yield style.wrapped(f"{text}: write the baseline again if they were corrected", "", "  ", style="yellow")
    yield from switched_off(summary, style)
    if summary.claims:
        yield style.wrapped(in_short(), "", "  ", style="dim")
    yield from unchecked(summary, style)
