"""The official tables, built whole: every row is there, and every answer is what reading the files gives."""

from __future__ import annotations

import csv
import gzip
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from claimcheck.tables import Absent, Found, NotCovered, Reason, Tables
from claimcheck.tables.bulk import NO_EDIT, UNKNOWN, Pairs, ask
from claimcheck.tables.ncci_as_of import PLACEHOLDER
from claimcheck.tables.packed.windows import NEVER_IN_FORCE
from claimcheck.tables.rows import PtpRow
from claimcheck.tables.store import Entry, add, list_editions, verify

pytestmark = pytest.mark.exhaustive

DAY = date(2024, 7, 15)
STEMS = {"ptp_practitioner": "ccipra", "ptp_outpatient_hospital": "ccioph"}
ROWS = {"ptp_practitioner": 2_546_017, "ptp_outpatient_hospital": 1_775_818}


def pairs_of(folder: Path, table: str) -> Iterator[tuple[str, str, str, str, int, str]]:
    """The rows of the four text parts, read the plain way: six lines of preamble, then tabs."""
    for file in sorted((folder / "ncci").glob(f"{STEMS[table]}-v302r0-f*.txt.gz")):
        with gzip.open(file, "rt", encoding="latin-1") as lines:
            for number, line in enumerate(lines):
                if number >= 6:
                    one, two, _, effective, deletion, indicator, rationale = line.rstrip("\r\n").split("\t")
                    yield one, two, effective, deletion, int(indicator), rationale


def as_printed(row: PtpRow) -> tuple[str, str, str, str, int, str]:
    deletion = "*" if row.deletion is None else f"{row.deletion:%Y%m%d}"
    return row.column_one, row.column_two, f"{row.effective:%Y%m%d}", deletion, row.indicator, row.rationale


@pytest.fixture(scope="module")
def store(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything but the practitioner pairs, which the slow tests add."""
    path = tmp_path_factory.mktemp("official")
    files = [*(reference_data / "mue").glob("*.gz"), *(reference_data / "hcpcs").glob("*.txt.gz")]
    files += [*(reference_data / "pfs").glob("pprrvu*.gz"), reference_data / "icd10" / "cms_2025_dx.zip"]
    files += (reference_data / "ncci").glob("ccioph-v302r0-f*.txt.gz")
    add(files, path)
    return path


@pytest.fixture(scope="module")
def tables(store: Path) -> Tables:
    return Tables.open(store)


def entry_of(store: Path, table: str) -> Entry:
    [entry] = [entry for entry in list_editions(store) if entry.table == table]
    return entry


def prove_round_trip(store: Path, folder: Path, table: str) -> None:
    source = Counter(pairs_of(folder, table))
    entry = entry_of(store, table)
    assert (entry.rows + entry.refused, entry.rows) == (source.total(), ROWS[table])
    [volume] = Tables.open(store)._shelves["medicare", table].volumes
    source.subtract(map(as_printed, volume.table))
    assert not any(source.values())


def prove_answers(tables: Tables, folder: Path, table: str, days: list[date]) -> None:
    """A sample of pairs, both directions, against windows found by reading the file."""
    windows: defaultdict[tuple[str, str], list[tuple[str, str, int]]] = defaultdict(list)
    chosen = random.Random(3)
    wanted = {row[:2] for row in pairs_of(folder, table) if chosen.random() < 0.005}
    wanted |= {(two, one) for one, two in wanted}
    for one, two, effective, deletion, indicator, _ in pairs_of(folder, table):
        if (one, two) in wanted:
            windows[one, two].append((effective, deletion, indicator))
    assert len(wanted) > 10_000
    for pair in wanted:
        for day in days:
            text = f"{day:%Y%m%d}"
            active = [w for w in windows[pair] if w[0] <= text and (w[1] == "*" or text <= w[1]) and w[2] != 9]
            answer = tables.ptp(table, *pair, day)
            if active:
                assert isinstance(answer, Found)
                assert answer.value.indicator == active[-1][2]
            else:
                assert isinstance(answer, Absent)


def test_every_hospital_pair_is_there(store: Path, reference_data: Path) -> None:
    prove_round_trip(store, reference_data, "ptp_outpatient_hospital")


def test_hospital_pairs_answer_as_the_file_does(tables: Tables, reference_data: Path) -> None:
    prove_answers(tables, reference_data, "ptp_outpatient_hospital", [date(2024, 7, 1), date(2024, 9, 30)])


@pytest.mark.slow
def test_every_practitioner_pair_is_there_and_answers(tmp_path: Path, reference_data: Path) -> None:
    files = sorted((reference_data / "ncci").glob("ccipra-v302r0-f*.txt.gz"))
    add(files, tmp_path)
    assert entry_of(tmp_path, "ptp_practitioner").size <= 25_000_000
    prove_round_trip(tmp_path, reference_data, "ptp_practitioner")
    prove_answers(Tables.open(tmp_path), reference_data, "ptp_practitioner", [date(2024, 7, 1), date(2024, 9, 30)])


def test_the_pairs_within_a_set_are_those_of_asking_each(tables: Tables) -> None:
    table = "ptp_outpatient_hospital"
    [volume] = tables._shelves["medicare", table].volumes
    codes = sorted({row.column_one for row in volume.table})
    for size, seed in ((2, 1), (20, 2), (150, 3)):
        chosen = sorted(random.Random(seed).sample(codes, size))
        each = [tables.ptp(table, one, two, DAY) for one in chosen for two in chosen if one != two]
        within = tables.ptp_within(table, chosen, DAY)
        assert within.not_covered is None
        assert list(within.edits) == [answer.value for answer in each if isinstance(answer, Found)]


ABSENT = ("", "ZZZZZ", "99999", "W1234", "D0120", "0001U", "NINE-LONG", "٩٩٢١٣")


@pytest.mark.parametrize("table", ["mue_practitioner", "mue_dme", "hcpcs", "modifier", "fee_schedule", "icd10cm"])
def test_all_codes_at_once_are_answered_as_each_alone(tables: Tables, table: str) -> None:
    """Every code of the table and of the fee schedule, on days that editions cover and on days that none does."""
    held = [volume for name in (table, "fee_schedule") for volume in tables._shelves["medicare", name].volumes]
    codes = list(dict.fromkeys([*(row.code for volume in held for row in volume.table), *ABSENT]))
    for day in (date(2022, 5, 5), date(2024, 5, 15), DAY, date(2025, 1, 15), date(2026, 2, 2), date(2030, 1, 1)):
        asked = partial(tables.mue, table) if table.startswith("mue") else getattr(tables, table)
        answers = ask(tables, table, codes, day)
        each = [asked(code, day) for code in codes]
        assert list(answers) == each
        assert answers.found.tolist() == [isinstance(answer, Found) for answer in each]
        assert answers.covered.tolist() == [not isinstance(answer, NotCovered) for answer in each]


def test_all_pairs_at_once_are_answered_as_each_alone(tables: Tables) -> None:
    """Every row of the hospital table, in both directions, on days that the edition covers and on days that it does
    not; asked one by one are some of them, and of the others the windows are read here."""
    table = "ptp_outpatient_hospital"
    [volume] = tables._shelves["medicare", table].volumes
    pairs = Pairs(tables, table)
    for day in (DAY, date(2024, 9, 30), date(2021, 3, 3)):
        covered = day >= date(2024, 7, 1)
        in_force: dict[tuple[str, str], int] = {}
        for one, two, effective, deletion, indicator, _ in volume.table:
            if effective <= day and (deletion is None or day <= deletion) and indicator != NEVER_IN_FORCE:
                in_force[one, two] = indicator if covered or effective > PLACEHOLDER else UNKNOWN
        every = list({row[:2]: None for row in volume.table})
        ones, twos = (pairs.meet([pair[column] for pair in every]) for column in (0, 1))
        otherwise = NO_EDIT if covered else UNKNOWN
        assert pairs.indicators(ones, twos, day).tolist() == [in_force.get(pair, otherwise) for pair in every]
        back = pairs.indicators(twos, ones, day).tolist()
        assert back == [in_force.get((two, one), otherwise) for one, two in every]
        for place in random.Random(7).sample(range(len(every)), 20_000):
            answer = tables.ptp(table, *every[place], day)
            found = answer.value.indicator if isinstance(answer, Found) else None
            assert in_force.get(every[place], otherwise) == (
                (NO_EDIT if isinstance(answer, Absent) else UNKNOWN) if found is None else found
            )


def test_every_mue_is_there(tables: Tables, reference_data: Path) -> None:
    names = {"PractitionerServices": "mue_practitioner", "DMESupplierServices": "mue_dme"}
    for name, table in names.items():
        with gzip.open(
            reference_data / "mue" / f"MCR_MUE_{name}_Eff_04-01-2024.csv.gz", "rt", encoding="latin-1"
        ) as file:
            rows = [row for row in csv.reader(file) if len(row) == 4 and len(row[0]) == 5]
        for code, value, mai, _ in rows:
            answer = tables.mue(table, code, date(2024, 4, 1))
            assert isinstance(answer, Found)
            assert (answer.value.value, answer.value.mai) == (int(value), int(mai[0]))
        assert len(rows) > 2_800


def test_level_ii_codes_were_active_while_the_fee_schedule_listed_them(tables: Tables, reference_data: Path) -> None:
    """Two publications of CMS agree: of 6,000 codes, on a day of their first release and of their last."""
    quarters = {"jan": "01-15", "apr": "04-15", "jul": "07-15", "oct": "10-15", "v0618": "07-15"}
    misses: list[tuple[str, str, object]] = []
    asked = 0
    with (reference_data / "pfs" / "pfs_first_last_release_2020_2024.csv").open() as file:
        for row in csv.DictReader(file):
            if row["hcpcs"][0].isalpha() and row["hcpcs"][0] != "D":
                for release in (row["first"], row["last"]):
                    day = date.fromisoformat(f"20{release[3:5]}-{quarters[release.split('_')[1]]}")
                    answer = tables.hcpcs(row["hcpcs"], day)
                    asked += 1
                    if not (isinstance(answer, Found) and answer.value.active):
                        misses.append((row["hcpcs"], release, answer))
    assert asked > 10_000
    unknown = [miss for miss in misses if isinstance(miss[2], NotCovered)]
    assert all(miss[2] == NotCovered(Reason.OUTSIDE_EDITION, "hcpcs") for miss in unknown)
    assert len(misses) - len(unknown) <= asked * 0.005  # the fee schedule keeps ended codes to the year's end


def test_the_store_is_whole(store: Path) -> None:
    assert verify(store) == ()
    assert sum(entry.size for entry in list_editions(store)) < 25_000_000
