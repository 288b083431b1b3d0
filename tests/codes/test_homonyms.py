"""Words that sound like a code system, and all that they may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.codes import homonyms

CATEGORY_I, CATEGORY_II, CATEGORY_III = "family:category_i", "family:category_ii", "family:category_iii"
LEVEL_I, LEVEL_II, LEVEL_III = "family:level_i", "family:level_ii", "family:level_iii"
LICENSE, ENZYME, CONFUSION = "homonym:phlebotomy_license", "homonym:enzyme", "confusion:level_and_category"


def kinds(text: str) -> list[str]:
    return [homonym.kind for _, homonym in homonyms.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CPT 1", [CATEGORY_I, LICENSE, ENZYME]),
        ("CPT-I", [CATEGORY_I, LICENSE, ENZYME]),
        ("CPT 2", [CATEGORY_II, LICENSE, ENZYME]),
        ("CPT-II", [CATEGORY_II, LICENSE, ENZYME]),
        ("CPT III", [CATEGORY_III]),
        ("CPT III phlebotomy", [CATEGORY_III]),
        ("CPT III deficiency", [CATEGORY_III]),
        ("CPT II code", [CATEGORY_II]),
        ("What are CPT 2 or Category II codes used for?", [CATEGORY_II]),
        ("CPT-I and CPT-II licenses in California", [LICENSE]),
        ("certified phlebotomy technician (CPT-II)", [LICENSE]),
        ("CPT-1 venipuncture", [LICENSE]),
        ("CPT II adds arterial punctures", [LICENSE]),
        ("CPT II deficiency", [ENZYME]),
        ("carnitine palmitoyltransferase (CPT1)", [ENZYME]),
        ("the enzymes CPT1 and CPT2", [ENZYME]),
        ("CPT2 in metabolic disease", [ENZYME]),
        ("palmitate and CPT1", [ENZYME]),
        ("CPT Type 2", [ENZYME]),
        ("CPT type II deficiency", [ENZYME]),
        ("CPT1A", [ENZYME]),
        ("CPT-1c", [ENZYME]),
        ("code for CPT II deficiency", [CATEGORY_II, ENZYME]),
    ],
)
def test_cpt_and_a_number(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Category I", [CATEGORY_I]),
        ("Category 2", [CATEGORY_II]),
        ("Cat. II", [CATEGORY_II]),
        ("Category III codes", [CATEGORY_III]),
        ("categories I and II", [CATEGORY_I, CATEGORY_II]),
        ("CPT category II", [CATEGORY_II]),
        ("cat iii", [CATEGORY_III]),
        ("cat 3", [CATEGORY_III]),
        ("cat i", [CATEGORY_I]),
        ("cat 1", [CATEGORY_I]),
    ],
)
def test_category_and_a_number(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Level 1", [LEVEL_I]),
        ("Level 2", [LEVEL_II]),
        ("HCPCS Level II", [LEVEL_II]),
        ("levels I & II", [LEVEL_I, LEVEL_II]),
        ("Level III", [LEVEL_III, CATEGORY_III]),
        ("CPT level 2", [CONFUSION, CATEGORY_II, LEVEL_II]),
        ("level 1 and level 2 CPT codes", [CONFUSION, CATEGORY_I, LEVEL_I, CATEGORY_II, LEVEL_II]),
        ("level 1 or 2 CPT codes", [CONFUSION, CATEGORY_I, CATEGORY_II, LEVEL_I, LEVEL_II]),
    ],
)
def test_level_and_a_number(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    ["cpt ii", "CPT-2", "cpt2", "Cpt  II", "CPT_II".replace("_", "\N{NO-BREAK SPACE}"), "CPT\N{EN DASH}II", "cpt\t2"],
)
def test_case_and_spacing_do_not_matter(text: str) -> None:
    assert kinds(text) == kinds("CPT II")


@pytest.mark.parametrize(
    "text",
    [
        "CPT",
        "CPT 25",
        "CPT 4",
        "CPT IV",
        "encpt 2",
        "level",
        "delevel 2",
        "category",
        "category type 2",
        "II",
        "99213",
        "CPT ıı",
        "",
    ],
)
def test_other_words_mean_nothing_here(text: str) -> None:
    assert kinds(text) == []


def test_a_mention_is_given_as_it_was_written() -> None:
    assert [mention for mention, _ in homonyms.find("is it Cat. II?")] == ["Cat. II"]


def test_the_muscle_form_of_the_deficiency_is_named() -> None:
    [(_, homonym)] = homonyms.find("CPT II deficiency")
    assert "E71.314" in homonym.note


@given(st.text() | st.text("cptCPT iI12-abdegylorv.", max_size=40))
def test_each_meaning_is_given_once(text: str) -> None:
    assert len(set(kinds(text))) == len(kinds(text))


@pytest.mark.parametrize("text", ["cpt" + " " * 200_000, "cpt " * 50_000, "level 1 and " * 20_000])
def test_long_texts_take_no_long_time(text: str) -> None:
    homonyms.find(text)
