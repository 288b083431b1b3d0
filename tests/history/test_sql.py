"""A history in a database of one's own."""

import threading
from datetime import date

import pytest

from claimcheck import HistoryError
from history.made import claim, line, result, use
from history.own import KEY

sa = pytest.importorskip("sqlalchemy", reason="sqlalchemy is not installed: pip install 'claimcheck[test-sql]'")
SqlHistory = pytest.importorskip("claimcheck.history.sql").SqlHistory
EVER = date.min, date.max


def test_it_is_there_the_next_time(new_schema):
    url = new_schema()
    first = SqlHistory(url, KEY)
    one = claim("A", line(), line("99213"))
    first.record(one, result(one, use()))
    first.close()
    engine = sa.create_engine(url)
    second = SqlHistory(engine, KEY)
    assert [found.code for found in second.lines("M1", *EVER)] == ["3044F", "99213"]
    with pytest.raises(HistoryError, match="made with another key"):
        SqlHistory(engine, bytes(32))
    second.close()


def test_the_password_of_a_database_is_never_shown():
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    engine.url = sa.make_url("postgresql://me:pa55word@db/claims")
    history = SqlHistory(engine, KEY)
    assert repr(history) == "SqlHistory('postgresql://me:***@db/claims')"
    with pytest.raises(HistoryError, match="made with another key") as caught:
        SqlHistory(engine, bytes(32))
    assert "pa55word" not in f"{caught.value} {caught.value!r}"
    history.close()


def test_several_open_a_new_one_at_once(new_schema):
    url = new_schema()
    errors, histories = [], []
    together = threading.Barrier(4)

    def work(number):
        try:
            together.wait()
            history = SqlHistory(url, KEY)
            histories.append(history)
            for place in range(10):
                one = claim(f"C{number}-{place}", line("3044F", units=place + 1))
                history.record(one, result(one, use()))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert not errors
        assert len(histories[0].lines("M1", *EVER)) == 40
        winners = 40 - len(list(histories[0].reconcile()))
        assert winners == 1
    finally:
        for history in histories:
            history.close()


def test_a_chunk_larger_than_one_question(on_postgres):
    history = on_postgres()
    claims = [claim(f"C{number}", member_id=f"M{number}") for number in range(1200)]
    with history.recording("file", chunk=1200) as recording:
        for one in claims:
            recording.record(one, result(one, use()))
    assert all(len(history.lines(f"M{number}", *EVER)) == 1 for number in (0, 499, 500, 1199))
    assert history.resume_point("file") == 0


def test_neither_repr_nor_error_shows_a_password_or_a_value(new_schema):
    history = SqlHistory(new_schema().replace("claims", "claims"), KEY)
    password = history._database._engine.url.password
    assert password not in repr(history)
    assert repr(history).startswith("SqlHistory('postgresql+psycopg://tests:***@127.0.0.1")
    with history._database.writing() as cursor:
        cursor.run("DROP TABLE claimcheck_service_lines")
    one = claim("CANARY-CLAIM", member_id="CANARY-MEMBER")
    with pytest.raises(sa.exc.ProgrammingError) as caught:
        history.record(one, result(one, use()))
    assert "CANARY" not in str(caught.value)
    history.close()
