"""The starter tables: what they hold, where they are complete, and what they do not claim to know."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from claimcheck.codes import modifier, place_of_service, procedure
from claimcheck.tables import Absent, Found, NotCovered, Reason, Tables, starter
from claimcheck.tables.packed.pairs import PairTable
from tables.making import DAY, PTP

TABLES = Tables.starter()
FOLDER = files("claimcheck.tables.starter")
OUTPATIENT = "ptp_outpatient_hospital"


def rows(file: str) -> list[dict[str, str]]:
    text = FOLDER.joinpath(file).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in text if not line.startswith("#")))


def csv_files() -> list[str]:
    return sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".csv"))


def test_the_package_stays_small() -> None:
    sizes = {file: len(FOLDER.joinpath(file).read_bytes()) for file in csv_files()}
    of_stays = sizes.pop("inpatient_diagnosis.csv") + sizes.pop("inpatient_procedure.csv")
    assert of_stays < 200_000
    assert sum(sizes.values()) < 100_000


@pytest.mark.parametrize("file", csv_files())
def test_every_file_says_where_it_is_from_and_holds_no_text_but_codes(file: str) -> None:
    comments = [line for line in FOLDER.joinpath(file).read_text("utf-8").splitlines() if line.startswith("#")]
    assert any(line.startswith("# Source: ") for line in comments)
    for row in rows(file):
        for column, cell in row.items():
            assert " " not in cell or column in ("codes", "flags"), f"{file}: a description?"


@pytest.mark.parametrize("table", starter.TABLES)
def test_every_table_loads_and_says_that_it_is_a_starter(table: str) -> None:
    shelf = starter.shelf(table)
    assert shelf is not None
    [volume] = shelf.volumes
    assert volume.edition.starter
    assert len(volume.table) > 0
    codes = [code for row in volume.table for code in row[:2]] if isinstance(volume.table, PairTable) else []
    assert all(procedure.is_valid(code, strict=True) for code in codes)


PUBLISHED = ("version 35", "version 36", "version 37")
#: How many codes the published definitions list: fiscal years 2018, 2019 and 2020, as counted by others
#: (github.com/nlindner/CMS_Issued_Codes_For_SQL, INFO__CMS_MCE_Simple_ICD_Code_Edits.md).
COUNTS = {
    "age 0": (27, 41, 41),
    "age to 17": (103, 114, 114),
    "age of mothers": (2354, 2372, 2372),
    "age from 15": (759, 771, 771),
    "diagnoses F": (3107, 3134, 3135),
    "diagnoses M": (510, 529, 529),
    "procedures F": (2287, 2289, 2294),
    "procedures M": (1915, 1914, 1916),
    "manifestation": (393, 395, 395),
    "questionable_admission": (27, 27, 27),
    "unacceptable_pdx": (2372, 2386, 2406),
    "noncovered": (99, 99, 97),
    "noncovered_over_60": (2, 2, 2),
    "limited_coverage": (50, 50, 50),
    "wrong_procedure": (3, 3, 3),
    "long_stay": (1, 1, 1),
}


@pytest.mark.parametrize("place", range(3), ids=PUBLISHED)
def test_lists_of_stays_have_as_many_codes_as_the_published_definitions(place: int) -> None:
    day, found = date(2017 + place, 10, 15), Counter[str]()
    mothers = ("9", "64") if day.year == 2019 else ("12", "55")
    ages = {("", "0"): "age 0", ("", "17"): "age to 17", mothers: "age of mothers", ("15", ""): "age from 15"}
    for kind in ("diagnosis", "procedure"):
        for code in {code for row in rows(f"inpatient_{kind}.csv") for code in row["codes"].split()}:
            answer = TABLES.code_list(f"inpatient_{kind}", code, day)
            if isinstance(answer, Found):
                values = answer.value.rows[0]
                found.update(values["flags"].split())
                found[f"{'diagnoses' if kind == 'diagnosis' else 'procedures'} {values['sex']}"] += 1
                found[ages.get((values.get("age_min", ""), values.get("age_max", "")), "any age")] += 1
    found["unacceptable_pdx"] += found["requires_secondary"] if place == 2 else 0  # counted among them from then on
    assert {name: found[name] for name in COUNTS} == {name: counts[place] for name, counts in COUNTS.items()}


def test_there_are_565_category_ii_codes_and_one_that_was_retired() -> None:
    found = [TABLES.category_ii(row["code"], DAY) for row in rows("category_ii.csv")]
    values = [answer.value for answer in found if isinstance(answer, Found)]
    assert len(values) == len(found) == 566
    assert sorted(value.status for value in values if value.active) == ["I"] * 484 + ["M"] * 81
    assert [(value.code, value.last) for value in values if not value.active] == [("3045F", date(2019, 12, 31))]


@pytest.mark.parametrize(
    ("code", "on", "expected"),
    [
        ("3044F", date(2020, 1, 1), "M"),
        ("3046F", date(2024, 9, 30), "I"),
        ("9999F", DAY, Absent),
        ("99213", DAY, Absent),
        ("9999F", date(2024, 10, 1), Reason.STALE),
        ("3044F", date(2019, 12, 31), Reason.OUTSIDE_EDITION),
        ("3044F", date(2024, 10, 1), Reason.STALE),
        ("3045F", date(2026, 1, 1), ""),
    ],
)
def test_category_ii_by_date(code: str, on: date, expected: object) -> None:
    match TABLES.category_ii(code, on):
        case Found(value):
            assert value.status == expected
        case NotCovered(reason):
            assert reason == expected
        case absent:
            assert type(absent) is expected


def test_modifiers_are_complete_but_for_ambulance_rides() -> None:
    for row in rows("modifiers.csv"):
        assert modifier.is_valid(row["code"], strict=True)
        assert isinstance(TABLES.modifier(row["code"], DAY), Found)
    assert isinstance(TABLES.modifier("ZZ", DAY), Absent)
    assert TABLES.modifier("RH", DAY) == NotCovered(Reason.NOT_IN_TABLE, "modifier")


@pytest.mark.parametrize(
    ("code", "on", "active"),
    [
        ("59", date(2019, 7, 1), True),
        ("JZ", date(2022, 12, 31), False),
        ("JZ", date(2023, 1, 1), True),
        ("JG", date(2024, 12, 31), True),
        ("JG", date(2025, 1, 1), False),
        ("GD", date(2019, 12, 31), True),
        ("GD", date(2020, 1, 1), False),
        ("LT", date(2010, 1, 1), True),
    ],
)
def test_modifiers_by_date(code: str, on: date, *, active: bool) -> None:
    answer = TABLES.modifier(code, on)
    assert isinstance(answer, Found)
    assert answer.value.active is active


def test_the_assigned_places_of_service() -> None:
    held = {row["code"] for row in rows("place_of_service.csv")}
    assert all(place_of_service.is_valid(code, strict=True) for code in held)
    for number in range(1, 100):
        assert isinstance(TABLES.place_of_service(f"{number:02}", DAY), Found) == (f"{number:02}" in held)
    assert [TABLES.place_of_service("27", day).value.active for day in (date(2023, 9, 30), DAY)] == [False, True]  # type: ignore[union-attr]


def test_service_groups_agree_with_themselves() -> None:
    groups = rows("service_groups.csv")
    for row in groups:
        answer = TABLES.service_group(row["code"], DAY)
        assert isinstance(answer, Found)
        assert answer.value.name == row["group"]
        assert answer.value.codes == {
            other["code"] for other in rows("service_groups.csv") if other["group"] == row["group"]
        }
    assert isinstance(TABLES.service_group("1159F", DAY), Absent)


@pytest.mark.parametrize(
    ("table", "one", "two", "expected"),
    [
        (PTP, "20610", "99213", 1),
        (PTP, "99213", "20610", Absent),
        (OUTPATIENT, "20610", "99213", Reason.STARTER_TABLE),
        (PTP, "96372", "99211", 0),
        (OUTPATIENT, "96372", "99211", 1),
        (PTP, "97140", "97530", Absent),
        (PTP, "97530", "97140", Absent),
        (PTP, "36415", "99213", Absent),
        (PTP, "3044F", "99213", Absent),
        (PTP, "99213", "3044F", Absent),
        (PTP, "99213", "99213", Absent),
        (PTP, "92014", "99213", Absent),
        (PTP, "99213", "92014", Reason.STARTER_TABLE),
        (PTP, "99214", "11102", Reason.STARTER_TABLE),
        ("ptp_dme", "20610", "99213", Reason.NO_TABLE),
    ],
)
def test_pairs(table: str, one: str, two: str, expected: object) -> None:
    match TABLES.ptp(table, one, two, DAY):
        case Found(value):
            assert value.indicator == expected
        case NotCovered(reason):
            assert reason == expected
        case absent:
            assert type(absent) is expected


def test_pairs_within() -> None:
    settled = TABLES.ptp_within(PTP, ["20610", "99213", "3044F", "20610"], DAY)
    assert [edit[:2] for edit in settled.edits] == [("20610", "99213")]
    assert settled.not_covered is None
    assert settled.exact
    unsettled = TABLES.ptp_within(PTP, ["20610", "99213", "99214"], DAY)
    assert [edit[:2] for edit in unsettled.edits] == [("20610", "99213")]
    assert unsettled.not_covered == NotCovered(Reason.STARTER_TABLE, PTP)
    assert TABLES.ptp_within(PTP, ["99214"], DAY).not_covered is None
    late = TABLES.ptp_within(PTP, ["20610", "99213"], date(2025, 1, 1))
    assert (late.edits, late.not_covered) == ((), NotCovered(Reason.STALE, PTP))
    assert TABLES.ptp_within("ptp_dme", [], DAY).not_covered == NotCovered(Reason.NO_TABLE, "ptp_dme")
    assert TABLES.ptp_within(PTP, ["1", "2"], DAY, "medicaid").not_covered == NotCovered(Reason.NO_TABLE, PTP)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (TABLES.mue("mue_practitioner", "97110", DAY), 6),
        (TABLES.mue("mue_outpatient_hospital", "97110", DAY), 8),
        (TABLES.mue("mue_practitioner", "G0463", DAY), 0),
        (TABLES.mue("mue_practitioner", "3044F", DAY), Absent),
        (TABLES.mue("mue_practitioner", "99214", DAY), Reason.STARTER_TABLE),
        (TABLES.mue("mue_dme", "A0425", DAY), Reason.NO_TABLE),
        (TABLES.mue("mue_practitioner", "97110", DAY, "medicaid"), Reason.NO_TABLE),
        (TABLES.add_on("99214", DAY), Reason.STARTER_TABLE),
        (TABLES.add_on("3044F", DAY), Absent),
        (TABLES.fee_schedule("9999F", DAY), Absent),
        (TABLES.fee_schedule("99499", DAY), Reason.STARTER_TABLE),
        (TABLES.fee_schedule("99201", DAY), Absent),
        (TABLES.fee_schedule("0071A", DAY), Absent),
        (TABLES.fee_schedule("0001U", DAY), Reason.NOT_IN_TABLE),
        (TABLES.hcpcs("J1885", DAY), Reason.NO_TABLE),
        (TABLES.icd10cm("E119", DAY), Reason.NO_TABLE),
        (TABLES.icd10pcs("0DTJ4ZZ", DAY), Reason.NO_TABLE),
        (TABLES.opps("99213", DAY), Reason.NO_TABLE),
        (TABLES.code_list("age_sex", "O80", DAY), Reason.NO_TABLE),
        (TABLES.carc("999", date(2024, 6, 1)), Absent),
        (TABLES.rarc("N999", date(2024, 6, 1)), Absent),
    ],
)
def test_the_rest(answer: object, expected: object) -> None:
    match answer:
        case Found(value):
            assert value.value == expected
        case NotCovered(reason):
            assert reason == expected
        case absent:
            assert type(absent) is expected


def test_add_on_types() -> None:
    def primaries(code: str) -> tuple[int, frozenset[str], bool]:
        answer = TABLES.add_on(code, DAY)
        assert isinstance(answer, Found)
        return answer.value.type, answer.value.primaries, answer.value.contractor_defined

    assert primaries("17003") == (1, frozenset({"17000"}), False)
    assert primaries("99100") == (2, frozenset(), True)
    assert primaries("88311")[::2] == (3, True)


def test_alerts_and_retired_reason_codes() -> None:
    day = date(2024, 6, 1)
    assert TABLES.rarc("N620", day).value.is_alert  # type: ignore[union-attr]
    assert not TABLES.rarc("N365", day).value.is_alert  # type: ignore[union-attr]
    assert TABLES.carc("236", day).value.active  # type: ignore[union-attr]
    assert not TABLES.carc("15", day).value.active  # type: ignore[union-attr]


def test_no_category_ii_code_has_a_relative_value() -> None:
    assert all(
        not TABLES.fee_schedule(row["code"], DAY).value.has_rvu for row in rows("category_ii.csv") if row["status"]
    )  # type: ignore[union-attr]
    answer = TABLES.fee_schedule("97010", DAY)
    assert isinstance(answer, Found)
    assert (answer.value.has_rvu, answer.value.status) == (True, "B")


# ---------------------------------------------------------------------- against the official tables


@pytest.mark.exhaustive
def test_the_pairs_are_those_of_the_official_tables(reference_data: Path) -> None:
    wanted = {(row["table"], row["column_one"], row["column_two"]) for row in rows("ptp.csv")}
    absent = {(row["code"], row["other"]) for row in rows("ptp_absent.csv")}
    absent |= {(other, code) for code, other in absent}
    held = set()
    for table, stem in ((PTP, "ccipra"), (OUTPATIENT, "ccioph")):
        for file in sorted((reference_data / "ncci").glob(f"{stem}-v302r0-f*.txt.gz")):
            with gzip.open(file, "rt", encoding="latin-1") as lines:
                for line in lines:
                    one, two, _, _, deletion, indicator = line.split("\t")[:6]
                    if (table, one, two) in wanted:
                        ended = "" if deletion == "*" else f"{deletion[:4]}-{deletion[4:6]}-{deletion[6:]}"
                        held.add((table, one, two, ended, indicator))
                    assert (one, two) not in absent or deletion < "20240701", "a pair that is said to be no edit"
                    assert "F" not in (one[-1:], two[-1:])
    starting = {(r["table"], r["column_one"], r["column_two"], r["deletion"], r["indicator"]) for r in rows("ptp.csv")}
    assert starting <= held


OFFICIAL = {
    "status": "status_code",
    "global_days": "glob_days",
    "bilateral": "bilat_surg",
    "multiple": "mult_proc",
    "pctc": "pctc_ind",
    "nonfacility_na": "non_fac_indicator",
    "facility_na": "facility_indicator",
    "preoperative": "pre_op",
    "intraoperative": "intra_op",
    "postoperative": "post_op",
    "assistant": "asst_surg",
    "co_surgeons": "co_surg",
    "team": "team_surg",
    "endoscopic_base": "endo_base",
    "supervision": "physician_supervision_of_diagnostic_procedures",
    "imaging_family": "diagnostic_imaging_family_indicator",
}


def test_the_fee_schedule_rows_are_those_of_the_official_file(reference_data: Path) -> None:
    with gzip.open(reference_data / "pfs" / "pprrvu24c_jul_no_descriptions.csv.gz", "rt") as file:
        every = {(row["hcpcs"], row["mod"]): row for row in csv.DictReader(file)}
    official = {code: row for (code, modifier), row in every.items() if not modifier}
    own = {(row["code"], row["modifier"]): row for row in rows("fee_schedule.csv")}
    codes = {code for code, _ in own}
    assert own.keys() == {(code, modifier) for code, modifier in every if code in codes}  # each with its components
    for key, row in own.items():
        assert {name: row[name] for name in OFFICIAL} == {name: every[key][its] for name, its in OFFICIAL.items()}
    category_ii = {code for code in official if code.endswith("F")}
    assert category_ii == {row["code"] for row in rows("category_ii.csv")} - {"3045F"}
    assert all(float(official[code]["non_facility_total"]) == 0 for code in category_ii)
