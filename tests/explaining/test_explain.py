"""`explain`: every kind of subject, and nothing that raises."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import claimcheck
from claimcheck import Disposition, InputError, Reason, Severity, Tables, explain
from claimcheck.explaining import phrases, unchecked
from claimcheck.policies import Policy
from claimcheck.policies.parameter import key_of
from claimcheck.rules.registry import all_rules
from claimcheck.tables import Absent, Edition, Found, NotCovered
from claimcheck.tables.answers import (
    Carc,
    CategoryII,
    DiagnosisCode,
    FeeSchedule,
    HcpcsCode,
    Opps,
    PlaceOfService,
    Rarc,
    ServiceGroup,
)
from claimcheck.tables.ncci_answers import AddOn, Mue, PtpEdit
from claimcheck.tables.rows import DiagnosisRow
from support.made_tables import made_tables

DAY = date(2024, 7, 15)
EDITION = Edition("medicare", "table", "2024-07-01", DAY, DAY)


def _sections(subject: str, **given: Any) -> dict[str, tuple[str, ...]]:
    return {section.heading: section.lines for section in explain(subject, **given).sections}


# ---------------------------------------------------------------- rules, parameters, words


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_is_explained_from_its_module(rule: Any) -> None:
    said = explain(rule.id)
    assert said.title == f"{rule.id} {rule.name}: {rule.title}"
    assert explain(f" {rule.name.upper()} ") == said
    sections = {section.heading: section for section in said.sections}
    for heading in ("What it checks", "Why payers deny it", "Example", "What it does not check", "References"):
        assert sections[heading].lines
    assert sections["Example"].is_code
    assert len(sections["Outcomes"].lines) == len(rule.outcomes)
    assert [line.partition(":")[0] for line in sections.get("Parameters", _none()).lines] == [
        key_of(one) for one in rule.parameters
    ]
    prose = " ".join(" ".join(part.split()) for part in rule.documentation.split("\n"))
    for heading in ("What it checks", "What it does not check"):
        assert all(" ".join(line.split()) in " ".join(prose.split()) for line in sections[heading].lines)


def _none() -> Any:
    from claimcheck.explaining import Section

    return Section("", ())


@pytest.mark.parametrize("key", sorted({key_of(one) for rule in all_rules() for one in rule.parameters}))
def test_every_parameter_names_its_rules_and_the_policies_that_speak_of_it(key: str) -> None:
    sections = _sections(key.upper())
    asking = [rule.id for rule in all_rules() if any(key_of(one) == key for one in rule.parameters)]
    assert [line.split()[0] for line in sections["Rules that use it"]] == asking
    said = sections["What the policies say"]
    entries = dict(Policy.load("default").describe())[key]
    assert sum(line.startswith("default, from ") for line in said) == len(entries)


def test_a_policy_that_says_the_same_is_not_named_again() -> None:
    said = _sections("category_ii.charge")["What the policies say"]
    assert {line.partition(",")[0] for line in said} >= {"default", "penny_from_2021_06_01", "zero"}
    assert "anthem_ohio_medicaid_2024" not in {line.partition(",")[0] for line in said}


@pytest.mark.parametrize("word", [*Disposition, *Severity, *Reason])
def test_every_word_of_a_verdict_is_explained(word: str) -> None:
    said = explain(word.replace("_", " ").title())
    assert said.title == word.replace("_", " ")
    assert all(section.lines for section in said.sections)


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("table", [None, "opps", "list_of_ones_own"])
def test_every_reason_can_be_said_in_words(reason: Reason, table: str | None) -> None:
    assert unchecked.about(reason, table)
    assert unchecked.why(reason)


def test_advice_is_given_once() -> None:
    assert len(list(unchecked.advice(2 * list(Reason)))) == 6
    assert list(unchecked.advice([Reason.MISSING_FIELD])) == []


# ---------------------------------------------------------------- codes


def test_a_category_ii_code() -> None:
    sections = _sections("3044F")
    assert sections["Readings"][0] == "CPT procedure code: Category II, HCPCS Level I"
    [tables] = [lines for heading, lines in sections.items() if heading.startswith("Tables on")]
    assert any("3044F 3045F 3046F" in line for line in tables)


def test_a_diagnosis_by_the_tables_that_are_given() -> None:
    rows = [DiagnosisRow("E116", False), DiagnosisRow("E1165", True)]
    tables = made_tables("icd10cm", rows)
    assert "ICD-10-CM codes: billable [made]" in _sections("E11.65", tables=tables, on=DAY)[f"Tables on {DAY}"]
    assert "not billable: more characters" in _sections("e116", tables=tables, on="2024-07-15")[f"Tables on {DAY}"][0]
    assert "not on the list" in _sections("E11.66", tables=tables, on=DAY)[f"Tables on {DAY}"][0]
    assert _sections("E11.65")["Not checked"] == ("not loaded: ICD-10-CM codes",)


def test_the_day_is_the_last_that_the_tables_answer_for() -> None:
    assert "Tables on 2024-09-30" in _sections("99213")
    assert "Tables on 2023-01-01" in _sections("3044F", on="2023-01-01")


def test_a_pair_in_both_directions() -> None:
    for subject in ("45385/45378", "45385 45378", "45385 , 45378", "45385+45378"):
        said = explain(subject, on=DAY)
        assert said.title == "45385 / 45378 on 2024-07-15"
        [section] = said.sections
        assert [("is denied" in line, "not on the list" in line) for line in section.lines] == 2 * [
            (True, False),
            (False, True),
        ]


def test_words_that_look_like_a_pair_are_none() -> None:
    assert explain("hello world").title == "hello world"


@pytest.mark.parametrize(
    ("subject", "kinds"),
    [
        ("CPT II", ("phlebotomy license", "enzyme")),
        ("CPT2 deficiency", ("enzyme",)),
        ("Level II", ("HCPCS",)),
        ("236", ("revenue code", "CARC")),
        ("N620", ("ICD-10-CM", "RARC")),
        ("1234567893", ("NPI",)),
        ("0131", ("type of bill",)),
        ("LT", ("modifier",)),
    ],
)
def test_all_readings_of_a_text(subject: str, kinds: tuple[str, ...]) -> None:
    readings = _sections(subject)["Readings"]
    for kind in kinds:
        assert any(line.startswith(f"{kind}:") for line in readings)


# ---------------------------------------------------------------- what a payer answers with


@pytest.mark.parametrize(
    ("subject", "title", "rule"),
    [
        ("CARC 236", "CARC 236", "NCCI101"),
        ("CO-236", "CARC 236", "NCCI101"),
        ("co 236", "CARC 236", "NCCI101"),
        ("RARC N620", "RARC N620", "CAT101"),
        ("rarcn620", "RARC N620", "CAT101"),
    ],
)
def test_a_denial_code_names_its_rules(subject: str, title: str, rule: str) -> None:
    said = explain(subject)
    assert said.title == title
    assert any(line.startswith(rule) for line in said.sections[1].lines)
    assert "in use" in said.sections[0].lines[0]


def test_a_denial_code_that_is_none() -> None:
    sections = _sections("CARC 999")
    assert "not on the list" in sections["Code list"][0]
    assert sections["Rules that expect it"] == ("none",)


def test_a_remark_code_is_found_without_the_name_of_its_list() -> None:
    assert any(line.startswith("CAT101") for line in _sections("n620")["Rules that expect it"])


# ---------------------------------------------------------------- phrases


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (FeeSchedule("99213", "A", "XXX", True, "0", "0"), "status A (active, priced by relative value units), with"),
        (FeeSchedule("99213", "?", "XXX", False, "0", "0"), "status ? (unknown), without"),
        (CategoryII("3045F", "", False, DAY, DAY), "not active, fee schedule status none, from 2024-07-15, through"),
        (CategoryII("3044F", "M"), "active, fee schedule status M"),
        (ServiceGroup("hba1c", frozenset({"3046F", "3044F"}), True), "in the service group hba1c: 3044F 3046F"),
        (Mue("99213", 0, 1), "0 units: not payable"),
        (Mue("99213", 3, 1), "3 units allowed per line (MAI 1)"),
        (Mue("99213", 3, 2), "MAI 2): absolute"),
        (Mue("99213", 3, 3), "more may be paid on appeal"),
        (AddOn("11045", 1, frozenset({"11042"}), False), "add-on code of type 1, primary procedures: 11042"),
        (AddOn("99100", 2, frozenset(), True), "primary procedures: those that the contractor defines"),
        (AddOn("88311", 3, frozenset({"88302"}), True), "88302 and those that the contractor defines"),
        (AddOn("88311", 3, frozenset(), False), "primary procedures: none listed"),
        (PtpEdit("1", "2", DAY, None, 0, ""), "2 is denied; no modifier bypasses"),
        (PtpEdit("1", "2", DAY, None, 1, ""), "a PTP-associated modifier bypasses"),
        (PtpEdit("1", "2", DAY, None, 9, ""), "never in force"),
        (HcpcsCode("J1", True), "active"),
        (HcpcsCode("J1", False, DAY, DAY), "not active, from 2024-07-15, through 2024-07-15"),
        (DiagnosisCode("E116", False), "not billable: more characters"),
        (DiagnosisCode("E1165", True), "billable"),
        (Opps("99213", "V", ""), "status indicator V"),
        (Opps("99213", "V", "5012"), "APC 5012"),
        (PlaceOfService("11", True, None, False), "active, non-facility rate"),
        (PlaceOfService("99", False, DAY, True), "not active, facility rate, from"),
        (Carc("1", True), "in use"),
        (Carc("1", False, DAY, DAY), "not in use, from"),
        (Rarc("N620", True, True), "an alert, for information, in use"),
        (Rarc("M51", False, False), "a remark code, not in use"),
    ],
)
def test_a_table_answer_in_words(value: Any, said: str) -> None:
    assert phrases.phrase(Found(value, EDITION)).startswith(said) or said in phrases.phrase(Found(value, EDITION))
    assert phrases.phrase(Found(value, EDITION, exact=False)).endswith(", outside its dates]")


def test_what_a_table_does_not_hold_in_words() -> None:
    assert phrases.phrase(Absent(EDITION)) == "not on the list [2024-07-01]"
    assert phrases.phrase(NotCovered(Reason.STALE, "opps")) == (
        "not checked: the newest edition is older than the service date"
    )


@pytest.mark.parametrize("other", [None, Found(object(), EDITION)])
def test_what_is_no_answer_is_a_mistake_of_ours(other: Any) -> None:
    with pytest.raises(TypeError):
        phrases.phrase(other)


# ---------------------------------------------------------------- the value


@given(st.text())
def test_any_text_is_explained_or_has_no_reading(text: str) -> None:
    said = explain(text)
    assert str(said) == repr(said)
    assert all(section.lines for section in said.sections)


@pytest.mark.parametrize("given", [None, True, 1.5, b"99213", ["99213"]])
def test_what_is_no_text_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match="explain takes text"):
        explain(given)


@pytest.mark.parametrize("on", ["yesterday", 20240715.5, object()])
def test_what_is_no_day_is_refused(on: Any) -> None:
    with pytest.raises(InputError, match="no date"):
        explain("99213", on=on)


def test_tables_may_be_a_store(tmp_path: Any) -> None:
    with pytest.raises(claimcheck.TableError):
        explain("99213", tables=tmp_path)
    assert explain("99213", tables=Tables.starter()) == explain("99213")


def test_markup_in_a_subject_is_text() -> None:
    page = explain("<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("width", [40, 80, 200])
def test_text_fits_its_width_and_code_stays_code(width: int) -> None:
    said = explain("NCCI101")
    code = next(section for section in said.sections if section.is_code)
    lines = said.text(width).splitlines()
    for line in code.lines:
        assert f"  {line}".rstrip() in lines
    prose = [line for line in lines if line.strip() not in {text.strip() for text in code.lines}]
    assert max(map(len, prose)) <= width
    assert said.text(None).split() == said.text(width).split()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("45380", "ranked within its endoscopic family, then with other procedures (multiple procedure indicator 3); "),
        ("45380", "; endoscopic family of 45378"),
        ("20610", "global days 000; ranked by fee with other procedures (multiple procedure indicator 2)"),
        (
            "20610",
            "; both sides at 150% with 50 (bilateral indicator 1); assistant never paid (assistant indicator 1);",
        ),
        (
            "27447",
            "assistant paid (assistant indicator 2); co-surgeons paid with documentation (co-surgeon indicator 1)",
        ),
    ],
)
def test_what_the_fee_schedule_says_of_a_code_beside_others(code, said):
    assert said in " ".join(str(explain(code)).split())


def test_what_the_fee_schedule_says_of_a_test():
    row = FeeSchedule("93000", "A", "XXX", True, "0", "6", supervision="01")
    said = phrases.phrase(Found(row, Edition("medicare", "fee_schedule", "2024-07-01", date.min, date.max), True))
    assert "global days XXX; reduced with other cardiovascular tests (multiple procedure indicator 6); general" in said
