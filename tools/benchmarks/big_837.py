"""A large professional 837 file, and how fast and in how little memory it is read and judged.

    python tools/benchmarks/big_837.py make big.837 --megabytes 1000
    python tools/benchmarks/big_837.py read big.837 [--columns] [--pyx12]
    python tools/benchmarks/big_837.py check big.837 [--jobs 2] [--tables DIR] [--format jsonl]

`make` writes the same file for the same `--seed`: providers with their subscribers and dependents, claims of one to
eight lines with the commonest services, diagnoses, drugs, laboratories, reports, and other payers; a member has some
three claims. It streams, so that any size can be made. `read` reads it alone, with `--columns` into frames; `--pyx12`
also lets pyx12, where it is installed, validate 2 MB of the same against its own guides in the same run. `check` runs
`claimcheck check` on it, which shows its progress on a terminal, and prints lines a second and the most memory that its
largest process had. Of a machine that others use, the rate by processor time says more.
The targets: 30,000 lines a second read and judged by one process, 50,000 with `--jobs 2`, 150 MB, the reader 40 times
as fast as pyx12.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from claimcheck.codes import npi
from claimcheck.frames import read_837
from claimcheck.io import read_claims

ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *241001*1200*^*00501*000000001*0*P*:"
GUIDE = "005010X222A1"
#: Services by how often they are billed, as any count of claims has them, and their charges in dollars.
SERVICES = {
    "99213": (30, 125), "99214": (25, 185), "36415": (12, 12), "80053": (8, 45), "85025": (7, 28), "83036": (5, 36),
    "T1019": (20, 24), "90837": (6, 160), "97110": (8, 55), "93000": (4, 60), "96372": (3, 48), "J1885": (2, 9),
    "J3420": (2, 6), "81003": (3, 10), "87880": (2, 30), "99396": (3, 210), "G0439": (2, 190), "20610": (1, 140),
    "99203": (3, 170), "92507": (2, 90), "71046": (2, 75), "90471": (2, 32), "90686": (2, 25), "99232": (3, 130),
    "3044F": (2, 0), "3074F": (2, 0), "3078F": (2, 0), "1159F": (1, 0),
}  # fmt: skip
LABORATORY = {"80053", "85025", "83036", "81003", "87880"}
DRUGS = {"J1885": "00409379501", "J3420": "00517003125"}
TIMED = {"T1019", "97110"}
DIAGNOSES = [
    "E119", "I10", "E785", "Z0000", "M545", "J449", "N183", "F329", "F411", "E1165",
    "J069", "R0789", "K219", "G4733", "E039", "M170", "Z23", "Z79899", "I2510", "R7303",
    "F1020", "N390", "L309", "H6690", "J0190", "M25561", "R109", "D649", "E6601", "I480",
]  # fmt: skip
REPEATS = 0.02  # of claims, those on which a code may stand more than once
CLAIMS_OF_A_SET = 5_000  # as the guides advise
CLAIMS_OF_A_PROVIDER = 40


def providers(count: int, first: int) -> list[str]:
    """NPIs with their check digit."""
    bodies = (f"1{number:08d}" for number in range(first, first + count))
    return [body + next(digit for digit in "0123456789" if npi.is_valid(body + digit)) for body in bodies]


class Maker:
    """Makes claims, one after the other."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        groups = providers(300, 23_456_700)
        doctors = providers(3_000, 33_456_700)
        self.groups = {group: doctors[place * 10 : place * 10 + 10] for place, group in enumerate(groups)}
        self.group = groups[0]
        self.number = 0
        self._services, self._weights = list(SERVICES), [weight for weight, _ in SERVICES.values()]

    def provider(self, level: int) -> list[str]:
        self.group = group = self.chance.choice(list(self.groups))
        return [
            f"HL*{level}**20*1",
            "PRV*BI*PXC*207Q00000X",
            f"NM1*85*2*GROUP {group[-4:]}*****XX*{group}",
            "N3*1 MAIN STREET",
            "N4*TOWN*MD*212340000",
            f"REF*EI*{group[1:]}",
        ]

    def claim(self, level: int, above: int) -> list[str]:
        """A subscriber, perhaps with a dependent, and a claim; `level` is the number of its first HL."""
        chance = self.chance
        self.number += 1
        member = chance.randrange(self.number + 5_000) // 3
        born = f"{1940 + member % 60}{member % 12 + 1:02}{member % 28 + 1:02}"
        dependent = member % 4 == 0
        segments = [
            f"HL*{level}*{above}*22*{dependent:d}",
            f"SBR*P*{'' if dependent else '18'}*GROUP******MB",
            f"NM1*IL*1*LAST{member}*FIRST****MI*M{member:09}",
            "N3*2 SIDE STREET",
            "N4*TOWN*MD*212340000",
            f"DMG*D8*{born}*{'FM'[member % 2]}",
            "NM1*PR*2*A PAYER*****PI*12345",
        ]
        if dependent:
            segments += [
                f"HL*{level + 1}*{level}*23*0",
                "PAT*19",
                f"NM1*QC*1*LAST{member}*CHILD",
                "N3*2 SIDE STREET",
                "N4*TOWN*MD*212340000",
                f"DMG*D8*{2004 + member % 18}0{member % 9 + 1}15*F",
            ]
        return segments + self._body()

    def _body(self) -> list[str]:
        chance = self.chance
        codes = chance.choices(self._services, self._weights, k=min(8, 1 + int(chance.expovariate(0.5))))
        if chance.random() >= REPEATS:
            codes = [*dict.fromkeys(codes)]
        units = [chance.randint(1, 4) if code in TIMED else 1 for code in codes]
        charges = [SERVICES[code][1] * count for code, count in zip(codes, units, strict=True)]
        found = chance.sample(DIAGNOSES, chance.randint(1, 6))
        day = f"2024{chance.randint(7, 9):02}{chance.randint(1, 28):02}"
        other = chance.random() < 0.15
        segments = [
            f"CLM*C{self.number:010}*{sum(charges)}***11:B:1*Y*A*Y*Y",
            f"REF*D9*{self.number:012}",
            "HI*ABK:" + "*ABF:".join(found),
            f"NM1*82*1*DOCTOR*ONE****XX*{chance.choice(self.groups[self.group])}",
            "PRV*PE*PXC*207Q00000X",
        ]
        if other:
            segments += [
                "SBR*S*18*******CI",
                "AMT*D*10",
                "OI***Y***Y",
                "NM1*IL*1*OTHER*ONE****MI*X1",
                "NM1*PR*2*ANOTHER*****PI*54321",
            ]
        pointers = ":".join(map(str, range(1, min(4, len(found)) + 1)))
        for place, (code, count, charge) in enumerate(zip(codes, units, charges, strict=True), 1):
            modifier = ":25" if code.startswith("9921") and len(codes) > 1 else ""
            segments += [
                f"LX*{place}",
                f"SV1*HC:{code}{modifier}*{charge}*UN*{count}***{pointers}",
                f"DTP*472*D8*{day}",
                f"REF*6R*{self.number}-{place}",
            ]
            if code in LABORATORY:
                segments.append("REF*X4*05D1112223")
            if code in DRUGS:
                segments += [f"LIN**N4*{DRUGS[code]}", "CTP****1*ML"]
            if other:
                segments += [f"SVD*54321*0*HC:{code}**{count}", "CAS*PR*1*10", f"DTP*573*D8*{day}"]
        return segments


def transaction_set(maker: Maker, number: int) -> Iterator[list[str]]:
    """The parts of a transaction set: its head, then providers, each with the claims that it bills."""
    yield [
        f"ST*837*{number:04}*{GUIDE}",
        f"BHT*0019*00*{number}*20241001*1200*CH",
        "NM1*41*2*SENDER*****46*1",
        "PER*IC*SOMEBODY*TE*5555550100",
        "NM1*40*2*RECEIVER*****46*2",
    ]
    level, above = 1, 1
    for place in range(CLAIMS_OF_A_SET):
        if place % CLAIMS_OF_A_PROVIDER == 0:
            yield maker.provider(level)
            level, above = level + 1, level
        part = maker.claim(level, above)
        yield part
        level += sum(segment.startswith("HL*") for segment in part)


def segments(size: int, seed: int = 1) -> Iterator[str]:
    """The segments of one interchange of about `size` bytes."""
    maker = Maker(seed)
    written = sets = 0
    yield ISA
    yield f"GS*HC*SENDER*RECEIVER*20241001*1200*1*X*{GUIDE}"
    while written < size:
        sets += 1
        count = 0
        for part in transaction_set(maker, sets):
            count += len(part)
            written += sum(map(len, part)) + 2 * len(part)
            yield from part
            if written >= size:
                break
        yield f"SE*{count + 1}*{sets:04}"
    yield f"GE*{sets}*1"
    yield "IEA*1*000000001"


def make(options: argparse.Namespace) -> None:
    """Writes the file."""
    with Path(options.file).open("w") as file:
        file.writelines(f"{segment}~\n" for segment in segments(int(options.megabytes * 1_000_000), options.seed))
    print(f"{Path(options.file).stat().st_size / 1e6:,.1f} MB")


def read(options: argparse.Namespace) -> None:
    """Reads the file alone."""
    start, used = time.perf_counter(), time.process_time()
    claims = lines = problems = 0
    for claim in () if options.columns else read_claims(options.file):
        claims += 1
        lines += len(claim.lines)
        problems += len(claim.problems)
    for batch in read_837(options.file) if options.columns else ():
        claims += batch.lines["claim_segment"].n_unique() + len(batch.claims)
        lines += len(batch.lines) + sum(len(claim.lines) for claim in batch.claims)
        problems += sum(len(claim.problems) for claim in batch.claims)
    rate, of_processor = lines / (time.perf_counter() - start), lines / (time.process_time() - used)
    print(
        f"{claims:,} claims, {lines:,} lines, {problems} problems: {rate:,.0f} lines/s, "
        f"{of_processor:,.0f} a second of processor time, {most_memory()} MB"
    )
    if options.pyx12:
        theirs = rate_of_pyx12(2_000_000)
        print(f"pyx12, 2 MB: {theirs:,.0f} lines/s; claimcheck is {rate / theirs:,.0f} times as fast")


def rate_of_pyx12(size: int) -> float:
    """Lines a second that pyx12 validates of such a file."""
    import pyx12.params
    import pyx12.x12n_document

    logging.disable()
    with tempfile.NamedTemporaryFile("w", suffix=".837") as part:
        lines = 0
        for segment in segments(size):
            part.write(f"{segment}~\n")
            lines += segment.startswith("SV1*")
        part.flush()
        start = time.perf_counter()
        pyx12.x12n_document.x12n_document(pyx12.params.params(), part.name, io.StringIO(), None)
        return lines / (time.perf_counter() - start)


def check(options: argparse.Namespace) -> None:
    """Judges the file with the command line, whose progress shows on a terminal."""
    arguments = ["check", options.file, "--as-of", "2024-11-01", "--format", options.format, "-o", os.devnull]
    arguments += ["--jobs", str(options.jobs), *(["--tables", options.tables] if options.tables else [])]
    start = time.perf_counter()
    code = subprocess.run([sys.executable, "-m", "claimcheck", *arguments], check=False).returncode  # noqa: S603
    seconds = time.perf_counter() - start
    with Path(options.file).open() as file:
        lines = sum(line.startswith("SV1*") for line in file)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"exit code {code}: {lines:,} lines in {seconds:,.1f} s: {lines / seconds:,.0f} lines/s, "
        f"{lines / (used.ru_utime + used.ru_stime):,.0f} a second of processor time, {most_memory()} MB"
    )


def most_memory() -> int:
    """Of this process or of any that it waited for, in MB."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    making = commands.add_parser("make")
    making.set_defaults(run=make)
    making.add_argument("--megabytes", type=float, default=1000)
    making.add_argument("--seed", type=int, default=1)
    reading = commands.add_parser("read")
    reading.set_defaults(run=read)
    reading.add_argument("--columns", action="store_true")
    reading.add_argument("--pyx12", action="store_true")
    checking = commands.add_parser("check")
    checking.set_defaults(run=check)
    checking.add_argument("--jobs", type=int, default=1)
    checking.add_argument("--tables")
    checking.add_argument("--format", default="jsonl")
    for command in (making, reading, checking):
        command.add_argument("file")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
