"""A comparison with remittances in readable form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimcheck.cli.rendering import money, plural
from claimcheck.cli.style import Style
from claimcheck.remittance.comparison import Comparison
from claimcheck.remittance.grouping import groupings
from claimcheck.visible import visible

__all__ = ["table"]

_LISTED = 20


def table(comparison: Comparison, style: Style, by: Sequence[str] = ()) -> Iterator[str]:
    """The totals: by agreement, by rule, by reason, `by` anything else, and what was not compared."""
    claims = len({line.claim_id for line in comparison.lines})
    yield f"{plural(len(comparison.lines), 'line')} of {plural(claims, 'claim')} compared"
    if comparison.lines:
        yield from _block(
            style,
            ("Expected and answered", "Lines", "Billed", "Paid"),
            [
                (str(agreement), f"{tally.lines:,}", money(tally.charges), money(tally.paid))
                for agreement, tally in comparison.tally(lambda line: line.agreement).items()
            ],
        )
    yield from _block(
        style,
        ("Rule that expected a denial", "Lines", "Came true", "Other reason", "Not denied", "Billed", "Precision"),
        [
            (
                rule.rule_id,
                f"{rule.expected:,}",
                f"{rule.came_true:,}",
                f"{rule.other_reason:,}",
                f"{rule.not_denied:,}",
                money(rule.charges),
                f"{rule.precision:.1%}",
            )
            for rule in comparison.by_rule()
        ],
    )
    yield from _block(
        style,
        ("Denied by the payer, CARC", "Lines", "Expected", "Other reason", "Billed", "Recall"),
        [
            (
                each.carc,
                f"{each.denied:,}",
                f"{each.expected:,}",
                f"{each.other_reason:,}",
                money(each.charges),
                f"{each.recall:.1%}",
            )
            for each in comparison.by_carc()
        ],
    )
    for grouping in groupings(comparison, by):
        yield from _block(
            style,
            (grouping.title, "Lines", "Billed", "Paid", "Denied", "Not expected"),
            [
                (
                    group.name,
                    f"{group.all.lines:,}",
                    money(group.all.charges),
                    money(group.all.paid),
                    money(group.denied.charges),
                    money(group.unexpected.charges),
                )
                for group in grouping.groups
            ],
        )
    if comparison.unmatched:
        yield ""
        yield style.styled("Not compared", "bold")
        for reason, count in comparison.unmatched.items():
            yield f"  {reason}: {count:,}"


def _block(style: Style, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table with its first column left-aligned and the others right-aligned; the first rows, if there are many."""
    if not rows:
        return
    shown = [[visible(cell) for cell in row] for row in rows[:_LISTED]]
    widths = [max(len(cell) for cell in column) for column in zip(heads, *shown, strict=True)]
    yield ""
    yield style.styled(_row(heads, widths), "bold")
    for row in shown:
        yield _row(row, widths)
    if len(rows) > _LISTED:
        yield f"and {len(rows) - _LISTED:,} more"


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.ljust(width) if at == 0 else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *others])
