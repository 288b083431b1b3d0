"""A history in a file: its key, its bytes, its errors, and several who use it at once."""

import os
import sqlite3
import stat
import threading
from datetime import date
from multiprocessing import get_context

import pytest

from claimcheck import HistoryError, SqliteHistory
from claimcheck.history import keeping
from claimcheck.history.key import Key, create_key, read_key
from history.made import against, claim, line, result, use
from history.own import KEY

EVER = date.min, date.max


@pytest.fixture
def path(tmp_path):
    return tmp_path / "history.db"


@pytest.fixture
def opened(path):
    made = []

    def make(*given, **named):
        made.append(SqliteHistory(path, *given, **named))
        return made[-1]

    yield make
    for history in made:
        history.close()


def record(history, *claims):
    for one in claims:
        history.record(one, result(one, use()))


def test_it_is_there_the_next_time(opened):
    record(opened(), claim("A"))
    assert [found.claim for found in opened().lines("M1", *EVER)] == ["A"]


def test_key_and_database_are_the_owners_alone(opened, path):
    record(opened(), claim("A"))
    files = sorted(path.parent.iterdir())
    assert {file.name for file in files} >= {"history.db", "history.db.key"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_key_that_is_open_to_others_is_refused(opened, path):
    opened().close()
    path.with_name("history.db.key").chmod(0o640)
    with pytest.raises(HistoryError, match=r"history\.db\.key: the key file is open to others .*: chmod 600"):
        opened()


@pytest.mark.parametrize("mode", [0o640, 0o620, 0o604, 0o602, 0o610])
def test_a_history_that_is_open_to_others_is_refused(opened, path, mode):
    opened().close()
    path.chmod(mode)
    with pytest.raises(HistoryError, match=r"history\.db: the history is open to others .*: chmod 600"):
        opened()


def test_a_missing_key_is_not_made_anew(opened, path):
    opened().close()
    path.with_name("history.db.key").unlink()
    with pytest.raises(HistoryError, match=r"history\.db\.key: the key file is missing: restore it"):
        opened()
    assert not path.with_name("history.db.key").exists()


def test_another_key_is_refused(opened):
    record(opened(KEY), claim("A"))
    with pytest.raises(HistoryError, match="made with another key"):
        opened(bytes(32))
    assert opened(KEY).lines("M1", *EVER)


def test_a_key_that_was_given_is_written_nowhere(opened, path):
    opened(KEY)
    assert not path.with_name("history.db.key").exists()


def test_a_short_key_is_refused_before_anything_is_written(opened):
    with pytest.raises(HistoryError, match="the key has 5 bytes"):
        opened(b"short")
    record(opened(KEY), claim("A"))


def test_a_file_that_is_no_history(opened, path):
    path.write_bytes(b"not a database, but long enough to look like one" * 50)
    with pytest.raises(HistoryError, match=r"history\.db: it cannot be opened as a history \(file is not a database\)"):
        opened(KEY)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(HistoryError, match="cannot be opened"):
        SqliteHistory(tmp_path / "nowhere" / "history.db", KEY)


def test_a_history_of_another_version(opened, path):
    opened(KEY).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE claimcheck_meta SET said = '99' WHERE name = 'format'")
    connection.close()
    with pytest.raises(HistoryError, match="another version of claimcheck"):
        opened(KEY)


def test_whoever_makes_the_key_first(tmp_path):
    file = tmp_path / "key"
    first = create_key(file)
    assert create_key(file).secret == first.secret == read_key(file).secret
    assert [found.name for found in tmp_path.iterdir()] == ["key"]
    assert read_key(tmp_path / "other") is None


def test_purposes_have_hashes_of_their_own():
    key = Key(KEY)
    hashes = {key.hide("x").hex(), key.hide_source("x"), Key(bytes(32)).hide("x").hex(), key.fingerprint}
    assert len(hashes) == 4
    assert key.hide("\ud800")


def test_no_byte_of_a_member_is_written(opened, path):
    history = opened(KEY)
    canaries = {
        "member_id": "CANARY-MEMBER-1",
        "birth_date": "1931-07-23",
        "prior_authorization": "CANARY-AUTH",
        "sex": "CANARY-SEX",
    }
    one = claim(None, line(description="CANARY-TEXT"), **canaries)
    with history.recording("/home/CANARY-FILE.837", chunk=1) as recording:
        recording.record(one, result(one, use()))
        files = [file for file in path.parent.iterdir() if file.name.startswith("history.db")]
        assert any(file.name.endswith("-wal") and file.stat().st_size for file in files)
        written = b"".join(file.read_bytes() for file in files)
    assert b"3044F" in written
    for text in ("CANARY", "1931-07-23", "19310723", str(date(1931, 7, 23).toordinal())):
        assert text.encode() not in written
    assert "CANARY" not in repr(history)
    history.forget("CANARY-MEMBER-1")
    history.close()
    assert Key(KEY).hide("CANARY-MEMBER-1") not in path.read_bytes()


def test_an_interrupted_recording_goes_on_where_it_was(opened):
    history = opened(KEY)
    claims = [claim(f"C{number}", member_id=f"M{number}") for number in range(10)]
    claims[3] = claim("C3", member_id=None)

    def run():
        with history.recording("file", chunk=4) as recording:
            for one in claims[recording.position :]:
                recording.record(one, result(one, use()))
                yield recording.position

    running = run()
    assert [next(running) for _ in range(6)] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(KeyError):
        running.throw(KeyError())
    assert history.resume_point("file") == 4
    assert history.resume_point("another file") == 0
    assert [len(history.lines(f"M{number}", *EVER)) for number in range(6)] == [1, 1, 1, 0, 0, 0]
    assert list(run()) == [5, 6, 7, 8, 9, 10]
    assert [len(history.lines(f"M{number}", *EVER)) for number in range(10)] == [1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
    assert history.resume_point("file") == 0
    assert len(list(run())) == 10
    assert [len(history.lines(f"M{number}", *EVER)) for number in range(10)] == [1, 1, 1, 0, 1, 1, 1, 1, 1, 1]


def test_a_failed_write_leaves_nothing(opened, monkeypatch):
    history = opened(KEY)
    record(history, claim("A"))
    rows = keeping._line_rows
    monkeypatch.setattr(keeping, "_line_rows", lambda *given: [{**row, "what": None} for row in rows(*given)])
    with pytest.raises(sqlite3.IntegrityError):
        record(history, claim("B", line("99213"), member_id="M2"))
    monkeypatch.undo()
    assert history.lines("M2", *EVER) == ()
    record(history, claim("B", line("99213"), member_id="M2"))
    assert [found.code for found in history.lines("M2", *EVER)] == ["99213"]


def test_every_thread_may_use_it(opened):
    history = opened(KEY)
    errors = []

    def work(number):
        try:
            for place in range(20):
                record(history, claim(f"C{number}-{place}", member_id="M1"))
                history.lines("M1", *EVER)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert len(history.lines("M1", *EVER)) == 80
    assert len(list(history.reconcile())) == 79


def _child(history, number):
    record(history, claim(f"C{number}", member_id="M1"))
    os._exit(0 if len(history.lines("M1", *EVER)) > number else 1)


def test_a_process_that_was_forked_has_a_connection_of_its_own(opened):
    history = opened(KEY)
    record(history, claim("C0", member_id="M1"))
    for number in (1, 2):
        process = get_context("fork").Process(target=_child, args=(history, number))
        process.start()
        process.join()
        assert process.exitcode == 0
    assert len(history.lines("M1", *EVER)) == 3


def test_a_closed_history_opens_again(opened):
    history = opened(KEY)
    record(history, claim("A"))
    history.close()
    assert len(history.lines("M1", *EVER)) == 1


def test_more_parts_than_are_kept_at_hand(opened, monkeypatch):
    monkeypatch.setattr("claimcheck.history.shared_parts._MOST_KEPT", 2)
    history = opened(KEY)
    for number in range(1, 6):
        one = claim(f"C{number}", line(units=number), line("99213", units=number))
        history.record(one, result(one, use()))
    assert [found.units for found in history.lines("M1", *EVER)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_denials_stand_while_both_claims_do(opened):
    history = opened(KEY)
    record(history, claim("A"))
    second = claim("B", line("99213"))
    history.record(second, result(second, overturned=(against("A"), against("A", 1, "NCCI201"), against("Z"))))
    verdicts = [(verdict.rule_id, verdict.found) for verdict in history.reconcile()]
    assert sorted(verdicts) == [("NCCI101", True), ("NCCI201", True)]
    record(history, claim("A", line("3046F"), frequency_code="7"))
    assert [str(found.disposition) for found in history.lines("M1", *EVER)] == ["payable", "payable"]
    assert list(history.reconcile()) == []


def test_nothing_is_left_of_a_claim_that_stands_no_more(opened, path):
    history = opened(KEY)
    record(history, claim("A"))
    second = claim("B", line("99213"))
    history.record(second, result(second, overturned=(against("A"),)))
    record(history, claim("A", line("3046F"), frequency_code="8"))
    history.close()
    with sqlite3.connect(path) as database:
        lines = database.execute("SELECT count(*) FROM claimcheck_service_lines").fetchone()
        denials = database.execute("SELECT count(*) FROM claimcheck_denials").fetchone()
    database.close()
    assert (lines, denials) == ((1,), (0,))  # the line of B


def test_only_its_own_connections_are_closed_by_a_process(opened, monkeypatch):
    history = opened(KEY)
    record(history, claim("A"))
    own = history._database.connection
    with monkeypatch.context() as forked:
        forked.setattr("os.getpid", lambda: -1)
        record(history, claim("B"))
        history._database._opened[-1][1].execute("SELECT 1")
        history.close()
    assert own.execute("SELECT 1").fetchall() == [(1,)]
    own.close()


@pytest.mark.parametrize("other", [bytes(32), b"\xff" * 32, bytes(range(1, 33)), bytes(range(32, 0, -1))])
def test_a_history_opens_with_its_own_key_alone(tmp_path, other):
    for number, (made, opened_with) in enumerate([(KEY, other), (other, KEY)]):
        path = tmp_path / f"{number}.db"
        SqliteHistory(path, made).close()
        with pytest.raises(HistoryError, match="made with another key"):
            SqliteHistory(path, opened_with)
        SqliteHistory(path, made).close()
