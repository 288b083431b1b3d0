"""Rules of several lines ask no tables that they do not declare: by those, lines of different times are alike."""

from __future__ import annotations

from typing import Any

import pytest

from claimcheck.columns import several_lines
from claimcheck.columns.several_lines import SeveralLines
from claimcheck.frames import validate_frame
from claimcheck.rules.facts.tables_on import TablesOn
from frames.directed import Directed, directed
from frames.members_of import claims_of_members
from frames.tables_of import frame_of
from frames.whole_tables import whole_tables


@pytest.fixture
def undeclared(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The tables that were asked while claims were judged and that none of the rules declares, and `all` asked."""
    found: dict[str, set[str]] = {"undeclared": set(), "all": set()}
    now: list[set[str]] = []
    answer, evaluate, together = TablesOn._answer, SeveralLines._evaluate, several_lines.together

    def noted(self: TablesOn, question: Any) -> Any:
        if now:
            now[-1].add(question[0])
        return answer(self, question)

    def evaluated(self: SeveralLines, *args: Any, **paid: Any) -> Any:
        declared = self._tables_of(args[2])

        def judged(judgement: Any, asked: int) -> Any:
            now.append(set())
            try:
                return together(judgement, asked)
            finally:
                tables = now.pop()
                found["all"] |= tables
                found["undeclared"] |= set() if declared is None else tables - declared

        monkeypatch.setattr(several_lines, "together", judged)
        return evaluate(self, *args, **paid)

    monkeypatch.setattr(TablesOn, "_answer", noted)
    monkeypatch.setattr(SeveralLines, "_evaluate", evaluated)
    return found


@pytest.mark.parametrize("policy", ["default", "medicare"])
def test_of_members_with_several_claims(policy: str, undeclared: dict[str, set[str]]) -> None:
    validate_frame(frame_of(claims_of_members(1, members=8)), policy, tables=whole_tables(), workers=1)
    assert undeclared["all"]
    assert undeclared["undeclared"] == set()


@pytest.mark.extended
@pytest.mark.parametrize("table", directed(), ids=lambda table: table.name)
def test_of_the_hits_and_misses_of_every_rule(table: Directed, undeclared: dict[str, set[str]]) -> None:
    validate_frame(table.frame, workers=1, **table.options)
    assert undeclared["undeclared"] == set()
