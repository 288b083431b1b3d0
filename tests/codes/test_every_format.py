"""What all formats promise alike: the same verbs, the same two readings, the same manners in refusing."""

from __future__ import annotations

import contextlib
import copy
import pickle
from collections.abc import Callable
from enum import StrEnum

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimcheck.codes import (
    bill_type,
    cdt,
    clia,
    cpt,
    hcpcs,
    hipps,
    icd9cm,
    icd10cm,
    icd10pcs,
    mbi,
    modifier,
    ndc,
    npi,
    oral_cavity,
    place_of_service,
    procedure,
    revenue,
    tax_id,
    taxonomy,
    tooth,
    tooth_surface,
)
from claimcheck.errors import CodeError


@attrs.frozen
class Format:
    """A format under test: its verbs, and a grammar of its canonical texts that is stated apart from its code.

    `rewritten` gives the other form that lenient reading takes, where the format has one.
    """

    name: str
    parse: Callable[..., object]
    is_valid: Callable[..., bool]
    normalize: Callable[[object], str]
    canonical: st.SearchStrategy[str]
    rewritten: Callable[[str], str] | None

    def __str__(self) -> str:
        return self.name


def _of(
    module: object, canonical: str | st.SearchStrategy[str], rewritten: Callable[[str], str] | None = None
) -> Format:
    strategy = st.from_regex(canonical, fullmatch=True) if isinstance(canonical, str) else canonical
    name = module.__name__.rpartition(".")[2]
    return Format(name, module.parse, module.is_valid, module.normalize, strategy, rewritten)


def _with_check_digit(payload: str) -> str:
    """The textbook form of Luhn, right to left over the whole number."""
    total = 0
    for index, digit in enumerate(reversed("80840" + payload)):
        total += sum(divmod(int(digit) * 2, 10)) if index % 2 == 0 else int(digit)
    return payload + str(-total % 10)


def _dot(text: str, place: int) -> str:
    return f"{text[:place]}.{text[place:]}" if text[place:] else text


_CATEGORY_I = st.integers(100, 99607).map("{:05}".format)
_CPT = _CATEGORY_I | st.from_regex("[0-9]{4}[AFMTU]", fullmatch=True)
_HCPCS = st.from_regex("[A-CEGHJ-MP-Z][0-9]{4}", fullmatch=True)
_CDT = st.from_regex("D[0-9]{4}", fullmatch=True)

FORMATS = [
    _of(cpt, _CPT),
    _of(hcpcs, _HCPCS),
    _of(cdt, _CDT),
    _of(procedure, _CPT | _HCPCS | _CDT),
    _of(hipps, "[0-9A-Z]{5}"),
    _of(modifier, "[0-9]{2}|[A-Z][A-Z0-9]|[1238]P"),
    _of(icd10cm, "[A-Z][0-9A][0-9AB]([0-9A-Z]{1,3}|[0-9A-Z]{3}[0-9A-HJKMNP-S])?", lambda text: _dot(text, 3)),
    _of(icd10pcs, "[0-9A-HJ-NP-Z]{7}"),
    _of(icd9cm, "([0-9]{3}|V[0-9]{2})[0-9]{0,2}|E[0-9]{3}[0-9]?", lambda text: _dot(text, 4 if text[0] == "E" else 3)),
    Format(
        "icd9cm_procedure",
        icd9cm.parse_procedure,
        icd9cm.is_valid_procedure,
        icd9cm.normalize_procedure,
        st.from_regex("[0-9]{3,4}", fullmatch=True),
        lambda text: f"{text[:2]}.{text[2:]}",
    ),
    _of(revenue, "0[0-9]{3}|[0-9]{4}", lambda text: text.removeprefix("0")),
    _of(place_of_service, "[0-9]{2}"),
    _of(bill_type, "0[1-9]{2}[0-9A-Z]", lambda text: text[1:]),
    _of(npi, st.from_regex("[12][0-9]{8}", fullmatch=True).map(_with_check_digit)),
    _of(
        mbi,
        "[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9]"
        "[AC-HJKMNP-RT-Y]{2}[0-9]{2}",
        lambda text: f"{text[:4]}-{text[4:7]}-{text[7:]}",
    ),
    _of(ndc, "[0-9]{11}", lambda text: f"{text[:5]}-{text[5:9]}-{text[9:]}"),
    _of(taxonomy, "[0-9A-Z]{9}X"),
    _of(clia, "[0-9]{2}D[0-9]{7}"),
    _of(tooth, "[1-9]|[12][0-9]|3[0-2]|5[1-9]|[67][0-9]|8[0-2]|[A-T]S?"),
    _of(tooth_surface, "[BDFILMO]"),
    _of(oral_cavity, "0[0-9]|[1-4]0|[LR]"),
    _of(tax_id, "(?!000)[0-9]{9}", lambda text: f"{text[:2]}-{text[2:]}"),
]
CONFIDENTIAL = {"mbi", "tax_id"}
DIGITS_ONLY = {"icd9cm_procedure", "revenue", "place_of_service", "npi", "ndc", "tax_id", "tooth", "oral_cavity"}

every_format = pytest.mark.parametrize("code_format", FORMATS, ids=str)
formats_of_two_forms = pytest.mark.parametrize("code_format", [f for f in FORMATS if f.rewritten], ids=str)
formats_with_letters = pytest.mark.parametrize(
    "code_format", [f for f in FORMATS if f.name not in DIGITS_ONLY], ids=str
)
white_space = st.text(" \t\r\n", max_size=3)
anything = st.text() | st.text("0123456789AEDFPVXLSabxıſß５٣- .\t", max_size=14)

# No format allows any of these anywhere. "ı".upper() is "I", "ſ".upper() is "S", "ß".upper() is "SS"; the others
# are digits and letters of other scripts.
FOREIGN = ["#", "ı", "ſ", "ß", "é", "５", "٣", "А", "Ｆ", "\N{NO-BREAK SPACE}", "\0", "\ud800"]


@every_format
@given(data=st.data())
def test_canonical_text_is_kept(code_format: Format, data: st.DataObject) -> None:
    text = data.draw(code_format.canonical)
    assert code_format.parse(text).text == text


@every_format
@given(data=st.data())
def test_strict_accepts_canonical_text(code_format: Format, data: st.DataObject) -> None:
    assert code_format.is_valid(data.draw(code_format.canonical), strict=True)


@every_format
@given(data=st.data(), before=white_space, after=white_space)
def test_lenient_trims_and_upper_cases(code_format: Format, data: st.DataObject, before: str, after: str) -> None:
    text = data.draw(code_format.canonical)
    assert code_format.normalize(before + text.lower() + after) == text


@every_format
@given(data=st.data())
def test_is_valid_is_lenient_unless_told_otherwise(code_format: Format, data: st.DataObject) -> None:
    assert code_format.is_valid(f" {data.draw(code_format.canonical)}")


@every_format
@given(text=anything)
def test_strict_accepts_just_what_lenient_leaves_unchanged(code_format: Format, text: str) -> None:
    unchanged = code_format.is_valid(text) and code_format.normalize(text) == text
    assert code_format.is_valid(text, strict=True) == unchanged


@formats_of_two_forms
@given(data=st.data())
def test_lenient_reads_the_other_form(code_format: Format, data: st.DataObject) -> None:
    text = data.draw(code_format.canonical)
    assert code_format.normalize(code_format.rewritten(text)) == text


@formats_of_two_forms
@given(data=st.data())
def test_strict_refuses_the_other_form(code_format: Format, data: st.DataObject) -> None:
    text = data.draw(code_format.canonical)
    assume(code_format.rewritten(text) != text)
    assert not code_format.is_valid(code_format.rewritten(text), strict=True)


@every_format
@given(text=anything, strict=st.booleans())
def test_any_text_gives_a_value_or_a_code_error(code_format: Format, text: str, strict: bool) -> None:
    with contextlib.suppress(CodeError):
        code_format.parse(text, strict)


@every_format
@given(text=anything)
def test_a_position_lies_within_the_text(code_format: Format, text: str) -> None:
    assume(not code_format.is_valid(text))
    with pytest.raises(CodeError) as caught:
        code_format.parse(text)
    assert caught.value.position is None or 1 <= caught.value.position <= len(text)


@every_format
@given(text=anything)
def test_is_valid_says_whether_parse_accepts(code_format: Format, text: str) -> None:
    try:
        code_format.parse(text)
        accepted = True
    except CodeError:
        accepted = False
    assert code_format.is_valid(text) is accepted


@every_format
@given(data=st.data(), foreign=st.sampled_from(FOREIGN), before=white_space)
def test_a_foreign_character_is_refused_where_it_stands(
    code_format: Format, data: st.DataObject, foreign: str, before: str
) -> None:
    text = data.draw(code_format.canonical)
    index = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(CodeError) as caught:
        code_format.parse(before + text[:index] + foreign + text[index + 1 :])
    assert caught.value.position == len(before) + index + 1


@every_format
@given(data=st.data())
def test_a_refusal_never_echoes_the_text(code_format: Format, data: st.DataObject) -> None:
    text = data.draw(code_format.canonical)
    index = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(CodeError) as caught:
        code_format.parse(text[:index] + "~" + text[index + 1 :])
    said = f"{caught.value!r} {caught.value.args}"
    assert "~" not in said
    assert not any(part in said for part in (text[:index], text[index + 1 :]) if len(part) > 3)


@every_format
@given(data=st.data(), before=st.booleans())
def test_strict_names_the_place_of_white_space(code_format: Format, data: st.DataObject, before: bool) -> None:
    text = data.draw(code_format.canonical)
    with pytest.raises(CodeError, match="expected no white space") as caught:
        code_format.parse(" " + text if before else text + " ", strict=True)
    assert caught.value.position == (1 if before else len(text) + 1)


@formats_with_letters
@given(data=st.data())
def test_strict_names_the_place_of_a_lower_case_letter(code_format: Format, data: st.DataObject) -> None:
    text = data.draw(code_format.canonical)
    index = next((i for i, char in enumerate(text) if char.isalpha()), None)
    assume(index is not None)
    with pytest.raises(CodeError, match="in upper case") as caught:
        code_format.parse(text.lower(), strict=True)
    assert caught.value.position == index + 1


@every_format
@pytest.mark.parametrize("given", [None, 450, 1.5, b"99213", ["99213"], object()], ids=lambda x: type(x).__name__)
def test_what_is_not_text_is_refused(code_format: Format, given: object) -> None:
    with pytest.raises(CodeError, match="expected text"):
        code_format.parse(given)


@every_format
def test_what_is_not_text_is_not_valid(code_format: Format) -> None:
    assert not code_format.is_valid(None)


@every_format
@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_nothing_is_refused(code_format: Format, text: str) -> None:
    with pytest.raises(CodeError, match=r"expected .* characters?, found 0"):
        code_format.parse(text)


@every_format
@given(data=st.data())
def test_a_value_holds_plain_text(code_format: Format, data: st.DataObject) -> None:
    text = data.draw(code_format.canonical)
    member = StrEnum("Given", {"IT": text}).IT
    assert type(code_format.parse(member).text) is str


@every_format
@given(data=st.data())
def test_values_are_equal_where_their_texts_are(code_format: Format, data: st.DataObject) -> None:
    text = data.draw(code_format.canonical)
    assert {code_format.parse(text): 1} == {code_format.parse(f" {text}"): 1}


@every_format
@given(data=st.data())
def test_values_are_frozen(code_format: Format, data: st.DataObject) -> None:
    value = code_format.parse(data.draw(code_format.canonical))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.text = ""


@every_format
@given(data=st.data())
def test_values_are_slotted(code_format: Format, data: st.DataObject) -> None:
    assert not hasattr(code_format.parse(data.draw(code_format.canonical)), "__dict__")


@every_format
@given(data=st.data())
def test_values_can_be_pickled_and_copied(code_format: Format, data: st.DataObject) -> None:
    value = code_format.parse(data.draw(code_format.canonical))
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value


@every_format
@given(data=st.data())
def test_only_a_confidential_value_hides_its_text(code_format: Format, data: st.DataObject) -> None:
    text = data.draw(code_format.canonical)
    value = code_format.parse(text)
    if code_format.name in CONFIDENTIAL:
        assert str(value) == "****"
    else:
        assert str(value) == text


@every_format
@given(data=st.data())
def test_only_a_confidential_repr_hides_the_text(code_format: Format, data: st.DataObject) -> None:
    text = data.draw(code_format.canonical)
    value = code_format.parse(text)
    assert (text in repr(value)) is (code_format.name not in CONFIDENTIAL)
