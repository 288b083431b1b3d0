"""The end of a run: rules with findings, vocabulary, totals, and what was not checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from claimcheck.claims import Disposition, Severity
from claimcheck.cli.rendering import money, plural
from claimcheck.cli.style import Style
from claimcheck.cli.summary import Summary
from claimcheck.explaining.scope import in_short
from claimcheck.explaining.unchecked import about, advice, why
from claimcheck.explaining.words import MEANINGS, plain

__all__ = ["closing", "switched_off", "totals", "unchecked"]


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
