"""Where official tables contradict each other on a day, as text, CSV, or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from claimcheck.cli.rendering import plural
from claimcheck.cli.style import Style
from claimcheck.explaining.conflicts import words
from claimcheck.explaining.unchecked import table_words, why
from claimcheck.tables.conflicts import Comparison, Conflict, Kind

__all__ = ["as_csv", "as_json", "as_text"]

_COLUMNS = ("kind", "on", "codes", "edition", "says", "other_edition", "other_says", "exact", "rules")


def as_text(comparisons: Iterable[Comparison], most: int, style: Style) -> Iterator[str]:
    """By kind: the number in each two tables, the first ones, and what the rules do."""
    for kind, compared in groupby(comparisons, key=_kind):
        described = words(kind)
        yield style.wrapped(f"{kind.name}: {described.title}", "", "  ", style="bold")
        for comparison in compared:
            yield from _lines(comparison, most, style)
        yield style.wrapped(f"rules: {described.does}", "  ", "    ", style="dim")


def _kind(comparison: Comparison) -> Kind:
    return comparison.kind


def _lines(comparison: Comparison, most: int, style: Style) -> Iterator[str]:
    if comparison.lacking:
        lacking = ", ".join(f"{table_words(answer.table)}: {why(answer.reason)}" for answer in comparison.lacking)
        yield style.wrapped(f"not compared: {lacking}", "  ", "    ", style="yellow")
        return
    shown, count = _first(comparison.conflicts, most)
    between = " and ".join(dict.fromkeys(str(edition) for edition in comparison.editions))
    nearest = "" if comparison.exact else ", not all of them of the day"
    yield style.wrapped(f"{plural(count, 'conflict')} in {between}{nearest}", "  ", "    ")
    for conflict in shown:
        yield style.wrapped(str(conflict), "    ", "      ")
    if shown and count > len(shown):
        yield f"    and {count - len(shown):,} more"


def _first(conflicts: Iterator[Conflict], most: int | None) -> tuple[list[Conflict], int]:
    """The first ones, and the total."""
    shown, count = [], 0
    for conflict in conflicts:
        count += 1
        if most is None or count <= most:
            shown.append(conflict)
    return shown, count


def as_csv(comparisons: Iterable[Comparison], most: int | None) -> Iterator[str]:
    """A row for each conflict, and one without codes for what could not be compared."""
    yield _row(_COLUMNS)
    for comparison in comparisons:
        rules = " ".join(words(comparison.kind).rules)
        head = (comparison.kind.name, comparison.on)
        for answer in comparison.lacking:
            yield _row((*head, "", answer.table, f"not compared: {answer.reason}", "", "", "", rules))
        for number, conflict in enumerate(comparison.conflicts):
            if most is not None and number == most:
                break
            (one, other), (says, other_says) = comparison.editions, conflict.says
            yield _row((*head, " ".join(conflict.codes), one, says, other, other_says, comparison.exact, rules))


def _row(values: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(
        [str(value).lower() if isinstance(value, bool) else value for value in values]
    )
    return text.getvalue()


def as_json(comparisons: Iterable[Comparison], most: int | None) -> Iterator[str]:
    """One JSON object per comparison, one per line."""
    return (json.dumps(_record(comparison, most)) for comparison in comparisons)


def _record(comparison: Comparison, most: int | None) -> dict[str, Any]:
    described = words(comparison.kind)
    shown, count = _first(comparison.conflicts, most)
    return {
        "kind": comparison.kind.name,
        "title": described.title,
        "on": str(comparison.on),
        "tables": list(comparison.tables),
        "editions": [str(edition) for edition in comparison.editions],
        "exact": comparison.exact,
        "not_compared": {answer.table: str(answer.reason) for answer in comparison.lacking},
        "rules": list(described.rules),
        "does": described.does,
        "count": None if comparison.lacking else count,
        "conflicts": [{"codes": list(one.codes), "says": list(one.says)} for one in shown],
    }
