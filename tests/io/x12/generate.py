"""Large 837 files for measuring and for the memory test: `python generate.py 200 out.837` writes 200 MB."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240701*1200*^*00501*000000001*0*P*:"
_CODES = ("99213", "99214", "36415", "80053", "85025", "83036", "3044F", "93000", "J3420", "G0439")
_DIAGNOSES = ("E119", "I10", "E785", "Z0000", "M545", "J449", "N183", "F329")


def claim(number: int, chance: random.Random, lines: int) -> list[str]:
    day = f"2024{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    born = f"{chance.randint(1930, 2020)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    codes = [chance.choice(_CODES) for _ in range(lines)]
    units = [chance.randint(1, 3) for _ in range(lines)]
    # A practice charges by its fee schedule: few charges differ.
    charges = [(_CODES.index(code) + 1) * 17_35 * count for code, count in zip(codes, units, strict=True)]
    segments = [
        f"HL*{number + 1}*1*22*0",
        "SBR*P*18*GROUP******MB",
        f"NM1*IL*1*LAST{number}*FIRST****MI*M{number:09}",
        "N3*1 MAIN STREET",
        "N4*TOWN*MD*212340000",
        f"DMG*D8*{born}*{chance.choice('FM')}",
        "NM1*PR*2*A PAYER*****PI*12345",
        f"CLM*C{number:09}*{sum(charges) / 100:.2f}***11:B:1*Y*A*Y*Y",
        "HI*ABK:" + "*ABF:".join(chance.sample(_DIAGNOSES, 4)),
        "NM1*82*1*DOCTOR*ONE****XX*1234567893",
        "PRV*PE*PXC*207Q00000X",
    ]
    for line, (code, count, charge) in enumerate(zip(codes, units, charges, strict=True), 1):
        segments += [
            f"LX*{line}",
            f"SV1*HC:{code}{chance.choice(('', ':25', ':59:LT'))}*{charge / 100:.2f}*UN*{count}***1:2",
            f"DTP*472*D8*{day}",
            f"REF*6R*{number}-{line}",
        ]
    return segments


def segments(megabytes: float, seed: int = 1, lines: int = 4) -> Iterator[str]:
    """Segments of one interchange of about that size; a transaction set holds 5,000 claims, as the guides advise."""
    chance = random.Random(seed)
    size, number, sets = 0, 0, 0
    yield ISA
    yield "GS*HC*SENDER*RECEIVER*20240701*1200*1*X*005010X222A1"
    while size < megabytes * 1_000_000:
        sets += 1
        count = 0
        opening = [
            f"ST*837*{sets:04}*005010X222A1",
            "BHT*0019*00*1*20250101*1200*CH",
            "NM1*41*2*SENDER*****46*1",
            "NM1*40*2*RECEIVER*****46*2",
            "HL*1**20*1",
            "PRV*BI*PXC*207Q00000X",
            "NM1*85*2*A GROUP*****XX*1245319599",
            "REF*EI*123456789",
        ]
        claims = (claim(number + n, chance, lines) for n in range(5_000))
        for part in chain([opening], claims):
            if size >= megabytes * 1_000_000:
                break
            number += 1
            count += len(part)
            size += sum(len(segment) + 2 for segment in part)
            yield from part
        yield f"SE*{count + 1}*{sets:04}"
    yield f"GE*{sets}*1"
    yield "IEA*1*000000001"


def write(path: Path, megabytes: float) -> None:
    with path.open("w") as file:
        file.writelines(f"{segment}~\n" for segment in segments(megabytes))


if __name__ == "__main__":
    write(Path(sys.argv[2]), float(sys.argv[1]))
