"""Where the two differ, and why, where that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from claimcheck import ClaimResult
from claimcheck.claims import Reason
from tools.benchmarks.differential.edits import ALIVE, COMPARED, edits_of, placed

__all__ = ["REASONS", "Difference", "differences", "lacks_pairs"]

_STOPS = (27,)
_BY_PAIRS = frozenset({20, 40})
_NOT_HELD = (Reason.NO_TABLE, Reason.OUTSIDE_EDITION)
_INPATIENT, _INPATIENT_DAY, _INVALID = 18, 49, 6
_NOT_ADD_ONS = frozenset({"0836T", "0846T", "0852T"})  #: of the published add-on file, and not of the port's table
_TOTAL = "0001"
_SOFTWARE = frozenset({"0649T", "0698T", "0722T", "0724T"})
_OTHER_PRIMARIES = "0698T"  #: an add-on code, of which the port's table lacks the published primaries
_BY_INDICATOR = (9, 50, 111)  #: which it gives to procedure codes by their status indicator


@dataclass(frozen=True)
class Difference:
    """An edit that one side gives a line, or the claim (line 0), and the other does not."""

    claim: dict[str, Any]
    result: ClaimResult
    theirs: frozenset[tuple[int, int]]
    line: int
    edit: int
    ours: bool
    knows: bool = False  #: whether claimcheck has the editor's own tables

    @property
    def billed(self) -> dict[str, Any]:
        """The line that it is of."""
        found: dict[str, Any] = self.claim["lines"][self.line - 1]
        return found

    @property
    def bill(self) -> str:
        """Facility and classification of the bill."""
        return str(self.claim["bill_type"][1:3])

    @property
    def kind(self) -> str:
        """Of those that are alike."""
        return f"edit {self.edit} on {self.bill}x, given by {'claimcheck' if self.ours else 'the port'} alone"

    @property
    def reason(self) -> str | None:
        """Why, where that is known: a key of `REASONS`."""
        return next((name for name, holds in _HOLDS.items() if holds(self)), None)

    def day_has(self, edit: int) -> bool:
        """Whether the port gives an edit to a line of the same day."""
        days = [line["service_date"] for line in self.claim["lines"]]
        day = None if self.line == 0 else days[self.line - 1]
        return any(
            given == edit and (day is None or number == 0 or days[number - 1] == day) for number, given in self.theirs
        )


#: What is known of differences, and who is right.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "stopped": "a claim of packaged lines alone gets edit 27 from the port, and then it stops; without the "
        "editor's tables claimcheck does not know that the lines are packaged, says so, and goes on",
        "inpatient": "an inpatient-only procedure (18) denies its day (49) in the port, whose other edits pass the day "
        "over; without Addendum B claimcheck does not know the procedure, says so, and goes on",
        "invalid": "claimcheck says of a C code that is not in force that it is misplaced too (55); the port has no "
        "row of it, and says only that it is invalid (6)",
        "not paid": "the primary of an add-on code is itself denied or rejected, and so bears no add-on code in "
        "claimcheck (NCCI Policy Manual, chapter I, W); the port looks only at whether it is billed",
        "table": "the published file of 2024-07-01 has 0836T, 0846T and 0852T for add-on codes, with 88350, 88369 and "
        "others as each other's primaries; in the port's table they are ordinary codes; and 70551 and others for "
        "primaries of 0698T, which the port's table lacks, so that it is denied there, and no procedure beside a "
        "visit; the port's has primaries of type 3 that the file lacks",
        "program": "the text of edit 106 names no condition code; the port's code passes over software as a service "
        "(0649T, 0698T, 0722T, 0724T) on bills with condition code 41, 89 or 92",
        "denied": "the text of edit 11 asks for condition code 20 on the claim and for nothing else; the port passes "
        "over a line that another edit denied",
        "conflict": "the text of edit 48 names 12x, 13x, 14x, 74x, 75x and 76x, which the default policy follows; the "
        "port's code runs it on other bills too",
        "same line": "the text of edit 74 asks for a code of the bilateral lists with modifier 50 and more than one "
        "unit on one line; the port's code leaves out the lines of a critical access hospital that are not a "
        "physician's",
        "revenue": "the text of edit 9 names revenue codes 099x without a procedure code; the port's code gives it to "
        "0760 instead",
        "first version": "edit 127 begins with the version of 2023-07-01 by its text; the port's code gives it before",
        "total": "revenue code 0001 is the total of the paper form, no service (NUBC, UB-04 Data Specifications "
        "Manual, form locator 42); the port takes its line for one without a procedure code",
        "separate": "the text of edit 45 asks for a line of status T or J1 on the day; the port's code hears J1 on "
        "bills alone on which comprehensive services are paid, and gives 18 on others",
        "dying": "the port passes over every line of a claim that is paid by a procedure with modifier CA; the text of "
        "edit 121 speaks of what is not covered beside it alone",
    }
)


def _is_stopped(one: Difference) -> bool:
    return one.ours and any(edit in _STOPS for _, edit in one.theirs) and not one.knows


def _is_inpatient_day(one: Difference) -> bool:
    return one.ours and not one.knows and (one.day_has(_INPATIENT) or one.day_has(_INPATIENT_DAY))


def _is_invalid(one: Difference) -> bool:
    return one.ours and one.edit == 55 and (one.line, _INVALID) in one.theirs


def _is_not_paid(one: Difference) -> bool:
    findings = (found for found in one.result.findings if found.rule_id == "NCCI301" and found.line_number == one.line)
    return one.ours and one.edit in (106, 108) and any(found.carc == "B15" for found in findings)


def _is_of_another_table(one: Difference) -> bool:
    codes = {line.get("procedure_code") for line in one.claim["lines"]}
    if not one.ours and one.line:
        return one.edit == 106 and one.billed.get("procedure_code") == _OTHER_PRIMARIES
    if one.ours and one.edit == 21 and _OTHER_PRIMARIES in codes:
        return one.day_has(106)
    if one.ours and one.edit == 108:
        return _is_not_listed(one)
    return one.ours and one.edit == 106 and bool(codes & _NOT_ADD_ONS)


def _is_not_listed(one: Difference) -> bool:
    """Whether the published file of the quarter lists none of the claim's codes as a primary of the add-on code."""
    of_line = (found for found in one.result.findings if (found.rule_id, found.line_number) == ("NCCI301", one.line))
    return any("without a listed primary" in found.message for found in of_line)


def _is_of_a_program(one: Difference) -> bool:
    of_program = not {"41", "89", "92"}.isdisjoint(one.claim.get("condition_codes", ()))
    return one.ours and one.edit == 106 and of_program and one.billed.get("procedure_code") in _SOFTWARE


def _is_denied_anyhow(one: Difference) -> bool:
    return one.ours and one.edit == 11 and any(line == one.line for line, _ in one.theirs)


def _is_conflict(one: Difference) -> bool:
    return not one.ours and one.edit == 48 and one.bill not in ("12", "13", "14", "74", "75", "76")


def _is_on_one_line(one: Difference) -> bool:
    return one.ours and one.edit == 74 and one.bill == "85"


def _is_of_revenue(one: Difference) -> bool:
    code = one.billed.get("revenue_code", "") if one.line else ""
    return one.edit == 9 and (code == "0760" if not one.ours else code.startswith("099"))


def _is_before_its_text(one: Difference) -> bool:
    return not one.ours and one.edit == 127 and one.claim["statement_from"] < "2023-07-01"


def _is_of_the_total(one: Difference) -> bool:
    return not one.ours and one.edit == 48 and bool(one.line) and one.billed.get("revenue_code") == _TOTAL


def _is_of_a_separate_procedure(one: Difference) -> bool:
    inpatient = {line for line, number in one.theirs if number == _INPATIENT}
    apart = {line for line, number in edits_of(one.result) if number in (45, _INPATIENT_DAY)}
    comprehensive = any(line.status_indicator == "J1" for line in one.result.lines)
    return one.bill == "12" and comprehensive and bool(inpatient & apart)


def _is_of_the_dying(one: Difference) -> bool:
    dying = any("CA" in line.get("modifiers", ()) for line in one.claim["lines"])
    return one.ours and dying and not any(edit == _INPATIENT for _, edit in one.theirs)


_HOLDS: Mapping[str, Callable[[Difference], bool]] = MappingProxyType(
    {
        "stopped": _is_stopped,
        "inpatient": _is_inpatient_day,
        "invalid": _is_invalid,
        "not paid": _is_not_paid,
        "table": _is_of_another_table,
        "program": _is_of_a_program,
        "denied": _is_denied_anyhow,
        "conflict": _is_conflict,
        "same line": _is_on_one_line,
        "revenue": _is_of_revenue,
        "first version": _is_before_its_text,
        "total": _is_of_the_total,
        "separate": _is_of_a_separate_procedure,
        "dying": _is_of_the_dying,
    }
)


def differences(
    claim: dict[str, Any], result: ClaimResult, given: frozenset[tuple[int, int]], compared: Set[int] = COMPARED
) -> Iterator[Difference]:
    """Where a verdict and what the port gave differ, of the edits that both can give.

    Those of the whole editor, where claimcheck has its tables: then each edit counts, on whatever line.
    """
    if compared is ALIVE:
        theirs = {(line, edit) for line, edit in placed(given) if edit in compared}
        ours = {(line, edit) for line, edit in placed(edits_of(result)) if edit in compared}
    else:
        theirs = {(line, edit) for line, edit in given if _is_compared(line, edit, claim)}
        ours = {(line, edit) for line, edit in edits_of(result) if edit in compared}
    for line, edit in sorted(ours ^ theirs):
        yield Difference(claim, result, given, line, edit, (line, edit) in ours, compared is ALIVE)


def _is_compared(line: int, edit: int, claim: dict[str, Any]) -> bool:
    if line == 0:
        return edit in (1, 5)  # what else it says of a claim, it says of its lines
    if edit in _BY_INDICATOR and "procedure_code" in claim["lines"][line - 1]:
        return False
    return edit in COMPARED


def lacks_pairs(result: ClaimResult, given: frozenset[tuple[int, int]]) -> bool:
    """Whether the port gives an edit by a pair of a quarter of which claimcheck has no pairs, and says so.

    What follows from such an edit (a packaged service that nothing else pays for) differs then, too.
    """
    silent = any("NCCI101" in entry.rules and entry.reason in _NOT_HELD for entry in result.not_checked)
    return silent and any(edit in _BY_PAIRS for _, edit in given)
