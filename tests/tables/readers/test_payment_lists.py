"""Laboratory fees, drugs, telehealth services and equipment, in the layouts in which CMS publishes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claimcheck import Tables
from claimcheck.errors import TableError
from claimcheck.tables import Absent, Found
from claimcheck.tables.readers import Reading, read
from claimcheck.tables.store import add

FEES = """Clinical laboratory fee schedule,,,,,,,
"CPT codes copyright 2024 American Medical Association.
All rights reserved.",,,,,,,
YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC,LONGDESC
2024,80053,,20240101,N,10.56,x,"x, y"
2024,80053,QW,20240101,N,10.56,x,x
2024,0001U,,20240101,N,720.00,x,x
"""
CROSSWALK = """January 2026 ASP NDC-HCPCS Crosswalk,,,,,,,,,
,,,,,,,,,
_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG
J9271,x,x,00006-3026-02,x,1 MG,4,1,100,100
J9271,x,x,00006-3026-04,x,1 MG,4,2,100,200
J7524,x,x,00004-0259-01,x,5 MG,100,1,"5,000","5,000"
90632,x,x,00006-4096-02,x,1 ML,1,10,0.5,5
"""
TELEHEALTH = """List of Medicare Telehealth Services for Calendar Year 2024,,,
HCPCS,Short Descriptor,Status,Can Audio-only Interaction Meet the Requirements?
99213,x,Permanent,Yes
97110,x,Provisional,No
0362T,x,"Provisional, through 2024",
"""
EQUIPMENT = """2025~A4253~NU~~D~IN~00~00~AL~~00000.00~00000.00~x
2025~E0601~RR~~D~CR~00~00~AL~~00000.00~00000.00~x, y
2025~E0100~UE~KE~J~IN~00~00~AL~~00000.00~00000.00~x
"""
EQUIPMENT_COLUMNS = """2025 DMEPOS fee schedule,,,,
HCPCS,Mod,Mod2,JURIS,CATG,Ceiling
E0601,RR,,D,CR,1
A4253,,,D,IN,2
"""


def only(folder: Path, name: str, text: str) -> Reading:
    path = folder / name
    path.write_bytes(text.encode("cp1252").replace(b"\n", b"\r\n"))
    [reading] = read(path)
    return reading


def held(reading: Reading) -> list[tuple[str, dict[str, str]]]:
    return [(row.code, dict(row.values)) for row in reading.rows()]  # type: ignore[union-attr]


def test_laboratory_fees(tmp_path: Path) -> None:
    reading = only(tmp_path, "CLFS 2024 Q3V1.csv", FEES)
    assert held(reading) == [
        ("80053", {"modifier": ""}),
        ("80053", {"modifier": "QW"}),
        ("0001U", {"modifier": ""}),
    ]
    edition = reading.edition
    assert (edition.table, edition.exact_from, edition.exact_through) == ("clfs", date(2024, 7, 1), date(2024, 9, 30))
    assert "copyright" in reading.notice
    assert reading.refused == []


def test_the_crosswalk_of_drugs(tmp_path: Path) -> None:
    reading = only(tmp_path, "section 508 version of January 2026 ASP NDC-HCPCS Crosswalk.csv", CROSSWALK)
    assert held(reading) == [
        ("00006", {"package": "302602", "hcpcs": "J9271", "units_item": "100", "units_package": "100"}),
        ("00006", {"package": "302604", "hcpcs": "J9271", "units_item": "100", "units_package": "200"}),
        ("00004", {"package": "025901", "hcpcs": "J7524", "units_item": "5000", "units_package": "5000"}),
        ("00006", {"package": "409602", "hcpcs": "90632", "units_item": "0.5", "units_package": "5"}),
    ]
    assert (reading.edition.exact_from, reading.edition.exact_through) == (date(2026, 1, 1), date(2026, 3, 31))


def test_the_list_of_telehealth_services(tmp_path: Path) -> None:
    reading = only(tmp_path, "telehealth.csv", TELEHEALTH)
    assert held(reading) == [
        ("99213", {"status": "permanent", "audio_only": "yes"}),
        ("97110", {"status": "provisional", "audio_only": "no"}),
        ("0362T", {"status": "provisional through", "audio_only": ""}),
    ]
    assert (reading.edition.exact_from, reading.edition.exact_through) == (date(2024, 1, 1), date(2024, 12, 31))


def test_the_list_of_telehealth_services_without_audio(tmp_path: Path) -> None:
    text = "CY 2025,,\nHCPCS,Short Descriptor,Status\n99213,x,Permanent\n"
    assert held(only(tmp_path, "list.csv", text)) == [("99213", {"status": "permanent", "audio_only": ""})]


@pytest.mark.parametrize(
    ("name", "first"),
    [("DME25-C.txt", date(2025, 7, 1)), ("dme25.txt", date(2025, 1, 1)), ("DMEPOS25_JUL.txt", date(2025, 1, 1))],
)
def test_equipment_as_text(tmp_path: Path, name: str, first: date) -> None:
    reading = only(tmp_path, name, EQUIPMENT)
    assert held(reading) == [
        ("A4253", {"modifier": "NU", "category": "IN"}),
        ("E0601", {"modifier": "RR", "category": "CR"}),
        ("E0100", {"modifier": "UE", "category": "IN"}),
    ]
    assert reading.edition.exact_from == first


def test_equipment_in_columns(tmp_path: Path) -> None:
    reading = only(tmp_path, "DME25-B.csv", EQUIPMENT_COLUMNS)
    assert held(reading) == [
        ("E0601", {"modifier": "RR", "category": "CR"}),
        ("A4253", {"modifier": "", "category": "IN"}),
    ]
    assert reading.edition.exact_from == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("name", "text", "row", "reason"),
    [
        ("CLFS 2024 Q3V1.csv", FEES, "2024,J Doe,,20240101,N,1,x,x", "text of 5: A Aaa"),
        ("CLFS 2024 Q3V1.csv", FEES, "2024,80053,WAIVED,20240101,N,1,x,x", "modifier"),
        ("CLFS 2024 Q3V1.csv", FEES, "2024,80053", "2 columns where 8"),
        ("January 2026 crosswalk.csv", CROSSWALK, "J9271,x,x,0006-3026-02,x,1 MG,4,1,100,100", "NDC of 11 digits"),
        ("January 2026 crosswalk.csv", CROSSWALK, "J9271,x,x,00006-3026-02,x,1 MG,4,1,many,100", "units_item"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_and_not_shown(
    tmp_path: Path, name: str, text: str, row: str, reason: str
) -> None:
    reading = only(tmp_path, name, f"{text}{row}\n")
    assert len(list(reading.rows())) == len(list(only(tmp_path, name, text).rows()))
    [refused] = reading.refused
    assert reason in refused.reason
    assert "Doe" not in refused.reason


@pytest.mark.parametrize("printed", ["4025901", "781315795", "00004025901"])
def test_an_ndc_that_lost_its_zeros_in_a_spreadsheet_is_read_back(tmp_path: Path, printed: str) -> None:
    """An NDC has eleven digits here (CMS: NDC11, or 5-4-2), of which up to four are zeros at the beginning."""
    reading = only(tmp_path, "January 2026 crosswalk.csv", f"{CROSSWALK}J7524,x,x,{printed},x,5 MG,100,1,5000,5000\n")
    *_, (labeler, values) = held(reading)
    assert f"{labeler}{values['package']}" == printed.zfill(11)
    assert reading.refused == []
    assert reading.account.restored == ({} if printed[0] == "0" else {printed: printed.zfill(11)})


def test_a_file_that_does_not_say_its_edition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"like CLFS 2025 Q3V1.csv"):
        only(tmp_path, "fees.csv", FEES)


def test_published_or_as_lists_they_answer_alike(tmp_path: Path) -> None:
    crosswalk = tmp_path / "ndc_hcpcs_2026-01-01.csv"
    crosswalk.write_text("code,effective,deletion,hcpcs,units_item,units_package\n00006302602,,,J9271,100,100\n")
    fees = tmp_path / "clfs_2026-01-01.csv"
    fees.write_text("code,effective,deletion,modifier\n80053,,,QW\n")
    published = tmp_path / "January 2026 ASP NDC-HCPCS Crosswalk.csv"
    published.write_text(CROSSWALK)
    add([crosswalk, fees], tmp_path / "own")
    add([published], tmp_path / "published")
    day = date(2026, 2, 1)
    own, official = (Tables.open(tmp_path / name) for name in ("own", "published"))
    rows = []
    for tables in (own, official):
        answer = tables.code_list("ndc_hcpcs", "00006", day)
        assert isinstance(answer, Found)
        rows.append(answer.value.rows)
    assert rows[0][0] in rows[1]
    assert isinstance(own.code_list("clfs", "80053", day), Found)
    assert isinstance(official.code_list("ndc_hcpcs", "99999", day), Absent)
