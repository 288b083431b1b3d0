"""What the guides require of claim and line, absent or wrong: each is told once, and nothing of what is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from claimcheck.claims import GUIDE_PROBLEMS, Claim, Diagnosis, Unreadable
from claimcheck.io import x12

Maker = Callable[..., str]

PROFESSIONAL, INSTITUTIONAL, DENTAL = "005010X222A1", "005010X223A2", "005010X224A2"
CLM = "CLM*1*10***11:B:1*Y*A*Y*Y"
BILL = ("CLM*1*10***13:A:1**A*Y*Y", "DTP*434*RD8*20240601-20240601", "CL1*3*1*01")
HI = "HI*ABK:I10*ABF:E785"
SERVICE = "SV1*HC:99213*10*UN*1***1"
DAY = "DTP*472*D8*20240601"


def read(text: str) -> list[Claim]:
    return list(x12.read(text.encode()))


def told(claim: Claim) -> list[tuple[str, str | None, str]]:
    """What is said of the guides, of the claim and then of its lines."""
    problems = [*claim.problems, *(problem for line in claim.lines for problem in line.problems)]
    return [(one.kind, one.field, one.detail) for one in problems if one.kind in GUIDE_PROBLEMS]


GOOD = [
    (PROFESSIONAL, (CLM, HI, "LX*1", SERVICE, DAY)),
    (INSTITUTIONAL, (*BILL, HI, "LX*1", "SV2*0510*HC:99213*10*UN*1", DAY)),
    (DENTAL, (CLM, "LX*1", "SV3*AD:D0120*10****1", DAY)),
    ("005010X298", ("CLM*1*10***11:B", "LX*1", "SV1*:99213*10**1")),
    ("004010X098A1", ("CLM*1*10***11::1", "LX*1", "SV1*HC:99213*10*UN*1", "DTP*472*DT*202406010800")),
]


@pytest.mark.parametrize(("guide", "claim"), GOOD)
def test_nothing_is_told_of_what_is_there(make: Maker, guide: str, claim: tuple[str, ...]) -> None:
    [read_claim] = read(make(*claim, guide=guide))
    assert told(read_claim) == []
    assert [problem for line in read_claim.lines for problem in line.problems] == []


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ((CLM, HI, "LX*1", "SV1*HC:99213*10*UN*1", DAY), ("missing_element", "SV107-1", "")),
        ((CLM, HI, "LX*1", "SV1*HC:99213*10*UN*1***:1", DAY), ("missing_element", "SV107-1", "")),
        ((CLM, HI, "LX*1", "SV1*HC:99213*10*UN*1***A", DAY), ("unknown_value", "SV107", "")),
        ((CLM, HI, "LX*1", "SV1*:99213*10*UN*1***1", DAY), ("missing_element", "SV101-1", "")),
        ((CLM, HI, "LX*1", "SV1*HC:99213*10**1***1", DAY), ("missing_element", "SV103", "")),
        ((CLM, HI, "LX*1", SERVICE, "DTP*472**20240601"), ("missing_element", "DTP02", "")),
        ((CLM, HI, "LX*1", SERVICE, "DTP*472*DT*202406010800"), ("unknown_value", "DTP02", "")),
        ((CLM, HI, "LX*1", SERVICE, "DTP*472*D8*20240715"), ("after_creation", "DTP*472", "14")),
        ((CLM, HI, "LX*1", SERVICE, "DTP*472*RD8*20240601-20340701"), ("after_creation", "DTP*472", "3652")),
        (("CLM*1*10***11:B*Y*A*Y*Y", HI, "LX*1", SERVICE, DAY), ("missing_element", "CLM05-3", "")),
        (("CLM*1*10***11:A:1*Y*A*Y*Y", HI, "LX*1", SERVICE, DAY), ("unknown_value", "CLM05-2", "")),
        (("CLM*1*10***11:B:1*Y**Y*Y", HI, "LX*1", SERVICE, DAY), ("missing_indicator", "CLM07", "")),
        (("CLM*1*10***11:B:1*Y*A*Q*Y", HI, "LX*1", SERVICE, DAY), ("missing_indicator", "CLM08", "")),
        ((CLM, "HI*ABK:E11.65", "LX*1", SERVICE, DAY), ("written_with_point", "HI01-2", "")),
        ((CLM, "HI*ABF:I10", "LX*1", SERVICE, DAY), ("unknown_value", "HI01-1", "")),
        ((CLM, "HI**ABF:I10", "LX*1", "SV1*HC:99213*10*UN*1***2", DAY), ("missing_element", "HI01", "")),
    ],
)
def test_what_a_professional_claim_lacks(make: Maker, claim: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    [read_claim] = read(make(*claim))
    assert told(read_claim) == [expected]


def test_a_day_that_a_dental_claim_gives_for_its_lines_is_held_against_the_file(make: Maker) -> None:
    clm, later = "CLM*1*20***11:B:1*Y*A*Y*Y", "DTP*472*D8*20240715"
    lines = ("LX*1", "SV3*AD:D1110*10****1", "LX*2", "SV3*AD:D0120*10****1", "DTP*472*D8*20240601")
    [claim] = read(make(clm, later, *lines, guide="005010X224A2"))
    assert [[(one.kind, one.field, one.detail) for one in line.problems] for line in claim.lines] == [
        [("after_creation", "DTP*472", "14")],
        [],
    ]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ((BILL[0], BILL[1], HI), ("missing_indicator", "CL1", "")),
        ((BILL[0], "DTP*434*RD8*20240601-20250701", BILL[2], HI), ("after_creation", "DTP*434", "365")),
        ((*BILL, HI, "LX*1", "SV2*0510*:99213*10*UN*1"), ("missing_element", "SV202-1", "")),
        ((*BILL, HI, "LX*1", "SV2*0510*HC:99213*10**1"), ("missing_element", "SV204", "")),
        ((*BILL, "HI*ABK:I10", "HI*BBR:0DTJ4Z.Z:D8:20240601"), ("written_with_point", "HI01-2", "")),
    ],
)
def test_what_an_institutional_claim_lacks(make: Maker, claim: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    [read_claim] = read(make(*claim, guide=INSTITUTIONAL))
    assert told(read_claim) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("****MI*MEMBERID", "****ZZ*MEMBERID", ("unknown_value", "NM108 of the subscriber", "")),
        ("*****PI*PAYERID", "******PAYERID", ("missing_element", "NM108 of the payer", "")),
        ("*****PI*PAYERID", "*****PI", ("missing_element", "NM109 of the payer", "")),
    ],
)
def test_parties_without_a_known_identifier(make: Maker, old: str, new: str, expected: tuple[str, str, str]) -> None:
    claims = read(make(*2 * (CLM, HI, "LX*1", SERVICE, DAY)).replace(old, new))
    assert [told(claim) for claim in claims] == [[expected]] * 2


def test_alike_lines_are_told_alike(make: Maker) -> None:
    """A problem names no segment: it stands on a line that has a place of its own."""
    lines = ("LX*1", "SV1*HC:99213*10**1***1", DAY, "LX*2", "SV1*HC:99213*10**1***1", DAY)
    [claim] = read(make(CLM, HI, *lines))
    first, second = claim.lines
    assert first.problems == second.problems != ()


def test_a_creation_date_that_is_no_day(make: Maker) -> None:
    [claim] = read(
        make(CLM, HI, "LX*1", SERVICE, "DTP*472*D8*20340101").replace("*20240701*1200*CH", "*240701*1200*CH")
    )
    assert told(claim) == []
    assert [problem.detail for problem in claim.problems] == ["segment 4: BHT04 not readable: expected CCYYMMDD"]


# ---------------------------------------------------------------------- HI


@pytest.mark.parametrize(
    ("entries", "number"),
    [
        ("ABK:I10:ABF:E1165", 1),
        ("ABK:I10*ABF:E785:ABF:E1165", 2),
        ("ABK:I10:::::::Y:ABF:E1165", 1),
        ("BG:44:BG:C2", 1),
        ("BE:80:::3:BE:81", 1),
        ("BBR:0DTJ4ZZ:D8:20240601:BBQ:0DTJ4ZZ", 1),
    ],
)
def test_a_second_code_in_one_element_is_told(make: Maker, entries: str, number: int) -> None:
    [claim] = read(make(*BILL, "HI*ABK:I10", f"HI*{entries}", guide=INSTITUTIONAL))
    assert [(problem.kind, problem.detail) for problem in claim.problems] == [
        (
            "malformed_segment",
            f"segment 18: HI{number:02} holds a second code, which is not read: each is an element of its own",
        )
    ]


def test_components_that_a_qualifier_does_not_have_are_told(make: Maker) -> None:
    [claim] = read(make(CLM, "HI*ABK:I10:D8:20240601"))
    assert [problem.detail for problem in claim.problems if problem.kind == "malformed_segment"] == [
        "segment 15: HI01 has components that its qualifier does not have, and that are not read"
    ]


def test_an_empty_element_is_legal_and_pointers_number_the_others(make: Maker) -> None:
    services = [f"SV1*HC:99213*10*UN*1***{given}" for given in ("1", "4", "4:1", "5:4:1", "2")]
    lines = [segment for number, service in enumerate(services, 1) for segment in (f"LX*{number}", service, DAY)]
    [claim] = read(make(CLM, "HI*ABK:I10***ABF:E785*ABF:E119", *lines))
    assert claim.problems == ()
    assert claim.diagnoses == (
        Diagnosis("I10", role="principal"),
        Diagnosis("E785"),
        Diagnosis("E119"),
    )
    assert [line.diagnosis_pointers for line in claim.lines] == [(1,), (2,), (2, 1), (3, 2, 1), ()]
    assert [problem.field for problem in claim.lines[4].problems] == ["SV107"]


def test_empty_elements_of_other_entries_are_legal(make: Maker) -> None:
    [claim] = read(make(*BILL, "HI*ABK:I10", "HI*BG:44**BG:C2", guide=INSTITUTIONAL))
    assert (claim.problems, claim.condition_codes) == ((), ("44", "C2"))


# ---------------------------------------------------------------------- predeterminations


@pytest.mark.parametrize(
    ("guide", "clm", "asks"),
    [
        ("005010X291", CLM, True),
        ("005010X292", "CLM*1*10***13:A:1**A*Y*Y", True),
        (PROFESSIONAL, CLM + "**********PB", True),
        (DENTAL, CLM + "**********PB", True),
        (DENTAL, CLM, None),
        (DENTAL, CLM + "***********PB", None),
    ],
)
def test_predeterminations(make: Maker, guide: str, clm: str, asks: bool | None) -> None:
    [claim] = read(make(clm, guide=guide))
    assert claim.predetermination is asks


# ---------------------------------------------------------------------- dental

TOOTH = ("LX*1", "SV3*AD:D2150*100****1", "TOO*JP*12*L:O", DAY)


def line_of(claim: Claim) -> dict[str, Any]:
    line = claim.lines[0]
    return {
        "code": line.procedure_code,
        "qualifier": line.code_qualifier,
        "charge": line.charge,
        "units": line.units,
        "place": line.place_of_service,
        "teeth": line.tooth_numbers,
        "surfaces": line.tooth_surfaces,
        "areas": line.oral_cavity,
        "pointers": line.diagnosis_pointers,
        "day": line.service_date,
    }


def test_a_dental_claim(make: Maker) -> None:
    text = make(
        "CLM*1*150***11:B:1*Y*A*Y*Y", "DTP*472*D8*20240601", "DN1*36*27", "DN2*5*M", HI,
        "LX*1", "SV3*AD:D2160:52*150*22*10:20*I*2*****1:2", "TOO*JP*3*M:O:D", "TOO*JP*14",
        guide=DENTAL,
    )  # fmt: skip
    [claim] = read(text)
    assert (claim.claim_type, claim.place_of_service, claim.problems) == ("dental", "11", ())
    assert line_of(claim) == {
        "code": "D2160",
        "qualifier": "AD",
        "charge": 150,
        "units": 2,
        "place": "22",
        "teeth": ("3", "14"),
        "surfaces": ("M", "O", "D"),
        "areas": ("10", "20"),
        "pointers": (1, 2),
        "day": date(2024, 6, 1),
    }


def test_the_day_of_a_dental_claim_is_of_lines_that_have_none(make: Maker) -> None:
    lines = ("LX*1", "SV3*AD:D0120*50****1", "LX*2", "SV3*AD:D0150*50****1", "DTP*472*D8*20240515")
    first, second = read(make(CLM, DAY, *lines, CLM, *lines[:2], guide=DENTAL))
    assert [line.service_date for line in first.lines] == [date(2024, 6, 1), date(2024, 5, 15)]
    assert [line.service_date for line in second.lines] == [None]


def test_a_tooth_of_another_system_is_none_of_ours(make: Maker) -> None:
    [claim] = read(make(CLM, *TOOTH[:2], "TOO*JO*11*M", DAY, guide=DENTAL))
    assert isinstance(claim.lines[0].tooth_numbers[0], Unreadable)


def test_a_tooth_that_is_none_is_told(make: Maker) -> None:
    [claim] = read(make(CLM, "DN2*99*M", *TOOTH, guide=DENTAL))
    assert [problem.detail for problem in claim.problems] == ["segment 15: DN201 is no tooth number"]


@pytest.mark.parametrize(
    ("group", "named", "claim_type", "kinds"),
    [
        ("004010X097A1", "", "dental", ["older_version"]),
        ("004010X096A1", "REF*87*004010X097~", "dental", ["older_version", "other_guide"]),
        ("004010X096A1", "", "dental", ["older_version", "other_guide"]),
        ("004010X098A1", "REF*87*004010X098A1~", "dental", ["older_version", "malformed_segment"]),
    ],
)
def test_dental_claims_of_004010(make: Maker, group: str, named: str, claim_type: str, kinds: list[str]) -> None:
    """By GS08, by REF*87 before that, and by the service segment, which no other claim has."""
    text = make("CLM*1*100***11::1*Y**Y*Y", *TOOTH, guide=group).replace(f"ST*837*0001*{group}", "ST*837*0001")
    [claim] = read(text.replace("*1200*CH~", f"*1200*CH~{named}").replace("SE*17*", f"SE*{17 + bool(named)}*"))
    assert claim.claim_type == claim_type
    assert [problem.kind for problem in claim.problems] == kinds
    assert (claim.place_of_service, claim.bill_type) == ("11", None)
    assert claim.lines[0].tooth_numbers == ("12",)


def test_between_others(make: Maker) -> None:
    """Sets of three types in one group, each read as what it is."""
    sets = [
        make(*claim, guide=guide).partition("~ST*")[2].partition("~GE*")[0]
        for guide, claim in ((PROFESSIONAL, GOOD[0][1]), (DENTAL, (CLM, *TOOTH)), (INSTITUTIONAL, GOOD[1][1]))
    ]
    text = make()
    head = text.partition("ST*")[0]
    body = "".join(f"ST*{one}~" for one in sets)
    claims = read(f"{head}{body}GE*3*1~IEA*1*000000001~")
    assert [claim.claim_type for claim in claims] == ["professional", "dental", "institutional"]
    assert [claim.problems for claim in claims] == [(), (), ()]


# ---------------------------------------------------------------------- text before an interchange


@pytest.mark.parametrize("text", ["Sample claim\n\n", "From: A\r\nTo: B\r\n\r\n", "x" * 9_000 + "\n"])
def test_text_before_an_interchange_is_passed_over_and_told(make: Maker, text: str) -> None:
    whole = make(CLM, HI, "LX*1", SERVICE, DAY)
    [plain] = read(whole)
    [claim] = read(text + whole)
    assert [problem.kind for problem in claim.problems] == ["passed_over"]
    assert (claim.lines, claim.claim_id) == (plain.lines, plain.claim_id)


@pytest.mark.parametrize("text", ["CLM*1*10\n", "SE*3*0001~\n", "hello ", "x" * 20_000 + "\n"])
def test_what_may_be_a_piece_of_claims_is_not_passed_over(make: Maker, text: str) -> None:
    from claimcheck.errors import InputError

    with pytest.raises(InputError, match="ISA is expected"):
        read(text + make(CLM))
