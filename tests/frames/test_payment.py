"""How outpatient lines are paid: the same from the engine and from frames, and nothing where no table says it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from claimcheck import validate_claim
from claimcheck.claims import ClaimResult
from claimcheck.io.out.records import lines
from frames.agreement import agree
from frames.tables_of import frame_of
from support.cases import institutional, line
from support.code_tables import codes, procedure_row

TABLES = codes(
    outpatient_procedure=[
        procedure_row("G0463", "J2", apc="5012"),
        procedure_row("99283", "J2", apc="5023"),
        procedure_row("93005", "Q1", apc="5733"),
        procedure_row("80053", "Q4"),
        procedure_row("70450", "Q3", apc="5522"),
        procedure_row("11042", "T", apc="5052"),
        procedure_row("27447", "J1", apc="5115"),
        procedure_row("J1885", "N"),
        procedure_row("A0425", "A"),
    ]
)
CODES = ("G0463", "99283", "93005", "80053", "70450", "11042", "27447", "J1885", "A0425", None)


def claim(*given: str | None, bill: str = "0131", days: tuple[str, ...] = ()) -> dict[str, Any]:
    own = [
        line(code, revenue_code="0450" if code else "0270", day=days[place] if days else "2024-07-15")
        for place, code in enumerate(given)
    ]
    return institutional(bill, claim_id="-".join(map(str, (bill, *given, *days))), lines=own, diagnoses=["I10"])


def told(*given: str | None, **fields: Any) -> list[tuple[str | None, str | None, bool | None]]:
    result = validate_claim(claim(*given, **fields), tables=TABLES)
    return [(one.status_indicator, one.apc, one.packaged) for one in result.lines]


def test_a_line_says_how_it_is_paid_on_its_claim() -> None:
    assert told("93005") == [("S", "5733", False)]
    assert told("93005", "11042") == [("N", None, True), ("T", "5052", False)]
    assert told("27447", "G0463", "J1885") == [("J1", "5115", False), ("N", None, True), ("N", None, True)]


@pytest.mark.parametrize("bill", ["0111", "0711", "0851"])
def test_nothing_is_said_of_bills_that_are_paid_otherwise(bill: str) -> None:
    assert told("93005", bill=bill) == [(None, None, None)]


def test_nothing_is_said_without_the_tables() -> None:
    assert validate_claim(claim("93005")).lines[0].packaged is None


def test_nothing_is_said_where_a_code_is_outside_the_tables() -> None:
    assert told("93005", days=("2018-07-15",)) == [(None, None, None)]


def test_it_is_written_and_read_again() -> None:
    result = validate_claim(claim("93005", "11042"), tables=TABLES)
    assert ClaimResult.from_json(result.to_json()) == result
    assert [(one.status_indicator, one.apc, one.packaged) for one in lines(None, result)] == told("93005", "11042")
    assert "status indicator N, packaged" in str(result)


def test_frames_say_the_same() -> None:
    random = Random(5)
    some = []
    for number in range(120):
        given = [random.choice(CODES) for _ in range(random.choice((1, 1, 2, 3, 4)))]
        days = tuple(random.choice(("2024-07-15", "2024-07-16")) for _ in given) if number % 3 == 0 else ()
        one = claim(*given, bill=random.choice(("0131", "0131", "0141", "0121", "0851", "0111")), days=days)
        some.append({**one, "claim_id": str(number), "condition_codes": random.choice(([], ["41"], ["G0"]))})
    wanted = agree(frame_of(some), tables=TABLES)["lines"]
    assert wanted["packaged"].sum() > 20
    assert wanted["status_indicator"].null_count() > 20
