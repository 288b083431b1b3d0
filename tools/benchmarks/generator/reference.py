"""What the generator reads from the reference folder, and never copies: code frequencies and diagnosis codes."""

from __future__ import annotations

import csv
import gzip
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["MissingReferenceError", "Reference"]

FREQUENCIES = "claims/tabular/code_frequencies_medicaid_top200.csv"
DIAGNOSES = "icd10/cms_2024_dx.zip"
FEE_SCHEDULE = "pfs/pprrvu24c_jul_no_descriptions.csv.gz"
_ORDER_FILE = "icd10cm_order_2024.txt"

#: Chapters whose codes stand first on a claim without further ado. External causes (V-Y) never may; O and P belong to
#: mothers and newborns.
_CHAPTERS = "ABCDEFGHIJKLMNRSTZ"


class MissingReferenceError(Exception):
    """The reference folder, or a file of it, is not there."""


@dataclass(frozen=True)
class Reference:
    """Procedure codes with how often each is billed, rarer ones without, and the diagnosis codes that may be billed."""

    codes: dict[str, int]
    diagnoses: tuple[str, ...]
    rare: tuple[str, ...] = ()

    @classmethod
    def load(cls, folder: Path | None = None) -> Reference:
        """From `folder`, else `$CLAIMCHECK_REFERENCE_DATA`, else `../shared/data` beside the project.

        Raises:
            MissingReferenceError: with the file that is wanted and where it was looked for.
        """
        root = folder or default_folder()
        for wanted in (FREQUENCIES, DIAGNOSES, FEE_SCHEDULE):
            if not (root / wanted).is_file():
                raise MissingReferenceError(f"{root / wanted} is missing: name the reference folder with --reference")
        codes = _weights(root / FREQUENCIES)
        rare = tuple(code for code in _payable(root / FEE_SCHEDULE) if code not in codes)
        return cls(codes, _billable(root / DIAGNOSES), rare)


def default_folder() -> Path:
    """Where reference data is looked for when nothing is said."""
    given = os.environ.get("CLAIMCHECK_REFERENCE_DATA")
    return Path(given) if given else Path(__file__).parents[3].parent / "shared" / "data"


def _weights(path: Path) -> dict[str, int]:
    """Columns `hcpcs_code` and `total_claims`."""
    with path.open(newline="", encoding="utf-8") as file:
        return {row["hcpcs_code"]: int(row["total_claims"]) for row in csv.DictReader(file)}


def _payable(path: Path) -> list[str]:
    """From the physician fee schedule: the codes with a price (status A) that are no add-on codes (ZZZ)."""
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return sorted({row["hcpcs"] for row in rows if row["status_code"] == "A" and row["glob_days"] != "ZZZ"})


def _billable(path: Path) -> tuple[str, ...]:
    """From CMS's order file: the code in columns 7-13, 1 in column 15 where it may be billed."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(_ORDER_FILE).decode("ascii")
    codes = (line[6:13].strip() for line in text.splitlines() if line[14:15] == "1")
    return tuple(code for code in codes if code[0] in _CHAPTERS)
