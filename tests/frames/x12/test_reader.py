"""An 837 in columns holds what the reader of claims reads: every claim, field, problem, place and error."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from claimcheck.errors import InputError
from claimcheck.frames.x12.frame import SCHEMA
from claimcheck.frames.x12.reader import read_837
from frames.x12.mixed import damaged, mixed
from frames.x12.sameness import claim_by_claim, in_columns, rows_of, some_claims

pytestmark = pytest.mark.extended

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
SIZES = (1 << 22, 2_000, 700)


def _big() -> Any:
    spec = importlib.util.spec_from_file_location("big_837", ROOT / "tools" / "benchmarks" / "big_837.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def large() -> bytes:
    """A file as payers get them, of several transaction sets."""
    return "".join(f"{segment}~\n" for segment in _big().segments(150_000)).encode()


def _files() -> Iterator[Path]:
    for pattern in (
        "tests/io/x12/examples/*.837",
        "examples/**/*.837",
        "tools/fuzz/**/*.837",
        "tools/fuzz/**/corpus/x12/*",
    ):
        yield from ROOT.glob(pattern)
    for pattern in ("data/claims/x12/*", "cases/*.837"):
        yield from SHARED.glob(pattern)


FILES = sorted(path for path in _files() if path.is_file())


@pytest.mark.parametrize("at_once", [1 << 22, 20_000])
def test_a_large_file(large: bytes, at_once: int) -> None:
    assert in_columns(large, at_once) == claim_by_claim(large)


def test_nearly_all_of_it_is_in_columns(large: bytes) -> None:
    claims, _ = claim_by_claim(large)
    lines = sum(len(lines) for _, lines in claims)
    assert lines - rows_of(large) < 20  # of the first and the last claim of each transaction set


def test_the_columns_are_always_the_same(large: bytes) -> None:
    for content in (large, large[:2_000]):
        for batch in _batches(content):
            assert batch.lines.schema == pl.Schema(SCHEMA)


def _batches(content: bytes) -> list[Any]:
    found = []
    try:
        found.extend(read_837(content))
    except InputError:
        return found
    return found


def test_claims_that_are_wanted_as_claims(large: bytes) -> None:
    whole = [place for batch in read_837(large) for place in batch.lines["claim_segment"].unique().to_list()]
    chosen = sorted(whole)[::7]
    found = [claim.source.place for batch in read_837(large, left=chosen) for claim in batch.claims if claim.source]
    assert set(chosen) <= set(found)
    rest = [
        place for batch in read_837(large, left=chosen) for place in batch.lines["claim_segment"].unique().to_list()
    ]
    assert sorted([*rest, *chosen]) == sorted(whole)


@pytest.mark.parametrize("at_once", [1 << 22, 20_000])
@pytest.mark.parametrize("text", [b"Sent by night", b"\x03" * 3_000, b"ST*837*1~"])
def test_text_around_interchanges(large: bytes, text: bytes, at_once: int) -> None:
    """It is passed over, unless it may be segments: then the claims before it are delivered, and an error."""
    content = text + b"\n" + large + text + b"\n" + large + text
    for some in (content, content[len(text) :], large + text):
        assert in_columns(some, at_once) == claim_by_claim(some)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files(path: Path) -> None:
    content = path.read_bytes()
    for at_once in (1 << 22, len(content) // 5 + 1):
        assert in_columns(content, at_once) == claim_by_claim(content), at_once


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_damaged_files(path: Path) -> None:
    _check_damaged(path, range(1))


@pytest.mark.exhaustive
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_very_many_damaged_files(path: Path) -> None:
    _check_damaged(path, range(1, 60))


def _check_damaged(path: Path, seeds: range) -> None:
    content = path.read_bytes()[:100_000]
    for seed in seeds:
        chance = random.Random(f"{path.name} {seed}")
        copy = damaged(content, chance)
        assert in_columns(copy, chance.choice(SIZES)) == claim_by_claim(copy), seed


@pytest.mark.parametrize("stray", ["HI*ABK:E119", "SV1*HC:99213*1*UN*1***1", "LX*1", "CL1*1"])
@pytest.mark.parametrize("before", ["NM1*40", "N3*", "CLM*", "HL*2"])
def test_a_claim_that_lost_its_clm_in_a_file_that_is_cut_off(large: bytes, stray: str, before: str) -> None:
    content = large[: large.index(b"CLM*", 5_000)]
    at = content.index(before.encode())
    content = content[:at] + stray.encode() + b"~" + content[at:]
    for end in (content.index(b"CLM*"), content.index(b"DMG*"), len(content)):
        assert in_columns(content[:end]) == claim_by_claim(content[:end])


@pytest.mark.parametrize("seed", range(40))
def test_mixed_files(seed: int) -> None:
    _check_mixed(seed)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(40, 2_040))
def test_very_many_mixed_files(seed: int) -> None:
    _check_mixed(seed)


def _check_mixed(seed: int) -> None:
    chance = random.Random(seed)
    content = mixed(chance)
    expected = claim_by_claim(content)
    assert in_columns(content, chance.choice(SIZES)) == expected
    places = {claim["source"].place for claim, _ in expected[0]}
    some = {place for place in places if chance.random() < 0.5}
    assert some_claims(content, some) == ([one for one in expected[0] if one[0]["source"].place in some], expected[1])


def test_mixed_files_are_in_columns_too() -> None:
    assert sum(rows_of(mixed(random.Random(seed))) for seed in range(40)) > 150
