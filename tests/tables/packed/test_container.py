from __future__ import annotations

import struct
import zlib
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import TableError
from claimcheck.tables.packed import container
from claimcheck.tables.packed.container import MAGIC, narrowest, pack, unpack

HEAD = struct.Struct("<8sHHIQ")
SECTION = struct.Struct("<16sc7xQQ")
TYPES = {"B": 8, "H": 16, "I": 32, "Q": 64}


def items(kind: str) -> st.SearchStrategy[array[int]]:
    return st.lists(st.integers(0, 2 ** TYPES[kind] - 1), max_size=9).map(lambda numbers: array(kind, numbers))


sections = st.dictionaries(
    st.text("abcdefgh0123", min_size=1, max_size=16), st.one_of(*map(items, TYPES)) | st.binary(max_size=9), max_size=5
)


def forged(entries: list[bytes], body: bytes = b"", *, version: int = 1, size: int | None = None) -> memoryview:
    """A packed file as the documentation describes it, written without the package, with any header."""
    length = HEAD.size + SECTION.size * len(entries) + len(body) if size is None else size
    checked = HEAD.pack(MAGIC, version, len(entries), 0, length) + b"".join(entries)
    head = HEAD.pack(MAGIC, version, len(entries), zlib.crc32(checked), length) + b"".join(entries)
    return memoryview(head + body)


@given(sections)
def test_what_is_packed_is_given_back(content: dict[str, array[int] | bytes]) -> None:
    unpacked = unpack(memoryview(pack(content)), "file")
    assert {name: list(view) for name, view in unpacked.items()} == {name: list(held) for name, held in content.items()}


def test_the_bytes_are_little_endian_and_as_documented() -> None:
    packed = pack({"ab": array("H", [258, 3])})
    start = HEAD.size + SECTION.size
    assert packed == bytes(forged([SECTION.pack(b"ab", b"H", start, 2)], b"\x02\x01\x03\x00" + bytes(4)))


@given(sections)
def test_a_machine_of_the_other_byte_order_writes_and_reads_the_same(content: dict[str, array[int] | bytes]) -> None:
    for held in content.values():
        if isinstance(held, array):
            swapped = array(held.typecode, held)
            swapped.byteswap()
            assert container._little_endian(swapped, "big") == container._little_endian(held, "little")
            kind = held.typecode.encode()
            assert list(container._items(memoryview(swapped.tobytes()), kind, "big")) == list(held)


@given(sections, st.data())
def test_a_flipped_byte_in_the_header_or_a_cut_is_found(
    content: dict[str, array[int] | bytes], data: st.DataObject
) -> None:
    packed = bytearray(pack(content))
    header = HEAD.size + SECTION.size * len(content)
    place = data.draw(st.integers(0, header - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(TableError, match="file"):
        unpack(memoryview(packed), "file")
    with pytest.raises(TableError):
        unpack(memoryview(pack(content))[: data.draw(st.integers(0, len(packed) - 1))], "file")


@pytest.mark.parametrize(
    ("view", "reason"),
    [
        (memoryview(b""), "not a packed table"),
        (memoryview(b"PK\x03\x04" + bytes(40)), "not a packed table"),
        (forged([], version=2), "format 2 is not format 1"),
        (forged([], size=2**63), "cut short or too long"),
        (forged([SECTION.pack(b"a", b"B", 0, 0)] * 65), "cut short or too long"),
        (forged([SECTION.pack(b"a", b"B", 64, 2**60)], bytes(8)), "outside the packed file"),
        (forged([SECTION.pack(b"a", b"Q", 64, 2)], bytes(8)), "outside the packed file"),
        (forged([SECTION.pack(b"a", b"Q", 2**63, 2)], bytes(8)), "outside the packed file"),
        (forged([SECTION.pack(b"a", b"B", 65, 1)], bytes(8)), "outside the packed file"),
        (forged([SECTION.pack(b"a", b"f", 64, 1)], bytes(8)), "outside the packed file"),
    ],
)
def test_an_absurd_header_is_refused_by_name(view: memoryview, reason: str) -> None:
    with pytest.raises(TableError, match=reason) as error:
        unpack(view, "the.packed")
    assert error.value.file == "the.packed"
    assert "add the official file again" in error.value.reason


@given(st.integers(0, 2**32 - 1))
def test_the_narrowest_items_hold_the_number(largest: int) -> None:
    assert array(narrowest(largest), [largest])[0] == largest
