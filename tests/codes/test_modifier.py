"""Modifiers: which there can be, of what kind, and what rules ask of them."""

from __future__ import annotations

import re
import string
from itertools import product

import pytest

from claimcheck.codes import modifier
from claimcheck.codes.modifier import ModifierKind
from claimcheck.errors import CodeError

PAIRS = ["".join(pair) for pair in product(string.digits + string.ascii_uppercase + "#", repeat=2)]
WELL_FORMED = [pair for pair in PAIRS if re.fullmatch("[0-9]{2}|[A-Z][A-Z0-9]|[1238]P", pair)]


def test_every_pair_of_characters_is_accepted_or_refused_as_the_grammar_says() -> None:
    assert [pair for pair in PAIRS if modifier.is_valid(pair)] == WELL_FORMED


@pytest.mark.parametrize("digit", "045679")
def test_other_category_ii_modifiers_do_not_exist(digit: str) -> None:
    with pytest.raises(CodeError, match="1, 2, 3 or 8 before P") as caught:
        modifier.parse(f" {digit}P")
    assert caught.value.position == 2


@pytest.mark.parametrize(("text", "position"), [("5A", 2), ("#5", 1), ("A#", 2), ("5#", 2), ("4p", 1)])
def test_the_wrong_character_is_named(text: str, position: int) -> None:
    with pytest.raises(CodeError) as caught:
        modifier.parse(text)
    assert caught.value.position == position


@pytest.mark.parametrize("text", ["5", "A", "599", "LTT"])
def test_a_wrong_length_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(CodeError, match=r"expected 2 characters?") as caught:
        modifier.parse(text)
    assert caught.value.position is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("25", "level_i"),
        ("59", "level_i"),
        ("1P", "category_ii"),
        ("8P", "category_ii"),
        ("P1", "physical_status"),
        ("P6", "physical_status"),
        ("P7", "level_ii"),
        ("PA", "level_ii"),
        ("RT", "anatomic"),
        ("FA", "anatomic"),
        ("FB", "level_ii"),
        ("F0", "level_ii"),
        ("E4", "anatomic"),
        ("E5", "level_ii"),
        ("LM", "anatomic"),
        ("XU", "distinct_service"),
        ("X1", "level_ii"),
        ("TC", "level_ii"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert modifier.parse(text).kind == kind


@pytest.mark.parametrize(
    ("predicate", "kind"),
    [
        ("is_category_ii", ModifierKind.CATEGORY_II),
        ("is_physical_status", ModifierKind.PHYSICAL_STATUS),
        ("is_anatomic", ModifierKind.ANATOMIC),
        ("is_distinct_service", ModifierKind.DISTINCT_SERVICE),
    ],
)
def test_a_predicate_holds_for_its_kind_only(predicate: str, kind: ModifierKind) -> None:
    values = [modifier.parse(text) for text in WELL_FORMED]
    assert [value for value in values if getattr(value, predicate)] == [value for value in values if value.kind is kind]


def test_which_modifiers_may_bypass_a_procedure_to_procedure_edit() -> None:
    manual = (
        "E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI "
        "24 25 57 58 78 79 27 59 91 XE XS XP XU"
    )
    assert {text for text in WELL_FORMED if modifier.parse(text).is_ptp_associated} == set(manual.split())


def test_what_never_bypasses() -> None:
    named = "22 26 50 51 52 53 76 77 80 82 TC GY GZ KX 1P 2P 3P 8P"
    assert not any(modifier.parse(text).is_ptp_associated for text in named.split())


def test_three_of_category_ii_exclude() -> None:
    assert {text for text in WELL_FORMED if modifier.parse(text).is_exclusion} == {"1P", "2P", "3P"}


def test_one_of_category_ii_reports() -> None:
    assert {text for text in WELL_FORMED if modifier.parse(text).is_reporting} == {"8P"}


def test_only_category_ii_has_a_meaning() -> None:
    assert {text for text in WELL_FORMED if modifier.parse(text).meaning} == {"1P", "2P", "3P", "8P"}
