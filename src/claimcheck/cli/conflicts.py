"""Where the official tables contradict each other on a day, as text, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from claimcheck.cli.look import Look
from claimcheck.cli.rendering import plural
from claimcheck.explaining.conflicts import words
from claimcheck.explaining.unchecked import table_words, why
from claimcheck.tables.conflicts import Comparison, Conflict, Kind

__all__ = ["as_csv", "as_json", "as_text"]

_COLUMNS = ("kind", "on", "codes", "edition", "says", "other_edition", "other_says", "exact", "rules")


def as_text(comparisons: Iterable[Comparison], most: int, look: Look) -> Iterator[str]:
    """Kind by kind: how many of each two tables, the first of them, and what the rules do."""
    for kind, compared in groupby(comparisons, key=_kind):
        said = words(kind)
        yield look.wrapped(f"{kind.name}: {said.title}", "", "  ", style="bold")
        for comparison in compared:
            yield from _told(comparison, most, look)
        yield look.wrapped(f"rules: {said.does}", "  ", "    ", style="dim")


def _kind(comparison: Comparison) -> Kind:
    return comparison.kind


def _told(comparison: Comparison, most: int, look: Look) -> Iterator[str]:
    if comparison.lacking:
        lacking = ", ".join(f"{table_words(answer.table)}: {why(answer.reason)}" for answer in comparison.lacking)
        yield look.wrapped(f"not compared: {lacking}", "  ", "    ", style="yellow")
        return
    shown, count = _first(comparison.conflicts, most)
    between = " and ".join(dict.fromkeys(str(edition) for edition in comparison.editions))
    nearest = "" if comparison.exact else ", not all of them of the day"
    yield look.wrapped(f"{plural(count, 'conflict')} in {between}{nearest}", "  ", "    ")
    for conflict in shown:
        yield look.wrapped(str(conflict), "    ", "      ")
    if shown and count > len(shown):
        yield f"    and {count - len(shown):,} more"


def _first(conflicts: Iterator[Conflict], most: int | None) -> tuple[list[Conflict], int]:
    """The first of them, and how many there are."""
    shown, count = [], 0
    for conflict in conflicts:
        count += 1
        if most is None or count <= most:
            shown.append(conflict)
    return shown, count


def as_csv(comparisons: Iterable[Comparison], most: int | None) -> Iterator[str]:
    """A row for each conflict, and one without codes for what was not compared."""
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
    """One object for each comparison, a line each."""
    return (json.dumps(_record(comparison, most)) for comparison in comparisons)


def _record(comparison: Comparison, most: int | None) -> dict[str, Any]:
    said = words(comparison.kind)
    shown, count = _first(comparison.conflicts, most)
    return {
        "kind": comparison.kind.name,
        "title": said.title,
        "on": str(comparison.on),
        "tables": list(comparison.tables),
        "editions": [str(edition) for edition in comparison.editions],
        "exact": comparison.exact,
        "not_compared": {answer.table: str(answer.reason) for answer in comparison.lacking},
        "rules": list(said.rules),
        "does": said.does,
        "count": None if comparison.lacking else count,
        "conflicts": [{"codes": list(one.codes), "says": list(one.says)} for one in shown],
    }
