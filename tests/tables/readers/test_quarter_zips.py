"""Every zip of a CMS quarter is taken as downloaded, and of each member it is said what became of it.

The names of zips and members are those that CMS published; the content is made up, in the published layouts.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from claimcheck.errors import TableError
from claimcheck.tables.readers import Survey, read, survey, zips
from claimcheck.tables.rows import DiagnosisRow, HcpcsRow

Content = dict[str, bytes]

PPRRVU = (
    b",,2025 National Physician Fee Schedule Relative Value File October Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    b",,made up copyright line,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    + b",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    * 3
    + b",, , ,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,\r\n"
    b",,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED\r\n"
    b",,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS\r\n"
    b",,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,"
    b"ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT\r\n"
    b"HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,"
    b"SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT\r\n"
    + b"".join(
        code + b",,text,A,,1.00,1.00,,1.00,,0.10,2.10,2.10,0,XXX,0.00,0.00,0.00,0,0,0,0,0,,32.3465,09,0,99,0,0,0\r\n"
        for code in (b"00100", b"99213", b"V5299")
    )
)
OPPSCAP = b"HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE\r\n0633T,TC,C,01112,05,10.00,10.00\r\n"
GPCI = b"Medicare Administrative Contractor (MAC),State,Locality Number,PW GPCI\r\n10112,AL,00,1.0\r\n"
LOCCO = b"Medicare Adminstrative Contractor,Locality Number,State,Counties\r\n10112,0,ALABAMA,ALL\r\n"
ANES = b"Contractor,Locality,Locality Name,2025 Anesthesia Conversion Factor\r\n10112,00,ALABAMA,19.95\r\n"
PPRRVU_TXT = b"HDR2025 NATIONAL PHYSICIAN FEE SCHEDULE\r\nA0021  MADE UP                 I  0.00\r\n"
PDF = b"%PDF-1.7"

PTP = (
    b"CPT only copyright\t\t\t\t\t\t\r\nColumn1/Column2 Edits\t\t\t\t\t\t\r\n"
    b"Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n"
    b"\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n\t\t\t\t*=no data\t1=allowed\t\r\n"
    b"\t\t\t\t\t9=not applicable\t\r\n"
    b"00100\t99213\t\t20240701\t*\t1\tMisuse\r\n00102\t99213\t\t20240701\t*\t1\tMisuse\r\n"
)
MUE = (
    b'"HCPCS/\nCPT Code","Practitioner Services MUE Values","MUE Adjudication Indicator","MUE Rationale"\r\n'
    b"99213,1,3 Date of Service Edit: Clinical,CMS Policy\r\nV5364,0,3 Date of Service Edit: Clinical,CMS Policy\r\n"
)
ADD_ON = (
    b"20054T       CCCCC       2013091       Contractor Defined Primary Codes".ljust(97)
    + b"\r\n"
    + b"199417       99205       2021001".ljust(97)
    + b"\r\n"
    + b"1G2211       99213       2024001".ljust(97)
    + b"\r\n"
)


def hcpcs_line(code: str, record: str) -> bytes:
    """A line of the national file."""
    line = f"{code:>5}00100{record}{'Made up':<80}{'Made up':<28}".ljust(229) + "C"
    return (line.ljust(268) + "2002010120020101        N").ljust(320).encode() + b"\r\n"


HCPCS = hcpcs_line("A1", "7") + hcpcs_line("ZC", "7") + hcpcs_line("A0021", "3") + hcpcs_line("V5364", "3")
LAYOUT = b"HCPCS Contractor Record\r\nField  Position  Content\r\nHCPC   1-5       code\r\n"
NOTES = b"0001 Made up processing note\r\n"

LEAVES = ("A000", "I10", "E1165", "T360X1A", "Z9989", "U099")
HEADERS = ("A00", "E11", "E116", "T36", "T360", "T360X", "T360X1", "Z99", "Z998", "U09")
CODES = b"".join(f"{code:<7} Made up\r\n".encode() for code in LEAVES)
ORDER = b"".join(
    f"{number:05} {code:<7} {int(code in LEAVES)} {'Made up':<60} Made up\r\n".encode()
    for number, code in enumerate(sorted((*LEAVES, *HEADERS)), 1)
)
PROCEDURES = b"0016070 Made up\r\nXY0YX37 Made up\r\n"
ADDENDUM_B = (
    b"Addendum B,,,,\r\nHCPCS Code,Short Descriptor,SI,APC,Relative Weight\r\n99213,x,B,,\r\nQ9950,x,G,9085,1.2\r\n"
)


def book(*rows: tuple[object, ...]) -> bytes:
    """A workbook of these rows."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def packed(members: Content) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


TRANSACTIONS = book(("HCPC", "ACTION CD", "EFF DATE", "LONG DESCRIPTION"), ("A0021", "A", 20240401, "Made up"))
CORRECTIONS = book(("HCPCS Code", "Correction"), ("A0021", "Made up"))
NOC = book(("HCPCS", "Description"), ("A0999", "Made up"))
NOT_OPENED = b"PK\x03\x04 of which the text beside it says the same"

#: the published zips, each with: its members, its editions and what became of each member but those that were read
ZIPS: dict[str, tuple[Content, set[str], dict[str, tuple[str, str]]]] = {
    "RVU25D.zip": (
        {
            "25LOCCO.csv": LOCCO, "25LOCCO.txt": LOCCO, "ANES2025.csv": ANES, "GPCI2025.csv": GPCI,
            "OPPSCAP_Oct.csv": OPPSCAP, "OPPSCAP_Oct.xlsx": book(("HCPCS", "MOD", "PROCSTAT"), ("0633T", "TC", "C")),
            "PPRRVU2025_Oct.csv": PPRRVU, "PPRRVU2025_Oct.txt": PPRRVU_TXT, "PPRRVU2025_Oct.xlsx": NOT_OPENED,
            "RVU25D.pdf": PDF,
        },
        {"medicare fee_schedule 2025-10-01"},
        {
            "25LOCCO.csv": ("other", "localities and their counties"),
            "25LOCCO.txt": ("other", "localities and their counties"),
            "ANES2025.csv": ("other", "anesthesia conversion factors"),
            "GPCI2025.csv": ("other", "geographic practice cost indices"),
            "OPPSCAP_Oct.csv": ("other", "payment caps of the outpatient system"),
            "OPPSCAP_Oct.xlsx": ("other", "payment caps of the outpatient system"),
            "PPRRVU2025_Oct.txt": ("other", "the fee schedule in fixed width: the CSV or xlsx beside it is read"),
            "PPRRVU2025_Oct.xlsx": ("duplicate", "PPRRVU2025_Oct.csv"),
            "RVU25D.pdf": ("other", "a document"),
        },
    ),
    "rvu26c-updated-06-30-2026.zip": (
        {
            "PPRRVU2026_Jul_nonQPP.csv": PPRRVU.replace(b"2025", b"2026").replace(b"October", b"July"),
            "PPRRVU2026_Jul_QPP.csv": PPRRVU.replace(b"2025", b"2026").replace(b"October", b"July"),
        },
        {"medicare fee_schedule 2026-07-01"},
        {"PPRRVU2026_Jul_nonQPP.csv": ("duplicate", "PPRRVU2026_Jul_QPP.csv")},
    ),
    "medicare-ncci-2024-q3-practitioner-ptp-edits-ccipra-v302r0-f1.zip": (
        {"ccipra-v302r0-f1.TXT": PTP, "ccipra-v302r0-f1.xlsx": NOT_OPENED},
        {"medicare ptp_practitioner v302r0"},
        {"ccipra-v302r0-f1.xlsx": ("duplicate", "ccipra-v302r0-f1.TXT")},
    ),
    "medicare-ncci-2026-q3-practitioner-services-mue-table.zip": (
        {
            "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv": MUE,
            "MCR_MUE_PractitionerServices_Eff_07-01-2026.xlsx": NOT_OPENED,
        },
        {"medicare mue_practitioner 2026-07-01"},
        {
            "MCR_MUE_PractitionerServices_Eff_07-01-2026.xlsx": (
                "duplicate",
                "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv",
            )
        },
    ),
    "add-code-edits-medicare-effective-07012026.zip": (
        {
            "AOC_V2026Q3_01-F-MCR.txt": ADD_ON,
            "AOC_V2026Q3-MCR.xlsx": book(
                ("CPT only copyright",),
                (
                    "AOC_Edit_Type", "Add-On_Code", "AOC_DelDT_Julian", "Primary_Code", "Primary_Code_DelDT_Julian",
                    "AOC_Edit_EffDT_Julian", "AOC_Edit_DelDT_Julian", "Special_Instruction_Notes",
                ),
                (1, 99417, None, 99205, None, 2021001, None, None),
                (1, "G2211", None, 99213, None, 2024001, None, None),
            ),
        },
        {"medicare add_on 2026Q3"},
        {"AOC_V2026Q3-MCR.xlsx": ("duplicate", "AOC_V2026Q3_01-F-MCR.txt")},
    ),
    "october-2026-alpha-numeric-hcpcs-file.zip": (
        {
            "HCPC2026_OCT_ANWEB_v2.txt": HCPCS, "HCPC2026_OCT_ANWEB_v2.xlsx": NOT_OPENED,
            "HCPC2026_OCT_ANWEB_Transaction Report_v2.xlsx": TRANSACTIONS,
            "HCPC2026_OCT_Corrections_09102026.xlsx": CORRECTIONS, "HCPC2026_recordlayout.txt": LAYOUT,
            "NOC codes_OCT2026.xlsx": NOC, "proc_notes_OCT2026.txt": NOTES,
        },
        {"medicare hcpcs 2026-10-01", "medicare modifier 2026-10-01"},
        {
            "HCPC2026_OCT_ANWEB_v2.xlsx": ("duplicate", "HCPC2026_OCT_ANWEB_v2.txt"),
            "HCPC2026_OCT_ANWEB_Transaction Report_v2.xlsx": ("other", "a report of what changed"),
            "HCPC2026_OCT_Corrections_09102026.xlsx": ("other", "corrections to an earlier file"),
            "HCPC2026_recordlayout.txt": ("other", "a record layout"),
            "NOC codes_OCT2026.xlsx": ("other", "codes not otherwise classified"),
            "proc_notes_OCT2026.txt": ("other", "processing notes"),
        },
    ),
    "2019-Annual-Alpha-Numeric-HCPCS-File.zip": (
        {"HCPC2019_CONTR_ANWEB.txt": HCPCS},
        {"medicare hcpcs 2019-01-01", "medicare modifier 2019-01-01"},
        {},
    ),
    "2025-code-descriptions-tabular-order.zip": (
        {
            "icd10cm_codes_2025.txt": CODES, "icd10cm_codes_addenda_2025.txt": b"Add:         A000    Made up\r\n",
            "icd10cm_order_2025.txt": ORDER, "icd10cmCodesFile.pdf": PDF,
        },
        {"medicare icd10cm 2025"},
        {
            "icd10cm_codes_2025.txt": ("duplicate", "icd10cm_order_2025.txt"),
            "icd10cm_codes_addenda_2025.txt": ("other", "what changed since an earlier file"),
            "icd10cmCodesFile.pdf": ("other", "a document"),
        },
    ),
    "april-1-2026-icd-10-pcs-codes-file.zip": (
        {"icd10pcs_codes_2026.txt": PROCEDURES, "icd10pcsCodesFile.pdf": PDF},
        {"medicare icd10pcs 2026-04-01"},
        {"icd10pcsCodesFile.pdf": ("other", "a document")},
    ),
    "july-2026-opps-addendum-b.zip": (
        {
            "508 Version July Addendum B/2026 July Web Addendum B.07.13.26.csv": ADDENDUM_B,
            "508 Version July Addendum B/2026 July Web Addendum B.07.13.26.xlsx": NOT_OPENED,
            "508 Version July Addendum A/2026 July Web Addendum A.csv": b"APC,SI,Payment Rate\r\n0701,K,2\r\n",
        },
        {"medicare opps 2026-07-01"},
        {
            "508 Version July Addendum B/2026 July Web Addendum B.07.13.26.xlsx": (
                "duplicate",
                "2026 July Web Addendum B.07.13.26.csv",
            ),
            "508 Version July Addendum A/2026 July Web Addendum A.csv": (
                "other",
                "another addendum of the outpatient system",
            ),
        },
    ),
    "medicaid-ncci-2026-q3-mue-edits-practitioner-services.zip": (
        {"MCD_MUE_PractitionerServices_Eff_07-01-2026.csv": MUE.replace(b',"MUE Adjudication Indicator"', b"").replace(
            b",3 Date of Service Edit: Clinical", b"")},
        {"medicaid mue_practitioner 2026-07-01"},
        {},
    ),
}  # fmt: skip


def surveyed(tmp_path: Path, name: str, members: Content) -> Survey:
    path = tmp_path / name
    path.write_bytes(packed(members))
    return survey(path)


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_of_the_quarter(tmp_path: Path, name: str):
    members, editions, others = ZIPS[name]
    found = surveyed(tmp_path, name, members)
    assert {str(reading.edition) for reading in found.readings} == editions
    assert all(list(reading.rows()) and not reading.refused for reading in found.readings)
    became = {member.file.removeprefix(f"{name}/"): (member.outcome, member.detail) for member in found.members}
    assert became.keys() == members.keys()
    assert {member: told for member, told in became.items() if told[0] != "read"} == others


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_within_a_zip_reads_as_the_zip(tmp_path: Path, name: str):
    members, editions, _ = ZIPS[name]
    found = surveyed(tmp_path, "everything.zip", {name: packed(members), "readme.pdf": PDF})
    assert {str(reading.edition) for reading in found.readings} == editions
    alone = surveyed(tmp_path, name, members)
    assert [list(one.rows()) for one in found.readings] == [list(one.rows()) for one in alone.readings]
    assert {member.file for member in found.members} == {
        "everything.zip/readme.pdf",
        *(f"everything.zip/{member.file}" for member in alone.members),
    }


def test_a_deeper_zip_is_named_and_not_opened(tmp_path: Path):
    inner = packed({"XML.zip": packed({"icd10cm-tabular-2025.xml": b"<x/>"}), "icd10cm_order_2025.txt": ORDER})
    found = surveyed(tmp_path, "outer.zip", {"2025-icd-10-cm.zip": inner, "tables.zip": b"no zip"})
    assert [reading.table for reading in found.readings] == ["icd10cm"]
    told = {member.file.rpartition("/")[2]: member.detail for member in found.members if member.outcome == "other"}
    assert told == dict.fromkeys(
        ("XML.zip", "tables.zip"), "an archive that is not opened: unpack it, and give the files in it"
    )


def test_zips_within_a_zip_have_their_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    inner = packed({"icd10cm_order_2025.txt": ORDER})
    monkeypatch.setattr(zips, "NESTED", 2 * len(inner))
    assert surveyed(tmp_path, "two.zip", {"1.zip": inner, "2.zip": inner}).readings
    with pytest.raises(TableError, match="holds zips of more than"):
        surveyed(tmp_path, "three.zip", {"1.zip": inner, "2.zip": inner, "3.zip": inner})
    monkeypatch.setattr(zips, "MEMBERS", 2)
    with pytest.raises(TableError, match="holds more than 2 members"):
        surveyed(tmp_path, "many.zip", {"1.zip": packed({"a.pdf": PDF, "b.pdf": PDF}), "c.pdf": PDF})


def test_a_damaged_zip_within_a_zip(tmp_path: Path):
    inner = packed({"icd10cm_order_2025.txt": ORDER})
    with pytest.raises(TableError, match=r"outer\.zip/inner\.zip: damaged or cut short"):
        surveyed(tmp_path, "outer.zip", {"inner.zip": inner[:-10]})


def test_a_table_that_cannot_be_placed_is_refused_and_the_others_are_read(tmp_path: Path):
    found = surveyed(tmp_path, "both.zip", {"mue.csv": MUE, "icd10cm_order_2025.txt": ORDER})
    assert [reading.table for reading in found.readings] == ["icd10cm"]
    [refused] = [member for member in found.members if member.outcome == "refused"]
    assert refused.file == "both.zip/mue.csv"
    assert refused.detail.startswith("does not say which edition it is")


def test_a_list_of_changes_is_not_taken_for_the_table(tmp_path: Path):
    name = "medicare-ncci-2026q2-practitioner-quarterly-additions-deletions-revisions-ptp.zip"
    with pytest.raises(TableError, match="lists what changed, and is not the whole table"):
        surveyed(tmp_path, name, {"additions.txt": PTP})


def test_what_the_name_does_not_say_can_be_said(tmp_path: Path):
    for name, content in {"mue.csv": MUE, "hcpcs.txt": HCPCS, "codes.txt": CODES}.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(TableError, match=r"give its first day \(--effective, effective=\)"):
            list(read(path))
        for reading in read(path, effective=date(2024, 7, 1)):
            assert reading.edition.exact_from in (date(2024, 7, 1), date(2024, 4, 1))


def test_the_annual_names_of_hcpcs_begin_on_the_first_of_january(tmp_path: Path):
    for name in ("HCPC2019_CONTR_ANWEB.txt", "HCPC18_CONTR_ANWEB.txt", "HCPC2020_ANWEB_w_disclaimer.txt"):
        (tmp_path / name).write_bytes(HCPCS)
        codes, modifiers = read(tmp_path / name)
        year = 2000 + int(name.removeprefix("HCPC").removeprefix("20")[:2])
        assert {codes.edition.exact_from, modifiers.edition.exact_from} == {date(year, 1, 1)}
        assert next(codes.rows()) == HcpcsRow("A0021", date(2002, 1, 1), date(2002, 1, 1), None, "C", "N")


def test_a_codes_file_holds_the_codes_and_their_headers(tmp_path: Path):
    (tmp_path / "icd10cm_codes_2025.txt").write_bytes(CODES)
    [reading] = read(tmp_path / "icd10cm_codes_2025.txt")
    (tmp_path / "icd10cm_order_2025.txt").write_bytes(ORDER)
    [whole] = read(tmp_path / "icd10cm_order_2025.txt")
    assert set(reading.rows()) == set(whole.rows())
    assert (reading.edition, reading.refused) == (whole.edition, [])


def test_a_codes_file_of_the_april_update(tmp_path: Path):
    """It is told by codes under T74A, a header that the update brought and this file does not hold."""
    path = tmp_path / "icd10cm_codes_2023.txt"
    for content, name in ((CODES, "2023"), (CODES + b"T74A1XA Made up\r\n", "2023-04-01")):
        path.write_bytes(content)
        [reading] = read(path)
        assert reading.edition.name == name


def test_an_odd_line_of_a_codes_file_is_refused(tmp_path: Path):
    path = tmp_path / "icd10cm_codes_2025.txt"
    path.write_bytes(CODES * 8 + b"E11.65  Made up\r\n\r\nE119Made up\r\n\x1a")
    [reading] = read(path)
    assert DiagnosisRow("E1165", True) in list(reading.rows())
    assert [refused.row for refused in reading.refused] == [49, 51]


@pytest.mark.parametrize("text", [b"A0021  Made up\r\n", b"NOTICES of the day\r\n", b"A000    Made up\r\nand more\r\n"])
def test_what_only_looks_like_a_codes_file(tmp_path: Path, text: bytes):
    path = tmp_path / "icd10cm_codes_2025.txt"
    path.write_bytes(text)
    with pytest.raises(TableError, match="is none of the tables"):
        list(read(path))
