"""The procedure code of a line: which system reads which text."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.codes import ProcedureKind, cdt, cpt, hcpcs, parse_procedure
from claimcheck.errors import CodeError


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("99213", ("CPT", "I", "I", "category_i")),
        ("3044F", ("CPT", "I", "II", "category_ii")),
        ("0042T", ("CPT", "I", "III", "category_iii")),
        ("0001U", ("CPT", "I", "I", "pla")),
        ("0002M", ("CPT", "I", "I", "maaa")),
        ("0001A", ("CPT", "I", "I", "covid_administration")),
        ("J1885", ("HCPCS", "II", None, "level_ii")),
        ("U0001", ("HCPCS", "II", None, "level_ii")),
        ("M0001", ("HCPCS", "II", None, "level_ii")),
        ("T1015", ("HCPCS", "II", None, "level_ii")),
        ("A0021", ("HCPCS", "II", None, "level_ii")),
        ("C9901", ("HCPCS", "II", None, "c_code")),
        ("X1234", ("HCPCS", "III", None, "local")),
        ("D0120", ("CDT", "II", None, "dental")),
    ],
)
def test_system_level_category_kind(text: str, facts: tuple[str | None, ...]) -> None:
    code = parse_procedure(text)
    assert (code.system, code.level, code.category, code.kind) == facts


@pytest.mark.parametrize("text", [" d0120", "\tD0120 ", "d0120"])
def test_white_space_and_case_do_not_hide_the_system(text: str) -> None:
    assert parse_procedure(text).system == "CDT"


@pytest.mark.parametrize(
    ("text", "format_name"),
    [("F3044", "HCPCS"), ("D012X", "CDT"), ("3044X", "CPT"), ("", "CPT"), ("-", "CPT"), ("É1234", "HCPCS")],
)
def test_a_refusal_names_the_system_that_the_first_character_suggests(text: str, format_name: str) -> None:
    with pytest.raises(CodeError) as caught:
        parse_procedure(text)
    assert caught.value.format == format_name


@pytest.mark.parametrize("text", ["2AAA0", "KAGE1", "E11.9", "E119", "0DTJ4ZZ"])
def test_rates_diagnoses_and_inpatient_procedures_are_not_returned(text: str) -> None:
    with pytest.raises(CodeError):
        parse_procedure(text)


@given(st.text("0123456789ACDFJMTUXabcdjx ", max_size=7), st.booleans())
def test_the_three_systems_share_no_text_and_leave_none_out(text: str, strict: bool) -> None:
    readings = [parse(text, strict) for parse, ok in _SYSTEMS if ok(text, strict)]
    expected = [parse_procedure(text, strict)] if _procedure_ok(text, strict) else []
    assert readings == expected


_SYSTEMS = [(cpt.parse, cpt.is_valid), (hcpcs.parse, hcpcs.is_valid), (cdt.parse, cdt.is_valid)]


def _procedure_ok(text: str, strict: bool) -> bool:
    try:
        parse_procedure(text, strict)
    except CodeError:
        return False
    return True


@pytest.mark.parametrize("kind", ProcedureKind)
def test_a_kind_is_its_string(kind: ProcedureKind) -> None:
    assert kind == str(kind) == ProcedureKind(kind.value)


@pytest.mark.parametrize("kind", ProcedureKind)
def test_a_kind_keeps_its_facts_through_pickling(kind: ProcedureKind) -> None:
    assert pickle.loads(pickle.dumps(kind)).level == kind.level
