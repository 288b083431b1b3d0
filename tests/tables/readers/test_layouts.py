"""Each table in its official layout, quirks included: what is read from the fixture files, row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest

from claimcheck.errors import TableError
from claimcheck.tables.lookup import Edition
from claimcheck.tables.readers import Reading, Refused, read
from claimcheck.tables.rows import (
    AddOnRow,
    CarcRow,
    CodeListRow,
    FeeScheduleRow,
    HcpcsRow,
    MueRow,
    OppsRow,
    PtpRow,
    RarcRow,
)

Only = Callable[..., Reading]
Named = Callable[[str], Path]
Edited = Callable[..., Path]
Workbook = Callable[[str, str], Path]

PTP = "ccipra-v302r0-f1.txt"
MEDICAID_PTP = "medicaid-ncci-q1-2026-ptp-edits-practitioner-services.txt"
MUE = "MCR_MUE_PractitionerServices_Eff_04-01-2024.csv"
MEDICAID_MUE = "MCD_MUE_DMESupplierServices_Eff_01-01-2026.csv"
ADD_ON = "AOC_V2024Q3_01-F-MCR.txt"
ADD_ON_COLUMNS = "AOC_V2024Q3-MCR.csv"
HCPCS = "HCPC2026_JAN_ANWEB_01122026.txt"
HCPCS_COLUMNS = "HCPC2026_JAN_ANWEB.csv"
FEES = "PPRRVU24_JUL.csv"
OPPS = "2024_July_Addendum_B.csv"


def day(text: str) -> date:
    return date.fromisoformat(text)


class TestPtp:
    rows: ClassVar[list[PtpRow]] = [
        PtpRow("20610", "99213", day("2009-04-01"), day("2019-12-31"), 1, "Standards of medical/surgical practice"),
        PtpRow("20610", "99213", day("2020-01-01"), None, 1, "Misuse of Column Two code with Column One code"),
        PtpRow("45385", "00811", day("1996-01-01"), None, 0, "Anesthesia service included in surgical procedure"),
        PtpRow("0001U", "0028U", day("2018-07-01"), day("2018-07-01"), 9, "Mutually exclusive procedures"),
    ]

    def test_the_wrapped_header_is_passed_over_and_all_windows_of_a_pair_are_kept(self, only: Only, fixture: Named):
        reading = only(fixture(PTP))
        assert list(reading.rows()) == self.rows
        assert reading.refused == []

    def test_the_edition_is_the_quarter_of_the_version(self, only: Only, fixture: Named):
        reading = only(fixture(PTP))
        through = day("2024-09-30")
        assert reading.edition == Edition("medicare", "ptp_practitioner", "v302r0", day("2024-07-01"), through)
        assert reading.part == "f1"
        assert reading.notice == "CPT only copyright 2023 American Medical Association. All rights reserved."
        assert len(reading.sha256) == 64

    @pytest.mark.parametrize(
        ("name", "table", "first", "part"),
        [
            ("ccioph-v313r0-f2.TXT", "ptp_outpatient_hospital", "2025-10-01", "f2"),
            ("medicare-ncci-2024q2-dme-ptp-edits.txt", "ptp_dme", "2024-04-01", None),
            ("Medicare NCCI 2026Q1 Hospital PTP Edits v320r1 f3.txt", "ptp_outpatient_hospital", "2026-01-01", "f3"),
        ],
    )
    def test_table_and_edition_come_from_the_name(
        self, only: Only, edited: Edited, name: str, table: str, first: str, part: str | None
    ):
        reading = only(edited(PTP, to=name))
        assert (reading.table, reading.edition.exact_from, reading.part) == (table, day(first), part)
        assert list(reading.rows()) == self.rows

    def test_a_name_that_says_nothing_is_made_up_for_by_the_caller(self, only: Only, edited: Edited):
        path = edited(PTP, to="edits.txt")
        reading = only(path, table="ptp_dme", effective=day("2024-07-01"), program="medicare")
        assert (reading.table, reading.edition.name) == ("ptp_dme", "2024-07-01")

    def test_else_the_error_says_what_to_name_it(self, edited: Edited):
        with pytest.raises(TableError, match=r"^edits.txt: does not say which edition .*like ccipra-v302r0-f1.txt"):
            list(read(edited(PTP, to="edits.txt")))
        with pytest.raises(TableError, match=r"does not say whose PTP edits it holds.*ccioph"):
            list(read(edited(PTP, to="edits-v302r0.txt")))

    def test_the_medicaid_file_has_six_columns(self, only: Only, fixture: Named):
        reading = only(fixture(MEDICAID_PTP))
        assert str(reading.edition) == "medicaid ptp_practitioner 2026-01-01"
        assert list(reading.rows())[1] == PtpRow(
            "20610", "99213", day("2020-01-01"), day("2022-12-31"), 0, "Standards of medical/surgical practice"
        )

    def test_the_program_is_told_by_the_columns_where_the_name_does_not(self, only: Only, edited: Edited):
        assert only(edited(MEDICAID_PTP, to="practitioner-ptp-2026q1.txt")).program == "medicaid"
        assert only(edited(PTP, to="medicaid-ccipra-v302r0-f1.txt")).program == "medicaid"
        with pytest.raises(TableError, match="named for Medicare, but has the columns of the Medicaid file"):
            only(edited(MEDICAID_PTP, to="medicare-practitioner-ptp-2026q1.txt"))

    def test_the_workbook_reads_the_same(self, only: Only, workbook: Workbook):
        assert list(only(workbook(PTP, "ccipra-v302r0-f1.xlsx")).rows()) == self.rows

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (
                b"\t20180701\t20180701\t9",
                b"\t20180732\t20180701\t9",
                "a date: text of 8: 99999999, where a day written YYYYMMDD is expected",
            ),
            (
                b"\t20180701\t20180701\t9",
                b"\t20180701\t2018\t9",
                "a date: text of 4: 9999, where a day written YYYYMMDD is expected",
            ),
            (b"20180701\t9\t", b"20180701\t2\t", "the modifier indicator: text of 1: 9, where 0, 1 or 9 is expected"),
            (b"0001U\t", b"001U\t", "Column 1: text of 4: 999A, where a CPT or HCPCS code is expected"),
            (b"0001U\t0028U\t", b"0001U\t", "6 columns where 7 are expected"),
        ],
    )
    def test_an_odd_row_is_refused_and_counted(self, only: Only, edited: Edited, old: bytes, new: bytes, reason: str):
        reading = only(edited(PTP, (old, new)))
        assert list(reading.rows()) == self.rows[:3]
        assert reading.refused == [Refused(10, reason)]

    def test_blank_lines_and_the_end_of_file_mark_are_no_rows(self, only: Only, edited: Edited):
        reading = only(edited(PTP, (b"0001U", b"\r\n\t\t\t\t\t\t\r\n\x1a\r\n0001U")))
        assert list(reading.rows()) == self.rows
        assert reading.refused == []

    def test_a_header_that_lacks_a_column_is_an_error(self, only: Only, edited: Edited):
        with pytest.raises(TableError, match=r"row 3: a PTP file without the columns: effective"):
            only(edited(PTP, (b"Effective", b"Since")))


class TestMue:
    rows: ClassVar[list[MueRow]] = [
        MueRow("97110", 6, 3, "Clinical: Data"),
        MueRow("A0425", 250, 1, "Nature of Service/Procedure"),
        MueRow("G0463", 0, 3, "CMS Policy"),
        MueRow("99291", 1, 2, "Code Descriptor / CPT Instruction"),
    ]

    def test_the_two_cells_of_several_lines_are_one_row_each(self, only: Only, fixture: Named):
        reading = only(fixture(MUE))
        assert list(reading.rows()) == self.rows
        assert str(reading.edition) == "medicare mue_practitioner 2024-04-01"
        assert reading.edition.exact_through == day("2024-06-30")
        assert "copyright 2023 American Medical Association" in reading.notice
        assert "assumes no liability" in reading.notice

    @pytest.mark.parametrize(
        ("column", "table"),
        [
            (b"Outpatient Hospital Services MUE Values", "mue_outpatient_hospital"),
            (b"DME Supplier Services MUE Values", "mue_dme"),
        ],
    )
    def test_the_value_column_says_the_table(self, only: Only, edited: Edited, column: bytes, table: str):
        assert only(edited(MUE, (b"Practitioner Services MUE Values", column))).table == table

    def test_medicaid_edits_are_line_edits(self, only: Only, fixture: Named):
        reading = only(fixture(MEDICAID_MUE))
        assert str(reading.edition) == "medicaid mue_dme 2026-01-01"
        assert list(reading.rows()) == [
            MueRow("E0100", 1, 1, "Nature of Equipment"),
            MueRow("A4253", 0, 1, "CMS Policy"),
        ]

    def test_medicaid_is_told_by_the_missing_column(self, only: Only, edited: Edited):
        assert only(edited(MEDICAID_MUE, to="dme_mue_2026q1.csv")).program == "medicaid"
        with pytest.raises(TableError, match="without the column MUE Adjudication Indicator"):
            only(edited(MEDICAID_MUE, to="MCR_MUE_DME_Eff_01-01-2026.csv"))

    def test_the_workbook_reads_the_same(self, only: Only, workbook: Workbook):
        assert list(only(workbook(MUE, "MCR_MUE_PractitionerServices_Eff_04-01-2024.xlsx")).rows()) == self.rows

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (
                b"99291,1,2 Date of Service Edit: Policy",
                b"99291,1,4 Other",
                "MUE Adjudication Indicator: text of 7: 9 Aaaaa, where",
            ),
            (b"99291,1,", b"99291,1.5,", "MUE Values: text of 3: 9.9, where a whole number"),
            (b"99291,", b"9929,", "HCPCS/CPT Code: text of 4: 9999, where a CPT or HCPCS code is"),
            (b"99291,1,", b"99291,", "3 columns where 4"),
        ],
    )
    def test_an_odd_row_is_refused(self, only: Only, edited: Edited, old: bytes, new: bytes, reason: str):
        reading = only(edited(MUE, (old, new)))
        assert list(reading.rows()) == self.rows[:3]
        [refused] = reading.refused
        assert refused.reason.startswith(reason)

    def test_blank_rows_are_none(self, only: Only, edited: Edited):
        reading = only(edited(MUE, (b"A0425", b",,,\r\nA0425")))
        assert list(reading.rows()) == self.rows


class TestAddOn:
    rows: ClassVar[list[AddOnRow]] = [
        AddOnRow(2, "0054T", None, day("2013-04-01"), None),
        AddOnRow(1, "17003", "17000", day("2013-04-01"), None),
        AddOnRow(1, "11045", "11042", day("2014-01-01"), day("2024-06-30")),
        AddOnRow(3, "88311", "17311", day("2013-04-01"), day("2020-12-31")),
        AddOnRow(3, "88311", None, day("2013-04-01"), None),
    ]

    @pytest.mark.parametrize("name", [ADD_ON, ADD_ON_COLUMNS])
    def test_type_and_code_are_two_fields_and_the_earliest_deletion_counts(self, only: Only, fixture: Named, name: str):
        reading = only(fixture(name))
        assert list(reading.rows()) == self.rows
        assert reading.edition == Edition("medicare", "add_on", "2024Q3", day("2013-04-01"), day("2024-09-30"))

    def test_the_workbook_reads_the_same(self, only: Only, workbook: Workbook):
        reading = only(workbook(ADD_ON_COLUMNS, "AOC_V2024Q3-MCR.xlsx"))
        assert list(reading.rows()) == self.rows
        assert reading.notice == "CPT only copyright 2023 American Medical Association."

    def test_a_line_may_end_at_its_first_blank(self, only: Only, edited: Edited):
        path = edited(ADD_ON, (b" " * 65 + b"\r\n", b"\r\n"), (b"       Contractor Defined Primary Codes", b""))
        assert list(only(path).rows()) == self.rows

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (b"117003", b"417003", "the type: text of 1: 9, where 1, 2 or 3 is expected"),
            (b"117003", b"11700-", "the add-on code: text of 5: 9999-, where a CPT or HCPCS code is"),
            (
                b"17000       2013091",
                b"1700        2013091",
                "the primary code: text of 4: 9999, where a CPT or HCPCS code is",
            ),
            (
                b"17000       2013091",
                b"17000       2013366",
                "a date: text of 7: 9999999, where a day written YYYYDDD is",
            ),
            (b"17000       2013091", b"17000              ", "no effective date"),
            (b"117003       17000       2013091" + b" " * 65, b"117003       17000", "a line of 18 characters"),
        ],
    )
    def test_an_odd_line_is_refused(self, only: Only, edited: Edited, old: bytes, new: bytes, reason: str):
        reading = only(edited(ADD_ON, (old, new)))
        assert list(reading.rows()) == [self.rows[0], *self.rows[2:]]
        [refused] = reading.refused
        assert refused.row == 2
        assert refused.reason.startswith(reason)

    def test_years_for_dates_answer_for_the_quarter_only(self, only: Only, fixture: Named):
        reading = only(fixture("aoc_2024q2.csv"))
        assert reading.edition == Edition("medicare", "add_on", "2024Q2", day("2024-04-01"), day("2024-06-30"))
        assert list(reading.rows()) == [
            AddOnRow(2, "0054T", None, day("2013-01-01"), None),
            AddOnRow(1, "17003", "17000", day("2013-01-01"), None),
            AddOnRow(1, "0092T", "22856", day("2013-01-01"), day("2014-12-31")),
        ]

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (b"2015.0", b"2024.0", "deleted in 2024, the edition's own year"),
            (b"2015.0", b"15", "a date: text of 2: 99, where a year is expected"),
            (b"2015.0", b"2015.0,", "9 columns where 8 are expected"),
        ],
    )
    def test_a_year_that_cannot_be_placed_is_refused(
        self, only: Only, edited: Edited, old: bytes, new: bytes, reason: str
    ):
        reading = only(edited("aoc_2024q2.csv", (old, new)))
        assert len(list(reading.rows())) == 2
        [refused] = reading.refused
        assert refused.reason.startswith(reason)

    def test_a_list_without_dates_holds_for_its_quarter(self, only: Only, fixture: Named):
        reading = only(fixture("aoc_2024q3_active.csv"))
        assert list(reading.rows())[1] == AddOnRow(1, "17003", "17000", day("2024-07-01"), None)
        assert reading.edition.exact_from == day("2024-07-01")

    def test_blank_lines_are_no_rows_and_missing_columns_an_error(self, only: Only, edited: Edited):
        assert list(only(edited(ADD_ON, (b"117003", b"\r\n\x1a\r\n117003"))).rows()) == self.rows
        assert len(list(only(edited("aoc_2024q2.csv", (b"\n17000", b"\n,,,,,,,\n17000"))).rows())) == 3
        with pytest.raises(TableError, match="row 1: an add-on code file without the columns: edit_deleted"):
            only(edited("aoc_2024q2.csv", (b"edit_deleted", b"gone")))


class TestHcpcs:
    codes: ClassVar[list[HcpcsRow]] = [
        HcpcsRow("A0425", day("2001-01-01"), day("2001-01-01"), None, "C", "N"),
        HcpcsRow("G9870", day("2018-04-01"), day("2022-01-01"), day("2021-12-31"), "C", "N"),
        HcpcsRow("G9871", day("2026-01-01"), day("2026-01-01"), None, "C", "A"),
    ]
    modifiers: ClassVar[list[HcpcsRow]] = [
        HcpcsRow("A1", day("2002-07-01"), day("2002-07-01"), None, "C", "N"),
        HcpcsRow("CP", day("2016-01-01"), day("2018-01-01"), day("2017-12-31"), "C", "N"),
    ]

    @pytest.mark.parametrize("name", [HCPCS, HCPCS_COLUMNS])
    def test_codes_and_modifiers_are_two_tables(self, fixture: Named, name: str):
        codes, modifiers = read(fixture(name))
        assert (codes.table, modifiers.table) == ("hcpcs", "modifier")
        assert list(codes.rows()) == self.codes
        assert list(modifiers.rows()) == self.modifiers
        assert codes.refused == modifiers.refused == []
        assert codes.edition == Edition("medicare", "hcpcs", "2026-01-01", day("2026-01-01"), day("2026-03-31"))

    def test_the_workbook_reads_the_same(self, workbook: Workbook):
        codes, modifiers = read(workbook(HCPCS_COLUMNS, "HCPC2026_JAN_ANWEB.xlsx"))
        assert list(codes.rows()) == self.codes
        assert list(modifiers.rows()) == self.modifiers

    def test_lines_of_a_faulty_length_count(self, fixture: Named):
        lengths = {len(line) for line in fixture(HCPCS).read_bytes().split(b"\r\n")}
        assert lengths == {0, 295, 320, 547}

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (b"A0425001003", b"A0425001009", "RECID: text of 1: 9, where 3, 4, 7 or 8 is expected"),
            (b"A0425001003", b"A042 001003", "HCPC: text of 4: A999, where a HCPCS code is expected"),
            (
                b"C" + b" " * 38 + b"20010101",
                b"C" + b" " * 38 + b"20011301",
                "a date: text of 8: 99999999, where a day",
            ),
        ],
    )
    def test_an_odd_record_is_refused_once(self, edited: Edited, old: bytes, new: bytes, reason: str):
        codes, modifiers = read(edited(HCPCS, (old, new)))
        assert list(codes.rows()) == self.codes[1:]
        assert list(modifiers.rows()) == self.modifiers
        [refused] = codes.refused
        assert refused.reason.startswith(reason)
        assert modifiers.refused == []

    def test_an_odd_modifier_is_refused_among_the_modifiers(self, edited: Edited):
        path = edited(HCPCS, (b"   CP001007", b"  XCP001007"))
        path.write_bytes(path.read_bytes() + path.read_bytes().split(b"\r\n")[0].replace(b"A1", b"A2") + b"\r\n")
        codes, modifiers = read(path)
        assert len(list(codes.rows())) == 3
        assert [row.code for row in modifiers.rows() if isinstance(row, HcpcsRow)] == ["A1", "A2"]
        assert modifiers.refused == [Refused(2, "HCPC: text of 3: AAA, where a HCPCS modifier is expected")]

    def test_a_short_line_is_refused_but_not_a_short_continuation(self, edited: Edited):
        continuation = b"G9870002004of more than 20 minutes"
        short = (continuation + b" " * 286, continuation[:11])
        path = edited(HCPCS, short, (b"C" + b" " * 38 + b"20010101", b""))
        codes, modifiers = read(path)
        assert list(codes.rows()) == self.codes[1:]
        assert codes.refused == [Refused(4, "a line of 273 characters, where 320 are expected")]
        assert len(list(modifiers.rows())) == 2

    def test_a_row_of_another_width_is_refused(self, edited: Edited):
        codes, _ = read(edited(HCPCS_COLUMNS, (b"A0425,", b"\r\nA0425,,")))
        assert list(codes.rows()) == self.codes[1:]
        assert codes.refused == [Refused(5, "49 columns where 48 are expected")]

    def test_a_file_without_a_date_column_is_an_error(self, edited: Edited):
        with pytest.raises(TableError, match="a HCPCS file without the columns: TERM DT"):
            list(read(edited(HCPCS_COLUMNS, (b"TERM DT", b"END"))))

    def test_a_file_of_modifiers_only_gives_only_these(self, only: Only, edited: Edited):
        path = edited(HCPCS_COLUMNS)
        path.write_bytes(b"\r\n".join(path.read_bytes().split(b"\r\n")[:3]) + b"\r\n")
        assert list(only(path).rows()) == self.modifiers

    def test_a_file_of_neither_is_an_error(self, edited: Edited):
        path = edited(HCPCS_COLUMNS)
        path.write_bytes(path.read_bytes().split(b"\r\n")[0] + b"\r\n")
        with pytest.raises(TableError, match="holds a header and no row after it"):
            list(next(read(path)).rows())


PACKAGE = "", "", "0.00", "0.00", "0.00"  #: performed in any place, and no part of a global package


class TestFeeSchedule:
    rows: ClassVar[list[FeeScheduleRow]] = [
        FeeScheduleRow("0500F", "", "M", "XXX", "0.00", "0.00", "9", "9", "9", *PACKAGE, *"999", "", "09", "99"),
        FeeScheduleRow("71046", "26", "A", "XXX", "0.26", "0.26", "0", "0", "1", *PACKAGE, *"000", "", "09", "99"),
        FeeScheduleRow("17003", "", "A", "ZZZ", "0.19", "0.06", "0", "0", "0", *PACKAGE, *"100", "", "09", "99"),
    ]

    @pytest.mark.parametrize("name", [FEES, "pprrvu24c_jul_no_descriptions.csv"])
    def test_the_spread_header_and_the_header_of_one_row(self, only: Only, fixture: Named, name: str):
        reading = only(fixture(name))
        kept = len(FeeScheduleRow._fields) if name == FEES else 8  # the other one has no more columns
        assert [row[:kept] for row in reading.rows()] == [row[:kept] for row in self.rows]
        assert reading.refused == []
        assert str(reading.edition) == "medicare fee_schedule 2024-07-01"

    def test_a_file_without_the_indicators_says_that_it_does_not_know_them(self, only: Only, fixture: Named):
        assert {row.pctc for row in only(fixture("pprrvu24c_jul_no_descriptions.csv")).rows()} == {""}

    def test_zeros_that_a_spreadsheet_took_are_put_back(self, only: Only, edited: Edited):
        changed = (b"9,XXX,0.00,0.00,0.00,9,9,9,9,9,,33.2875,09", b"9,10,0.10,0.80,0.10,09,9,9,9,9,,33.2875,9")
        (row, *_) = only(edited(FEES, changed)).rows()
        assert (row.global_days, row.multiple, row.supervision, row.intraoperative) == ("010", "9", "09", "0.80")

    def test_the_title_tells_the_edition_whatever_the_name(self, only: Only, edited: Edited):
        assert only(edited(FEES, to="fees.csv")).edition.exact_from == day("2024-07-01")
        assert only(edited(FEES, (b"July Release", b"October Release"))).edition.exact_from == day("2024-10-01")

    def test_both_copyrights_are_kept(self, only: Only, fixture: Named):
        notice = only(fixture(FEES)).notice
        assert "American Medical Association" in notice
        assert "American Dental Association" in notice

    def test_the_workbook_reads_the_same(self, only: Only, workbook: Workbook):
        rows = list(only(workbook(FEES, "PPRRVU24_JUL.xlsx")).rows())
        assert [row[:4] for row in rows] == [row[:4] for row in self.rows]

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (b"17003,,", b"7003,,", "HCPCS: text of 4: 9999, where"),
            (b"17003,,", b"17003,2,", "MOD: text of 1: 9, where a modifier of two characters or none"),
            (b"Second lesion,A", b"Second lesion,1", "STATUS CODE: text of 1: 9, where a letter"),
            (b"0.19,0.06", b"0.19,many", "a total that is not a number"),
            (b"17003,,", b"17003,", "30 columns where 31"),
        ],
    )
    def test_an_odd_row_is_refused(self, only: Only, edited: Edited, old: bytes, new: bytes, reason: str):
        reading = only(edited(FEES, (old, new)))
        assert list(reading.rows()) == self.rows[:2]
        [refused] = reading.refused
        assert refused.reason.startswith(reason)

    def test_a_header_that_lacks_a_column_is_an_error(self, only: Only, edited: Edited):
        with pytest.raises(TableError, match="row 10: a relative value file without the columns: statuscode"):
            only(edited(FEES, (b"DESCRIPTION,CODE", b"DESCRIPTION,KIND")))


class TestOpps:
    rows: ClassVar[list[OppsRow]] = [
        OppsRow("G0463", "J2", "5012"),
        OppsRow("71046", "S", "5521"),
        OppsRow("0500F", "M", ""),
        OppsRow("36415", "Q4", ""),
    ]

    def test_status_indicator_and_apc(self, only: Only, fixture: Named):
        reading = only(fixture(OPPS))
        assert list(reading.rows()) == self.rows
        assert reading.edition == Edition("medicare", "opps", "2024-07-01", day("2024-07-01"), day("2024-09-30"))
        assert reading.notice.startswith("CPT codes and descriptions only are copyright 2023")

    def test_the_workbook_reads_the_same(self, only: Only, workbook: Workbook):
        path = workbook(OPPS, "508 Version of July 2024 Web Addendum B.xlsx")
        assert list(only(path).rows()) == self.rows

    @pytest.mark.parametrize("indicator", [b"Status Indicator", b"SI"])
    def test_header_spellings_without_title_lines(self, only: Only, tmp_path: Path, indicator: bytes):
        path = tmp_path / "2026 January Web Addendum B.csv"
        path.write_bytes(b"HCPCS Code,Short Descriptor," + indicator + b",APC\r\nG0463,Visit,J2,5012\r\n")
        assert list(only(path).rows()) == [OppsRow("G0463", "J2", "5012")]

    def test_where_the_apc_is_last_a_file_without_line_end_may_be_cut(self, only: Only, tmp_path: Path):
        path = tmp_path / "2026 January Web Addendum B.csv"
        path.write_bytes(b"HCPCS Code,Short Descriptor,SI,APC\r\nG0463,Visit,J2,501")
        with pytest.raises(TableError, match="ends without a line end, so it may be cut short"):
            list(only(path).rows())

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (b"36415,", b"3641,", "HCPCS Code: text of 4: 9999, where"),
            (b"Q4,", b"q4,", "SI: text of 2: a9, where a letter"),
            (b"Q4,,", b"Q4,none,", "APC: text of 4: aaaa, where a number or nothing"),
            (b"Q4,,", b"Q4,", "8 columns where 9"),
        ],
    )
    def test_an_odd_row_is_refused(self, only: Only, edited: Edited, old: bytes, new: bytes, reason: str):
        reading = only(edited(OPPS, (b"36415", b",,,,,,,,\r\n36415"), (old, new)))
        assert list(reading.rows()) == self.rows[:3]
        [refused] = reading.refused
        assert refused.reason.startswith(reason)


class TestAdjustmentCodes:
    def test_carc(self, only: Only, fixture: Named):
        reading = only(fixture("carc_2024-06.csv"))
        assert reading.edition == Edition("medicare", "carc", "2024-06-01", day("1995-01-01"), day("2024-06-30"))
        assert list(reading.rows()) == [
            CarcRow("1", day("1995-01-01"), None),
            CarcRow("A1", day("1995-01-01"), None),
            CarcRow("D21", day("2005-10-16"), day("2007-07-01")),
        ]

    def test_rarc_without_end_dates_says_nothing_of_the_past(self, only: Only, fixture: Named):
        reading = only(fixture("rarc_2024-06.csv"))
        assert (reading.table, reading.edition.exact_from) == ("rarc", day("2024-06-01"))
        assert list(reading.rows())[1] == RarcRow("N620", is_alert=True, start=day("2013-03-01"), end=None)

    def test_an_alert_is_told_by_its_description(self, only: Only, fixture: Named):
        reading = only(fixture("rarc_2024-07-01.csv"))
        assert list(reading.rows()) == [
            RarcRow("M1", is_alert=False, start=day("1997-01-01"), end=None),
            RarcRow("N620", is_alert=True, start=day("2013-03-01"), end=None),
            RarcRow("N999", is_alert=False, start=day("2014-01-01"), end=day("2020-07-01")),
        ]
        assert reading.edition.exact_through == day("2024-10-31")

    def test_the_last_list_of_a_year_holds_to_the_first_of_the_next(self, only: Only, edited: Edited):
        path = edited("carc_2024-06.csv", to="carc_2024-11-01.csv")
        assert only(path).edition.exact_through == day("2025-02-28")

    def test_the_table_can_be_said(self, only: Only, edited: Edited):
        path = edited("rarc_2024-06.csv")
        with pytest.raises(TableError, match="the code: text of 2: A9, where a CARC is expected"):
            list(only(path, table="carc").rows())

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (b"N620,true", b"N620,maybe", "is_alert: text of 5: aaaaa, where true or false"),
            (b"2013-03-01", b"2013-13-01", "a date: text of 10: 9999-99-99, where a day written YYYY-MM-DD"),
            (b"N620,", b"620,", "the code: text of 3: 999, where a RARC"),
            (b"N620,true", b"N620,true,", "4 columns where 3"),
        ],
    )
    def test_an_odd_row_is_refused(self, only: Only, edited: Edited, old: bytes, new: bytes, reason: str):
        reading = only(edited("rarc_2024-06.csv", (b"MA130", b",,\nMA130"), (old, new)))
        assert len(list(reading.rows())) == 2
        [refused] = reading.refused
        assert refused.reason.startswith(reason)

    def test_a_rarc_list_must_tell_alerts(self, only: Only, edited: Edited):
        with pytest.raises(TableError, match="a RARC list without the column is_alert or description"):
            only(edited("rarc_2024-06.csv", (b"is_alert", b"informs")))


class TestCodeLists:
    def test_age_sex(self, only: Only, fixture: Named):
        reading = only(fixture("age_sex.csv"))
        assert reading.edition == Edition("medicare", "age_sex", "age_sex", day("1900-01-01"), day("9999-12-31"))
        values = (("kind", "diagnosis"), ("age_min", "9"), ("age_max", "64"), ("sex", "F"))
        assert list(reading.rows())[1] == CodeListRow("O80", day("2015-10-01"), None, values)

    def test_the_other_lists(self, only: Only, fixture: Named):
        assert list(only(fixture("manifestation.csv")).rows())[1] == CodeListRow("H42", None, None, ())
        values = (("hcpcs", "exempt"), ("recognised", "no"))
        assert list(only(fixture("revenue_code.csv")).rows())[2] == CodeListRow("0990", None, day("2019-12-31"), values)
        replaced = CodeListRow("99201", day("2021-01-01"), None, (("replaced_by", "99202"),))
        assert list(only(fixture("replacement.csv")).rows()) == [replaced]

    def test_a_day_in_the_name_is_the_first(self, only: Only, edited: Edited):
        edition = only(edited("age_sex.csv", to="age_sex_2024-01-01.csv")).edition
        assert (edition.name, edition.exact_from) == ("age_sex_2024-01-01", day("2024-01-01"))

    def test_codes_alone_need_a_name(self, only: Only, edited: Edited):
        path = edited("manifestation.csv", to="codes.csv")
        with pytest.raises(TableError, match=r"row 1: the columns of no list that is known \(age_sex: code, effective"):
            only(path)
        assert only(path, table="manifestation").table == "manifestation"

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            (b"9,64,F", b"9,64,X", "sex: text of 1: A, where a value that the list knows"),
            (b"9,64,F", b"9,-1,F", "age_max: text of 2: -9, where"),
            (b"2015-10-01", b"10.1.2015", "a date: text of 9: 99.9.9999, where a day"),
            (b"O80,", b"O-80,", "code: text of 4: A-99, where a code"),
            (b"O80,", b"O80,,", "8 columns where 7"),
        ],
    )
    def test_an_odd_row_is_refused(self, only: Only, edited: Edited, old: bytes, new: bytes, reason: str):
        reading = only(edited("age_sex.csv", (b"G0103", b",,,,,,\nG0103"), (old, new)))
        assert len(list(reading.rows())) == 2
        [refused] = reading.refused
        assert refused.reason.startswith(reason)
