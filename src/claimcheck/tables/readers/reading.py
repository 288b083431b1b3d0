"""What a reader gives for one published table: its edition, its provenance, and its rows on demand.

>>> from datetime import date
>>> edition = Edition("medicare", "carc", "2024-06", date(2024, 6, 1), date(2024, 10, 31))
>>> reading = Reading(edition, "", "carc.csv", "0" * 64, None, lambda: iter([CarcRow("1", None, None)]), [])
>>> reading.programme, reading.table, list(reading.rows())
('medicare', 'carc', [CarcRow(code='1', start=None, end=None)])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from claimcheck.tables.lookup import Edition
from claimcheck.tables.rows import (
    AddOnRow,
    CarcRow,
    CodeListRow,
    DiagnosisRow,
    FeeScheduleRow,
    HcpcsRow,
    MueRow,
    OppsRow,
    PtpRow,
    RarcRow,
)

__all__ = ["Reading", "Refused", "Row"]

Row = PtpRow | MueRow | AddOnRow | HcpcsRow | DiagnosisRow | FeeScheduleRow | OppsRow | CarcRow | RarcRow | CodeListRow


@attrs.frozen
class Refused:
    """A row of the source that was not taken: its 1-based place, and why."""

    row: int
    reason: str


@attrs.frozen
class Reading:
    """One table of one file.

    `rows()` reads the file from its beginning, as a stream, and may be called again: `refused` then starts empty
    again and fills as rows are consumed, so that rows in the source = rows given + rows refused. Calling, or
    consuming, raises `TableError` where the file proves to be damaged; nothing that was given before counts then.
    """

    edition: Edition
    notice: str  #: the copyright lines that came with the file, "" where it carries none
    source: str  #: the file's name, with the member's name for a zip: "cms_2025_dx.zip/icd10cm_order_2025.txt"
    sha256: str  #: of the outer file, in hexadecimal
    part: str | None  #: of a table published in several files: "f1" to "f4" for PTP
    rows: Callable[[], Iterator[Row]] = attrs.field(repr=False)
    refused: list[Refused] = attrs.field(factory=list, eq=False, repr=False)

    @property
    def programme(self) -> str:
        """Whose table it is: "medicare" or "medicaid"."""
        return self.edition.programme

    @property
    def table(self) -> str:
        """The table's name, such as "ptp_practitioner"."""
        return self.edition.table
