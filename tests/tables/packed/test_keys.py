import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import TableError
from claimcheck.tables.packed.keys import LONGEST, NO_KEY, code, key, stored_key

codes = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=LONGEST)


@given(codes, codes)
def test_keys_sort_as_the_codes_do_and_give_them_back(one: str, other: str) -> None:
    assert (key(one) < key(other)) == (one < other)
    assert code(key(one)) == one == code(stored_key(one))


@given(st.text(max_size=12))
def test_any_text_may_be_asked_for_and_no_two_share_a_key(text: str) -> None:
    assert key(text) == NO_KEY or code(key(text)) == text


@pytest.mark.parametrize("text", ["", "123456789", "É1234", "99213\0", "\0"])
def test_what_cannot_be_a_key_is_not_stored(text: str) -> None:
    assert key(text) == NO_KEY
    with pytest.raises(TableError, match="1 to 8 ASCII"):
        stored_key(text)
