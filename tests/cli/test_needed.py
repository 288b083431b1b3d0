"""`claimcheck tables needed`, and the line at the top of a run whose claims are of other days than the tables."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claimcheck import validate_claim
from claimcheck.tables.published import published
from claimcheck.tables.readers import OWN_LISTS, TABLES

TODAY = "2026-02-03"
CARE, AID = "medicare", "medicaid"
NOTE = "claimcheck: the starter tables answer for 2024-07-01 to 2024-09-30 only"


def claim(*codes: str, day: str = TODAY, **fields: object) -> dict[str, Any]:
    """A professional claim of these codes on one day."""
    lines = [
        {"procedure_code": code, "units": 1, "charge": "10.00", "service_date": day, "diagnosis_pointers": [1]}
        for code in codes
    ]
    common = {"claim_type": "professional", "claim_id": "A1", "place_of_service": "11", "diagnoses": ["I10"]}
    return {**common, "lines": lines, **fields}


INSTITUTIONAL = {
    "claim_type": "institutional",
    "claim_id": "B1",
    "bill_type": "0111",
    "statement_from": "2025-09-28",
    "statement_through": "2025-10-03",
    "discharge_date": "2025-10-03",
    "diagnoses": ["I10"],
    "lines": [{"revenue_code": "0120", "units": 5, "charge": "10.00"}],
}


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Writes claims as JSON lines."""

    def make(*claims: object) -> Path:
        path = tmp_path / "claims.jsonl"
        path.write_text("".join(f"{json.dumps(one)}\n" for one in claims))
        return path

    return make


def test_it_names_the_files_for_the_dates_at_hand(invoke: Any, write: Any) -> None:
    path = write(claim("20610", "99213", "J1885"), claim("99213", day="2025-12-31"), INSTITUTIONAL)
    said = invoke("tables", "needed", path)
    assert (said.exit_code, said.stderr) == (0, "")
    lines = said.stdout.splitlines()
    at = lines.index("NCCI pairs, practitioner: the newest edition is older than the service date")
    start = "    medicare-ncci-2026q1-practitioner-ptp-edits-ccipra-v320r0"
    assert lines[at + 1 : at + 6] == [
        "  2026-01-01 to 2026-03-31, for 3 lines of 1 claim:", *(f"{start}-f{part}.zip" for part in (1, 2, 3, 4))
    ]  # fmt: skip
    at = lines.index("MUEs, practitioner: the newest edition is older than the service date")
    assert lines[at + 1 : at + 5] == [
        "  2025-10-01 to 2025-12-31, for 1 line of 1 claim:",
        "    medicare-ncci-2025-q4-practitioner-services-mue-table.zip",
        "  2026-01-01 to 2026-03-31, for 3 lines of 1 claim:",
        "    medicare-ncci-2026-q1-practitioner-services-mue-table.zip",
    ]
    assert "places of service: no" not in said.stdout
    assert lines[-1] == "then: claimcheck tables add FILE..."


def test_the_names_alone_are_for_scripts(invoke: Any, write: Any) -> None:
    path = write(claim("J1885"), INSTITUTIONAL)
    names = invoke("tables", "needed", path, "--names").stdout.splitlines()
    assert len(names) == len(set(names))
    # the stay ended in the fiscal year 2026, whose edition is in force on both days
    assert "2026-code-descriptions-tabular-order.zip" in names
    assert "2025-code-descriptions-tabular-order.zip" not in names
    assert {"january-2026-alpha-numeric-hcpcs-file.zip", "rvu26a.zip"} <= set(names)


def test_what_is_at_hand_is_not_needed(invoke: Any, write: Any, tmp_path: Path) -> None:
    mue = tmp_path / "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv"
    head = '"HCPCS/CPT Code","Practitioner Services MUE Values","MUE Adjudication Indicator","MUE Rationale"\n'
    mue.write_text(f"{head}99213,1,3 Date of Service Edit: Clinical,x\nV5364,0,3 Date of Service Edit: Clinical,x\n")
    invoke("tables", "add", mue, "--in", tmp_path / "store")
    path = write(claim("99213"))
    name = "medicare-ncci-2026-q1-practitioner-services-mue-table.zip"
    assert name in invoke("tables", "needed", path, "--names").stdout
    assert name not in invoke("tables", "needed", path, "--names", "--tables", tmp_path / "store").stdout
    none = write({"claim_type": "professional", "lines": []})
    assert "The loaded tables have everything that is needed" in invoke("tables", "needed", none).stdout


def test_the_files_of_the_payers_program(invoke: Any, write: Any, tmp_path: Path) -> None:
    policy = tmp_path / "own.toml"
    settings = '[[ncci.settings]]\nprogram = "medicaid"\nreference = "the contract"\n'
    policy.write_text(f'extends = "default"\ntitle = "A plan"\n{settings}')
    said = invoke("tables", "needed", write(claim("20610", "99213")), "--policy", policy)
    assert "medicaid-ncci-2026-q1-ptp-edits-practitioner-services.zip" in said.stdout
    assert "  medicare-ncci" not in said.stdout
    assert "/medicaid-ncci-edit-files" in said.stdout


def test_what_cannot_be_read_is_named(invoke: Any, write: Any, tmp_path: Path) -> None:
    said = invoke("tables", "needed", tmp_path / "missing.837", write(claim("99213")))
    assert said.exit_code == 2
    assert "missing.837: cannot be read" in said.stderr
    assert "rvu26a.zip" in said.stdout


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31"])
def test_days_of_no_edition(invoke: Any, write: Any, day: str) -> None:
    said = invoke("tables", "needed", write(claim("99213", day=day)))
    assert said.exit_code == 0
    assert f"  {day}, for 1 line of 1 claim: no edition is known" in said.stdout


@pytest.mark.parametrize(
    ("table", "day", "program", "file"),
    [
        ("ptp_outpatient_hospital", "2024-09-30", CARE, f"{CARE}-ncci-2024q3-hospital-ptp-edits-ccioph-v302r0-f1.zip"),
        ("ptp_practitioner", "2025-12-31", CARE, f"{CARE}-ncci-2025q4-practitioner-ptp-edits-ccipra-v313r0-f1.zip"),
        ("mue_dme", "2026-04-01", CARE, f"{CARE}-ncci-2026-q2-dme-supplier-services-mue-table.zip"),
        ("mue_outpatient_hospital", "2026-04-01", AID, f"{AID}-ncci-2026-q2-mue-edits-outpatient-hospital-services.zip"),  # noqa: E501
        ("hcpcs", "2026-10-01", AID, "october-2026-alpha-numeric-hcpcs-file.zip"),
        ("modifier", "2026-06-30", CARE, "april-2026-alpha-numeric-hcpcs-file.zip"),
        ("icd10cm", "2025-10-01", CARE, "2026-code-descriptions-tabular-order.zip"),
        ("icd10cm", "2026-03-31", CARE, "2026-code-descriptions-tabular-order.zip"),
        ("icd10cm", "2026-04-01", CARE, "april-1-2026-code-descriptions-tabular-order.zip"),
        ("icd10pcs", "2026-10-01", CARE, "2027-icd-10-pcs-codes-file.zip"),
        ("category_ii", "2026-07-01", CARE, "rvu26c.zip"),
        ("opps", "2024-12-31", CARE, "october-2024-opps-addendum-b.zip"),
        ("add_on", "2026-02-01", CARE, "add-code-edits-medicare-effective-01012026.zip"),
    ],
)  # fmt: skip
def test_the_names_that_cms_gives(table: str, day: str, program: str, file: str) -> None:
    found = published(table, date.fromisoformat(day), program)
    assert found is not None
    assert found.files[0] == file
    assert found.first <= date.fromisoformat(day) <= found.last


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"carc", "rarc"} - set(OWN_LISTS)))
def test_every_table_that_an_official_file_holds_is_named(table: str) -> None:
    """Of eight that are read it was said that no official file is."""
    found = published(table, date(2026, 2, 3)) or published(table, date(2026, 2, 3), AID)
    assert found is not None
    assert found.page.startswith("https://www.cms.gov/")
    assert found.files or found.title


def test_a_file_whose_name_is_not_known_is_called_as_on_its_page(invoke: Any, write: Any) -> None:
    path = write(claim("99213", diagnoses=["I10", "E11.9"]))
    said = invoke("tables", "needed", path)
    assert "    Code Tables, Tabular and Index, fiscal year 2026" in said.stdout
    assert "    all_article.zip" in said.stdout
    assert "no official file of it is read" not in said.stdout
    assert "Code Tables" not in invoke("tables", "needed", path, "--names").stdout


def test_what_no_official_file_holds() -> None:
    assert published("age_sex", date(2026, 1, 1)) is None
    assert published("ptp_dme", date(2026, 1, 1)) is None  # of Medicaid alone
    assert published("ptp_dme", date(2026, 1, 1), "medicaid") is not None


def old(*codes: str, **fields: object) -> dict[str, Any]:
    """A claim of the quarter that the starter tables answer for."""
    return claim(*codes, day="2024-07-15", **fields)


def test_a_run_of_other_days_says_so_first(invoke: Any, write: Any) -> None:
    said = invoke("check", write(old("99213", claim_id="OLD"), claim("20610", "99213"), claim("99213")))
    assert said.stderr.count(NOTE) == 1
    assert f"(here from {TODAY} to {TODAY})" in said.stderr
    assert "'claimcheck tables needed FILE...' names the files to download" in said.stderr
    assert said.output.startswith(NOTE)  # above the results of claims that it does not concern
    assert "OLD  payable" in said.stdout
    assert "claimcheck tables needed FILE... names the files to download" in said.stdout
    assert "4 lines" in said.stdout


def test_what_can_be_read_only_once_is_announced_too(invoke: Any, write: Any) -> None:
    text = write(old("99213", claim_id="OLD"), claim("99213")).read_text()
    said = invoke("check", "-", stdin=text)
    assert said.output.startswith(NOTE)
    assert "here from" not in said.stderr  # the days are not known yet
    assert said.stderr.count(NOTE) == 1


def test_only_claims_that_are_not_fully_checked_are_announced(invoke: Any, write: Any) -> None:
    rejected = claim("99213") | {"lines": [{"procedure_code": "9921", "service_date": TODAY}]}
    assert NOTE not in invoke("check", write(old("99213"), rejected | {"diagnoses": []})).stderr
    assert invoke("check", write(rejected, claim("99213"))).output.startswith(NOTE)


def test_a_report_says_so_above_its_sums(invoke: Any, write: Any) -> None:
    pytest.importorskip("jinja2")
    page = invoke("check", write(old("99213"), claim("20610", "99213")), "--format", "html").stdout
    notice = page.index("The loaded tables do not answer for all service dates of these claims")
    assert page.index("<main>") < notice < page.index('aria-label="Totals"')
    assert "NCCI pairs, practitioner" in page[notice : page.index('aria-label="Totals"')]
    assert "do not answer for all service dates" not in invoke("check", write(old("99213")), "--format", "html").stdout


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(("--jobs", 2), marks=pytest.mark.exhaustive),
        ("--history", "history.db"),
        ("--format", "jsonl", "-o", "out.jsonl"),
        ("--quiet",),
    ],
    ids=["jobs", "history", "output", "quiet"],
)
def test_whichever_way_it_runs(
    invoke: Any, write: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(claim("20610", "99213", member_id="M"), claim("99213", member_id="M"))
    monkeypatch.chdir(path.parent)
    assert invoke("check", path, *options).stderr.count(NOTE) == 1


def test_a_run_within_the_tables_days_says_nothing(invoke: Any, write: Any, demo: Path) -> None:
    said = invoke("check", demo)
    assert NOTE not in said.stderr
    assert "on days that the tables do not answer for" not in said.stdout
    assert NOTE not in invoke("check", write(claim("20610", "99213", day="2024-07-15"))).stderr


def test_a_store_that_does_not_answer_is_named(invoke: Any, write: Any, tmp_path: Path) -> None:
    own = tmp_path / "carc_2024-06.csv"
    own.write_text("code,start_date,end_date\n1,1995-01-01,\n")
    invoke("tables", "add", own, "--in", tmp_path / "store")
    said = invoke("check", write(claim("99213")), "--tables", tmp_path / "store")
    assert f"claimcheck: the tables in {tmp_path / 'store'} do not answer for all service dates" in said.stderr


FAMILIES = {
    "a pair": (claim("20610", "99213"), "ptp_practitioner"),
    "units": (claim("97110"), "mue_practitioner"),
    "an add-on code": (claim("17003"), "add_on"),
    "a code of the fee schedule": (claim("99213"), "fee_schedule"),
    "a HCPCS code": (claim("J1885"), "hcpcs"),
    "a Category II code": (claim("3044F"), "category_ii"),
    "a diagnosis": (claim("99213"), "icd10cm"),
    "a place of service": (claim("99213", day="2027-01-04"), "place_of_service"),
    "a modifier": (claim("99213") | {"lines": [claim("99213")["lines"][0] | {"modifiers": ["25"]}]}, "modifier"),
    "an outpatient code": (
        INSTITUTIONAL | {"bill_type": "0131", "lines": [claim("20610")["lines"][0] | {"revenue_code": "0360"}]},
        "opps",
    ),
    "an outpatient pair": (
        INSTITUTIONAL
        | {
            "bill_type": "0131",
            "lines": [one | {"revenue_code": "0360"} for one in claim("20610", "99213")["lines"]],
        },
        "ptp_outpatient_hospital",
    ),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_billed_today_is_never_clean_by_the_starter_tables(family: str) -> None:
    billed, table = FAMILIES[family]
    result = validate_claim(billed)
    assert not result.clean
    assert not result.complete
    assert table in {entry.table for entry in result.not_checked}
