"""The generated claims are what they are said to be: seeded, in the stated mix, and the same in every shape."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import attrs
import polars as pl
import pytest
from tools.benchmarks.generator import FAULT_RATE, FAULTS, Generator, Reference, claims, mappings, write_x12

from claimcheck import Claim, Validator, codes
from claimcheck.io import read_claims

pytestmark = pytest.mark.exhaustive

ROOT = Path(__file__).parents[3]
OF_CLAIM = pl.col("claim_id").is_first_distinct()

VALIDATOR = Validator()

#: The rule that finds each planted error with the starter tables; the others need the official ones.
FOUND_BY = {
    "duplicate_line": "STR601",
    "code_cut_short": "COD101",
    "units_missing": "STR301",
    "npi_check_digit": "STR701",
    "total_differs": "STR501",
    "pointer_beyond": "STR503",
    "modifier_unknown": "COD302",
}


def test_a_seed_gives_the_same_claims_and_another_seed_others(reference: Reference, frame: pl.DataFrame) -> None:
    assert Generator(reference, 4_000, seed=7).frame().equals(frame)
    assert not Generator(reference, 4_000, seed=8).frame().equals(frame)


def test_the_claims_do_not_depend_on_the_order_of_sets() -> None:
    program = (
        "from tools.benchmarks.generator import Generator, Reference\n"
        "frame = Generator(Reference({'99213': 2, '80053': 1, '96374': 1}, ('I10', 'C50911')), 300).frame()\n"
        "print(frame.hash_rows().to_list())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_chunks_are_parts_of_one_run(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.benchmarks.generator.draw._CHUNK", 100)
    monkeypatch.setattr("tools.benchmarks.generator.draw._POOL", 50)
    generator = Generator(reference, 250)
    chunks = [*generator.chunks()]
    assert [chunk["claim_id"].n_unique() for chunk in chunks] == [100, 100, 50]
    assert generator.frame()["claim_id"].n_unique() == 250


def test_as_many_lines_as_were_asked_for(reference: Reference) -> None:
    assert len(Generator.of_lines(reference, 20_000).frame()) == pytest.approx(20_000, rel=0.05)


def test_three_quarters_are_professional_and_claims_are_small(frame: pl.DataFrame) -> None:
    sizes = frame.group_by("claim_id", "claim_type").len()
    assert (sizes["claim_type"] == "professional").mean() == pytest.approx(0.75, abs=0.03)
    mean = dict(sizes.group_by("claim_type").agg(pl.col("len").mean()).iter_rows())
    assert 2 < mean["professional"] < 3.2
    assert mean["professional"] < mean["institutional"] < 6


def test_members_have_several_claims_and_providers_many(frame: pl.DataFrame) -> None:
    assert 2 < frame.filter(OF_CLAIM).group_by("member_id").len()["len"].mean() < 6
    assert 100 < frame["billing_npi"].n_unique() < 600


def test_a_member_is_born_once(frame: pl.DataFrame) -> None:
    persons = frame.group_by("member_id").agg(pl.col("birth_date", "sex").n_unique())
    assert persons["birth_date"].max() == persons["sex"].max() == 1


def test_all_service_dates_are_of_the_quarter(frame: pl.DataFrame) -> None:
    days = frame["service_date"]
    assert date(2024, 7, 1) <= days.min() < date(2024, 7, 4)
    assert date(2024, 9, 20) < days.max() <= date(2024, 9, 30)
    assert (frame["received_date"] > days).all()


def test_npis_are_valid_but_where_one_is_planted(frame: pl.DataFrame, generator: Generator) -> None:
    firsts = frame.filter(OF_CLAIM)
    wrong = [not codes.npi.is_valid(npi) for npi in firsts["billing_npi"]]
    assert wrong == (generator.skeletons.claims["fault"] == "npi_check_digit").fill_null(value=False).to_list()
    assert all(map(codes.npi.is_valid, frame["claim_rendering_npi"].drop_nulls()))


def test_charges_vary_per_line_and_add_up(frame: pl.DataFrame, generator: Generator) -> None:
    visits = frame.filter(procedure_code="99213", claim_type="professional")["charge"]
    assert visits.n_unique() > 50
    sums = frame.group_by("claim_id", maintain_order=True).agg(
        differs=pl.col("charge").sum() != pl.col("total_charge").first()
    )
    assert sums["differs"].to_list() == (
        (generator.skeletons.claims["fault"] == "total_differs").fill_null(value=False).to_list()
    )


def test_category_ii_lines_are_billed_at_nothing_or_a_cent(frame: pl.DataFrame) -> None:
    reports = frame.filter(pl.col("procedure_code").str.ends_with("F"))
    assert {str(charge) for charge in reports["charge"]} == {"0.00", "0.01"}


def test_hospitals_bill_under_revenue_codes(frame: pl.DataFrame) -> None:
    assert frame.filter(claim_type="institutional")["revenue_code"].null_count() == 0
    assert frame.filter(claim_type="professional")["revenue_code"].is_null().all()
    assert frame.filter(claim_type="institutional")["bill_type"].unique().to_list() == ["0131"]


def test_errors_are_planted_at_the_stated_rate_and_in_the_stated_mix(reference: Reference) -> None:
    planted = Generator(reference, 20_000).skeletons.claims["fault"]
    assert 1 - planted.null_count() / len(planted) == pytest.approx(FAULT_RATE, abs=0.006)
    assert sum(FAULTS.values()) == 100
    counted = planted.drop_nulls().value_counts(normalize=True)
    shares = {row["fault"]: row["proportion"] * 100 for row in counted.to_dicts()}
    moved = {"pointer_beyond", "npi_check_digit"}  # the second is planted where the first has no place
    for fault, weight in FAULTS.items():
        assert fault in moved or shares[fault] == pytest.approx(weight, abs=4), fault
    assert sum(shares[fault] for fault in moved) == pytest.approx(sum(FAULTS[fault] for fault in moved), abs=3)


def test_claimcheck_finds_what_is_planted_and_returns_nothing_else(frame: pl.DataFrame, generator: Generator) -> None:
    faults = generator.skeletons.claims["fault"]
    looked_at = [(claim, fault) for claim, fault in zip(claims(frame), faults, strict=True) if fault in FOUND_BY]
    assert {fault for _, fault in looked_at} == FOUND_BY.keys()
    whole = [(claim, None) for claim, fault in zip(claims(frame), faults, strict=True) if fault is None]
    for claim, fault in looked_at + whole[:500]:
        result = VALIDATOR.validate(claim)
        found = {finding.rule_id for finding in result.findings}
        if fault is not None:
            assert FOUND_BY[fault] in found, (fault, found)
        else:
            returned = [f for f in result.findings if f.rule_id.startswith(("STR", "COD")) and f.severity == "error"]
            assert not returned


def test_the_frame_and_the_values_are_the_same_claims(frame: pl.DataFrame, tmp_path: Path) -> None:
    frame.write_parquet(tmp_path / "lines.parquet")
    read = [_without_source(claim) for claim in read_claims(tmp_path / "lines.parquet")]
    assert read == [*claims(frame)]


def test_the_parquet_file_is_the_frame(generator: Generator, frame: pl.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "lines.parquet"
    assert generator.write_parquet(path) == len(frame)
    assert pl.read_parquet(path).equals(frame)


def test_the_x12_file_holds_the_professional_claims(frame: pl.DataFrame) -> None:
    file = io.StringIO()
    given = [*mappings(frame.filter(claim_type="professional").head(1_500))]
    lines = write_x12(given, file)
    read = [*read_claims(file.getvalue().encode())]
    assert sum(len(claim.lines) for claim in read) == lines == 1_500
    assert [_billed(claim) for claim in read] == [_billed(Claim.from_dict(claim)) for claim in given]


def test_the_official_codes_make_claims_too(reference_data: Path) -> None:
    frame = Generator(Reference.load(reference_data), 2_000).frame()
    assert frame["procedure_code"].n_unique() > 100
    assert frame.select(pl.col("^diagnosis_[1-4]$")).unpivot()["value"].n_unique() > 500


def _without_source(claim: Claim) -> Claim:
    return attrs.evolve(claim, source=None, lines=[attrs.evolve(line, source=None) for line in claim.lines])


def _billed(claim: Claim) -> tuple[object, ...]:
    services = [
        (line.procedure_code, line.modifiers, line.units, line.charge, line.service_date, line.diagnosis_pointers)
        for line in claim.lines
    ]
    diagnoses = [diagnosis.code for diagnosis in claim.diagnoses]  # type: ignore[union-attr]
    people = (claim.member_id, claim.birth_date, claim.sex, claim.billing_npi, claim.rendering_npi)
    return claim.claim_id, people, claim.place_of_service, claim.total_charge, diagnoses, services
