"""Inputs whose rows are no service lines: lines side by side, several tables of a claim, fixed width, nested JSON."""

from __future__ import annotations

import itertools
import json
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import validate_claim
from claimcheck.claims import Claim, Diagnosis, InpatientProcedure
from claimcheck.cli.inputs import Inputs
from claimcheck.errors import InputError
from claimcheck.frames import validate_frame
from claimcheck.io import read_claims
from claimcheck.io.opening import belongs_to
from claimcheck.io.rows.layout_file import from_mapping
from claimcheck.io.rows.layout_library import library, named

JULY = "2024-07-15"


def csv(*rows: dict[str, str]) -> bytes:
    names = [*dict.fromkeys(name for row in rows for name in row)]
    return "\n".join([",".join(names), *(",".join(row.get(name, "") for name in names) for row in rows)]).encode()


def found(claim: Claim) -> set[str]:
    return {one.rule_id for one in validate_claim(claim).findings if str(one.severity) == "error"}


def lines_of(claim: Claim) -> list[tuple[Any, ...]]:
    return [(line.procedure_code, line.revenue_code, line.modifiers, line.units, line.charge) for line in claim.lines]


# ---------------------------------------------------------------------- side by side


def synpuf(**cells: str) -> dict[str, str]:
    header = {"DESYNPUF_ID": "A", "CLM_ID": "5", "CLM_FROM_DT": "20090104", "CLM_THRU_DT": "20090105"}
    diagnoses = {f"ICD9_DGNS_CD_{n}": "" for n in range(1, 9)}
    lines = {f"HCPCS_CD_{n}": "" for n in range(1, 14)} | {f"LINE_NCH_PMT_AMT_{n}": "0.00" for n in range(1, 14)}
    lines |= {f"LINE_PRCSG_IND_CD_{n}": "" for n in range(1, 14)}
    lines |= {f"{name}_{n}": "" for name in ("LINE_ICD9_DGNS_CD", "PRF_PHYSN_NPI", "TAX_NUM") for n in range(1, 14)}
    return {**header, **diagnoses, **lines, **cells}


def test_a_carrier_claim_of_the_synthetic_files() -> None:
    row = synpuf(ICD9_DGNS_CD_1="4830", ICD9_DGNS_CD_2="25000", HCPCS_CD_1="99213", HCPCS_CD_13="36415")
    row |= {"LINE_ICD9_DGNS_CD_1": "25000", "LINE_ICD9_DGNS_CD_13": "4019", "PRF_PHYSN_NPI_1": "1234567893"}
    claim, _ = read_claims(csv(row, synpuf(CLM_ID="6", HCPCS_CD_1="99213", ICD9_DGNS_CD_1="4830")))
    assert [line.procedure_code for line in claim.lines] == ["99213", "36415"]
    assert [line.diagnosis_pointers for line in claim.lines] == [(2,), (3,)]
    assert claim.diagnoses == (
        Diagnosis("4830", "ICD-9-CM", "principal"),
        Diagnosis("25000", "ICD-9-CM"),
        Diagnosis("4019", "ICD-9-CM"),
    )
    assert [line.rendering_npi for line in claim.lines] == ["1234567893", None]
    assert (claim.lines[0].service_date, claim.lines[0].service_date_end) == (date(2009, 1, 4), date(2009, 1, 5))
    assert str(claim.lines[1].source) == "#2"
    assert found(claim) == set()
    unchecked = {(entry.rule_id, str(entry.reason)) for entry in validate_claim(claim).not_checked}
    assert {("STR201", "missing_field"), ("STR301", "missing_field")} <= unchecked
    assert not validate_claim(claim).clean


def facility(kind: str, **cells: str) -> dict[str, str]:
    row = {"DESYNPUF_ID": "A", "CLM_ID": "5", "SEGMENT": "1", "CLM_FROM_DT": "20090104", "CLM_THRU_DT": "20090104"}
    row |= {"CLM_DRG_CD": "1"} if kind == "inpatient" else {"NCH_BENE_PTB_DDCTBL_AMT": "0"}
    return {**row, **{f"HCPCS_CD_{n}": "" for n in range(1, 46)}, "ICD9_DGNS_CD_1": "4830", **cells}


def test_an_outpatient_claim_of_the_synthetic_files() -> None:
    row = facility("outpatient", HCPCS_CD_1="80053", HCPCS_CD_45="99213")
    more = {**row, "SEGMENT": "2", "HCPCS_CD_1": "36415", "HCPCS_CD_45": ""}
    [claim] = read_claims(csv(row, more))
    assert [line.procedure_code for line in claim.lines] == ["80053", "99213", "36415"]
    assert (claim.claim_type, claim.bill_type, claim.problems[-1].kind) == ("institutional", "13", "not_given")
    assert found(claim) == set()


def test_an_inpatient_claim_of_the_synthetic_files_has_no_lines() -> None:
    [claim] = read_claims(csv(facility("inpatient", ICD9_PRCDR_CD_1="8101", CLM_ADMSN_DT="20090101")))
    assert (claim.lines, claim.procedures) == ((), (InpatientProcedure("8101", None, "ICD-9-CM"),))
    assert claim.admission_date == date(2009, 1, 1)
    assert "STR103" not in found(claim)
    assert any(entry.rule_id == "STR103" for entry in validate_claim(claim).not_checked)


@given(st.lists(st.sampled_from(["", "99213", "36415", "0.00", "NULL"]), min_size=1, max_size=12))
def test_lines_side_by_side_are_those_that_say_something(codes: list[str]) -> None:
    mapping = {"columns": {"id": "claim_id", "cpt {n}": "procedure_code"}}
    row = {"id": "7", **{f"cpt {n}": code for n, code in enumerate(codes, 1)}}
    there = [code for code in codes if code[:1] in ("9", "3")]
    [claim] = read_claims(csv(row), mapping=mapping)
    assert [line.procedure_code for line in claim.lines] == there
    [claim] = read_claims(json.dumps(row).encode(), mapping=mapping)
    assert [line.procedure_code for line in claim.lines] == there


def test_later_rows_of_json_have_further_lines() -> None:
    rows = [{"id": "7", "cpt_1": "99213"}, {"id": "8", "cpt_1": "99213", "cpt_2": "36415"}]
    text = "\n".join(map(json.dumps, rows)).encode()
    claims = read_claims(text, mapping={"columns": {"id": "claim_id", "cpt_{n}": "procedure_code"}})
    assert [len(claim.lines) for claim in claims] == [1, 2]


# ---------------------------------------------------------------------- CCLF

HEADER = {"CUR_CLM_UNIQ_ID": "1000000000001", "BENE_MBI_ID": "1EG4TE5MK73", "CLM_FROM_DT": JULY, "CLM_THRU_DT": JULY}
CCLF1 = {**HEADER, "CLM_BILL_FAC_TYPE_CD": "1", "CLM_BILL_CLSFCTN_CD": "3", "PRNCPL_DGNS_CD": "I10"}
CCLF1 |= {"ADMTG_DGNS_CD": "~", "FAC_PRVDR_NPI_NUM": "1234567893", "CLM_BILL_FREQ_CD": "1", "DGNS_PRCDR_ICD_IND": "0"}
CCLF1 |= {"CLM_MDCR_INSTNL_TOT_CHRG_AMT": "180.00"}


def cclf2(number: int, revenue: str, code: str, modifier: str = "~", day: str = JULY) -> dict[str, str]:
    line = {"CLM_LINE_NUM": str(number), "CLM_LINE_PROD_REV_CTR_CD": revenue, "CLM_LINE_HCPCS_CD": code}
    line |= {"CLM_LINE_FROM_DT": JULY, "CLM_LINE_INSTNL_REV_CTR_DT": day, "CLM_LINE_SRVC_UNIT_QTY": "1"}
    return {**HEADER, **line, "HCPCS_1_MDFR_CD": modifier}


def cclf4(kind: str, code: str, poa: str = "~") -> dict[str, str]:
    item = {"CLM_PROD_TYPE_CD": kind, "CLM_DGNS_CD": code, "CLM_POA_IND": poa, "DGNS_PRCDR_ICD_IND": "0"}
    return {**HEADER, **item}


CCLF2 = [cclf2(2, "0510", "99213", "25"), cclf2(1, "0300", "80053", day="1000-01-01")]
CCLF3 = {**HEADER, "CLM_PRCDR_CD": "0SG30AJ", "CLM_PRCDR_PRFRM_DT": JULY, "DGNS_PRCDR_ICD_IND": "0"}
CCLF4 = [cclf4("D", "I10", "Y"), cclf4("D", "E119"), cclf4("E", "W19XXXA")]
CCLF5 = {**HEADER, "CLM_LINE_NUM": "1", "CLM_LINE_HCPCS_CD": "99213", "CLM_POS_CD": "11", "CLM_DGNS_1_CD": "I10"}
CCLF5 |= {"CLM_DGNS_2_CD": "~", "CLM_LINE_FROM_DT": JULY, "CLM_LINE_THRU_DT": JULY, "CLM_LINE_SRVC_UNIT_QTY": "1.0000"}
CCLF5 |= {"CLM_LINE_DGNS_CD": "I10", "HCPCS_1_MDFR_CD": "25", "CLM_RNDRG_PRVDR_NPI_NUM": "1234567893"}
CCLF6 = {**HEADER, "CLM_LINE_NUM": "1", "CLM_LINE_HCPCS_CD": "E0601", "CLM_POS_CD": "12", "CLM_LINE_FROM_DT": JULY}
CCLF6 |= {"PAYTO_PRVDR_NPI_NUM": "1234567893"}


def fixed(layout: str, *rows: dict[str, str]) -> bytes:
    told = [{name.lower(): cell for name, cell in row.items()} for row in rows]
    widths = named(layout).widths.items()
    return "".join("".join(row.get(name, "").ljust(width) for name, width in widths) + "\r\n" for row in told).encode()


PART_A = {"cclf1": [CCLF1], "cclf2": CCLF2, "cclf3": [CCLF3], "cclf4": CCLF4}


@pytest.mark.parametrize("write", [lambda _, rows: csv(*rows), lambda layout, rows: fixed(layout, *rows)])
@pytest.mark.parametrize("order", list(itertools.permutations(PART_A))[::5])
def test_part_a_in_four_files_in_any_order(write: Any, order: tuple[str, ...]) -> None:
    [claim] = read_claims([write(layout, PART_A[layout]) for layout in order])
    assert (claim.claim_id, claim.member_id, claim.bill_type, claim.frequency_code) == (
        *("1000000000001", "1EG4TE5MK73"),
        *("13", "1"),
    )
    assert claim.diagnoses == (
        Diagnosis("I10", role="principal", poa="Y"),
        Diagnosis("E119"),
        Diagnosis("W19XXXA", role="external_cause"),
    )
    assert claim.procedures == (InpatientProcedure("0SG30AJ", date(2024, 7, 15)),)
    assert lines_of(claim) == [("80053", "0300", (), 1, None), ("99213", "0510", ("25",), 1, None)]
    assert {line.service_date for line in claim.lines} == {date(2024, 7, 15)}
    assert (claim.total_charge, claim.problems) == (Decimal("180.00"), ())
    assert "STR201" not in found(claim)


def test_tables_of_ones_own_belong_together_by_their_mappings() -> None:
    header = {"columns": {"no": "claim_id", "who": "member_id"}, "rows": "claims", "belongs_to": "ours"}
    line = {"columns": {"of": "claim_id", "px": "procedure_code"}, "belongs_to": "ours"}
    inputs = [b"no,who\n7,M1\n8,M2\n", b"of,px\n8,99213\n7,36415\n7,99213\n"]
    claims = list(read_claims(inputs, mapping=[header, line]))
    assert [(claim.member_id, [line.procedure_code for line in claim.lines]) for claim in claims] == [
        ("M1", ["36415", "99213"]),
        ("M2", ["99213"]),
    ]
    for asked in ({"mapping": header}, {"mapping": [header]}, {"layout": "tuva"}):
        with pytest.raises(InputError, match="several inputs are given: give a list of as many mappings"):
            list(read_claims(inputs, **asked))


def test_of_many_claims_each_has_its_own() -> None:
    def of(row: dict[str, str], number: int) -> dict[str, str]:
        return {**row, "CUR_CLM_UNIQ_ID": str(number)}

    headers = [of(CCLF1, number) for number in range(20)]
    lines = [of(line, number) for number in reversed(range(20)) for line in CCLF2[: number % 2 + 1]]
    claims = list(read_claims([csv(*headers), csv(*lines)]))
    assert [claim.claim_id for claim in claims] == [*map(str, range(20))]
    assert [len(claim.lines) for claim in claims] == [number % 2 + 1 for number in range(20)]


def test_parts_know_their_own_files(tmp_path: Any) -> None:
    for name, rows in (("headers", [CCLF1]), ("lines", CCLF2)):
        (tmp_path / name).write_bytes(csv(*rows))
    [claim] = read_claims([tmp_path / "headers", tmp_path / "lines"])
    assert claim.source is not None
    assert claim.source.file == str(tmp_path / "headers")
    assert [str(line.source) for line in claim.lines] == [f"{tmp_path / 'lines'}, #3", f"{tmp_path / 'lines'}, #2"]


def test_part_b_stands_alone() -> None:
    for data in (csv(CCLF5), fixed("cclf5", CCLF5)):
        [claim] = read_claims(data)
        assert (claim.claim_type, claim.diagnoses) == ("professional", (Diagnosis("I10", role="principal"),))
        assert lines_of(claim) == [("99213", None, ("25",), 1, None)]
        assert (claim.lines[0].place_of_service, claim.lines[0].diagnosis_pointers) == ("11", (1,))
        assert found(claim) == set()
    for data in (csv(CCLF6), fixed("cclf6", CCLF6)):
        [claim] = read_claims(data)
        assert (claim.lines[0].procedure_code, claim.billing_npi) == ("E0601", "1234567893")
        assert found(claim) == set()


def test_what_does_not_belong_together_is_refused() -> None:
    lines = b"claim_id,procedure_code\n7,99213\n"
    for inputs, said in (
        ([csv(CCLF1)], "cclf1 holds no service lines: give it with the one that does"),
        ([csv(CCLF1), csv(*CCLF4)], "holds no service lines"),
        ([csv(CCLF1), lines], r"do not belong together \(cclf1, claimcheck\): give each by itself"),
        ([lines, lines], "do not belong together"),
        ([csv(CCLF1), b"ISA*00*"], "each is a table: give this one by itself"),
        ([csv(CCLF1), b'{"lines": []}'], "each is a table"),
    ):
        with pytest.raises(InputError, match=said):
            list(read_claims(inputs))
    assert belongs_to(csv(*CCLF2)) == belongs_to(fixed("cclf1", CCLF1)) == "cclf part A"
    assert belongs_to(csv(CCLF5)) is belongs_to(lines) is belongs_to(b"ISA*") is belongs_to("no/such.csv") is None


def test_the_command_gives_parts_together(tmp_path: Any) -> None:
    files = []
    for name, rows in (("CCLF1.csv", [CCLF1]), ("CCLF5.csv", [CCLF5]), ("CCLF2.csv", CCLF2)):
        (tmp_path / name).write_bytes(csv(*rows))
        files.append(str(tmp_path / name))
    inputs = Inputs(tuple(files))
    assert [len(claim.lines) for claim in inputs.claims()] == [2, 1]
    assert (inputs.bad, inputs.done) == ([], inputs.size)


# ---------------------------------------------------------------------- Synthea


def test_synthea() -> None:
    header = {"Id": "c1", "PATIENTID": "p1", "DIAGNOSIS1": "I10", "DIAGNOSIS2": "E119", "DIAGNOSIS3": ""}
    header |= {"SERVICEDATE": "2024-07-15T05:12:34Z", "HEALTHCARECLAIMTYPEID1": "1"}
    line = {"ID": "t1", "CLAIMID": "c1", "CHARGEID": "1", "PATIENTID": "p1", "TYPE": "CHARGE", "AMOUNT": "125.0"}
    line |= {"FROMDATE": "2024-07-15T05:12:34Z", "TODATE": "2024-07-15T05:27:34Z", "PROCEDURECODE": "99213"}
    line |= {"UNITS": "1", "DIAGNOSISREF1": "1", "DIAGNOSISREF2": "2"}
    other = {**line, "CHARGEID": "2", "PROCEDURECODE": "36415", "AMOUNT": "8.5"}
    paid = {**line, "TYPE": "PAYMENT", "CHARGEID": "3"}
    [claim] = read_claims([csv(header), csv(line, paid, other)])
    assert (claim.claim_type, claim.member_id, len(claim.diagnoses)) == ("professional", "p1", 2)
    assert [line.charge for line in claim.lines] == [Decimal(125), Decimal("8.5")]
    assert [line.diagnosis_pointers for line in claim.lines] == [(1, 2), (1, 2)]
    assert claim.lines[0].service_date == date(2024, 7, 15)


# ---------------------------------------------------------------------- nested JSON


def service(code: str, charge: str, *modifiers: str) -> dict[str, Any]:
    own = {"procedureIdentifier": "HC", "procedureCode": code, "lineItemChargeAmount": charge, "measurementUnit": "UN"}
    own |= {"serviceUnitCount": "1", "compositeDiagnosisCodePointers": {"diagnosisCodePointers": ["1", "2"]}}
    if modifiers:
        own["procedureModifiers"] = [*modifiers]
    return {"serviceDate": "20240715", "professionalService": own}


def submission(number: str, *services: dict[str, Any]) -> dict[str, Any]:
    codes = [
        {"diagnosisTypeCode": "ABK", "diagnosisCode": "I10"},
        {"diagnosisTypeCode": "ABF", "diagnosisCode": "E119"},
    ]
    claim = {"patientControlNumber": number, "claimChargeAmount": "133.50", "placeOfServiceCode": "11"}
    claim |= {"claimFrequencyCode": "1", "healthCareCodeInformation": codes, "serviceLines": [*services]}
    people = {
        "subscriber": {"memberId": "M1", "dateOfBirth": "19610102", "gender": "F"},
        "billing": {"npi": "1234567893"},
    }
    return {"tradingPartnerServiceId": "60054", **people, "claimInformation": claim}


ONE = submission("A1", service("99213", "125.00", "25"), service("36415", "8.50"))
TWO = submission("A2")


@pytest.mark.parametrize(
    "text",
    [json.dumps([ONE, TWO]), json.dumps([ONE, TWO], indent=2), "\n".join(map(json.dumps, [ONE, TWO]))],
    ids=["a list", "over several lines", "JSON Lines"],
)
def test_claims_of_a_clearinghouse(text: str) -> None:
    claim, empty = read_claims(text.encode())
    assert (claim.claim_id, claim.member_id, claim.payer_id) == ("A1", "M1", "60054")
    assert (claim.billing_npi, claim.place_of_service, claim.birth_date) == ("1234567893", "11", date(1961, 1, 2))
    assert [diagnosis.code for diagnosis in claim.diagnoses] == ["I10", "E119"]  # type: ignore[union-attr]
    assert lines_of(claim) == [("99213", None, ("25",), 1, Decimal("125.00")), ("36415", None, (), 1, Decimal("8.50"))]
    assert claim.lines[0].diagnosis_pointers == (1, 2)
    assert (claim.problems, empty.claim_id, empty.lines) == ((), "A2", ())
    assert found(claim) == set()
    assert "STR103" in found(empty)


def test_one_claim_by_a_mapping_with_paths() -> None:
    columns = {"a.b": "claim_id", "a.dx[{n}]": "diagnoses.{n}", "a.lines[].x.cpt": "procedure_code", "none.x": "sex"}
    value = {"a": {"b": 7, "dx": ["I10", "E119"], "lines": [{"x": {"cpt": "99213"}}, {"x": None}]}}
    [claim] = read_claims(json.dumps(value, indent=1).encode(), mapping={"columns": columns})
    assert [diagnosis.code for diagnosis in claim.diagnoses] == ["I10", "E119"]  # type: ignore[union-attr]
    assert [line.procedure_code for line in claim.lines] == ["99213", None]


@pytest.mark.parametrize(
    "value", [7, "7", None, [], {}, {"a": 7}, {"a": {"b": 7, "lines": {"x": 1}}}, {"a": {"lines": [7]}}]
)
def test_nested_json_of_another_shape_raises_nothing(value: Any) -> None:
    columns = {"a.b": "claim_id", "a.dx[{n}].code": "diagnoses.{n}", "a.lines[].x.cpt": "procedure_code"}
    for claim in read_claims(json.dumps([value]).encode(), mapping={"columns": columns}):
        validate_claim(claim)


# ---------------------------------------------------------------------- layouts


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"rows": "pages"}, "rows: lines, claims or items is expected"),
        ({"widths": {"a": "3"}}, "widths.a: a number of characters is expected"),
        ({"only": {"a": "CHARGE"}}, "a: a list of texts is expected"),
        ({"not_given": ["colour"]}, "not_given: no field of a claim or a service line: colour"),
        ({"belongs_to": 7}, "belongs_to: text is expected"),
    ],
)
def test_what_a_layout_cannot_say(entries: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        from_mapping({"columns": {"a": "claim_id"}, **entries})


@pytest.mark.parametrize("layout", [one for one in library() if not one.is_of_lines], ids=lambda one: one.name)
def test_a_frame_of_rows_that_are_no_lines_is_refused(layout: Any) -> None:
    names = [*layout.requires, *layout.any_of]
    with pytest.raises(InputError, match=f"a row of the layout {layout.name} is not a service line"):
        validate_frame(pl.DataFrame({name: ["7"] for name in names}))
