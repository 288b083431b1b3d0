"""One value means the same through every door: a mapping, a constructor, a row of a file, a cell of a frame."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from claimcheck import Claim, ServiceLine, Validator, validate_claim
from claimcheck.frames import validate_frame
from claimcheck.io import read_claims

pytestmark = pytest.mark.extended

LINE: dict[str, Any] = {
    "procedure_code": "99213",
    "units": "1",
    "charge": "125.00",
    "service_date": "2024-07-15",
    "place_of_service": "11",
    "rendering_npi": "1234567893",
}
CLAIM: dict[str, Any] = {
    "claim_id": "A",
    "claim_type": "professional",
    "member_id": "M1",
    "billing_npi": "1234567893",
    "diagnoses": "E11.9",
    "received_date": "2024-07-20",
}
OF_LINE = {
    "procedure_code": ["99213-25", "99213 25 59", "100", "99213.0", "99213-25-", "99,213", "036415",
                       "99213.", "100."],
    "modifiers": ["25,59", "25:59", "25~59", "25 59", "25-59", "25.0", "25,XX9", ",",
                  "['25', '59']", "[25.0, None]", "['25']", '["25","59"]', "{25,59}", "('25',)", "[]", "[,]"],
    "units": ["1.0", "1,250.00", "$1", "abc", "(1)", "1.", "3.0000000000000004", "2.9999999999999996"],
    "charge": ["$1,250.00", "(125.00)", "$ 125", "1,000", "1,250.00", "125.001", "125.5",
               "3.3000000000000003", "99.99000000000001", "333299.9999999904", "125.0000000000001"],
    "service_date": ["07/15/2024", "7/15/24", "2024-07-15 00:00:00", "2024-07-15T23:30:00-05:00", "15-JUL-2024",
                     "07152024", "15/07/2024", "20240715.0", "20240715.", "2024/07/15", "20240716.0e0"],
    "service_date_end": ["07/16/2024", "2024-07-15 10:00"],
    "place_of_service": ["2", "11.0", "11.", "2.", "111"],
    "diagnosis_pointers": ["AB", "A,B", "1:2", "1,2", "12", "A", "a", "?", "[1, 2]", "{A,B}"],
    "rendering_npi": ["1234567893.0", "1234567893."],
    "ndc": ["93015001", "00093015001", "930150010"],
    "line_number": ["1", "1.0", "$1"],
    "description": ["visit"],
    "revenue_code": ["250", "25", "0250", "250.0", "250."],
    "result_date": ["07/15/2024"],
    "oral_cavity": ["0", "00", "1", "0,10"],
}  # fmt: skip
OF_CLAIM = {
    "diagnoses": [
        "I10,E11.9",
        "I10 E11.9",
        "E11.9~I10",
        "I10.",
        "I10.|E11.9",
        "E11.9,E11.9",
        "['I10', 'E11.9']",
        "['I10']",
        "[]",
        "{I10.}",
    ],
    "member_id": ["12.0", "1.23457E+11", "1E+11", "1.2345e11", "1E11"],
    "payer_id": ["1.23457E+11"],
    "birth_date": ["03/17/1960", "3/17/60", "1960-03-17 00:00:00", "03/17/2030"],
    "statement_from": ["07/15/2024", "x"],
    "received_date": ["07/20/2024", "07/10/2024"],
    "billing_npi": ["1234567893.0", "123"],
    "billing_tax_id": ["12345678", "123456789", "12-3456789"],
    "patient_status": ["1", "01"],
    "condition_codes": ["44,7", "44 07", "7"],
    "bill_type": ["131", "0131", "131.0", "131.", "137.0"],
    "total_charge": ["$125.00", "125", "(125.00)", "1,000", "125.00000000000001"],
    "sex": ["F", "female"],
    "delay_reason": ["1", "11", "11.0"],
    "claim_type": ["professional", "837P", "UB-04", "x"],
    "value_codes": ["80", "80,A1"],
}
CASES = [("line", field, text) for field, texts in OF_LINE.items() for text in texts]
CASES += [("claim", field, text) for field, texts in OF_CLAIM.items() for text in texts]


def said(findings: list[Any]) -> list[tuple[Any, ...]]:
    return sorted((finding.rule_id, finding.message, finding.position or 0) for finding in findings)


@pytest.mark.parametrize(("level", "field", "text"), CASES)
def test_one_text_says_the_same_in_a_mapping_a_file_and_a_frame(level: str, field: str, text: str) -> None:
    line, claim = dict(LINE), dict(CLAIM)
    (line if level == "line" else claim)[field] = text
    if field in ("bill_type", "revenue_code", "value_codes", "condition_codes"):
        claim["claim_type"] = "institutional"
        claim.setdefault("bill_type", "0131")
    judged = validate_claim({**claim, "lines": [line]})

    row = {**line, **claim, "claim_place_of_service": None}
    text_of_file = io.StringIO()
    writer = csv.DictWriter(text_of_file, row)
    writer.writeheader()
    writer.writerow(row)
    (read,) = read_claims(text_of_file.getvalue().encode(), name="lines.csv")
    assert said(list(validate_claim(read).findings)) == said(list(judged.findings))

    built = Claim(**{**claim, "lines": [ServiceLine(**line)]})
    assert said(list(validate_claim(built).findings)) == said(list(judged.findings))

    plain = {**LINE, **CLAIM, "claim_place_of_service": None}
    names = dict.fromkeys([*row, *plain])
    others = [{**like, "claim_id": name, "member_id": name} for name, like in (("B", row), ("C", plain), ("D", plain))]
    rows = [{name: one.get(name) for name in names} for one in (row, *others)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))
    found = validate_frame(frame).findings
    of_first = [
        (rule, message, position or 0)
        for claim_id, rule, message, position in found.select("claim_id", "rule_id", "message", "position").rows()
        if claim_id == "A"
    ]
    assert sorted(of_first) == said(list(judged.findings))
    of_others = found.filter(pl.col("claim_id").is_in(["C", "D"]))
    assert "STR107" not in of_others["rule_id"].to_list()
    assert "STR108" not in of_others["rule_id"].to_list()


def of_csv(row: dict[str, Any]) -> Claim:
    """The claim of a table of one row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, row)
    writer.writeheader()
    writer.writerow(row)
    return next(iter(read_claims(text.getvalue().encode(), name="lines.csv")))


def segments(element: str) -> str:
    """An 837 of one service whose only modifier is `element`."""
    file = (Path(__file__).parents[1] / "io" / "x12" / "examples" / "professional.837").read_text()
    assert file.count("HC:99213:25") == 1
    return file.replace("HC:99213:25", f"HC:99213:{element}")


WORDS = ["NA", "na", "NULL", "null", "nan", "NaN", "None", "NaT", "N/A", "#N/A", "<NA>", r"\N"]
"""By which tables say that nothing stands in a cell. NA looks like a modifier, and no list of modifiers holds it."""


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("field", ["modifiers", "procedure_code", "units", "charge", "service_date", "rendering_npi"])
def test_words_for_what_is_missing_are_those_of_tables(field: str, word: str) -> None:
    line = {**LINE, field: word}
    blank = {**LINE, field: None}
    row, of_blank = ({**one, **CLAIM, "claim_place_of_service": None} for one in (line, blank))
    assert of_csv(row) == of_csv(of_blank)
    frames = [
        validate_frame(pl.DataFrame([one], schema=dict.fromkeys(row, pl.String))).findings for one in (row, of_blank)
    ]
    assert frames[0].equals(frames[1])
    judged, without = validate_claim({**CLAIM, "lines": [line]}), validate_claim({**CLAIM, "lines": [blank]})
    assert said(list(judged.findings)) != said(list(without.findings))
    built = Claim(**{**CLAIM, "lines": [ServiceLine(**line)]})
    assert said(list(validate_claim(built).findings)) == said(list(judged.findings))
    in_json = json.dumps({**CLAIM, "lines": [line]}).encode()
    assert validate_claim(in_json).findings == judged.findings
    for name, text in (("a.json", in_json), ("a.jsonl", json.dumps(row).encode())):
        (read,) = read_claims(text, name=name)
        assert said(list(validate_claim(read).findings)) == said(list(judged.findings)), name


@pytest.mark.parametrize("name", ["837", "FHIR"])
def test_a_modifier_that_is_a_word_of_tables_is_a_modifier(name: str) -> None:
    if name == "837":
        claim = next(iter(read_claims(segments("NA").encode(), name="a.837")))
    else:
        coded = {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "99213"}]}
        modifier = {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "NA"}]}
        item = {"sequence": 1, "productOrService": coded, "modifier": [modifier], "servicedDate": "2024-07-15"}
        (claim,) = read_claims(json.dumps({"resourceType": "Claim", "item": [item]}).encode(), name="a.json")
    assert claim.lines[0].modifiers == ("NA",)
    result = validate_claim(claim)
    assert [(one.rule_id, str(one.severity)) for one in result.findings if one.rule_id == "COD302"] == [
        ("COD302", "error")
    ]


def test_floats_of_four_bytes_are_the_decimals_that_they_stand_for() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: pip install 'claimcheck[test-pandas]'")
    rows = {
        **{name: [value] for name, value in {**LINE, **CLAIM}.items()},
        "charge": pl.Series([12.1], dtype=pl.Float32),
    }
    frame = pl.DataFrame(rows)
    assert validate_frame(frame).lines["charge"].to_list() == [Decimal("12.10")]
    assert validate_frame(frame.to_pandas()).lines["charge"].to_list() == [Decimal("12.10")]
    file = io.BytesIO()
    frame.write_parquet(file)
    assert next(iter(read_claims(file.getvalue()))).lines[0].charge == Decimal("12.1")


NARROW: list[tuple[str, float, Any]] = [
    ("charge", 99999.99, Decimal("99999.99")),
    ("charge", 123456.78, Decimal("123456.78")),
    ("charge", 200000.01, "a fraction of a cent"),  # its neighbors are 1.6 cents away
    ("charge", 1234567.89, "a fraction of a cent"),
    ("charge", 20000001.0, "not a number"),  # its neighbors are two dollars away
    ("units", 16777215.0, Decimal(16777215)),
    ("service_date", 20240715.0, "not readable"),
    ("rendering_npi", 1234567893.0, "malformed"),
    ("ndc", 93015001.0, "malformed"),
    ("procedure_code", 100.0, "00100"),
]


@pytest.mark.parametrize(("field", "number", "expected"), NARROW)
def test_a_float_of_four_bytes_that_lost_what_was_in_it_is_none_of_its_neighbors(
    field: str, number: float, expected: Any
) -> None:
    """24 bits hold every cent below 2**17 dollars and every integer below 2**24 (IEEE 754, binary32)."""
    np = pytest.importorskip("numpy", reason="numpy is not installed: pip install 'claimcheck[test-pandas]'")
    line = {**LINE, field: np.float32(number)}
    judged = validate_claim({**CLAIM, "lines": [line]})
    rows = {name: [value] for name, value in {**LINE, **CLAIM}.items()}
    frame = pl.DataFrame({**rows, field: pl.Series([number], dtype=pl.Float32)})
    of_frame = validate_frame(frame).findings.select("rule_id", "message", pl.col("position").fill_null(0))
    file = io.BytesIO()
    frame.write_parquet(file)
    (of_file,) = read_claims(file.getvalue())
    assert said(list(judged.findings)) == sorted(of_frame.rows()) == said(list(validate_claim(of_file).findings))
    if isinstance(expected, str) and field != "procedure_code":
        assert [finding for finding in judged.findings if expected in finding.message]
    else:
        assert getattr(of_file.lines[0], field) == expected


def test_a_number_that_lost_digits_identifies_nothing() -> None:
    """A spreadsheet shows and saves a number of more than eleven digits so; many claims and members are then one."""
    lost = [2.0240715000001235e17, "2.02407E+17", "2.0240715000001235e+17", "2.0240715000001235e17", "2E+17"]
    kept = ["2.02407", "2E17", "E+17", "202407150000012345", 2.0**52, 12.0]
    for given in (*lost, *kept):
        findings = validate_claim({**CLAIM, "claim_id": given, "member_id": given, "lines": [LINE]}).findings
        told = [finding.message for finding in findings if finding.rule_id == "STR106" and "digits" in finding.message]
        assert len(told) == (2 if isinstance(given, str) else 0) * (given in lost), given


TYPED = {
    "procedure_code": [99213, 100],
    "units": [1, 2],
    "charge": [125.0, 3 * 1.1],
    "place_of_service": [11, 2],
    "rendering_npi": [1234567893, None],
    "line_number": [1, 2],
    "modifiers": [25, None],
    "diagnosis_pointers": [1, None],
    "service_date": [20240715, 20240716],
}


@pytest.mark.parametrize("dtype", [pl.Int64, pl.Float64, pl.Int32, pl.UInt64])
def test_numbers_of_a_frame_are_read_as_those_of_mappings(dtype: Any) -> None:
    numbers = {name: [None if one is None else (one if dtype == pl.Float64 or name != "charge" else round(one)) for one in cells] for name, cells in TYPED.items()}  # fmt: skip # noqa: E501
    frame = pl.DataFrame(numbers, schema=dict.fromkeys(TYPED, dtype), strict=False)
    rows = [{name: None if cell is None else cell for name, cell in row.items()} for row in frame.rows(named=True)]
    claim = {**CLAIM, "lines": rows}
    judged = Validator().validate(claim)
    whole = frame.with_columns([pl.lit(value).alias(name) for name, value in CLAIM.items()])
    found = validate_frame(whole).findings
    assert sorted(found.select("rule_id", "message", pl.col("position").fill_null(0)).rows()) == said(
        list(judged.findings)
    )
    assert not [finding for finding in judged.findings if finding.severity == "error" and finding.rule_id[:3] == "STR"]


def test_a_fhir_resource_as_a_claim_is_told_where_it_is_read() -> None:
    claim = {"resourceType": "Claim", "type": {"coding": [{"code": "professional"}]}, "item": [{"sequence": 1}]}
    for given in (claim, json.dumps(claim), {"resourceType": "Bundle"}):
        messages = [finding.message for finding in validate_claim(given).findings]
        assert messages[0].endswith("found a FHIR resource; read it with claimcheck.io.read_claims")
        assert not any("Unknown field" in message for message in messages)
