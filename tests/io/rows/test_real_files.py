"""Published tables of lines, against a second reading by the csv module alone; in every format, in any order."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claimcheck.claims import Claim, Diagnosis
from claimcheck.io import read_claims

pytestmark = pytest.mark.exhaustive

Rows = list[dict[str, str]]

#: Claims, lines and delimiter of each file.
FILES = {
    "tuva_demo_medical_claim.csv.gz": (3_106, 6_075, ","),
    "synthetic_rif_carrier.csv.gz": (179, 1_997, "|"),
    "synthetic_rif_outpatient.csv.gz": (1_110, 1_305, "|"),
}


@pytest.fixture(scope="module", params=FILES)
def path(request: pytest.FixtureRequest, reference_data: Path) -> Path:
    return reference_data / "claims" / "tabular" / request.param


def rows_of(path: Path) -> Rows:
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=FILES[path.name][2]))


def amount(text: str) -> Decimal | None:
    return Decimal(text) if text.strip() else None


def iso(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def rif_day(text: str) -> date | None:
    return datetime.strptime(text, "%d-%b-%Y").date() if text.strip() else None


def present(*texts: str | None) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts if text and text.strip())


def tuva(rows: Rows) -> dict[str, Any]:
    first = rows[0]
    return {
        "type": first["claim_type"],
        "member": first["patient_id"],
        "from": iso(first["claim_start_date"]),
        "through": iso(first["claim_end_date"]),
        "bill_type": first["bill_type_code"] or None,
        "total": None,
        "diagnoses": present(*(first[f"diagnosis_code_{n}"] for n in range(1, 26))),
        "principal": first["diagnosis_code_1"] or None,
        "procedures": present(*(first[f"procedure_code_{n}"] for n in range(1, 26))),
        "lines": [
            {
                "number": int(row["claim_line_number"]),
                "code": row["hcpcs_code"] or None,
                "modifiers": present(*(row[f"hcpcs_modifier_{n}"] for n in range(1, 6))),
                "revenue": row["revenue_center_code"] or None,
                "start": iso(row["claim_line_start_date"]),
                "end": iso(row["claim_line_end_date"]),
                "units": amount(row["service_unit_quantity"]),
                "charge": amount(row["charge_amount"]),
                "place": row["place_of_service_code"] or None,
                "npi": row["rendering_npi"] or None,
            }
            for row in sorted(rows, key=lambda row: int(row["claim_line_number"]))
        ],
    }


def rif_diagnoses(first: dict[str, str], many: int) -> tuple[str, ...]:
    listed = present(*(first[f"ICD_DGNS_CD{n}"] for n in range(1, many + 1)))
    principal = first["PRNCPAL_DGNS_CD"]
    external = present(first.get("FST_DGNS_E_CD"), *(first.get(f"ICD_DGNS_E_CD{n}") for n in range(1, 13)))
    if len(external) == 2 and external[0] == external[1]:
        external = external[1:]
    return ((principal,) if principal not in listed else ()) + listed + external


def rif_carrier(rows: Rows) -> dict[str, Any]:
    first = rows[0]
    return {
        "type": "professional",
        "member": first["BENE_ID"],
        "from": rif_day(first["CLM_FROM_DT"]),
        "through": rif_day(first["CLM_THRU_DT"]),
        "bill_type": None,
        "total": amount(first["NCH_CARR_CLM_SBMTD_CHRG_AMT"]),
        "diagnoses": rif_diagnoses(first, 12),
        "principal": first["PRNCPAL_DGNS_CD"],
        "procedures": (),
        "lines": [
            {
                "number": int(row["LINE_NUM"]),
                "code": row["HCPCS_CD"] or None,
                "modifiers": present(row["HCPCS_1ST_MDFR_CD"], row["HCPCS_2ND_MDFR_CD"]),
                "revenue": None,
                "start": rif_day(row["LINE_1ST_EXPNS_DT"]),
                "end": rif_day(row["LINE_LAST_EXPNS_DT"]),
                "units": amount(row["LINE_SRVC_CNT"]),
                "charge": amount(row["LINE_SBMTD_CHRG_AMT"]),
                "place": row["LINE_PLACE_OF_SRVC_CD"],
                "npi": row["PRF_PHYSN_NPI"],
            }
            for row in sorted(rows, key=lambda row: int(row["LINE_NUM"]))
        ],
    }


def rif_outpatient(rows: Rows) -> dict[str, Any]:
    first = rows[0]
    return {
        "type": "institutional",
        "member": first["BENE_ID"],
        "from": rif_day(first["CLM_FROM_DT"]),
        "through": rif_day(first["CLM_THRU_DT"]),
        "bill_type": first["CLM_FAC_TYPE_CD"] + first["CLM_SRVC_CLSFCTN_TYPE_CD"],
        "total": amount(first["CLM_TOT_CHRG_AMT"]),
        "diagnoses": rif_diagnoses(first, 25),
        "principal": first["PRNCPAL_DGNS_CD"],
        "procedures": present(*(first[f"ICD_PRCDR_CD{n}"] for n in range(1, 26))),
        "lines": [
            {
                "number": int(row["CLM_LINE_NUM"]),
                "code": row["HCPCS_CD"] or None,
                "modifiers": present(row["HCPCS_1ST_MDFR_CD"], row["HCPCS_2ND_MDFR_CD"]),
                "revenue": row["REV_CNTR"],
                "start": rif_day(row["REV_CNTR_DT"]),
                "end": None,
                "units": amount(row["REV_CNTR_UNIT_CNT"]),
                "charge": amount(row["REV_CNTR_TOT_CHRG_AMT"]),
                "place": None,
                "npi": row["RNDRNG_PHYSN_NPI"] or None,
            }
            for row in sorted(rows, key=lambda row: int(row["CLM_LINE_NUM"]))
        ],
    }


NAIVE: dict[str, tuple[str, Callable[[Rows], dict[str, Any]]]] = {
    "tuva_demo_medical_claim.csv.gz": ("claim_id", tuva),
    "synthetic_rif_carrier.csv.gz": ("CLM_ID", rif_carrier),
    "synthetic_rif_outpatient.csv.gz": ("CLM_ID", rif_outpatient),
}


def naive(path: Path) -> dict[str, dict[str, Any]]:
    key, reading = NAIVE[path.name]
    claims = defaultdict(list)
    for row in rows_of(path):
        claims[row[key]].append(row)
    return {claim_id: reading(rows) for claim_id, rows in claims.items()}


def read(claim: Claim) -> dict[str, Any]:
    diagnoses = [diagnosis for diagnosis in claim.diagnoses if isinstance(diagnosis, Diagnosis)]
    return {
        "type": claim.claim_type,
        "member": claim.member_id,
        "from": claim.statement_from,
        "through": claim.statement_through,
        "bill_type": claim.bill_type,
        "total": claim.total_charge,
        "diagnoses": tuple(diagnosis.code for diagnosis in diagnoses),
        "principal": next((diagnosis.code for diagnosis in diagnoses if diagnosis.role == "principal"), None),
        "procedures": tuple(procedure.code for procedure in claim.procedures),  # type: ignore[union-attr]
        "lines": [
            {
                "number": line.line_number,
                "code": line.procedure_code,
                "modifiers": line.modifiers,
                "revenue": line.revenue_code,
                "start": line.service_date,
                "end": line.service_date_end,
                "units": line.units,
                "charge": line.charge,
                "place": line.place_of_service,
                "npi": line.rendering_npi,
            }
            for line in claim.lines
        ],
    }


def test_all_is_read_as_an_independent_reading_has_it(path: Path) -> None:
    claims = list(read_claims(path))
    expected = naive(path)
    assert [str(claim.claim_id) for claim in claims] == list(expected)
    assert [read(claim) for claim in claims] == list(expected.values())
    assert (len(claims), sum(len(claim.lines) for claim in claims)) == FILES[path.name][:2]
    problems = {(problem.kind, problem.field) for claim in claims for problem in claim.problems}
    assert problems <= {("read_as", "patient_status")}  # published without their leading zeros


def test_a_line_knows_its_row(path: Path) -> None:
    numbered = enumerate(rows_of(path), 2)
    number = {(row[NAIVE[path.name][0]], row.get("claim_line_number") or row.get("LINE_NUM") or row["CLM_LINE_NUM"]): n
              for n, row in numbered}  # fmt: skip
    for claim in read_claims(path):
        for line in claim.lines:
            assert line.source is not None
            assert line.source.place == number[str(claim.claim_id), str(line.line_number)]


def as_delimited(rows: Rows, delimiter: str, end: str = "\r\n") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def by_id(claims: list[Claim]) -> dict[str, Claim]:
    found = {str(claim.claim_id): claim for claim in claims}
    assert len(found) == len(claims)
    return found


def test_shuffled_rows_give_the_same_claims(path: Path) -> None:
    rows = rows_of(path)
    random.Random(7).shuffle(rows)
    assert by_id(list(read_claims(as_delimited(rows, ",")))) == by_id(list(read_claims(path)))


def as_parquet(rows: Rows) -> bytes:
    import pyarrow
    import pyarrow.parquet

    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), file, row_group_size=1_000)
    return file.getvalue()


def as_arrow(rows: Rows, kind: str) -> bytes:
    import pyarrow

    table = pyarrow.Table.from_pylist(rows)
    file = io.BytesIO()
    with getattr(pyarrow.ipc, f"new_{kind}")(file, table.schema) as writer:
        writer.write_table(table, max_chunksize=1_000)
    return file.getvalue()


def as_json_lines(rows: Rows) -> bytes:
    """Without the keys of what is blank, as many write it."""
    return "\n".join(json.dumps({name: cell for name, cell in row.items() if cell}) for row in rows).encode()


def upper(rows: Rows) -> Rows:
    return [{name.upper(): cell for name, cell in row.items()} for row in rows]


FORMATS: dict[str, Callable[[Rows], bytes]] = {
    "tsv": lambda rows: as_delimited(rows, "\t", "\n"),
    "bar": lambda rows: as_delimited(rows, "|"),
    "semicolon, gzipped": lambda rows: gzip.compress(as_delimited(rows, ";")),
    "upper case, with a mark": lambda rows: b"\xef\xbb\xbf" + as_delimited(upper(rows), ","),
    "utf-16": lambda rows: as_delimited(rows, "\t").decode().encode("utf-16"),
    "json lines": as_json_lines,
    "json": lambda rows: json.dumps(rows, indent=1).encode(),
    "parquet": as_parquet,
    "parquet, gzipped": lambda rows: gzip.compress(as_parquet(rows)),
    "arrow file": lambda rows: as_arrow(rows, "file"),
    "arrow stream": lambda rows: as_arrow(rows, "stream"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_claims(path: Path, name: str) -> None:
    rows = rows_of(path)[:400]
    claims = list(read_claims(FORMATS[name](rows)))
    assert claims == list(read_claims(as_delimited(rows, ",")))
    assert sum(len(claim.lines) for claim in claims) == 400
