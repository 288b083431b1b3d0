"""The official PTP and MUE tables as those want them who would join them by hand, read from the reference folder."""

from __future__ import annotations

from pathlib import Path

import polars as pl

__all__ = ["write_mue", "write_ptp"]

_SETTINGS = {"professional": "ccipra", "institutional": "ccioph"}
_MUE_FILES = {
    "professional": "MCR_MUE_PractitionerServices_Eff_04-01-2024.csv.gz",
    "institutional": "MCR_MUE_OutpatientHospitalServices_Eff_04-01-2024.csv.gz",
}
_PREAMBLE = 6


def write_ptp(reference: Path, parquet: Path, text: Path, active: str) -> int:
    """All edits as Parquet; the pairs in force on the day `active` as text, one a line; how many edits there are."""
    parts = [
        _edits(file).with_columns(claim_type=pl.lit(setting))
        for setting, stem in _SETTINGS.items()
        for file in sorted((reference / "ncci").glob(f"{stem}-v302r0-f*.txt.gz"))
    ]
    if not parts:
        raise FileNotFoundError(f"{reference / 'ncci'} holds no PTP files v302r0")
    edits = pl.concat(parts)
    edits.write_parquet(parquet)
    day = pl.lit(active).str.to_date()
    in_force = edits.filter(
        pl.col("effective") <= day,
        pl.col("deletion").is_null() | (pl.col("deletion") >= day),
        pl.col("indicator") != 9,
    )
    pairs = in_force.select("claim_type", "column_one", "column_two").unique(maintain_order=True)
    pairs.write_csv(text, include_header=False, separator=" ")
    return len(edits)


def _edits(file: Path) -> pl.DataFrame:
    names = ["column_one", "column_two", "prior", "effective", "deletion", "indicator", "rationale"]
    rows = pl.read_csv(
        file,
        separator="\t",
        has_header=False,
        skip_rows=_PREAMBLE,
        new_columns=names,
        infer_schema=False,
        encoding="utf8-lossy",
        quote_char=None,
    )
    return rows.select(
        "column_one",
        "column_two",
        pl.col("effective").str.to_date("%Y%m%d"),
        pl.col("deletion").str.to_date("%Y%m%d", strict=False),
        pl.col("indicator").str.strip_chars().cast(pl.Int8),
    )


def write_mue(reference: Path, parquet: Path) -> int:
    """The limits as Parquet; how many there are. Two cells before the data hold several lines each."""
    parts = [
        pl.read_csv(
            reference / "mue" / name,
            has_header=False,
            skip_rows=2,
            new_columns=["procedure_code", "most", "indicator", "rationale"],
            infer_schema=False,
            encoding="utf8-lossy",
        ).select("procedure_code", pl.col("most").cast(pl.Int32, strict=False), claim_type=pl.lit(setting))
        for setting, name in _MUE_FILES.items()
    ]
    limits = pl.concat(parts).filter(pl.col("most").is_not_null())
    limits.write_parquet(parquet)
    return len(limits)
