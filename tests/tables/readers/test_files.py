"""Files as they come: gzipped, zipped, damaged, hostile. Whatever they are, only a `TableError` comes of it."""

from __future__ import annotations

import gzip
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claimcheck.errors import TableError
from claimcheck.tables.readers import Reading, Row, accounting, read, sheets, zips

pytestmark = pytest.mark.extended

Named = Callable[[str], Path]
Edited = Callable[..., Path]
Zipped = Callable[..., Path]

PTP = "ccipra-v302r0-f1.txt"
ORDER = "icd10cm_order_2023.txt"


def tables(path: Path) -> dict[tuple[str, str], list[Row]]:
    return {(reading.table, reading.edition.name): list(reading.rows()) for reading in read(path)}


def refusal(path: Path, **asked: object) -> str:
    with pytest.raises(TableError) as caught:
        [list(reading.rows()) for reading in read(path, **asked)]  # type: ignore[arg-type]
    return str(caught.value)


class TestContainers:
    def test_a_gzipped_file_reads_as_the_file(self, table_file: Path, gzipped: Callable[[str], Path]):
        assert tables(gzipped(table_file.name)) == tables(table_file)

    def test_a_zipped_file_reads_as_the_file(self, table_file: Path, zipped: Zipped):
        assert tables(zipped("any.zip", table_file.name)) == tables(table_file)

    def test_a_byte_order_mark_is_no_part_of_the_table(self, table_file: Path, tmp_path: Path):
        path = tmp_path / table_file.name
        path.write_bytes(b"\xef\xbb\xbf" + table_file.read_bytes())
        assert tables(path) == tables(table_file)

    def test_lines_may_end_as_on_unix(self, table_file: Path, tmp_path: Path):
        path = tmp_path / table_file.name
        path.write_bytes(table_file.read_bytes().replace(b"\r\n", b"\n"))
        assert tables(path) == tables(table_file)

    def test_the_source_names_the_member(self, zipped: Zipped):
        [reading] = read(zipped("ptp.zip", PTP))
        assert reading.source == f"ptp.zip/{PTP}"

    def test_the_edition_may_stand_in_the_name_of_the_zip(self, zipped: Zipped, fixture: Named):
        content = {"folder/edits.txt": fixture(PTP).read_bytes()}
        [reading] = read(zipped("medicare-ncci-2024-q3-practitioner-ptp-edits-ccipra-v302r0-f1.zip", **content))
        assert (reading.edition.name, reading.part) == ("v302r0", "f1")

    def test_several_tables_in_one_zip(self, zipped: Zipped):
        found = tables(zipped("many.zip", PTP, "AOC_V2024Q3_01-F-MCR.txt", "carc_2024-06.csv", ORDER))
        assert [table for table, _ in found] == ["add_on", "carc", "ptp_practitioner", "icd10cm"]

    def test_of_text_and_workbook_the_text_is_read(
        self, zipped: Zipped, fixture: Named, workbook: Callable[[str, str], Path]
    ):
        book = workbook(PTP, "ccipra-v302r0-f1.xlsx").read_bytes()
        content = {PTP: fixture(PTP).read_bytes(), "ccipra-v302r0-f1.xlsx": book}
        [reading] = read(zipped("ptp.zip", **content))
        assert reading.source.endswith(".txt")
        [reading] = read(zipped("ptp.zip", **{"ccipra-v302r0-f1.xlsx": book}))
        assert len(list(reading.rows())) == 4

    def test_what_appears_twice_in_a_zip_is_read_once(self, zipped: Zipped, fixture: Named):
        fees = fixture("PPRRVU24_JUL.csv").read_bytes()
        content = {"PPRRVU2024_Jul_nonQPP.csv": fees, "PPRRVU2024_Jul_QPP.csv": fees, "readme.txt": b"nothing here"}
        [reading] = read(zipped("rvu24c.zip", **content))
        assert reading.source.endswith("PPRRVU2024_Jul_QPP.csv")

    def test_the_file_may_be_replaced_by_a_path_as_text(self, fixture: Named):
        assert len(list(read(str(fixture(PTP))))) == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "is empty"),
            (b"<!DOCTYPE html><html><body>Licence</body></html>", "is a web page"),
            (b"\r\n <HTML>", "is a web page"),
            (b"%PDF-1.7", "is a PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel workbook"),
            (b"PK", "is a damaged zip"),
            (b"PK\x03\x04 and no more", "damaged or cut short"),
            (b"\x1f\x8b\x08 and no more", "damaged or cut short"),
            (b"code,name\n1,one\n", "is none of the tables that are known (NCCI PTP, "),
            (b'"' + b"x" * 200_000, "is none of the tables"),
            (b"one\rline\rof an old Mac\r", "is none of the tables"),
            (gzip.compress(b"PK\x03\x04", mtime=0), "holds another archive"),
            (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "holds another archive"),
            (gzip.compress(b"", mtime=0), "is none of the tables"),
        ],
    )
    def test_what_is_no_table(self, tmp_path: Path, content: bytes, reason: str):
        path = tmp_path / "ccipra-v302r0-f1.txt"
        path.write_bytes(content)
        message = refusal(path)
        assert message.startswith(f"ccipra-v302r0-f1.txt: {reason}")

    def test_what_is_not_there(self, tmp_path: Path):
        assert refusal(tmp_path / "ccipra.txt") == "ccipra.txt: cannot be read: No such file or directory"
        assert "cannot be read" in refusal(tmp_path)

    def test_arguments_that_mean_nothing(self, fixture: Named):
        assert "program is one of medicare, medicaid" in refusal(fixture(PTP), program="tricare")
        assert "table is one of ptp_practitioner" in refusal(fixture(PTP), table="ptp")
        assert "holds add_on, not hcpcs" in refusal(fixture("AOC_V2024Q3_01-F-MCR.txt"), table="hcpcs")

    def test_a_zip_of_nothing_that_is_read(self, zipped: Zipped):
        assert "holds no .txt, .csv or .xlsx member" in refusal(zipped("pdf.zip", **{"a.pdf": b"%PDF", "b/": b""}))
        message = refusal(zipped("other.zip", **{"a.txt": b"hello", "b.txt": b"<html>"}))
        assert message.startswith("other.zip: of its 2 members none is a table that is known")

    @pytest.mark.parametrize("name", ["../up.txt", "a/../../up.txt", "/etc/x.txt", "C:\\x.txt", "a\\..\\..\\x.txt"])
    def test_a_name_that_points_outside(self, zipped: Zipped, name: str):
        assert "points outside the zip" in refusal(zipped("evil.zip", PTP, **{name: b"x"}))

    def test_a_password(self, zipped: Zipped):
        path = zipped("locked.zip", PTP)
        data = bytearray(path.read_bytes())
        entry = data.index(b"PK\x01\x02")
        data[entry + 8] |= 1
        path.write_bytes(data)
        assert "locked by a password" in refusal(path)

    def test_too_many_members(self, zipped: Zipped, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(zips, "MEMBERS", 2)
        assert "holds 3 members" in refusal(zipped("many.zip", PTP, a=b"", b=b""))

    def test_a_zip_bomb_by_what_it_says(self, zipped: Zipped):
        assert "refused as a zip bomb" in refusal(zipped("bomb.zip", **{"bomb.txt": bytes(20 << 20)}))

    def test_a_zip_bomb_that_lies(self, zipped: Zipped):
        path = zipped("bomb.zip", **{"bomb.txt": b"Column 1\tColumn 2\n" + b"x\ty\n" * 100_000})
        data = path.read_bytes()
        honest = struct.pack("<I", 18 + 400_000)
        assert data.count(honest) == 2
        path.write_bytes(data.replace(honest, struct.pack("<I", 5_000)))
        assert "damaged or cut short" in refusal(path)

    def test_a_gzip_bomb(self, tmp_path: Path):
        path = tmp_path / "HCPC2026_JAN.txt.gz"
        path.write_bytes(gzip.compress(b"A0425001003".ljust(320) + b"\n" + (b" " * 320 + b"\n") * 60_000))
        assert "unpacks to more than 16,777,216 bytes" in refusal(path)

    def test_an_endless_line(self, edited: Edited):
        path = edited(PTP, (b"Mutually exclusive procedures", b"x" * sheets.LONGEST))
        assert "row 10: a line of more than 65,536 characters" in refusal(path)

    def test_an_endless_cell(self, edited: Edited):
        path = edited("carc_2024-06.csv", (b"\nD21", b'\n"' + b"x\n" * 100_000 + b'",,\nD21'))
        assert "a cell cannot be read (field larger than field limit" in refusal(path)

    def test_a_flipped_byte_in_a_member(self, zipped: Zipped):
        path = zipped("ptp.zip", PTP)
        data = bytearray(path.read_bytes())
        data[100] ^= 0xFF
        path.write_bytes(data)
        assert "damaged or cut short" in refusal(path)


class TestDamage:
    def test_a_file_with_more_than_a_small_share_refused_is_damaged(self, edited: Edited):
        path = edited("carc_2024-06.csv")
        path.write_text("code,start_date,end_date\n" + "1,,\n" * 594 + "x,,\n" * 6)
        [reading] = read(path)
        assert len(list(reading.rows())) == 594
        assert len(reading.refused) == 6
        path.write_text("code,start_date,end_date\n" + "1,,\n" * 593 + "x,,\n" * 6)
        reason = "the code: text of 1: a, where a CARC is expected (and so in 6 of 599 rows)"
        assert refusal(path).startswith(f"carc_2024-06.csv, row 595: {reason}")

    def test_few_odd_rows_of_a_short_file_are_odd(self, edited: Edited):
        path = edited("carc_2024-06.csv")
        path.write_text("code,start_date,end_date\n" + "1,,\n" * 6 + "x,,\n" * 5)
        [reading] = read(path)
        assert len(list(reading.rows())) == 6
        assert len(reading.refused) == 5

    def test_hopeless_files_are_given_up_early(self, edited: Edited):
        path = edited("carc_2024-06.csv")
        path.write_text("code,start_date,end_date\n" + "x,,\n" * 20_000)
        assert "in 10,000 of 10,000 rows" in refusal(path)

    def test_many_odd_rows_of_very_many_are_read_past(self, edited: Edited, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(accounting, "_CHECK", 20)
        path = edited("carc_2024-06.csv")
        path.write_text("code,start_date,end_date\n" + "1,,\n" * 2_200 + "x,,\n" * 22)
        [reading] = read(path)
        assert sum(1 for _ in reading.rows()) == 2_200
        assert len(reading.refused) == 22

    def test_a_header_alone_is_damage(self, edited: Edited):
        path = edited("carc_2024-06.csv")
        path.write_text("code,start_date,end_date\n")
        assert "holds a header and no row after it" in refusal(path)

    def test_a_row_that_was_cut_off(self, edited: Edited):
        path = edited(PTP)
        path.write_bytes(path.read_bytes()[:-45])
        assert refusal(path).startswith(f"{PTP}, row 10: ends in the middle of a row (")


def undecided(row: Row) -> Row:
    """The row without its last words, on which nothing rests: a cut may shorten them unseen."""
    last = {"rationale", "action"} & set(row._fields)
    return row._replace(**dict.fromkeys(last, ""))  # type: ignore[arg-type]


def outcome(path: Path) -> dict[tuple[str, str], list[Row]] | str:
    """The rows of the tables, or the message of the error."""
    try:
        return tables(path)
    except TableError as error:
        return str(error)


def around_ends_of_rows(content: bytes) -> list[int]:
    """The places before, in and behind the ends of rows, and every eleventh between."""
    ends = [place for place, byte in enumerate(content) if byte == 0x0A]
    near = {place + off for place in ends for off in range(-3, 4)}
    return sorted({*near, *range(0, len(content), 11)} & {*range(len(content))})


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.exhaustive)], ids=["some", "every"])
def test_cut_at_any_byte_a_file_is_refused_or_gives_a_beginning_of_its_rows(
    table_file: Path, tmp_path: Path, every: bool
):
    content, expected = table_file.read_bytes(), tables(table_file)
    path = tmp_path / table_file.name
    for end in range(len(content)) if every else around_ends_of_rows(content):
        path.write_bytes(content[:end])
        found = outcome(path)
        if isinstance(found, str):
            assert found.startswith(path.name)
            continue
        for key, rows in found.items():
            assert list(map(undecided, rows)) == list(map(undecided, expected[key][: len(rows)]))


def test_a_cut_archive_is_always_refused(
    table_file: Path, tmp_path: Path, gzipped: Callable[[str], Path], zipped: Zipped
):
    path = tmp_path / "cut"
    for whole in (gzipped(table_file.name), zipped("whole.zip", table_file.name)):
        content = whole.read_bytes()
        for end in range(0, len(content), 7):
            path.write_bytes(content[:end])
            assert isinstance(outcome(path), str)


@given(st.binary(max_size=600))
@example(b"Column 1\tColumn 2\n")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arbitrary_bytes_give_nothing_but_a_table_error(tmp_path: Path, content: bytes):
    path = tmp_path / "ccipra-v302r0-f1.txt"
    path.write_bytes(content)
    with pytest.raises(TableError):
        tables(path)


@pytest.mark.parametrize("form", ["plain", "zip"])
@given(seed=st.integers(0, 2**32), count=st.integers(1, 6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_changed_bytes_give_rows_or_a_table_error(
    table_file: Path, tmp_path: Path, zipped: Zipped, form: str, seed: int, count: int
):
    whole = zipped("z.zip", table_file.name) if form == "zip" else table_file
    assert_rows_or_a_table_error(whole, tmp_path, seed, count)


@given(seed=st.integers(0, 2**32), count=st.integers(1, 6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_so_do_those_of_a_workbook(tmp_path: Path, workbook: Callable[[str, str], Path], seed: int, count: int):
    assert_rows_or_a_table_error(workbook("carc_2024-06.csv", "carc_2024-06.xlsx"), tmp_path, seed, count)


def assert_rows_or_a_table_error(whole: Path, tmp_path: Path, seed: int, count: int) -> None:
    """Of a file in which some bytes are changed."""
    data = bytearray(whole.read_bytes())
    chance = random.Random(seed)
    for _ in range(count):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path = tmp_path / f"changed-{whole.name}"
    path.write_bytes(data)
    found = outcome(path)
    assert found.startswith(path.name) if isinstance(found, str) else all(found.values())


def test_the_rows_may_be_read_again(table_file: Path):
    for reading in read(table_file):
        assert isinstance(reading, Reading)
        assert list(reading.rows()) == list(reading.rows())
