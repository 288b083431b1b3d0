"""Every code of the official tables is well formed. The tables are not part of the project."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from claimcheck.codes import (
    bill_type,
    cpt,
    hcpcs,
    icd10cm,
    icd10pcs,
    modifier,
    parse_procedure,
    place_of_service,
    revenue,
)
from claimcheck.codes.modifier import PTP_ASSOCIATED
from claimcheck.errors import CodeError

pytestmark = pytest.mark.extended

DIAGNOSES = ["cms_2023_dx", "cms_2024_dx", "cms_2025_dx", "cdc_icd10cm-CodeDescriptions-April-2025"]


def _column(path: Path, column: str) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def _order_file(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        [name] = [
            name for name in archive.namelist() if "order" in name and "addenda" not in name and name.endswith(".txt")
        ]
        with archive.open(name) as file:
            yield from (line[6:13].strip() for line in io.TextIOWrapper(file, "ascii"))


def _hcpcs_file(folder: Path, *record_ids: str) -> list[str]:
    with gzip.open(folder / "hcpcs" / "HCPC2026_JAN_ANWEB_01122026.txt.gz", "rt", encoding="latin-1") as file:
        return [line[:5].strip() for line in file if line[10] in record_ids]


def _refused(codes: list[str], parse: Callable[[str, bool], object]) -> list[str]:
    refused = []
    for code in codes:
        try:
            parse(code, True)
        except CodeError:
            refused.append(code)
    return refused


def test_hcpcs_level_ii(reference_data: Path) -> None:
    codes = _hcpcs_file(reference_data, "3")
    assert (len(codes) > 8_000, _refused(codes, hcpcs.parse)) == (True, [])


def test_hcpcs_modifiers(reference_data: Path) -> None:
    codes = _hcpcs_file(reference_data, "7")
    assert (len(codes) > 300, _refused(codes, modifier.parse)) == (True, [])


def test_fee_schedule(reference_data: Path) -> None:
    codes = _column(reference_data / "pfs" / "pprrvu24c_jul_no_descriptions.csv.gz", "hcpcs")
    assert (len(codes) > 18_000, _refused(codes, parse_procedure)) == (True, [])


def test_fee_schedules_since_2020(reference_data: Path) -> None:
    column = _column(reference_data / "pfs" / "pfs_first_last_release_2020_2024.csv", "hcpcs")
    codes = [code.zfill(5) for code in column]  # the copy has lost leading zeros
    assert (len(codes) > 15_000, _refused(codes, parse_procedure)) == (True, [])


def test_category_ii_lies_in_the_printed_range(reference_data: Path) -> None:
    codes = _column(reference_data / "codesets" / "category_ii_2024q3_pfs_status.csv", "code")
    assert (len(codes), all(cpt.in_printed_range(cpt.parse(code)) for code in codes)) == (565, True)


@pytest.mark.parametrize("release", DIAGNOSES)
def test_icd10cm(reference_data: Path, release: str) -> None:
    codes = list(_order_file(reference_data / "icd10" / f"{release}.zip"))
    assert (len(codes) > 96_000, _refused(codes, icd10cm.parse)) == (True, [])


@pytest.mark.parametrize("release", DIAGNOSES)
def test_icd10cm_dotted_is_undotted(reference_data: Path, release: str) -> None:
    codes = _order_file(reference_data / "icd10" / f"{release}.zip")
    assert [code for code in codes if icd10cm.normalize(icd10cm.parse(code).dotted) != code] == []


@pytest.mark.parametrize("release", DIAGNOSES)
def test_icd10cm_characters_have_been_seen(reference_data: Path, release: str) -> None:
    codes = _order_file(reference_data / "icd10" / f"{release}.zip")
    assert [code for code in codes if icd10cm.parse(code).unseen_position is not None] == []


def test_icd10pcs(reference_data: Path) -> None:
    codes = [code for code in _order_file(reference_data / "icd10" / "cms_2026_pr.zip") if len(code) == 7]
    assert (len(codes) > 79_000, _refused(codes, icd10pcs.parse)) == (True, [])


def test_modifiers(reference_data: Path) -> None:
    codes = _column(reference_data / "codesets" / "modifiers.csv", "mod_code")
    assert (len(codes) > 400, _refused(codes, modifier.parse)) == (True, [])


def test_ptp_associated_modifiers_exist(reference_data: Path) -> None:
    assert set(_column(reference_data / "codesets" / "modifiers.csv", "mod_code")) >= PTP_ASSOCIATED


def test_place_of_service(reference_data: Path) -> None:
    with (reference_data / "codesets" / "place_of_service.csv").open(encoding="utf-8-sig", newline="") as file:
        assigned = {row["pos_code"] for row in csv.DictReader(file) if row["pos_name"] != "Unassigned"}
    assert assigned == place_of_service.ASSIGNED


def test_revenue_codes(reference_data: Path) -> None:
    codes = _column(reference_data / "codesets" / "revenue_codes_cms.csv", "value")
    assert (len(codes) > 250, _refused(codes, revenue.parse)) == (True, [])


def test_bill_types(reference_data: Path) -> None:
    codes = _column(reference_data / "codesets" / "bill_type.csv", "bill_type_code")
    assert (len(codes) > 1_000, [code for code in codes if bill_type.parse(code).short != code]) == (True, [])
