"""Small X12 files for the tests of the reader: whole ones in `examples/`, and a maker of others."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from claimcheck.claims import GUIDE_PROBLEMS, Claim
from claimcheck.errors import InputError
from claimcheck.io import x12

EXAMPLES = Path(__file__).parent / "examples"
ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240701*1200*^*00501*000000001*0*T*:"
BEFORE_A_CLAIM = (
    "HL*1**20*1",
    "PRV*BI*PXC*207Q00000X",
    "NM1*85*2*A GROUP*****XX*1245319599",
    "REF*EI*123456789",
    "HL*2*1*22*0",
    "SBR*P*18*******MB",
    "NM1*IL*1*SURNAME*GIVEN****MI*MEMBERID",
    "DMG*D8*19770707*F",
    "NM1*PR*2*PAYER*****PI*PAYERID",
)

Maker = Callable[..., str]


def make_file(*claim: str, guide: str = "005010X222A1", before: tuple[str, ...] = BEFORE_A_CLAIM) -> str:
    """A file of one transaction set, with the segments given after the usual loops around a claim."""
    body = (f"ST*837*0001*{guide}", "BHT*0019*00*1*20240701*1200*CH", *before, *claim)
    segments = (
        ISA,
        f"GS*HC*S*R*20240701*1200*1*X*{guide}",
        *body,
        f"SE*{len(body) + 1}*0001",
        "GE*1*1",
        "IEA*1*000000001",
    )
    return "".join(f"{segment}~" for segment in segments)


def read_all(source: str | bytes) -> tuple[list[Claim], InputError | None]:
    """Every claim that is delivered, and the error that ends the reading, if one does."""
    claims: list[Claim] = []
    try:
        claims.extend(x12.read(source.encode() if isinstance(source, str) else source))
    except InputError as error:
        return claims, error
    return claims, None


def damage(text: str, chance: random.Random) -> bytes:
    """Up to four faults: segments lost, doubled, out of place or cut short, bytes changed."""
    damaged = text.replace("\n", "").split("~")
    for _ in range(chance.randint(1, 4)):
        where = chance.randrange(len(damaged))
        match chance.randrange(5):
            case 0 if len(damaged) > 1:
                del damaged[where]
            case 1:
                damaged.insert(where, damaged[where])
            case 2:
                damaged.insert(chance.randrange(len(damaged)), damaged.pop(where))
            case 3:
                damaged[where] = damaged[where][: chance.randint(0, len(damaged[where]))]
            case _:
                data = bytearray(damaged[where].encode())
                for _ in range(min(len(data), 3)):
                    data[chance.randrange(len(data))] = chance.randrange(256)
                damaged[where] = data.decode("latin-1")
    return "~".join(damaged).encode("latin-1")


def details(claim: Claim) -> list[str]:
    """What is said of segments, beside what the guides require."""
    return [problem.detail for problem in claim.problems if problem.kind not in GUIDE_PROBLEMS]


@pytest.fixture(scope="session")
def make() -> Maker:
    return make_file


@pytest.fixture(scope="session")
def outcome() -> Callable[[str | bytes], tuple[list[Claim], InputError | None]]:
    return read_all


@pytest.fixture(scope="session")
def damaged() -> Callable[[str, random.Random], bytes]:
    return damage


@pytest.fixture(scope="session")
def examples() -> dict[str, str]:
    """The text of the example files, by their names without extension."""
    return {path.stem: path.read_text() for path in sorted(EXAMPLES.glob("*.837"))}
