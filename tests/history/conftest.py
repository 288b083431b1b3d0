"""Histories for the tests, and a PostgreSQL server of their own."""

from __future__ import annotations

import itertools
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from history.own import KEY


def _server_programs() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    folders += [Path(found).parent for found in [shutil.which("initdb")] if found]
    return next((folder for folder in reversed(folders) if (folder / "initdb").exists()), None)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _unprivileged() -> dict[str, Any]:
    """Who runs the server, which refuses to be run by root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server on loopback, which lives as long as the tests do."""
    pytest.importorskip("sqlalchemy", reason="sqlalchemy is not installed: pip install 'claimcheck[test-sql]'")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    programs = _server_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed: apt-get install postgresql")
    as_user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="claimcheck-postgres-"))
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    if as_user:
        for path in (folder, folder / "password"):
            os.chown(path, as_user["user"], as_user["group"])
    run = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, **as_user}
    port = _free_port()
    server = None
    try:
        access = ["-U", "tests", "-A", "scram-sha-256", f"--pwfile={folder / 'password'}"]
        made = [programs / "initdb", "-D", folder / "data", *access, "-E", "UTF8", "--no-locale", "--no-sync"]
        subprocess.run(made, check=True, **run)
        settings = ["-c", "unix_socket_directories=", "-c", "fsync=off"]
        started = [programs / "postgres", "-D", folder / "data", "-p", str(port), "-h", "127.0.0.1", *settings]
        server = subprocess.Popen(started, **run)
        url = f"postgresql+psycopg://tests:{password}@127.0.0.1:{port}/postgres"
        _wait_for(url, server)
        yield url
    finally:
        if server is not None:
            server.terminate()
            server.wait(30)
        shutil.rmtree(folder)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    import sqlalchemy as sa

    engine = sa.create_engine(url, poolclass=sa.NullPool)
    for _ in range(300):
        assert server.poll() is None, "the server stopped"
        try:
            engine.connect().close()
        except sa.exc.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer within 30 seconds")


_numbers = itertools.count()


@pytest.fixture
def new_schema(postgres: str) -> Callable[[], str]:
    """Makes the URL of a new and empty schema."""
    import sqlalchemy as sa

    def make() -> str:
        name = f"claims_{next(_numbers)}"
        engine = sa.create_engine(postgres, poolclass=sa.NullPool)
        with engine.begin() as connection:
            connection.execute(sa.text(f"CREATE SCHEMA {name}"))
        return f"{postgres}?options=-csearch_path%3D{name}"

    return make


@pytest.fixture
def on_postgres(new_schema: Callable[[], str]) -> Iterator[Callable[[], Any]]:
    """Makes new and empty histories on PostgreSQL."""
    from claimcheck.history.sql import SqlHistory

    made: list[SqlHistory] = []

    def make() -> SqlHistory:
        made.append(SqlHistory(new_schema(), KEY))
        return made[-1]

    yield make
    for history in made:
        history.close()
