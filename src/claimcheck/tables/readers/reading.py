"""What a reader returns for one published table: its edition, its provenance, and its rows on demand.

>>> from datetime import date
>>> edition = Edition("medicare", "carc", "2024-06", date(2024, 6, 1), date(2024, 10, 31))
>>> reading = Reading(edition, "", "carc.csv", "0" * 64, None, lambda: iter([CarcRow("1", None, None)]))
>>> reading.program, reading.table, list(reading.rows())
('medicare', 'carc', [CarcRow(code='1', start=None, end=None)])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import regex

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

__all__ = ["Account", "Reading", "Refused", "Row"]

Row = PtpRow | MueRow | AddOnRow | HcpcsRow | DiagnosisRow | FeeScheduleRow | OppsRow | CarcRow | RarcRow | CodeListRow


_ANESTHESIA = regex.compile(r"[1-9][0-9]{2}|1[0-9]{3}", regex.ASCII)
_REVENUE = regex.compile(r"[0-9]{3}", regex.ASCII)
_NDC = regex.compile(r"[1-9][0-9]{6,9}", regex.ASCII)


@attrs.frozen
class Refused:
    """A row of the source that was not read: its 1-based number, and why."""

    row: int
    reason: str


@attrs.define
class Account:
    """What is recorded about a source while its rows are read: complete after the last row, and reset by each
    reading."""

    refused: list[Refused] = attrs.field(factory=list)
    restored: dict[str, str] = attrs.field(factory=dict)  #: codes that had lost leading zeros: as printed, as read
    missing: list[str] = attrs.field(factory=list)  #: signs that the source does not hold the whole table

    def begin(self) -> None:
        """Resets what an earlier reading recorded; the codes it restored are the same each time."""
        self.refused.clear()
        self.missing.clear()

    def procedure(self, text: str) -> str:
        """The procedure code with the leading zeros that a spreadsheet removed, if it did.

        Among all-digit codes only anesthesia codes begin with zero, 00100 to 01999 (AMA, CPT).

        >>> account = Account()
        >>> [account.procedure(text) for text in ("1996", "100", "9929", "99213")]
        ['01996', '00100', '9929', '99213']
        >>> account.restored
        {'1996': '01996', '100': '00100'}
        """
        return self._restore(text, _ANESTHESIA, 5)

    def revenue(self, text: str) -> str:
        """The same for a revenue code, of four digits.

        >>> Account().revenue("450")
        '0450'
        """
        return self._restore(text, _REVENUE, 4)

    def ndc(self, text: str) -> str:
        """The same for an NDC of eleven digits, whose first four may be zeros.

        >>> Account().ndc("4025901"), Account().ndc("00004025901"), Account().ndc("00004-0259-01")
        ('00004025901', '00004025901', '00004-0259-01')
        """
        return self._restore(text, _NDC, 11)

    def _restore(self, text: str, form: regex.Pattern[str], width: int) -> str:
        if form.fullmatch(text) is None:
            return text
        return self.restored.setdefault(text, text.zfill(width))


@attrs.frozen
class Reading:
    """One table of one file.

    `rows()` streams the file from its beginning, and may be called again: `account` then starts empty and fills as rows
    are consumed, so that rows in the source = rows given + rows refused. Calling or consuming it raises `TableError` if
    the file proves to be damaged; then nothing given before counts.
    """

    edition: Edition
    notice: str  #: the copyright lines in the file, "" if it has none
    source: str  #: the file's name, with the member's name for a zip: "cms_2025_dx.zip/icd10cm_order_2025.txt"
    sha256: str  #: of the outer file, in hexadecimal
    part: str | None  #: for a table published in several files: "f1" to "f4" for PTP
    rows: Callable[[], Iterator[Row]] = attrs.field(repr=False)
    account: Account = attrs.field(factory=Account, eq=False, repr=False)

    @property
    def refused(self) -> list[Refused]:
        """The rows of the source that were refused, as far as it was read."""
        return self.account.refused

    @property
    def program(self) -> str:
        """Whose table it is: "medicare" or "medicaid"."""
        return self.edition.program

    @property
    def table(self) -> str:
        """The table's name, such as "ptp_practitioner"."""
        return self.edition.table
