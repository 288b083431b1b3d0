"""Damaged files: what is delivered, what is noted, what ends the reading, and that nothing else ever happens."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims import GUIDE_PROBLEMS, Claim
from claimcheck.errors import InputError
from claimcheck.io import x12

Maker = Callable[..., str]
Outcome = Callable[[str | bytes], tuple[list[Claim], InputError | None]]
Damage = Callable[[str, random.Random], bytes]

NAMES = ("professional", "institutional", "version_4010")
LINE = ("LX*1", "SV1*HC:99213*10*UN*1***1", "DTP*472*D8*20240701")
CLAIM = ("CLM*1*10***11:B:1*Y*A*Y*Y", "HI*ABK:I10", *LINE)


NOT_OF_THE_SET = "is the service segment of another claim type"
NOT_AN_NPI = "NM108 is not XX, NM109 not read as an NPI"
NOT_A_CODE = "has an unknown qualifier, or no code"


def details(claim: Claim) -> list[str]:
    """What is said of segments, beside what the guides require."""
    return [problem.detail for problem in claim.problems if problem.kind not in GUIDE_PROBLEMS]


@pytest.mark.parametrize("name", NAMES)
def test_every_truncation_is_an_error_after_the_claims_before_it(
    examples: dict[str, str], outcome: Outcome, name: str
) -> None:
    """The cut claim is not delivered short: a claim is complete once the segment after its last one is there."""
    text = examples[name].replace("\n", "")
    whole, none = outcome(text)
    assert none is None
    segments = text.split("~")
    ends: list[int] = []
    inside = False
    for number, segment in enumerate(segments):
        closes = segment.partition("*")[0] in ("CLM", "HL", "SE")
        if inside and closes:
            ends.append(len("~".join(segments[: number + 1])) + 1)
        inside = segment.startswith("CLM*") or (inside and not closes)
    assert len(ends) == len(whole)
    for cut in range(len(text) - 1):
        claims, error = outcome(text[:cut])
        assert error is not None, cut
        assert error.place == text[:cut].count("~") + 1
        assert [claim.claim_id for claim in claims] == [
            c.claim_id for c, end in zip(whole, ends, strict=True) if end <= cut
        ]
    assert outcome(text[:-1]) == (whole, None)


def test_truncation_between_interchanges_is_an_end(examples: dict[str, str], outcome: Outcome) -> None:
    first = examples["professional"]
    both, error = outcome(first + examples["institutional"][:-20])
    assert len(both) == 5
    assert error is not None
    assert outcome(first)[1] is None


def test_a_cut_file_before_another_is_an_error(examples: dict[str, str], outcome: Outcome) -> None:
    """The claim at the seam would be shorter than it was sent."""
    text = examples["institutional"]
    cut = text[: text.index("LX*2~")]
    claims, error = outcome(cut + text)
    assert claims == []
    assert error is not None
    assert "SE is expected" in error.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ISA is expected: the file is empty"),
        (" \n\ufeff\n", "ISA is expected: the file is empty"),
        ("GS*HC~", "ISA is expected: this is not the start of an X12 interchange"),
        ("{}", "ISA is expected: this is not the start of an X12 interchange"),
        ("ISA*00*~", "ISA is too short: 16 elements and a terminator are expected"),
        ("ISA" + "*0" * 16, "ISA is too short: 16 elements and a terminator are expected"),
        ("ISA" + "*0" * 15 + "*:*", "ISA names no usable delimiters"),
        ("ISA" + "*0" * 15 + "*::GS", "ISA names no usable delimiters"),
        ("ISA" + "*0" * 15 + "*A~GS", "ISA names no usable delimiters"),
        ("ISA" + "*0" * 15 + "*:AGS", "ISA names no usable delimiters"),
        ("ISA" + "*0" * 15 + "*:§GS", "ISA names no usable delimiters"),
    ],
)
def test_no_interchange(outcome: Outcome, text: str, reason: str) -> None:
    claims, error = outcome(text)
    assert claims == []
    assert error is not None
    assert error.reason.startswith(reason)
    assert error.place == 1


def test_a_terminator_within_the_isa(make: Maker, outcome: Outcome) -> None:
    claims, error = outcome(make(*CLAIM).replace("ISA*00*   ", "ISA*00*~  "))
    assert claims == []
    assert error is not None
    assert error.reason.startswith("GS or IEA is expected")


AROUND = {
    "a word": "junk",
    "a letter": "\n\nWith thanks:\nthe billing office\n",
    "an end as mainframes write it": "\r\n***END***\r\nTOTAL*3*375.00*\r\n\x1a",
    "bytes": "\x03\x00\x02\xe9",
    "much": "lorem ipsum " * 50_000,
}


@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND)
def test_text_after_an_interchange_is_passed_over(make: Maker, outcome: Outcome, text: str) -> None:
    """At the end of the file, and before another interchange; the claim before it says so."""
    one = make(*CLAIM)
    assert one.count("~") == 21
    [claim], error = outcome(one + text)
    assert error is None
    [problem] = claim.problems
    assert problem.kind == "passed_over"
    assert problem.detail == "segment 21: text after the last interchange is no X12 and is passed over"
    claims, error = outcome(one + text + one + "~\n")
    assert error is None
    told = ["segment 22: text before this interchange is no X12 and is passed over"]
    assert [details(claim) for claim in claims] == [told, []]


def test_text_after_a_trailer_that_has_lost_its_terminator(make: Maker, outcome: Outcome) -> None:
    [claim], error = outcome(make(*CLAIM).removesuffix("~") + "\r\nSent by night\r\n")
    assert error is None
    assert details(claim) == ["segment 21: text after the last interchange is no X12 and is passed over"]


@pytest.mark.parametrize("between", ["", "\nSent by night\n"])
def test_segments_that_follow_an_interchange_without_their_isa_end_the_reading(
    make: Maker, outcome: Outcome, between: str
) -> None:
    """Claims are there that cannot be read: what went before is delivered, and the error says where they begin."""
    one = make(*CLAIM)
    for lost in (one.partition("~")[2], one[4:], one.partition("CLM")[2].partition("~")[2]):
        claims, error = outcome(one + between + lost)
        assert len(claims) == 1
        assert error is not None
        assert error.place == 22
        assert error.reason.startswith("ISA is expected")


@pytest.mark.parametrize("kind", ["835", "270", "999"])
def test_other_transaction_sets_are_passed_over(make: Maker, outcome: Outcome, kind: str) -> None:
    """Whatever they hold, and wherever they stand; the claim before them says so, or else the next one."""
    other = f"ST*{kind}*0002~BHT*0019~CLM*X~HL*1**20~SV9~SE*99*7~"
    text = make(*CLAIM)
    [plain], _ = outcome(text)
    for place, told in (("GE*1*1", 20), ("ST*837", 3)):
        [claim], error = outcome(text.replace(place, other + place).replace("GE*1*1", "GE*2*1"))
        assert error is None
        [problem] = claim.problems
        assert problem.kind == "passed_over"
        assert problem.detail == f"segment {told}: a transaction set {kind}, which holds no claims, is passed over"
        assert claim.lines == plain.lines


def test_an_interchange_of_another_kind_after_claims(make: Maker, outcome: Outcome) -> None:
    """What its trailers count is nothing to the claims."""
    other = (
        make().replace("ST*837*0001*005010X222A1", "ST*835*0001").replace("IEA*1*", "IEA*7*").replace("GE*1*", "GE*9*")
    )
    claims, error = outcome(make(*CLAIM) + other + make(*CLAIM))
    assert error is None
    assert [[problem.kind for problem in claim.problems] for claim in claims] == [["passed_over"], []]


def test_many_other_transaction_sets_are_told_without_end(make: Maker, outcome: Outcome) -> None:
    [claim], error = outcome(make(*CLAIM).replace("GE*1*1", "ST*999*0002~SE*2*0002~" * 500 + "GE*501*1"))
    assert error is None
    assert len(claim.problems) == 101


def test_a_transaction_set_that_is_cut_short_ends_the_reading(make: Maker, outcome: Outcome) -> None:
    claims, error = outcome(make(*CLAIM).replace("GE*1*1", "ST*835*0002~LX*1~GE*2*1"))
    assert len(claims) == 1
    assert error is not None
    assert error.reason.startswith("SE is expected")


@pytest.mark.parametrize(("kind", "named"), [("835", "a transaction set 835"), ("DOE", "another one")])
def test_a_file_without_claims_is_an_error(make: Maker, outcome: Outcome, kind: str, named: str) -> None:
    claims, error = outcome(make(*CLAIM).replace("ST*837*", f"ST*{kind}*"))
    assert claims == []
    assert error is not None
    assert error.reason == f"a transaction set 837 is expected, and the file holds {named}: it holds no claims"


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ("GS*", "GS or IEA is expected"),
        ("ST*", "ST or GE is expected"),
        ("SE*", "SE is expected"),
        ("GE*", "ST or GE is expected"),
        ("IEA*", "the file ends before its IEA"),
    ],
)
def test_a_broken_envelope_ends_the_reading(make: Maker, outcome: Outcome, cut: str, expected: str) -> None:
    text = make(*CLAIM)
    segments = [segment for segment in text.split("~") if not segment.startswith(cut)]
    claims, error = outcome("~".join(segments))
    assert error is not None
    assert error.reason.startswith(expected)
    assert "whole copy" in error.reason
    assert len(claims) == (cut in ("GE*", "IEA*"))


def test_an_interchange_acknowledgment_holds_nothing(make: Maker, outcome: Outcome) -> None:
    text = make(*CLAIM)
    claims, error = outcome(text.replace("~GS*", "~TA1*000000001*240701*1200*A*000~GS*"))
    assert (len(claims), error) == (1, None)
    assert claims[0].problems == ()
    empty = text[: text.index("GS*")] + "IEA*0*000000001~"
    assert outcome(empty) == ([], None)


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ("SE*17*0001", "SE*16*0001", "SE01 does not match the count read"),
        ("SE*17*0001", "SE**0001", "SE01 does not match the count read"),
        ("SE*17*0001", "SE*17*0002", "SE02 does not repeat the control number"),
        ("GE*1*1", "GE*2*1", "GE01 does not match the count read"),
        ("GE*1*1", "GE*1*7", "GE02 does not repeat the control number"),
        ("IEA*1*", "IEA*0*", "IEA01 does not match the count read"),
        ("IEA*1*000000001", "IEA*1*000000002", "IEA02 does not repeat the control number"),
    ],
)
def test_a_miscount_is_a_problem_of_the_last_claim(
    make: Maker, outcome: Outcome, old: str, new: str, detail: str
) -> None:
    text = make("CLM*0*abc***11:B:1*Y*A*Y*Y", "CLM*1*abc***11:B:1*Y*A*Y*Y", *LINE)
    assert f"~{old}" in text
    (first, last), error = outcome(text.replace(old, new))
    assert error is None
    assert first.problems == ()
    assert [line.partition(": ")[2] for line in details(last)] == [detail]
    assert (last.total_charge, last.lines) == (first.total_charge, outcome(text)[0][1].lines)


def test_a_miscount_without_a_claim_is_an_error(make: Maker, outcome: Outcome) -> None:
    _, error = outcome(make().replace("SE*12*", "SE*50*"))
    assert error is not None
    assert error.reason.startswith("SE01 does not match the count read, and there is no claim")


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "XYZ*1", *LINE), ["segment 15: this is no segment of an 837"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "*IC*NAME", *LINE), ["segment 15: this is no segment of an 837"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "PERX*IC", *LINE), ["segment 15: this is no segment of an 837"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "N3ABC*1", *LINE), ["segment 15: this is no segment of an 837"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "SV", *LINE), ["segment 15: this is no segment of an 837"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "PER", "N3", "K3*", *LINE), []),
        (("CLM*1*10***11:Q", *LINE), []),
        (("CLM*1*10***11>B>1", "HI*ABK>I10"), ["segment 14: CLM05"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "HI*BK*8901*BF:87200"), [f"segment 15: HI0{n} {NOT_A_CODE}" for n in (1, 2)]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "HI*ABK:**ABF:I10**"), ["segment 15: HI01 " + NOT_A_CODE]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "HI*QQ:I10"), ["segment 15: HI01 has an unknown qualifier, or no code"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "SV1*HC:99213*10*UN*1"), ["segment 15: expected LX before SV1"]),
        ((*CLAIM, "SV1*HC:99213*10*UN*1"), ["segment 19: expected LX before SV1"]),
        ((*CLAIM[:1], "LX*1", "LX*2", "SV1*HC:1*1"), ["segment 15: expected a service segment after LX"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "LX*1"), ["segment 15: expected a service segment after LX"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "LX*1", "SV2*0450**1"), [f"segment 16: SV2 {NOT_OF_THE_SET}"]),
        ((*CLAIM[:1], "LX*1", "SV1*99213*10*UN*1"), ["segment 16: a procedure is a qualifier and a code"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "NM1*82*1*A*B****X*1223939"), [f"segment 15: {NOT_AN_NPI}"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "DMG*D8*19770707*F"), ["segment 15: DMG does not belong here"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "SBR*S", "HI*ABK:I10"), ["segment 16: HI does not belong here"]),
        (("CLM*1*10***11:B:1*Y*A*Y*Y", "SBR*S", "CL1*1"), ["segment 16: CL1 does not belong here"]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_claim_is_a_problem_of_the_claim(
    make: Maker, outcome: Outcome, claim: tuple[str, ...], expected: list[str]
) -> None:
    [read], error = outcome(make(*claim))
    assert error is None
    assert details(read) == expected
    kinds = {"other_separator" if detail.endswith(": CLM05") else "malformed_segment" for detail in expected}
    assert {problem.kind for problem in read.problems} - GUIDE_PROBLEMS == kinds


def test_a_facility_of_unknown_kind(make: Maker, outcome: Outcome) -> None:
    [claim], _ = outcome(make("CLM*1*10***11:Q:1", guide="005010"))
    assert details(claim) == ["segment 14: CLM05-2 is not A or B"]
    assert (claim.bill_type, claim.place_of_service, claim.frequency_code) == (None, None, "1")


def test_a_problem_is_of_the_claims_it_concerns(make: Maker, outcome: Outcome) -> None:
    """One in a loop around the claims is of all claims of the loop, one in a claim of that claim alone."""
    text = make(
        "CLM*1*1***11:B:1*Y*A*Y*Y",
        "CLM*2*1***11:B:1*Y*A*Y*Y",
        "XX*1",
        "HL*3*1*22*0",
        "NM1*IL*1*A*B****MI*M2",
        "CLM*3*1***11:B:1*Y*A*Y*Y",
    )
    odd = text.replace("~SBR*P*18*******MB", "~SRB*P*18").replace("~PRV*BI*", "~PVR*BI*")
    claims, error = outcome(odd)
    assert error is None
    unknown = "this is no segment of an 837"
    assert [details(claim) for claim in claims] == [
        [f"segment 6: {unknown}", f"segment 10: {unknown}"],
        [f"segment 6: {unknown}", f"segment 10: {unknown}", f"segment 16: {unknown}"],
        [f"segment 6: {unknown}"],
    ]


def test_a_badly_padded_isa_is_read_and_noted(make: Maker, outcome: Outcome) -> None:
    text = make("CLM*1*1***11:B:1*Y*A*Y*Y", "CLM*2*1***11:B:1*Y*A*Y*Y").replace("SENDER  ", "SENDER ", 1)
    claims, error = outcome(text)
    assert error is None
    assert [details(claim) for claim in claims] == [["segment 1: ISA is not 106 characters long"]] * 2


def test_problems_without_end_are_cut_short(make: Maker, outcome: Outcome) -> None:
    [claim], _ = outcome(make("CLM*1*1***11:B:1*Y*A*Y*Y", *["XX*1"] * 500))
    assert len(claim.problems) == 101
    assert details(claim)[-1] == "segment 115: this and later malformed segments are not described one by one"


def test_a_claim_without_clm_is_a_claim(make: Maker, outcome: Outcome) -> None:
    for segments in (("HI*ABK:I10", *LINE), LINE, LINE[1:], ("CL1*1*7*01", "HI*ABK:I10")):
        [claim], error = outcome(make(*segments))
        assert error is None
        name = segments[0].partition("*")[0]
        assert details(claim)[0] == f"segment 14: expected CLM before {name}"
        assert (claim.claim_id, claim.member_id) == (None, "MEMBERID")
        assert len(claim.lines) == sum(segment.startswith("SV1") for segment in segments)


def test_a_second_claim_without_clm_does_not_run_into_the_first(make: Maker, outcome: Outcome) -> None:
    (first, second), error = outcome(make(*CLAIM, *CLAIM[1:]))
    assert error is None
    assert (first.problems, len(first.lines), len(second.lines)) == ((), 1, 1)
    assert details(second) == ["segment 19: expected CLM before HI"]


@pytest.mark.parametrize(
    ("between", "member", "npi", "problem"),
    [
        (("HL*3*1*22*0", "NM1*IL*1*A*B****MI*M2"), "M2", "1245319599", None),
        (("SBR*P*18", "NM1*IL*1*A*B****MI*M2"), "M2", "1245319599", "expected HL before SBR"),
        (("NM1*IL*1*A*B****MI*M2",), "M2", "1245319599", "expected HL before NM1"),
        (("HL*3*1*99*0", "NM1*IL*1*A*B****MI*M2"), "M2", None, "HL03 is not 20, 22 or 23"),
        (("HL*3*1*99*0",), None, None, "HL03 is not 20, 22 or 23"),
        (("HL*3*1*22*0",), None, "1245319599", None),
        (("NM1*85*2*B*****XX*1003000126",), None, "1003000126", "expected HL before NM1"),
        (("HL*3*2*23*0",), None, "1245319599", None),
    ],
)
def test_no_claim_is_taken_for_another_members(
    make: Maker, outcome: Outcome, between: tuple[str, ...], member: str | None, npi: str | None, problem: str | None
) -> None:
    """A loop that lost its HL, or names nobody, leaves nothing of the loop before it."""
    (first, second), error = outcome(make(*CLAIM, *between, *CLAIM))
    assert error is None
    assert (first.member_id, first.problems) == ("MEMBERID", ())
    assert (second.member_id, second.billing_npi) == (member, npi)
    assert second.birth_date is None
    assert [detail.partition(": ")[2] for detail in details(second)][:1] == ([problem] if problem else [])


@pytest.mark.parametrize("start", [("PAT*19", "NM1*QC*1*X*Y"), ("NM1*QC*1*X*Y",)])
def test_a_patient_loop_that_lost_its_hl(make: Maker, outcome: Outcome, start: tuple[str, ...]) -> None:
    (first, second), error = outcome(make(*CLAIM, *start, "DMG*D8*20200101*F", *CLAIM))
    assert error is None
    assert first.member_id == "MEMBERID"
    assert str(second.member_id).startswith("MEMBERID-")
    assert str(second.birth_date) == "2020-01-01"


def test_a_subscriber_right_after_a_claim_without_lines(make: Maker, outcome: Outcome) -> None:
    (first, second), error = outcome(make("CLM*1*10***11:B:1*Y*A*Y*Y", "NM1*IL*1*A*B****MI*M2", *CLAIM))
    assert error is None
    assert [claim.member_id for claim in (first, second)] == ["MEMBERID", "M2"]
    assert details(second) == ["segment 15: expected HL before NM1"]


def test_what_belongs_to_a_line_is_missed_elsewhere(make: Maker, outcome: Outcome) -> None:
    """A date, a drug or a result that stands in another loop is not stepped over in silence."""
    odd = ("MEA*TR*R1*9", "LIN**N4*00002751001", "CTP****1*ML", "TOO*JP*1", "PAT*19")
    [claim], error = outcome(make("DTP*472*D8*20240701", "CLM*1*10***11:B:1*Y*A*Y*Y", *odd, *LINE))
    assert error is None
    assert details(claim) == [
        f"segment {number}: {name} does not belong here"
        for number, name in [(14, "DTP"), (16, "MEA"), (17, "LIN"), (18, "CTP"), (19, "TOO"), (20, "PAT")]
    ]


def test_a_subscriber_named_twice_is_two(make: Maker, outcome: Outcome) -> None:
    [claim], _ = outcome(make("NM1*IL*1*A*B****MI*M2", *CLAIM))
    assert (claim.member_id, claim.birth_date, claim.payer_id) == ("M2", None, None)


def test_a_segment_without_end(outcome: Outcome, make: Maker) -> None:
    claims, error = outcome(make("CLM*1*1***11:B:1*Y*A*Y*Y", "CLM*2*" + "9" * 3_000_000))
    assert [claim.claim_id for claim in claims] == []
    assert error is not None
    assert error.reason == "the segment does not end: its terminator is expected"


def test_no_text_of_the_claim_is_ever_told(make: Maker, outcome: Outcome) -> None:
    """Every segment and every cut, with one word wherever text can stand."""
    secret = "SECRETWORD"
    text = make("CLM*1*10***11:B:1*Y*A*Y*Y", "HI*ABK:I10", *LINE)
    for position, character in enumerate(text):
        if character in "*:~":
            for cut in (len(text), position + 5):
                claims, error = outcome((text[: position + 1] + secret + text[position + 1 :])[:cut])
                told = [*(detail for claim in claims for detail in details(claim)), str(error), *map(repr, claims)]
                assert secret not in "".join(told)


@pytest.mark.parametrize("seed", range(40))
def test_damage_of_every_kind(examples: dict[str, str], outcome: Outcome, damaged: Damage, seed: int) -> None:
    """Bytes flipped, segments cut, doubled, reordered: claims and at most an InputError; nothing else, and no hang."""
    chance = random.Random(seed)
    for name in NAMES:
        for _ in range(25):
            claims, _ = outcome(damaged(examples[name], chance))
            assert all(isinstance(claim, Claim) for claim in claims)


@given(st.binary(max_size=300))
def test_any_bytes(outcome: Outcome, data: bytes) -> None:
    outcome(data)
    isa = b"ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240701*1200*^*00501*000000001*0*T*:~"
    start = b"GS*HC*S*R*20240701*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~"
    claims, error = outcome(isa + start + data)
    assert error is not None
    assert claims == []


IDS = re.findall(r"\w+", "HL CLM LX SV1 SV2 HI NM1 DTP REF SBR PAT DMG CL1 CTP LIN MEA PRV ST SE GS")
ELEMENTS = re.findall(r"[^ ]*", "1 20 22 23 82 85 IL QC PR ABK:I10 ABK 11:B:1 472 434 D8 RD8 20240701 XX é \x00")


@given(
    st.lists(
        st.tuples(st.sampled_from(IDS), st.lists(st.sampled_from(ELEMENTS), max_size=10)).map(
            lambda segment: "*".join([segment[0], *segment[1]])
        ),
        max_size=40,
    )
)
def test_any_order_of_segments(make: Maker, outcome: Outcome, segments: list[str]) -> None:
    text = make(*segments)
    claims, error = outcome(text)
    if error is None and not any(segment.startswith(("ST", "SE", "GS")) for segment in segments):
        assert len(claims) >= sum(segment.startswith("CLM") for segment in segments)
        services = sum(segment.startswith(("SV1", "SV2")) for segment in segments)
        assert sum(len(claim.lines) for claim in claims) >= services


@pytest.mark.parametrize("source", ["no/such/file.837", "a\x00b", None, 7])
def test_no_input(source: object) -> None:
    with pytest.raises(InputError):
        next(x12.read(source))  # type: ignore[arg-type]


def test_a_text_stream_that_cannot_be_decoded(make: Maker) -> None:
    data = make("CLM*SÉCRET*1***11:B:1*Y*A*Y*Y").encode("latin-1")
    with pytest.raises(InputError, match="open the file in binary mode") as caught:
        next(x12.read(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")))
    assert "CRET" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
