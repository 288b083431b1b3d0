"""Spans of codes against the sentence that defines them, read slowly."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.policies import CodeSpans

code = st.text(string.ascii_uppercase[:3] + string.digits[:3], min_size=1, max_size=4)
span = st.tuples(code, code).map(lambda pair: (min(pair), max(pair)))


def lies_within(plain: str, low: str, high: str) -> bool:
    """Not before the low end; and not after the high end, or begun by it."""
    return low <= plain and (plain <= high or plain[: len(high)] == high)


@given(st.lists(span, max_size=6), code)
def test_a_code_is_in_the_set_where_it_lies_within_any_span(spans, plain):
    expected = any(lies_within(plain, low, high) for low, high in spans)
    assert (plain in CodeSpans.of(f"{low}-{high}" for low, high in spans)) is expected


@given(st.lists(span, max_size=6), code)
def test_what_a_set_says_of_itself_describes_it(spans, plain):
    codes = CodeSpans.of(f"{low}-{high}" for low, high in spans)
    again = CodeSpans.of(codes)
    assert again == codes
    assert (plain in again) is (plain in codes)


@given(st.permutations(["99202-99215", "99213", "G0463", "99211-99220", "J40-J44.9", "J44", "J4"]))
def test_the_order_of_the_texts_does_not_matter(texts):
    assert CodeSpans.of(texts) == CodeSpans.of(sorted(texts))


@given(code, code)
def test_dots_blanks_and_case_of_a_text_do_not_count(low, rest):
    assert CodeSpans.of([f" {low.lower()}.{rest} "]) == CodeSpans.of([low + rest])


@pytest.mark.parametrize(
    ("texts", "inside", "outside"),
    [
        (["J45.20-J45.998"], ["J45.20", "J45909", "J45.998"], ["J45.2", "J46"]),
        (["J40-J44.9"], ["J40", "J41.1", "J44.89", "J449", "J44.9"], ["J39.9", "J45.20", "J47.9"]),
        (["I50-I50.9"], ["I50", "I50.1", "I50.89", "I509"], ["I51", "I49.9"]),
        (["99202-99215"], ["99202", "99211", "99215"], ["99201", "99216", "G0463"]),
        (["0001F-9007F"], ["0001F", "3044F", "9007F"], ["80053", "00100", "99213", "0042T", "0001U", "9008F", "J1885"]),
        (["00100-01999"], ["00100", "01999"], ["0100F", "0042T", "01999F", "02000"]),
        (["0001F-9007F", "00100-99499"], ["3044F", "80053"], ["0042T", "99500"]),
        ([], [], ["", "99213"]),
    ],
)
def test_the_spans_of_letters(texts, inside, outside):
    codes = CodeSpans.of(texts)
    assert [one for one in inside if one not in codes] == []
    assert [one for one in outside if one in codes] == []
    assert bool(codes) is bool(texts)


@pytest.mark.parametrize("thing", [None, 99213, ("99213",), b"99213"])
def test_only_text_is_a_code(thing):
    assert thing not in CodeSpans.of(["99213"])


@pytest.mark.parametrize("text", ["", " ", "-", "99202-", "-99215", "."])
def test_what_is_no_span_is_refused(text):
    with pytest.raises(ValueError, match="is no code and no span of codes"):
        CodeSpans.of([text])


def test_a_span_runs_forward():
    with pytest.raises(ValueError, match="the span 99215-99202 ends before it begins"):
        CodeSpans.of(["99215-99202"])
    assert "J4499" in CodeSpans.of(["J44.9-J44"])  # every code that J44 begins, from J44.9 on
    assert "J448" not in CodeSpans.of(["J44.9-J44"])


@pytest.mark.parametrize("text", ["0001F-99499", "00100-9007F", "0001F-9007T"])
def test_a_span_keeps_to_one_list_of_codes(text):
    with pytest.raises(ValueError, match="runs from one list of codes into another"):
        CodeSpans.of([text])


@given(st.from_regex(r"[0-9]{5}", fullmatch=True))
def test_no_category_i_code_lies_in_the_range_of_category_ii(code):
    assert code not in CodeSpans.of(["0001F-9007F"])


@pytest.mark.parametrize("span", ["99", "9-999", "992"])
def test_a_text_that_is_no_code_of_cpt_holds_those_that_it_begins(span):
    assert "99213" in CodeSpans.of([span])
    assert "80053" not in CodeSpans.of([span])


def test_a_span_within_another_takes_nothing_from_it():
    codes = CodeSpans.of(["10000-40000", "20000-20010", "39999-50000", "60000-60000"])
    assert [code in codes for code in ("10000", "20005", "30000", "45000", "50001", "60000")] == [True] * 4 + [
        False,
        True,
    ]
    assert list(codes) == ["10000-50000", "60000"]
