"""The conformance suite, on every history there is and on one that a user wrote."""

import itertools
from pathlib import Path

import pytest

from claimcheck import MemoryHistory, SqliteHistory
from claimcheck.testing.history_conformance import HistoryConformance, history_conformance
from history.own import KEY, ListHistory

pytestmark = pytest.mark.exhaustive


class TestMemory(HistoryConformance):
    def make_history(self):
        return MemoryHistory()


class TestSqlite(HistoryConformance):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path):
        self.paths = (tmp_path / f"{number}.db" for number in itertools.count())
        self.made = []
        yield
        for history in self.made:
            history.close()

    def make_history(self):
        self.made.append(SqliteHistory(next(self.paths)))
        return self.made[-1]


class TestSqlOnSqlite(HistoryConformance):
    @pytest.fixture(autouse=True)
    def _close(self):
        self.sql = pytest.importorskip("claimcheck.history.sql", reason="needs the extra: pip install '.[test-sql]'")
        self.made = []
        yield
        for history in self.made:
            history.close()

    def make_history(self):
        self.made.append(self.sql.SqlHistory("sqlite://", KEY))
        return self.made[-1]


class TestSqlOnPostgres(HistoryConformance):
    @pytest.fixture(autouse=True)
    def _server(self, on_postgres):
        self.make = on_postgres

    def make_history(self):
        return self.make()


class TestOwn(HistoryConformance):
    def make_history(self):
        return ListHistory()


def test_without_pytest():
    history_conformance(ListHistory)


class Amnesiac(MemoryHistory):
    def forget(self, member_id):
        pass


def test_a_history_that_does_not_conform_is_told_where():
    with pytest.raises(AssertionError, match=r"1 of \d+ checks failed:\n  test_forget_leaves_nothing_of_a_member: .*"):
        history_conformance(Amnesiac)


def test_a_suite_without_a_history_says_what_is_missing():
    with pytest.raises(NotImplementedError, match="make_history"):
        HistoryConformance().test_an_empty_history_knows_that_nothing_was()
