"""Results as an Excel workbook: a summary, every line, every finding, and what was not checked.

Codes are text, so that 0450 keeps its zero; amounts are numbers and dates are dates. Nothing is a formula: text that
looks like one is written as text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from claimcheck.claims import Claim, ClaimResult, Disposition, Receipt
from claimcheck.claims.listing import a_result
from claimcheck.claims.outcome import outcome, upon_claim
from claimcheck.errors import InputError
from claimcheck.io.out.records import Found, Judged, findings, lines
from claimcheck.io.out.sheet import Sheet, cell, give_back
from claimcheck.io.out.target import Target, replaced, writing

__all__ = ["Piece", "WorkbookWriter", "piece", "write"]

_NOT_CHECKED = ("claim_id", "line_number", "rules", "reason", "table")


class Piece(NamedTuple):
    """The workbook rows of one claim. `becomes` is the disposition of each line together with its claim."""

    lines: tuple[Judged, ...]
    findings: tuple[Found, ...]
    not_checked: tuple[tuple[Any, ...], ...]
    becomes: tuple[tuple[str, Decimal | None], ...]
    receipt: Receipt


def piece(claim: Claim, result: ClaimResult) -> Piece:
    """The workbook rows of a claim."""
    upon = upon_claim(result)
    return Piece(
        tuple(lines(claim, result)),
        tuple(findings(claim, result)),
        tuple(
            (result.claim_id, number, entry.rules, str(entry.reason), entry.table)
            for entry in result.not_checked
            for number in entry.lines or (None,)
        ),
        tuple((str(outcome(line, upon)[0]), line.billed) for line in result.lines),
        result.receipt,
    )


@contextmanager
def write(target: Target) -> Iterator[WorkbookWriter]:
    """A workbook writer; `target` is a path or a binary stream. The workbook is written once all results are added.

    Raises:
        InputError: openpyxl is not installed, or the file cannot be written.
    """
    try:
        import openpyxl
    except ImportError:
        raise InputError("a workbook needs openpyxl: pip install 'claimcheck[excel]'") from None
    if isinstance(target, (str, Path)):
        with replaced(target) as path, _writer(openpyxl, path, str(target)) as writer:
            yield writer
    else:
        with _writer(openpyxl, target, None) as writer:
            yield writer


@contextmanager
def _writer(openpyxl: Any, target: Any, file: str | None) -> Iterator[WorkbookWriter]:
    book = openpyxl.Workbook(write_only=True)
    try:
        with writing(file):
            writer = WorkbookWriter(book, file)
        yield writer
        with writing(file):
            writer.save(target)
    finally:  # returns the whole file if the workbook was not written, and nothing if it was
        for sheet in book:
            give_back(sheet)


class WorkbookWriter:
    """Takes results, or their rows that were produced earlier, perhaps in another process.

    `file` names the workbook in the error for a full disk: openpyxl first writes rows to temporary files.
    """

    def __init__(self, book: Any, file: str | None) -> None:
        self._book, self._file = book, file
        self._summary = book.create_sheet("Summary")
        self._lines = Sheet(book, "Lines", Judged._fields)
        self._findings = Sheet(book, "Findings", Found._fields)
        self._not_checked = Sheet(book, "Not checked", _NOT_CHECKED)
        self._claims = self._incomplete = 0
        self._count: Counter[str] = Counter()
        self._charges: dict[str, Decimal] = dict.fromkeys(map(str, Disposition), Decimal(0))
        self._receipt: Receipt | None = None

    def add(self, claim: object, result: ClaimResult) -> None:
        self.put(piece(Claim.from_dict(claim), a_result(result)))

    def put(self, one: Piece) -> None:
        self._claims += 1
        self._incomplete += bool(one.not_checked)
        self._receipt = self._receipt or one.receipt
        for disposition, charge in one.becomes:
            self._count[disposition] += 1
            self._charges[disposition] += charge or 0
        with writing(self._file):
            self._lines.add(one.lines)
            self._findings.add(one.findings)
            self._not_checked.add(one.not_checked)

    def save(self, target: Any) -> None:
        """Writes the workbook."""
        self._summarize()
        self._book.save(target)

    def _summarize(self) -> None:
        sheet = self._summary
        sheet.column_dimensions["A"].width = 22
        sheet.column_dimensions["C"].width = 16
        about = self._receipt
        for name, value in (
            ("policy", about and about.policy),
            ("processed as of", about and about.as_of),
            ("claimcheck", about and about.version),
            ("claims", self._claims),
            ("not fully checked", self._incomplete),
        ):
            sheet.append([cell(sheet, name, bold=True), cell(sheet, value)])
        sheet.append([])
        sheet.append([cell(sheet, name, bold=True) for name in ("disposition", "lines", "billed")])
        for disposition, lines_of in ((one, self._count[one]) for one in map(str, Disposition)):
            if lines_of:
                sheet.append([disposition.replace("_", " "), lines_of, cell(sheet, self._charges[disposition])])
        superseded = str(Disposition.SUPERSEDED)  # billed on the claim that replaces it
        lines_in_force = self._count.total() - self._count[superseded]
        charges_in_force = sum(self._charges.values(), Decimal(0)) - self._charges[superseded]
        sheet.append(["all in force", lines_in_force, cell(sheet, charges_in_force)])
