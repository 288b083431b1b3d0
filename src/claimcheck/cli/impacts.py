"""What replaying came to, as a person reads it: the verdicts that differ, and the sums at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from claimcheck.claims import Claim, ClaimResult, Disposition, Finding
from claimcheck.cli.look import Look
from claimcheck.cli.rendering import disposition, money, plural, service
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
    look: Look,
    *,
    full: bool,
) -> Iterator[str]:
    """A verdict that differs, line by line; `full` says what is (not) checked, too, and what is only reworded."""
    before, after = verdicts
    name = visible(before.claim_id) if before.claim_id else "(no claim id)"
    moved = _moved(before.disposition, after.disposition, look)
    yield f"{look.styled(name, 'bold')}  {moved}{look.styled(f'  {place}', 'dim')}"
    for change in changes:
        if change.position is not None:
            yield _line(claim, change, look)
        yield from _findings(change, look)
        if full:
            yield from _beside(change, look)


def _moved(before: Disposition, after: Disposition, look: Look) -> str:
    if before is after:
        return disposition(before, look)
    return f"{disposition(before, look)} -> {disposition(after, look)}"


def _line(claim: Claim, change: Change, look: Look) -> str:
    charge = "no charge" if change.charge is None else money(change.charge)
    billed = service(claim.lines[(change.position or 1) - 1])
    moved = _moved(change.before.disposition, change.after.disposition, look)
    return f"  {change.line_number:>3}  {billed:<11} {charge:>11}  {moved}{_allowed(change.before, change.after)}"


def _allowed(before: Stand, after: Stand) -> str:
    one, other = before.allowed_amount, after.allowed_amount
    if one is None and other is None:
        return ""
    if one == other and one is not None:
        return f", allowed {money(one)}"
    was, now = ("no price" if amount is None else money(amount) for amount in (one, other))
    return f", allowed {was} -> {now}"


def _findings(change: Change, look: Look) -> Iterator[str]:
    for word, findings in (("before", change.gone), ("now", change.found)):
        for finding in findings:
            yield _finding(word, finding, look)


def _beside(change: Change, look: Look) -> Iterator[str]:
    for word, entries in (("not checked now", change.unchecked), ("checked now", change.checked)):
        for entry in entries:
            yield look.wrapped(f"{word}: {entry}", _INDENT, _INDENT + "  ", style="yellow")
    if change.reworded:
        yield look.wrapped("the same result, another message or table edition", _INDENT, style="dim")


def _finding(word: str, finding: Finding, look: Look) -> str:
    codes = "" if finding.carc is None else "/".join((f"{finding.group_code}-{finding.carc}", *finding.rarcs))
    said = f"{word:<6}  {finding.severity:<7} {finding.rule_id:<7}  {finding.message}{f'  [{codes}]' if codes else ''}"
    hanging = _INDENT + " " * (4 if look.narrow else 26)
    return look.wrapped(said, _INDENT, hanging, style="dim" if word == "before" else None)


def closing(impact: Impact, differing: int, own: int, look: Look) -> Iterator[str]:
    """The sums; `own` verdicts were replayed by their own policy and tables, and `differing` of these differ."""
    if impact.moved:
        yield _head("Service lines by change of disposition", look)
        for (before, after), count in sorted(impact.moved.items(), key=lambda item: (-item[1], item[0])):
            moved = f"{plain(before)} -> {plain(after)}"
            yield f"  {moved:<28} {count:>9,}  {money(impact.charges[before, after]):>15} billed"
    yield from _counted("Findings by rule", impact.rules, lambda rule: f"{rule:<7}  {impact.names[rule]}", look)
    yield from _counted("Findings by table", impact.tables, table_words, look)
    yield from _counted("Not checked", impact.unchecked, lambda key: f"{about(*key)}: {why(key[0])}", look)
    yield look.wrapped(_totals(impact), "", "  ", style="bold")
    if impact.allowed_before or impact.allowed_after:
        step = impact.allowed_after - impact.allowed_before
        sums = (
            f"{money(impact.allowed_before)} -> {money(impact.allowed_after)} ({'+' if step >= 0 else ''}{money(step)})"
        )
        yield look.wrapped(f"Allowed amounts: {sums}", "", "  ")
    if own:
        verdict = f"{differing:,} differ" if differing else "all identical"
        said = f"By their own policy and tables: {plural(own, 'result')}, {verdict}"
        yield look.wrapped(said, "", "  ", style="red" if differing else "green")


def _head(text: str, look: Look) -> str:
    return look.styled(text, "bold")


def _counted(
    title: str, counts: Mapping[Any, tuple[int, int]], words: Callable[[Any], str], look: Look
) -> Iterator[str]:
    """A table of what is new and what is no more; nothing where nothing is."""
    if not counts:
        return
    told = {key: words(key) for key in counts}
    width = max(len(title), *(len(text) + 2 for text in told.values()))
    yield f"{look.styled(f'{title:<{width}}', 'bold')} {'new':>9} {'gone':>9}"
    for key, (new, gone) in sorted(counts.items(), key=lambda item: (-sum(item[1]), str(item[0]))):
        yield f"  {told[key]:<{width - 2}} {new:>9,} {gone:>9,}"


def _totals(impact: Impact) -> str:
    told = f"{plural(impact.replayed, 'result')} replayed, {plural(impact.lines, 'line')}: {impact.same:,} unchanged"
    if impact.alike:
        told += f", {impact.alike:,} with the same result by other findings or tables"
    return f"{told}, {impact.changed:,} with another result"
