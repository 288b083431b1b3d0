"""Measures reading 835 files: service lines per second of processor time, and the most memory.

    python -m tools.benchmarks.remittances 1000

writes an 835 of about 1,000 MB to a temporary folder, reads it in a process of its own, and deletes it. If oxedi is
installed, it reads the same file afterwards.
"""

from __future__ import annotations

import os
import platform
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["main", "transactions"]

_ISA = "ISA*00*          *00*          *ZZ*A              *ZZ*B              *240801*1200*^*00501*000000001*0*P*:~"
_GS = "GS*HP*A*B*20240801*1200*1*X*005010X221A1~"
_CLAIMS = 2_000  #: in a transaction set
_SETS = 25  #: that differ; they come again and again
_CODES = ("99213", "99214", "36415", "80053", "J3301", "97110", "93000", "71046", "85025", "G0438")
_MODIFIERS = ("", ":25", ":59:RT")
_DENIALS = ("97", "16", "50", "236")
_READ = """
import resource, sys, time
{prepare}
start = time.process_time()
{read}
spent = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
rate = f"{{lines / spent:,.0f}} a second"
print(f"{{lines:,}} lines in {{spent:.1f}} s of processor time, {{rate}}, at most {{peak:.0f}} MB")
"""
_CLAIMCHECK = _READ.format(
    prepare="from claimcheck.remittance import RemittedClaim, read_remittances",
    read="lines = sum(len(item.lines) for item in read_remittances(sys.argv[1]) if isinstance(item, RemittedClaim))",
)
_OXEDI = _READ.format(
    prepare="import mmap, oxedi, pyarrow",
    read="with open(sys.argv[1], 'rb') as file:\n"
    "    data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)\n"
    "    lines = sum(pyarrow.table(batch.tables['services']).num_rows for batch in oxedi.stream(data))",
)


def transactions(size: int) -> Iterator[str]:
    """An interchange of transaction sets, piece by piece, until it has about `size` bytes."""
    draw = random.Random(1)
    distinct = [_transaction(draw, number) for number in range(1, _SETS + 1)]
    yield _ISA + _GS
    written = sets = 0
    while written < size:
        text = distinct[sets % _SETS]
        written, sets = written + len(text), sets + 1
        yield text
    yield f"GE*{sets}*1~IEA*1*000000001~"


def _transaction(draw: random.Random, number: int) -> str:
    claims, total = [], 0
    for place in range(_CLAIMS):
        claim, paid = _claim(draw, number * _CLAIMS + place)
        claims.append(claim)
        total += paid
    text = (
        f"ST*835*{number:09}~BPR*I*{_amount(total)}*C*ACH************20240802~TRN*1*C{number}*1999999999~"
        "DTM*405*20240801~N1*PR*A PAYER~N3*PO BOX 1~N4*TOWN*IL*60601~REF*2U*12345~N1*PE*A CLINIC*XX*1234567893~LX*1~"
        + "".join(claims)
    )
    return f"{text}SE*{text.count('~') + 1}*{number:09}~"


def _claim(draw: random.Random, number: int) -> tuple[str, int]:
    lines, charges, paid = [], 0, 0
    for place in range(draw.randint(1, 6)):
        charge = draw.randint(2_000, 50_000)
        payment = charge * draw.choice((0, 50, 60, 80)) // 100
        coinsurance = draw.choice((0, charge // 20)) if payment else 0
        adjustments = f"CAS*CO*45*{_amount(charge - payment - coinsurance)}~" if payment else ""
        adjustments += f"CAS*PR*2*{_amount(coinsurance)}~" if coinsurance else ""
        lines.append(
            f"SVC*HC:{draw.choice(_CODES)}{draw.choice(_MODIFIERS)}*{_amount(charge)}*{_amount(payment)}**1~"
            f"DTM*472*2024{draw.randint(1, 12):02}{draw.randint(1, 28):02}~"
            + (adjustments or f"CAS*CO*{draw.choice(_DENIALS)}*{_amount(charge)}~")
            + f"REF*6R*{number}L{place}~"
            + (f"AMT*B6*{_amount(payment)}~" if payment else "LQ*HE*N130~")
        )
        charges, paid = charges + charge, paid + payment
    head = f"CLP*ACCT{number:09}*{1 if paid else 4}*{_amount(charges)}*{_amount(paid)}*0*12*PAYER{number:010}*11*1~"
    people = f"NM1*QC*1*DOE*JANE****MI*X{number:09}~NM1*82*1*SMITH*A****XX*1234567893~"
    return f"{head}{people}DTM*050*20240720~{''.join(lines)}", paid


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def main(megabytes: int, say: Callable[[str], object] = print) -> None:
    """Writes the file, reads it, and says the figures."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "large.835")
        with file.open("w", encoding="ascii") as sink:
            sink.writelines(transactions(megabytes * 1_000_000))
        say(f"{file.stat().st_size / 1e6:,.0f} MB; Python {platform.python_version()}, {os.cpu_count()} processors")
        for name, script in (("claimcheck", _CLAIMCHECK), ("oxedi", _OXEDI)):
            ran = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True, check=False)  # noqa: S603 - our own command
            load = "load " + " ".join(f"{each:.0f}" for each in os.getloadavg())
            said = ran.stdout.strip() if ran.returncode == 0 else f"not measured: {ran.stderr.strip()[-200:]}"
            say(f"{name}: {said} ({load})")


if __name__ == "__main__":
    main(int(sys.argv[1]))
