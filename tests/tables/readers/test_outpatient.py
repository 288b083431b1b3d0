"""The outpatient code editor's tables: out of a zip of its versions, and as lists."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from claimcheck import Tables
from claimcheck.errors import TableError
from claimcheck.tables import Absent, Found, NotCovered
from claimcheck.tables.readers import survey
from claimcheck.tables.rows import CodeListRow
from claimcheck.tables.store import add

VERSIONS = """VERSION\tDATE_STARTED\tDATE_ENDED\tVERSION_ID
95\t20240401\t20240630\t25.1.8
96\t20240701\t20240930\t25.2.7
97\t20241001\t20361231\t25.3.6
"""
HCPCS = """HCPCS\tLO_VERSION\tHI_VERSION\tDESCRIPTION\tSTATUS_INDICATOR\tAPC\tLO_AGE\tHI_AGE\tQUESTIONABLE\t\
PH_DURATION\tMID_QUARTER_DATE_EDIT\tDATE_APPROVED\tDATE_TERMINATED
15780\t95\t97\tx\tT\t05072\t0\t124\t1\t0\t0\t0\t0
99381\t95\t95\tx\tE1\t00000\t0\t0\t0\t0\t0\t0\t0
99381\t96\t97\tx\tB\t00000\t0\t0\t0\t0\t0\t0\t0
90684\t96\t97\tx\tL\t00000\t0\t124\t0\t0\t136\t20240815\t0
90837\t95\t97\tx\tQ3\t05863\t18\t124\t0\t3\t0\t0\t0
"""
DX10 = """DX10,LO_VERSION,HI_VERSION,DESCRIPTION,LO_AGE,HI_AGE,SEX,MANIFESTATION,UNACCEPTABLE_PDX
D631,95,97,x,0,124,0,Y,N
O80,95,97,x,9,64,0,N,N
"""
REVENUE = """REVENUE\tLO_VERSION\tHI_VERSION\tSTATUS_INDICATOR\tPART_B_BILLABLE_INPATIENT
250\t95\t97\tN\t0
0300\t95\t97\tB\t1
"""
PAIRS = """DEVICE\tPROCEDURE\tLO_VERSION\tHI_VERSION\tAMOUNT\tDATE_ACTIVATED
C1052\t43227\t95\t97\t0\t0
C1052\t43255\t95\t97\t0\t20240801
"""
PLAN = "HCPCS\tCODE2\tLO_VERSION\tHI_VERSION\n77301\t77280\t95\t97\n"
FILES = {
    "VERSION_RANGE.txt": VERSIONS,
    "Data_HCPCS.txt": HCPCS,
    "DATA_DX10.txt": DX10,
    "data_revenue.txt": REVENUE,
    "OFFSET_CODEPAIR.txt": PAIRS,
    "MAP_IMRT.txt": PLAN,
    "File_Layout.txt": "TABLE_NAME\tVERSION\tCOLUMNS\nDATA_HCPCS\t96\tHCPCS ...\n",
}
NAME = "ioce-quarterly-data-files-v97r0.zip"


def zipped(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    path = folder / NAME
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    add([zipped(tmp_path)], tmp_path / "store")
    return Tables.open(tmp_path / "store")


def test_a_zip_of_the_editor_is_read_as_its_tables(tmp_path: Path) -> None:
    found = survey(zipped(tmp_path))
    assert {(reading.table, reading.part) for reading in found.readings} == {
        ("outpatient_procedure", None),
        ("outpatient_diagnosis", None),
        ("outpatient_revenue", None),
        ("outpatient_pair", "offset_codepair"),
        ("outpatient_pair", "map_imrt"),
    }
    edition = found.readings[0].edition
    assert (edition.exact_from, edition.exact_through) == (date(2024, 4, 1), date(2024, 12, 31))
    assert {member.file.rpartition("/")[2]: member.outcome for member in found.members}["File_Layout.txt"] == "other"


def test_versions_become_days(tables: Tables) -> None:
    def indicator(day: date) -> str:
        answer = tables.code_list("outpatient_procedure", "99381", day)
        assert isinstance(answer, Found)
        return answer.value.get("status_indicator")

    assert [indicator(date(2024, month, 30)) for month in (6, 7, 12)] == ["E1", "B", "B"]
    assert isinstance(tables.code_list("outpatient_procedure", "99381", date(2024, 3, 31)), NotCovered)
    assert isinstance(tables.code_list("outpatient_procedure", "99381", date(2025, 1, 1)), NotCovered)
    assert isinstance(tables.code_list("outpatient_procedure", "99999", date(2024, 7, 1)), Absent)


def test_columns_become_flags_ages_and_days(tables: Tables) -> None:
    def held(table: str, code: str, day: date = date(2024, 7, 15)) -> dict[str, str]:
        answer = tables.code_list(table, code, day)
        assert isinstance(answer, Found)
        return dict(answer.value.rows[0])

    held_of_15780 = held("outpatient_procedure", "15780")
    assert held_of_15780.pop("status_indicator") == "T"
    assert (held_of_15780.pop("apc"), held_of_15780.pop("flags")) == ("5072", "questionable")
    assert not any(held_of_15780.values())
    assert held("outpatient_procedure", "99381")["age_max"] == "0"
    assert held("outpatient_procedure", "90837")["flags"] == "ph_duration_3"
    assert held("outpatient_diagnosis", "D631")["flags"] == "manifestation"
    assert held("outpatient_diagnosis", "O80")["age_min"] == "9"
    assert held("outpatient_revenue", "0300")["flags"] == "part_b_billable_inpatient"
    assert held("outpatient_revenue", "0250")["status_indicator"] == "N"  # 250 in the file
    vaccine = [held("outpatient_procedure", "90684", date(2024, 8, day)).get("outside") for day in (14, 15)]
    assert vaccine == ["before", None]
    pairs = tables.code_list("outpatient_pair", "C1052", date(2024, 7, 15))
    assert isinstance(pairs, Found)
    assert [(row["kind"], row["other"], row.get("outside")) for row in pairs.value.rows] == [
        ("offset", "43227", None),
        ("offset", "43255", "before"),
    ]


def test_a_day_of_approval_is_a_boundary_of_the_table(tables: Tables) -> None:
    assert date(2024, 8, 15) in tables.boundaries_by_table["outpatient_procedure"]


def test_the_editor_tells_status_indicators_where_addendum_b_does_not(tables: Tables) -> None:
    answer = tables.opps("15780", date(2024, 7, 15))
    assert isinstance(answer, Found)
    assert (answer.value.status_indicator, answer.value.apc, answer.edition.table) == (
        *("T", "5072"),
        "outpatient_procedure",
    )
    none = Tables.starter().opps("15780", date(2024, 7, 15))
    assert isinstance(none, NotCovered)
    assert none.table == "opps"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"VERSION_RANGE.txt": None}, "give the whole zip"),
        ({"VERSION_RANGE.txt": "NUMBER\n96\n"}, "VERSION, DATE_STARTED and DATE_ENDED"),
        ({"VERSION_RANGE.txt": "VERSION\tDATE_STARTED\tDATE_ENDED\n96\tJuly\t20240930\n"}, "a first and a last day"),
        ({"Data_HCPCS.txt": "CPT\tLO_VERSION\tHI_VERSION\n15780\t95\t97\n"}, "none of the columns HCPCS"),
    ],
)
def test_what_is_lacking_is_told(tmp_path: Path, change: dict[str, str | None], reason: str) -> None:
    given = {"VERSION_RANGE.txt": VERSIONS, "Data_HCPCS.txt": HCPCS, **change}
    path = zipped(tmp_path, {name: text for name, text in given.items() if text is not None})
    with pytest.raises(TableError, match=reason):
        list(survey(path).readings[0].rows())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("15780\t94\t97\tx\tT\t05072\t0\t124\t1\t0\t0\t0\t0\n", "two versions of VERSION_RANGE"),
        ("15780\t95\t97\tx\tT\t05072\t0\t124\tmaybe\t0\t0\t0\t0\n", "1 or 0"),
        ("15780\t95\t97\tx\tT\t05072\t0\t124\t1\t0\t0\t20249999\t0\n", "yyyymmdd"),
        ("15780\t95\t97\tx\tT\n", "columns where"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_and_not_shown(tmp_path: Path, row: str, reason: str) -> None:
    [reading] = survey(zipped(tmp_path, {"VERSION_RANGE.txt": VERSIONS, "Data_HCPCS.txt": HCPCS + row})).readings
    assert len(list(reading.rows())) == 5
    [refused] = reading.refused
    assert reason in refused.reason
    assert "maybe" not in refused.reason


def test_the_same_as_lists(tmp_path: Path) -> None:
    path = tmp_path / "outpatient_procedure_2024-07-01.csv"
    header = "code,effective,deletion,status_indicator,apc,flags,age_min,age_max,approved,terminated\n"
    path.write_text(header + "90684,2024-07-01,,L,,dated_136 part_b_billable,,,2024-08-15,\n")
    by_name = tmp_path / "outpatient_apc.csv"
    by_name.write_text("code,effective,deletion,status_indicator,flags\n5072,,,T,\n701,,,K,\n")
    add([path, by_name], tmp_path / "store")
    tables = Tables.open(tmp_path / "store")
    held = tables.code_list("outpatient_procedure", "90684", date(2024, 8, 14))
    assert isinstance(held, Found)
    assert held.value.get("outside") == "before"
    assert isinstance(tables.code_list("outpatient_apc", "701", date(2024, 8, 14)), Found)


GROUPS = """APC\tLO_VERSION\tHI_VERSION\tSTATUS_INDICATOR\tAPC_PAYMENT\tER_VISIT\tCOMP3_ID
05072\t95\t97\tT\t1523.40\t0\t0
00701\t95\t97\tK\t0\t1\t0
08004\t95\t97\tS\t0\t0\t2
05073\t95\t97\tT\tmuch\t0\t0
"""


def test_a_group_has_its_rate(tmp_path: Path) -> None:
    path = zipped(tmp_path, {"VERSION_RANGE.txt": VERSIONS, "DATA_APC.txt": GROUPS})
    [reading] = survey(path).readings
    held = [(row.code, dict(row.values)["flags"]) for row in reading.rows() if isinstance(row, CodeListRow)]
    assert held == [("5072", "payment_152340"), ("701", "er_visit"), ("8004", "")]
    assert "APC_PAYMENT" in reading.refused[0].reason
