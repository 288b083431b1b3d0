"""The outcome of a replay in readable form: results that differ, and the totals at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from claimcheck.claims import Claim, ClaimResult, Disposition, Finding
from claimcheck.cli.rendering import disposition, money, plural, service
from claimcheck.cli.style import Style
from claimcheck.engine.impact import Change, Impact, Stand
from claimcheck.explaining.unchecked import about, table_words, why
from claimcheck.explaining.words import plain
from claimcheck.visible import visible

__all__ = ["closing", "of_verdict"]

_INDENT = " " * 7


def of_verdict(
    claim: Claim,
    verdicts: tuple[ClaimResult, ClaimResult],
    changes: tuple[Change, ...],
    place: str,
    style: Style,
    *,
    full: bool,
) -> Iterator[str]:
    """A result that differs, line by line; `full` also shows changes in what was (not) checked, and in wording."""
    before, after = verdicts
    name = visible(before.claim_id) if before.claim_id else "(no claim id)"
    moved = _moved(before.disposition, after.disposition, style)
    yield f"{style.styled(name, 'bold')}  {moved}{style.styled(f'  {place}', 'dim')}"
    for change in changes:
        if change.position is not None:
            yield _line(claim, change, style)
        yield from _findings(change, style)
        if full:
            yield from _beside(change, style)


def _moved(before: Disposition, after: Disposition, style: Style) -> str:
    if before is after:
        return disposition(before, style)
    return f"{disposition(before, style)} -> {disposition(after, style)}"


def _line(claim: Claim, change: Change, style: Style) -> str:
    charge = "no charge" if change.charge is None else money(change.charge)
    billed = service(claim.lines[(change.position or 1) - 1])
    moved = _moved(change.before.disposition, change.after.disposition, style)
    return f"  {change.line_number:>3}  {billed:<11} {charge:>11}  {moved}{_allowed(change.before, change.after)}"


def _allowed(before: Stand, after: Stand) -> str:
    one, other = before.allowed_amount, after.allowed_amount
    if one is None and other is None:
        return ""
    if one == other and one is not None:
        return f", allowed {money(one)}"
    was, now = ("no price" if amount is None else money(amount) for amount in (one, other))
    return f", allowed {was} -> {now}"


def _findings(change: Change, style: Style) -> Iterator[str]:
    for word, findings in (("before", change.gone), ("now", change.found)):
        for finding in findings:
            yield _finding(word, finding, style)


def _beside(change: Change, style: Style) -> Iterator[str]:
    for word, entries in (("not checked now", change.unchecked), ("checked now", change.checked)):
        for entry in entries:
            yield style.wrapped(f"{word}: {entry}", _INDENT, _INDENT + "  ", style="yellow")
    if change.reworded:
        yield style.wrapped("the same result, another message or table edition", _INDENT, style="dim")


def _finding(word: str, finding: Finding, style: Style) -> str:
    codes = "" if finding.carc is None else "/".join((f"{finding.group_code}-{finding.carc}", *finding.rarcs))
    text = f"{word:<6}  {finding.severity:<7} {finding.rule_id:<7}  {finding.message}{f'  [{codes}]' if codes else ''}"
    hanging = _INDENT + " " * (4 if style.narrow else 26)
    return style.wrapped(text, _INDENT, hanging, style="dim" if word == "before" else None)


def closing(impact: Impact, differing: int, own: int, style: Style) -> Iterator[str]:
    """The totals; `own` results were replayed with their own policy and tables, and `differing` of these differ."""
    if impact.moved:
        yield _head("Service lines by change of disposition", style)
        for (before, after), count in sorted(impact.moved.items(), key=lambda item: (-item[1], item[0])):
            moved = f"{plain(before)} -> {plain(after)}"
            yield f"  {moved:<28} {count:>9,}  {money(impact.charges[before, after]):>15} billed"
    yield from _counted("Findings by rule", impact.rules, lambda rule: f"{rule:<7}  {impact.names[rule]}", style)
    yield from _counted("Findings by table", impact.tables, table_words, style)
    yield from _counted("Not checked", impact.unchecked, lambda key: f"{about(*key)}: {why(key[0])}", style)
    yield style.wrapped(_totals(impact), "", "  ", style="bold")
    if impact.allowed_before or impact.allowed_after:
        step = impact.allowed_after - impact.allowed_before
        sums = (
            f"{money(impact.allowed_before)} -> {money(impact.allowed_after)} ({'+' if step >= 0 else ''}{money(step)})"
        )
        yield style.wrapped(f"Allowed amounts: {sums}", "", "  ")
    if own:
        verdict = f"{differing:,} differ" if differing else "all identical"
        text = f"By their own policy and tables: {plural(own, 'result')}, {verdict}"
        yield style.wrapped(text, "", "  ", style="red" if differing else "green")


def _head(text: str, style: Style) -> str:
    return style.styled(text, "bold")


def _counted(
    title: str, counts: Mapping[Any, tuple[int, int]], words: Callable[[Any], str], style: Style
) -> Iterator[str]:
    """A table of what is new and what is gone; empty if there is neither."""
    if not counts:
        return
    text = {key: words(key) for key in counts}
    width = max(len(title), *(len(text) + 2 for text in text.values()))
    yield f"{style.styled(f'{title:<{width}}', 'bold')} {'new':>9} {'gone':>9}"
    for key, (new, gone) in sorted(counts.items(), key=lambda item: (-sum(item[1]), str(item[0]))):
        yield f"  {text[key]:<{width - 2}} {new:>9,} {gone:>9,}"


def _totals(impact: Impact) -> str:
    text = f"{plural(impact.replayed, 'result')} replayed, {plural(impact.lines, 'line')}: {impact.same:,} unchanged"
    if impact.alike:
        text += f", {impact.alike:,} with the same result by other findings or tables"
    return f"{text}, {impact.changed:,} with another result"
