"""Layouts: the ones that come with claimcheck, a user's own, and what is said of those that cannot be used."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from claimcheck.claims import Claim, Diagnosis, InpatientProcedure, OccurrenceCode, ServiceLine, ValueCode
from claimcheck.errors import InputError
from claimcheck.io import read_claims
from claimcheck.io.rows import spelling
from claimcheck.io.rows.layout_file import from_mapping
from claimcheck.io.rows.layout_library import library, named
from claimcheck.io.rows.reader import recognised
from claimcheck.io.rows.target import parse


def one(text: str, **asked: Any) -> Claim:
    [claim] = read_claims(text.encode(), **asked)
    return claim


def test_the_own_layout_reaches_every_field_that_a_column_can_hold() -> None:
    targets = [parse(path.replace("{n}", "1")) for path in named("claimcheck").columns.values()]
    reached = {(target.of_line, target.field) for target in targets}
    for kind, of_line in ((Claim, False), (ServiceLine, True)):
        for field in attrs.fields(kind):
            assert (of_line, field.name) in reached or field.name in ("lines", "source", "problems")


@pytest.mark.parametrize("layout", library(), ids=lambda layout: layout.name)
def test_a_table_of_the_columns_that_a_layout_needs_is_of_it(layout: Any) -> None:
    columns = [*layout.requires, *layout.any_of]
    found = recognised(columns)
    assert found is not None
    assert found.name == layout.name
    [identifier] = [place.column for place in layout.places(columns) if place.target.field == "claim_id"]
    assert layout.key[:1] in ((), (columns[identifier],))


def test_claimchecks_own_columns() -> None:
    columns = {
        "claim_id": "7",
        "claim_type": "institutional",
        "reporting_only": "True",
        "bill_type": "0131",
        "claim_rendering_npi": "1245319599",
        "condition_codes": "44 A6",
        "condition_code_1": "B7",
        "occurrence_code_1": "11",
        "occurrence_code_1_date": "2024-06-30",
        "value_code_1": "80",
        "value_code_1_amount": "3",
        "procedure_1": "0SG30AJ",
        "procedure_1_date": "20240701",
        "procedures": "01NB0ZZ;8E0WXBZ",
        "diagnoses": "E11.9|I10",
        "diagnosis_3": "E78.5",
        "diagnosis_3_poa": "Y",
        "diagnosis_4_poa": "Y",
        "admitting_diagnosis": "R07.9",
        "external_cause_1": "W19",
        "line_number": "1",
        "procedure_code": "99213",
        "modifiers": "25,59",
        "modifier_2": "XU",
        "modifier_1": "LT",
        "diagnosis_pointers": "A C",
        "charge": "125.00",
        "description": "",
    }
    claim = one(",".join(columns) + "\n" + ",".join(f'"{cell}"' for cell in columns.values()))
    assert [(problem.kind, problem.field) for problem in claim.problems] == [("read_as", "condition_codes")]
    assert (claim.reporting_only, claim.bill_type, claim.rendering_npi) == (True, "0131", "1245319599")
    assert claim.condition_codes == ("44", "A6", "B7")
    assert claim.occurrence_codes == (OccurrenceCode("11", date(2024, 6, 30)),)
    assert claim.value_codes == (ValueCode("80", Decimal(3)),)
    told = [value.problems for value in (*claim.procedures, *claim.diagnoses) if value.problems]
    assert [(problem.kind, problem.field) for (problem,) in told] == [
        ("read_as", "procedures"),
        ("read_as", "diagnoses"),
    ]
    assert tuple(attrs.evolve(value, problems=()) for value in claim.procedures) == (
        InpatientProcedure("01NB0ZZ"),
        InpatientProcedure("8E0WXBZ"),
        InpatientProcedure("0SG30AJ", date(2024, 7, 1)),
    )
    assert tuple(attrs.evolve(value, problems=()) for value in claim.diagnoses) == (
        Diagnosis("E11.9", role="principal"),
        Diagnosis("I10"),
        Diagnosis("E78.5", poa="Y"),
        Diagnosis("R07.9", role="admitting"),
        Diagnosis("W19", role="external_cause"),
    )
    line = claim.lines[0]
    assert (line.modifiers, line.diagnosis_pointers) == (("25", "59", "LT", "XU"), (1, 3))
    assert (line.line_number, line.charge, line.description) == (1, Decimal("125.00"), None)


def test_lists_of_typed_tables() -> None:
    row = (
        '{"claim_id": 7, "procedure_code": "99213", "modifiers": ["25"], "diagnoses": [{"code": "I10"}, "E11.9", 5],'
        ' "diagnosis_pointers": [1, 2], "diagnosis_pointer_1": 1, "units": 1.5, "reporting_only": true}'
    )
    claim = one(row)
    assert (claim.claim_id, claim.reporting_only) == ("7", True)
    assert claim.diagnoses[:2] == (Diagnosis("I10", role="principal"), Diagnosis("E11.9"))
    assert len(claim.diagnoses) == 3
    assert (claim.lines[0].modifiers, claim.lines[0].diagnosis_pointers) == (("25",), (1, 2, 1))
    assert claim.lines[0].units == Decimal("1.5")


def test_a_column_that_is_unknown_is_a_problem_and_never_its_name() -> None:
    claim = one("claim_id,procedure_code,unit,JANE DOE\n7,99213,1,2")
    assert [(problem.kind, problem.field) for problem in claim.problems] == [
        ("unknown_key", "units"),
        ("unknown_key", None),
    ]


MAPPING = """
name = "ours"
date = "MM/DD/YYYY"
key = ["Claim No", "Site"]

[columns]
"Claim No" = "claim_id"
Site = "payer_id"
CPT = "procedure_code"
"Mod{n}" = "modifiers.{n}"
DOS = "service_date"
POS = "claim.place_of_service"
Dx = "line_diagnoses"
"Sex Code" = "sex"

[constants]
claim_type = "professional"
units = "1"
"claim.clia" = "11D1343434"

[values.sex]
"1" = "M"
"2" = "F"
"""
TABLE = "claim no;site;cpt;mod1;mod02;dos;pos;dx;sex code\n7;A;99213;25;;07/01/2024;11;I10 E11.9;2\n"


def test_a_mapping_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(MAPPING)
    text = TABLE + "7;B;99213;;;07/01/2024;11;;2\n7;A;36415;;59;07/02/2024;11;E119;2\n"
    first, second = read_claims(text.encode(), mapping=path)
    assert [(claim.claim_id, claim.payer_id, len(claim.lines)) for claim in (first, second)] == [
        ("7", "A", 2),
        ("7", "B", 1),
    ]
    assert (first.claim_type, first.sex, first.place_of_service, first.clia) == (
        "professional",
        "F",
        "11",
        "11D1343434",
    )
    assert first.diagnoses == (Diagnosis("I10"), Diagnosis("E11.9"))
    assert [line.diagnosis_pointers for line in first.lines] == [(1, 2), (2,)]
    assert [line.modifiers for line in first.lines] == [("25",), ("59",)]
    assert [line.service_date for line in first.lines] == [date(2024, 7, 1), date(2024, 7, 2)]
    assert [line.units for line in first.lines] == [1, 1]


def test_the_layout_of_the_guide_can_be_used() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "how-to-files.md").read_text("utf-8")
    layout = from_mapping(tomllib.loads(guide.partition("```toml")[2].partition("```")[0]))
    assert layout.name == "our export"
    assert layout.places(["claim_no", "dx12", "poa3"])[1].target == parse("diagnoses.12")


def test_a_layout_by_name_or_as_a_value() -> None:
    text = "claim_id,claim_line_number,claim_type,hcpcs_code\n7,1,professional,99213"
    assert one(text, layout="tuva") == one(text) == one(text, mapping=named("tuva"))


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({"columns": {"a": "procedure_code"}}, "columns: a column for claim_id is expected"),
        ({"columns": {"a": "claim_id", "b": "charges"}}, "columns.b: no field of a claim or a service line: charges"),
        ({"columns": {"a": 7}}, "columns.a: a field is expected"),
        ({"columns": ["a"]}, "columns: a table is expected"),
        ({"columns": {7: "claim_id"}}, "columns: a table is expected"),
        ({"columns": {"a": "claim_id"}, "colums": {}}, "colums: no such entry"),
        ({"columns": {"a": "claim_id"}, "date": "MM/DD/YY"}, "date: YYYY, MM or M or Mon"),
        ({"columns": {"a": "claim_id"}, "date": 7}, "date: text is expected"),
        ({"columns": {"a": "claim_id"}, "complete": "yes"}, "complete: true or false is expected"),
        ({"columns": {"a": "claim_id"}, "key": "a"}, "key: a list of columns is expected"),
        ({"columns": {"a": "claim_id"}, "values": {"sex": {"1": 2}}}, "values.sex: texts by texts are expected"),
        ({"columns": {"a": "claim_id"}, "values": {"sex": "M"}}, "values.sex: texts by texts are expected"),
        ({"columns": {"a": "claim_id"}, "constants": {"modifiers": ["25"]}}, "a field that is no list is expected"),
        ({"columns": {"a": "claim_id"}, "constants": {"bill_type.1": "1"}}, "a field that is no list is expected"),
        ({"columns": {"a": "claim_id", "b": "charge.1"}}, "charge has no such part: charge.1"),
        ({"columns": {"a": "claim_id", "b": "diagnoses.x"}}, "diagnoses has no such part: diagnoses.x"),
        ({"columns": {"a": "claim_id", "b": "diagnoses.1.date"}}, "diagnoses has no such part"),
        ({"columns": {"a": "claim_id", "b": "diagnoses.1.poa.x"}}, "diagnoses has no such part"),
        ({"columns": {"a": "claim_id", "b": "modifiers.1.code"}}, "modifiers has no such part"),
        ({"columns": {"a": "claim_id", "b": "modifiers.*"}}, "modifiers has no such part"),
        (
            {"columns": {"a": "claim_id", "b": "line.member_id"}},
            "no field of a claim or a service line: line.member_id",
        ),
        ({"columns": {"a": "claim_id", "b": "lines"}}, "no field of a claim or a service line: lines"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_where(mapping: Any, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        from_mapping(mapping)
    assert str(caught.value).startswith("mapping: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize("content", [b"columns = ", b"\xff\xfe", None])
def test_a_mapping_file_that_cannot_be_read(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"ours\.toml: the mapping cannot be read"):
        list(read_claims(b"a,b\n1,2", mapping=str(path)))


@pytest.mark.parametrize(
    ("text", "asked", "reason"),
    [
        ("claim_ref,cpt,dos\n", {}, "of no layout that claimcheck knows (cpt, dos; not known: column 1): give"),
        ("JANE DOE,1961-01-02\n", {}, "the first row names no columns that it knows; of a table, give the layout"),
        ("claim_id,cpt\n", {"layout": "tuva"}, "tuva needs columns that are not there: claim_line_number, claim_type"),
        ("claim_id,cpt\n", {"layout": "claimcheck"}, "columns that are not there: one of procedure_code, revenue_code"),
        ("claim,cpt\n", {"mapping": {"columns": {"claim": "claim_id", "px": "charge"}}}, "that are not there: px"),
        ("claim_id,units,units,revenue_code\n", {}, "columns stand there twice: units"),
        ("claim_id,cpt\n", {"layout": "tuva", "mapping": {}}, "a layout and a mapping are given"),
        ("claim_id,cpt\n", {"layout": "excel"}, "excel is no layout"),
    ],
)
def test_columns_that_do_not_fit(text: str, asked: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError) as caught:
        list(read_claims(text.encode(), name="lines.csv", **asked))
    assert reason in str(caught.value)
    assert "JANE" not in str(caught.value)


def test_columns_that_are_double_and_not_used_do_no_harm() -> None:
    text = "claim_id,claim_line_number,claim_type,note,note\n7,1,professional,a,b"
    assert len(one(text).lines) == 1


@pytest.mark.parametrize(
    ("spelled", "text", "read"),
    [
        ("MM/DD/YYYY", "02/29/2024", "2024-02-29"),
        ("MM/DD/YYYY", "02/30/2024", "02/30/2024"),
        ("YYYY.MM.DD", "2024.07.01", "2024-07-01"),
        ("YYYYMMDD", "20240701", "2024-07-01"),
        ("D Mon YYYY", "1 jul 2024", "2024-07-01"),
        ("D Mon YYYY", "1 jux 2024", "1 jux 2024"),
        ("DD-Mon-YYYY", "2024-07-01", "2024-07-01"),
    ],
)
def test_spellings_of_days(spelled: str, text: str, read: str) -> None:
    assert spelling.reader(spelled)(text) == read


@pytest.mark.parametrize("spelled", ["", "MM/DD", "YYYY-MM-MM", "YYYY-MM-DD hh", "Mon D YYYY D"])
def test_spellings_that_say_no_day(spelled: str) -> None:
    with pytest.raises(ValueError, match="each once"):
        spelling.reader(spelled)
