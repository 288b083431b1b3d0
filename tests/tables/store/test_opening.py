from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcheck.errors import TableError
from claimcheck.tables import Tables
from claimcheck.tables.rows import MueRow, PtpRow
from claimcheck.tables.store import Damage, add_readings, default_path, list_editions, opening, verify
from claimcheck.tables.store.manifest import NAME, Manifest
from tables.making import PTP, reading

MUE = reading("mue_practitioner", [MueRow("97110", 6, 3, "Clinical")], notice="ä notice")
PAIRS = reading(PTP, [PtpRow("20610", "99213", date(2020, 1, 1), None, 1, "")], part="f1")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store")
    add_readings([MUE, PAIRS], path)
    return path


@pytest.fixture
def own_store(tmp_path: Path) -> Path:
    add_readings([MUE, PAIRS], tmp_path)
    return tmp_path


@settings(max_examples=300)
@given(data=st.data())
def test_any_flipped_byte_is_found_in_its_file(store: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(file for file in store.iterdir() if file.stat().st_size)))
    whole = file.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= data.draw(st.integers(1, 255))
    file.write_bytes(flipped)
    try:
        [damage] = verify(store)
        assert damage.file == file.name
    finally:
        file.write_bytes(whole)
    assert verify(store) == ()


def test_every_byte_of_the_manifest_counts(store: Path) -> None:
    raw = (store / NAME).read_bytes()
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(TableError):
            Manifest.from_bytes(changed)
    for changed in (raw + b" ", raw[:-1], b"", b"[]", b'"x"', b"{}", b"null", b"\xff"):
        with pytest.raises(TableError, match=f"{NAME}: the manifest is damaged"):
            Manifest.from_bytes(changed)


def resealed(manifest: Manifest, **changes: object) -> bytes:
    """The manifest with a field of its first entry, or of its own, changed, and sealed again."""
    content = json.loads(manifest.to_bytes())
    content.pop("sha256")
    for name, value in changes.items():
        (content if name in content else content["entries"][0])[name] = value
    dumped = (json.dumps(content, sort_keys=True, indent=1) + "\n").encode()
    return (
        json.dumps(content | {"sha256": hashlib.sha256(dumped).hexdigest()}, sort_keys=True, indent=1) + "\n"
    ).encode()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"file": "../elsewhere.packed"}, "damaged"),
        ({"file": "/etc/passwd"}, "damaged"),
        ({"file": "..\\elsewhere"}, "damaged"),
        ({"file": ".lock"}, "damaged"),
        ({"surplus": 1}, "damaged"),
        ({"exact_from": "soon"}, "damaged"),
        ({"version": 2}, "version 2 is not version 1"),
    ],
)
def test_a_manifest_that_leads_elsewhere_or_is_of_another_version(
    store: Path, changes: dict[str, object], reason: str
) -> None:
    manifest = opening.read_manifest(store)
    assert Manifest.from_bytes(resealed(manifest)) == manifest
    with pytest.raises(TableError, match=reason):
        Manifest.from_bytes(resealed(manifest, **changes))


def test_a_store_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        for ask in (Tables.open, list_editions, verify):
            with pytest.raises(TableError, match="there is no table store here; make one with") as error:
                ask(path)
            assert error.value.file == str(path)


def test_a_packed_file_that_is_missing_or_of_another_size(own_store: Path) -> None:
    entries = {entry.table: own_store / entry.file for entry in list_editions(own_store)}
    mue, pairs = entries["mue_practitioner"], entries[PTP]
    whole = mue.read_bytes()
    for content in (whole[:-1], whole + b"\0", b""):
        mue.write_bytes(content)
        with pytest.raises(TableError, match="does not have the size that the manifest says") as error:
            Tables.open(own_store)
        assert error.value.file == str(mue)
        assert verify(own_store) == (Damage(mue.name, "the file's checksum is not the one in the manifest"),)
    mue.write_bytes(whole)
    pairs.unlink()
    with pytest.raises(TableError, match="missing; add the official file again") as error:
        Tables.open(own_store)
    assert error.value.file == str(pairs)
    assert verify(own_store) == (Damage(pairs.name, "the file is missing"),)


def test_a_count_of_rows_that_is_not_true(own_store: Path) -> None:
    manifest = opening.read_manifest(own_store)
    (own_store / NAME).write_bytes(resealed(manifest, rows=9))
    assert verify(own_store) == (Damage(manifest.entries[0].file, "the file holds 1 rows, and the manifest says 9"),)


def test_a_damaged_manifest_is_found_and_not_written_over(own_store: Path) -> None:
    (own_store / NAME).write_bytes(b"{}")
    assert [damage.file for damage in verify(own_store)] == [NAME]
    before = sorted(file.name for file in own_store.iterdir())
    with pytest.raises(TableError, match="the manifest is damaged"):
        add_readings([MUE], own_store)
    assert sorted(file.name for file in own_store.iterdir()) == before


def test_a_store_replaced_while_it_is_opened(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = opening.read_manifest(own_store)
    add_readings([reading("mue_practitioner", [MueRow("97110", 8, 3, "")], source="new.csv")], own_store)
    manifests = iter([old])
    read = opening.read_manifest
    monkeypatch.setattr(opening, "read_manifest", lambda store: next(manifests, None) or read(store))
    assert {volume.edition.table for volume in opening.volumes(own_store)} == {"mue_practitioner", PTP}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["CLAIMCHECK_TABLES", "XDG_DATA_HOME", "LOCALAPPDATA"]), st.just("/here")))
def test_the_default_path(environment: dict[str, str]) -> None:
    path = default_path(environment)
    assert path.name in ("tables", "here")
    assert path.is_relative_to("/here") == bool(environment)
