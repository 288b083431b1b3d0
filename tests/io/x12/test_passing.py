"""Passing over claims: what is read of a file in shares is what is read of it whole, however damaged it is."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.claims import Claim
from claimcheck.errors import InputError
from claimcheck.io import x12

Maker = Callable[..., str]
Outcome = Callable[[str | bytes], tuple[list[Claim], InputError | None]]
Damage = Callable[[str, random.Random], bytes]

LINE = ("LX*1", "SV1*HC:99213*10*UN*1***1", "DTP*472*D8*20240701")


def told(claim: Claim) -> tuple[Any, ...]:
    """All of a claim, also what its comparison leaves out."""
    return claim, claim.source, [line.source for line in claim.lines]


def in_shares(data: bytes, shares: int) -> tuple[list[tuple[Any, ...]], set[str]]:
    """The claims of all shares in their order, and how each reading ended."""
    found: dict[int, tuple[Any, ...]] = {}
    ends = set()
    for share in range(shares):
        members: list[tuple[int, Any]] = []
        asked = 0

        def wanted(member: Any, share: int = share, members: list[tuple[int, Any]] = members) -> bool:
            nonlocal asked
            asked += 1
            if crc32(str(member).encode()) % shares == share:
                members.append((asked, member))
                return True
            return False

        delivered = 0
        try:
            for claim in x12.read(data, name="a.837", wanted=wanted):
                place, member = members[delivered]
                delivered += 1
                assert claim.member_id == member
                found[place] = told(claim)
            ends.add("")
        except InputError as error:
            ends.add(str(error))
    return [found[place] for place in sorted(found)], ends


def assert_same(data: bytes) -> None:
    claims, end = [], ""
    try:
        claims.extend(map(told, x12.read(data, name="a.837")))
    except InputError as error:
        end = str(error)
    for shares in (2, 3):
        assert in_shares(data, shares) == (claims, {end})


def several(text: str) -> str:
    """The claims of a text for members of their own: the same loops, told apart by their numbers."""
    return "".join(text.replace("MEMBERID", f"MEMBER{number}") for number in range(4))


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files(examples: dict[str, str], damaged: Damage, seed: int) -> None:
    chance = random.Random(seed)
    for text in examples.values():
        assert_same(several(text).encode())
        for _ in range(8):
            assert_same(damaged(several(text), chance))


IDS = ("HL", "CLM", "LX", "SV1", "SV2", "HI", "NM1", "DTP", "REF", "SBR", "PAT", "DMG", "CL1", "PRV", "ST", "SE", "N3")
ELEMENTS = ("", "1", "22", "23", "82", "85", "IL", "QC", "PR", "ABK:I10", "11:B:1", "472", "D8", "20240701", "M1", "M2")


@given(
    st.lists(
        st.tuples(st.sampled_from(IDS), st.lists(st.sampled_from(ELEMENTS), max_size=10)).map(
            lambda segment: "*".join([segment[0], *segment[1]])
        ),
        max_size=60,
    ),
    st.sampled_from(["005010X222A1", "005010X223A2", "unknown"]),
)
def test_any_order_of_segments(make: Maker, segments: list[str], guide: str) -> None:
    assert_same(make(*segments, guide=guide).encode())


def test_the_type_of_claims_is_that_of_the_first_service_even_if_passed_over(make: Maker) -> None:
    """Where the guide is not named, a claim that is not read still says what its transaction set holds."""
    text = make(
        "CLM*1*10***11:B:1*Y*A*Y*Y", *LINE, "HL*3*1*22*0", "NM1*IL*1*A*B****MI*OTHER", "CLM*2*10", "LX*1", guide=""
    )
    [claim] = x12.read(text.encode(), wanted=lambda member: member == "OTHER")
    assert (claim.claim_id, claim.claim_type) == ("2", "professional")


def test_every_claim_is_asked_of_once_and_none_is_put_together(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def wanted(member: object) -> bool:
        asked.append(member)
        return False

    monkeypatch.setattr("claimcheck.io.x12.held.made_claim", None)
    monkeypatch.setattr("claimcheck.io.x12.draft.made_line", None)
    assert (
        list(
            x12.read(
                make("CLM*1*10***11:B:1*Y*A*Y*Y", *LINE, "CLM*2*10***11:B:1*Y*A*Y*Y", *LINE).encode(), wanted=wanted
            )
        )
        == []
    )
    assert asked == ["MEMBERID", "MEMBERID"]


def test_a_trailer_is_compared_for_the_last_claim_alone(make: Maker, outcome: Outcome) -> None:
    """The last claim is passed over, so that what its trailer says of it is nobody's, and no error."""
    text = make(
        "CLM*1*10***11:B:1*Y*A*Y*Y",
        *LINE,
        "HL*3*1*22*0",
        "NM1*IL*1*A*B****MI*OTHER",
        "CLM*2*10***11:B:1*Y*A*Y*Y",
        *LINE,
    )
    wrong = text.replace("GE*1*1", "GE*7*1")
    assert outcome(wrong)[0][1].problems
    [claim] = x12.read(wrong.encode(), wanted=lambda member: member == "MEMBERID")
    assert claim.problems == ()
