"""Faults of TOML: the place, and no word of the file."""

from __future__ import annotations

import pytest

from claimcheck import toml


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[SMITH]\n[SMITH]", "Cannot declare a name twice (at line 2, column 7)"),
        (b"['SMITH (at x)']\n['SMITH (at x)']", "Cannot declare a name twice (at line 2, column 16)"),
        (b"a = {SMITH = 1, SMITH = 2}", "Duplicate inline table key (at line 1, column 26)"),
        (b'a = {"SMI\'TH" = 1, "SMI\'TH" = 2}', "Duplicate inline table key (at line 1, column 32)"),
        (b"SMITH, JOHN", "Expected '=' after a key in a key/value pair (at line 1, column 6)"),
        (b"a = SMITH", "Invalid value (at line 1, column 5)"),
        (b"a = " + b"[" * 100_000, "it is nested too deeply"),
        (b"a = " + b"9" * 5_000, "a number in it is too long"),
        (b"SMITH = '\xff'", "it is no UTF-8 text; save it as UTF-8"),
    ],
)
def test_a_fault_is_told_by_its_place(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match="not a TOML file: ") as raised:
        toml.read(content)
    assert str(raised.value) == f"not a TOML file: {said}"
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_a_byte_order_mark_is_no_part_of_it() -> None:
    assert toml.read(b"\xef\xbb\xbfa = 1") == {"a": 1}
