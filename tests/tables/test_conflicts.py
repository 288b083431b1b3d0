"""Where two tables contradict each other: every kind, found in small tables, and counted in the official ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.tables.making import DAY, FIRST, opened, reading

from claimcheck.errors import TableError
from claimcheck.tables import Tables
from claimcheck.tables.conflicts import KINDS, Comparison, Conflict, compare, usual_day
from claimcheck.tables.readers import Refused
from claimcheck.tables.rows import AddOnRow, DiagnosisRow, FeeScheduleRow, HcpcsRow, MueRow, PtpRow
from claimcheck.tables.store import add

BEGAN, ENDED = date(2020, 1, 1), date(2024, 6, 30)
EDITION_BEFORE = {"first": date(2024, 4, 1), "last": date(2024, 6, 30)}


def pair(one: str, two: str, indicator: int = 1, deletion: date | None = None, effective: date = BEGAN) -> PtpRow:
    return PtpRow(one, two, effective, deletion, indicator, "")


def scheduled(code: str, status: str, modifier: str = "", days: str = "XXX") -> FeeScheduleRow:
    return FeeScheduleRow(code, modifier, status, days, "1.00", "1.00", "0", "0")


def listed(code: str, terminated: date | None = None, added: date = BEGAN) -> HcpcsRow:
    return HcpcsRow(code, added, added, terminated, "C", "N")


def says(one: str, two: str, indicator: int) -> str:
    return f"{two} is not paid beside {one}, indicator {indicator}"


Case = tuple[str, dict[str, Sequence[Any]], list[Conflict]]

#: A kind, the tables, and what is found in them: beside each conflict stands what is near it and none.
CASES: list[Case] = [
    (
        "pair-both-directions",
        {
            "ptp_practitioner": [
                pair("11055", "11720"),
                pair("11720", "11055", 0),
                pair("11719", "99213"),  # one direction
                pair("20610", "99213"),
                pair("99213", "20610", deletion=ENDED),  # the other has ended
                pair("20611", "99213"),
                pair("99213", "20611", 9),  # the other never was in force
            ]
        },
        [Conflict(("11055", "11720"), (says("11055", "11720", 1), says("11720", "11055", 0)))],
    ),
    (
        "pair-windows",
        {
            "ptp_outpatient_hospital": [
                pair("11055", "11720", 0),
                pair("11055", "11720", 1, effective=date(2023, 1, 1)),
                pair("11719", "99213", 0, deletion=ENDED),  # one after the other
                pair("11719", "99213", 1, effective=date(2024, 7, 1)),
                pair("20610", "99213", 1),  # twice, and the same
                pair("20610", "99213", 1, effective=date(2023, 1, 1)),
            ]
        },
        [Conflict(("11055", "11720"), (says("11055", "11720", 0), says("11055", "11720", 1)))],
    ),
    (
        "pair-direction-by-setting",
        {
            "ptp_practitioner": [pair("11055", "11720"), pair("11719", "99213"), pair("20610", "99213")],
            "ptp_outpatient_hospital": [pair("11720", "11055"), pair("11719", "99213"), pair("20611", "99213")],
        },
        [Conflict(("11055", "11720"), (says("11055", "11720", 1), says("11720", "11055", 1)))],
    ),
    (
        "pair-indicator-by-setting",
        {
            "ptp_practitioner": [pair("11055", "11720", 0), pair("11719", "99213", 1), pair("20610", "99213", 0)],
            "ptp_outpatient_hospital": [pair("11055", "11720", 1), pair("11719", "99213", 1)],
        },
        [Conflict(("11055", "11720"), (says("11055", "11720", 0), says("11055", "11720", 1)))],
    ),
    (
        "pair-of-add-on",
        {
            "ptp_practitioner": [pair("11720", "11719", 0), pair("99213", "11720"), pair("11721", "11055")],
            "add_on": [
                AddOnRow(1, "11720", "11719", BEGAN, None),
                AddOnRow(1, "11720", "99213", BEGAN, None),
                AddOnRow(1, "11721", "11055", BEGAN, ENDED),  # no primary any more
            ],
        },
        [
            Conflict(("11720", "11719"), (says("11720", "11719", 0), "11719 is a primary of 11720")),
            Conflict(("11720", "99213"), (says("99213", "11720", 1), "99213 is a primary of 11720")),
        ],
    ),
    (
        "mue-zero-payable",
        {
            "mue_practitioner": [MueRow(code, 0, 3, "") for code in ("11055", "11719", "11720")]
            + [MueRow("99213", 1, 2, "")],
            "fee_schedule": [scheduled("11055", "A"), scheduled("11719", "B"), scheduled("99213", "A")],
        },
        [Conflict(("11055",), ("0 units, adjudication indicator 3", "status A"))],
    ),
    (
        "mue-zero-add-on",
        {
            "mue_practitioner": [MueRow("11055", 0, 3, ""), MueRow("11719", 0, 3, ""), MueRow("11720", 1, 3, "")],
            "add_on": [AddOnRow(1, "11055", "99213", BEGAN, None), AddOnRow(1, "11720", "99213", BEGAN, None)],
        },
        [Conflict(("11055",), ("0 units, adjudication indicator 3", "an add-on code of type 1"))],
    ),
    (
        "mue-indicator-by-setting",
        {
            "mue_practitioner": [MueRow("11055", 1, 2, ""), MueRow("11719", 1, 3, ""), MueRow("99213", 2, 3, "")],
            "mue_outpatient_hospital": [
                MueRow("11055", 1, 3, ""),
                MueRow("11719", 2, 2, ""),
                MueRow("99213", 2, 3, ""),
            ],
        },
        [Conflict(("11055",), ("1 unit, adjudication indicator 2", "1 unit, adjudication indicator 3"))],
    ),
    (
        "edits-of-ended-code",
        {
            "ptp_practitioner": [
                pair("M0245", "99213"),
                pair("99213", "M0246"),
                pair("99214", "M0246"),
                pair("J1885", "99213"),
                pair("M0247", "99213", deletion=ENDED),
            ],
            "hcpcs": [*(listed(f"M024{n}", ENDED) for n in (5, 6, 7)), listed("J1885")],
        },
        [
            Conflict(("M0245",), ("1 pair in force", "ended on 2024-06-30")),
            Conflict(("M0246",), ("2 pairs in force", "ended on 2024-06-30")),
        ],
    ),
    (
        "edits-of-ended-code",
        {
            "mue_dme": [MueRow("E0100", 1, 3, ""), MueRow("E0105", 0, 3, ""), MueRow("E0110", 1, 3, "")],
            "hcpcs": [listed("E0100", added=date(2024, 10, 1)), listed("E0105", ENDED), listed("E0110")],
        },
        [Conflict(("E0100",), ("1 unit, adjudication indicator 3", "begins on 2024-10-01"))],
    ),
    (
        "edits-of-ended-code",
        {
            "add_on": [AddOnRow(1, "G2212", "G2211", BEGAN, None), AddOnRow(1, "G0500", "99213", BEGAN, ENDED)],
            "hcpcs": [listed("G2211", ENDED), listed("G2212"), listed("G0500", ENDED)],
        },
        [Conflict(("G2211",), ("a primary of G2212", "ended on 2024-06-30"))],
    ),
    (
        "edits-of-unlisted-code",
        {
            "mue_practitioner": [MueRow(code, 1, 2, "") for code in ("11055", "11719", "99213", "0001U", "J1885")],
            "fee_schedule": [scheduled("11719", "D"), scheduled("99213", "A")],
        },
        [
            Conflict(("11055",), ("1 unit, adjudication indicator 2", "not listed")),
            Conflict(("11719",), ("1 unit, adjudication indicator 2", "status D, deleted")),
        ],
    ),
    (
        "fee-schedule-of-ended-code",
        {
            "fee_schedule": [
                scheduled("G0101", "A"),
                scheduled("G0102", "D"),
                scheduled("G0103", "H"),
                scheduled("99213", "A"),
            ],
            "hcpcs": [listed("G0101", ENDED), listed("G0102"), listed("G0103", ENDED)],
        },
        [Conflict(("G0101",), ("status A", "ended on 2024-06-30")), Conflict(("G0102",), ("status D", "in force"))],
    ),
    (
        "status-by-modifier",
        {
            "fee_schedule": [
                scheduled("70170", "C"),
                scheduled("70170", "A", "26"),
                scheduled("70170", "C", "TC"),
                scheduled("71045", "A"),
                scheduled("71045", "A", "26"),
            ]
        },
        [Conflict(("70170",), ("70170 has status C", "70170-26 has status A"))],
    ),
    (
        "global-days-of-add-on",
        {
            "fee_schedule": [
                scheduled("33509", "A", days="ZZZ"),
                scheduled("11720", "A", days="ZZZ"),
                scheduled("99213", "A"),
            ],
            "add_on": [AddOnRow(1, "11720", "11719", BEGAN, None)],
        },
        [Conflict(("33509",), ("global days ZZZ, of an add-on code", "not listed"))],
    ),
]


def found(tables: Tables, kind: str, **asked: Any) -> list[Comparison]:
    return list(compare(tables, DAY, [kind], **asked))


@pytest.mark.parametrize(("kind", "rows", "expected"), CASES)
def test_each_kind(kind: str, rows: dict[str, Sequence[Any]], expected: list[Conflict], tmp_path: Path) -> None:
    tables = opened(tmp_path, *(reading(table, some) for table, some in rows.items()))
    compared = [comparison for comparison in found(tables, kind) if not comparison.lacking]
    assert [list(comparison.conflicts) for comparison in compared] == [expected]
    [comparison] = compared
    assert {edition.table for edition in comparison.editions} == set(rows)
    assert comparison.exact


def test_each_kind_has_a_case() -> None:
    assert {kind for kind, *_ in CASES} | {"diagnosis-header"} == set(KINDS)


def test_a_diagnosis_that_became_a_header(tmp_path: Path) -> None:
    before = [DiagnosisRow("Z591", True), DiagnosisRow("I10", True), DiagnosisRow("E11", False)]
    since = [
        DiagnosisRow("Z591", False),
        DiagnosisRow("I10", True),
        DiagnosisRow("E11", False),
        DiagnosisRow("Z5911", True),
    ]
    tables = opened(tmp_path, reading("icd10cm", before, **EDITION_BEFORE), reading("icd10cm", since))
    [comparison] = found(tables, "diagnosis-header")
    assert list(comparison.conflicts) == [Conflict(("Z591",), ("billable", "a header, to be coded further"))]
    assert [edition.exact_from for edition in comparison.editions] == [EDITION_BEFORE["first"], FIRST]
    assert comparison.exact
    [first] = compare(tables, EDITION_BEFORE["last"], ["diagnosis-header"])
    assert [str(answer.reason) for answer in first.lacking] == ["outside_edition"]


def test_what_cannot_be_asked_is_not_compared(tmp_path: Path) -> None:
    tables = opened(
        tmp_path,
        reading("mue_practitioner", [MueRow("11055", 0, 3, "")], **EDITION_BEFORE),
        reading("fee_schedule", [scheduled("11055", "A")]),
    )
    [comparison] = found(tables, "mue-zero-payable")
    assert [(answer.table, str(answer.reason)) for answer in comparison.lacking] == [("mue_practitioner", "stale")]
    assert list(comparison.conflicts) == []
    [comparison] = found(tables, "mue-zero-payable", nearest=True)
    assert (comparison.exact, len(list(comparison.conflicts))) == (False, 1)
    [comparison] = found(tables, "mue-zero-add-on", nearest=True)
    assert [(answer.table, str(answer.reason)) for answer in comparison.lacking] == [("add_on", "no_table")]


def test_a_partial_edition_proves_no_absence(tmp_path: Path) -> None:
    refused = [Refused(3, "a code is expected")]
    partial = reading("add_on", [AddOnRow(1, "11720", "11719", BEGAN, None)], refused=refused)
    tables = opened(tmp_path, reading("fee_schedule", [scheduled("33509", "A", days="ZZZ")]), partial)
    [comparison] = found(tables, "global-days-of-add-on")
    assert [str(answer.reason) for answer in comparison.lacking] == ["partial_table"]


def test_the_programs_are_not_mixed(tmp_path: Path) -> None:
    medicaid = reading("mue_practitioner", [MueRow("11055", 0, 3, "")], program="medicaid")
    tables = opened(tmp_path, medicaid, reading("fee_schedule", [scheduled("11055", "A")]))
    [comparison] = found(tables, "mue-zero-payable")
    assert [answer.table for answer in comparison.lacking] == ["mue_practitioner"]
    [comparison] = found(tables, "mue-zero-payable", program="medicaid")
    assert len(list(comparison.conflicts)) == 1


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(TableError, match="no kind of conflict is called unlike"):
        found(Tables.starter(), "unlike")


def test_the_usual_day_is_the_last_that_most_tables_answer_for(tmp_path: Path) -> None:
    assert usual_day(Tables.starter()) is None
    tables = opened(
        tmp_path,
        reading("mue_practitioner", [MueRow("11055", 0, 3, "")], **EDITION_BEFORE),
        reading("mue_dme", [MueRow("11055", 0, 3, "")], **EDITION_BEFORE),
        reading("fee_schedule", [scheduled("11055", "A")]),
    )
    assert usual_day(tables) == EDITION_BEFORE["last"]


# ---------------------------------------------------------------------------------------------- the official tables


@pytest.fixture(scope="module")
def official(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dict[str, list[int]]]:
    """Counts what is found in the official files, without the millions of pairs."""
    store = tmp_path_factory.mktemp("official")
    files = [*(reference_data / "mue").glob("*.gz"), *(reference_data / "hcpcs").glob("*.txt.gz")]
    files += [*(reference_data / "pfs").glob("pprrvu*.gz"), *(reference_data / "ncci").glob("aoc_2024q*.csv")]
    files += [reference_data / "icd10" / f"cms_{year}_dx.zip" for year in (2023, 2024)]
    add(files, store)
    tables = Tables.open(store)

    def counts(on: date, *, nearest: bool = False) -> dict[str, list[int]]:
        counted: dict[str, list[int]] = {}
        for comparison in compare(tables, on, nearest=nearest):
            if not comparison.lacking:
                counted.setdefault(comparison.kind.name, []).append(len(list(comparison.conflicts)))
        return counted

    return counts


@pytest.mark.exhaustive
def test_the_official_tables_contradict_each_other(official: Callable[..., dict[str, list[int]]]) -> None:
    assert official(date(2024, 7, 15)) == {
        "edits-of-ended-code": [0],
        "edits-of-unlisted-code": [0],
        "fee-schedule-of-ended-code": [19],
        "status-by-modifier": [122],
        "global-days-of-add-on": [9],
        "diagnosis-header": [0],
    }
    may = official(date(2024, 5, 15), nearest=True)
    assert (may["mue-zero-payable"], may["mue-zero-add-on"]) == ([3], [13])
    assert may["mue-indicator-by-setting"] == [3, 5, 15]


@pytest.mark.exhaustive
def test_seven_diagnoses_became_headers_in_april_2023(official: Callable[..., dict[str, list[int]]]) -> None:
    """CMS, 2023 ICD-10-CM addenda for April 1, 2023."""
    assert official(date(2023, 4, 1))["diagnosis-header"] == [7]
    assert official(date(2023, 10, 1))["diagnosis-header"] == [25]


@pytest.mark.slow
def test_the_two_tables_of_pairs_contradict_each_other(reference_data: Path, tmp_path: Path) -> None:
    files = [
        *(reference_data / "ncci").glob("cci*-v302r0-f*.txt.gz"),
        reference_data / "ncci" / "aoc_2024q3_active.csv",
    ]
    add([*files, *(reference_data / "hcpcs").glob("*.txt.gz")], tmp_path)
    tables = Tables.open(tmp_path)
    kinds = [kind for kind in KINDS if kind.startswith("pair-") or kind == "edits-of-ended-code"]
    counted: dict[str, list[int]] = {}
    for comparison in compare(tables, DAY, kinds):
        if not comparison.lacking:
            counted.setdefault(comparison.kind.name, []).append(len(list(comparison.conflicts)))
    assert counted == {
        "pair-both-directions": [0, 0],
        "pair-windows": [0, 0],
        "pair-direction-by-setting": [5_285],
        "pair-indicator-by-setting": [379_561],
        "pair-of-add-on": [84, 84],
        "edits-of-ended-code": [3, 3, 0],
    }
