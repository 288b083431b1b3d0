"""Professional claims as an X12 837P file (005010X222A1), so that readers of X12 can be measured on the same claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

__all__ = ["write_x12"]

_CLAIMS_PER_SET = 1_000
_GUIDE = "005010X222A1"
_ISA = "ISA*00*          *00*          *ZZ*SUBMITTER      *ZZ*RECEIVER       *241001*1200*^*00501*000000001*0*T*:"
_ADDRESS = ("N3*1 MAIN ST", "N4*MIAMI*FL*331110000")


def write_x12(claims: Iterable[dict[str, Any]], file: IO[str]) -> int:
    """Writes the professional ones of these mappings; how many lines they have. Names and addresses are made up."""
    professional = (claim for claim in claims if claim["claim_type"] == "professional")
    lines = sets = 0
    _write(file, [_ISA, f"GS*HC*SUBMITTER*RECEIVER*20241001*1200*1*X*{_GUIDE}"])
    while batch := [*islice(professional, _CLAIMS_PER_SET)]:
        sets += 1
        segments = [*_header(), *_claims(batch)]
        _write(file, [f"ST*837*{sets:04d}*{_GUIDE}", *segments, f"SE*{len(segments) + 2}*{sets:04d}"])
        lines += sum(len(claim["lines"]) for claim in batch)
    _write(file, [f"GE*{sets}*1", "IEA*1*000000001"])
    return lines


def _write(file: IO[str], segments: Iterable[str]) -> None:
    file.writelines(f"{segment}~\n" for segment in segments)


def _header() -> Iterator[str]:
    yield "BHT*0019*00*1*20241001*1200*CH"
    yield "NM1*41*2*BENCHMARK*****46*SUBMITTER"
    yield "PER*IC*NOBODY*TE*5555555555"
    yield "NM1*40*2*PAYER*****46*RECEIVER"


def _claims(batch: list[dict[str, Any]]) -> Iterator[str]:
    """Each claim under a billing provider and a subscriber of its own, which is long-winded and allowed."""
    for number, claim in enumerate(batch):
        yield f"HL*{2 * number + 1}**20*1"
        yield f"NM1*85*2*PRACTICE*****XX*{claim['billing_npi']}"
        yield from _ADDRESS
        yield f"REF*EI*{claim['billing_tax_id']}"
        yield f"HL*{2 * number + 2}*{2 * number + 1}*22*0"
        yield "SBR*P*18*******MC"
        yield f"NM1*IL*1*DOE*ALEX****MI*{claim['member_id']}"
        yield from _ADDRESS
        yield f"DMG*D8*{_day(claim['birth_date'])}*{claim['sex']}"
        yield f"NM1*PR*2*PAYER*****PI*{claim['payer_id']}"
        yield from _claim(claim)


def _claim(claim: dict[str, Any]) -> Iterator[str]:
    place, frequency = claim["place_of_service"], claim["frequency_code"]
    yield f"CLM*{claim['claim_id']}*{claim['total_charge']}***{place}:B:{frequency}*Y*A*Y*Y"
    principal, *others = claim["diagnoses"]
    yield "*".join(["HI", f"ABK:{principal}", *(f"ABF:{code}" for code in others)])
    yield f"NM1*82*1*ROE*ROBIN****XX*{claim['rendering_npi']}"
    for line in claim["lines"]:
        yield f"LX*{line['line_number']}"
        modifiers = [*line.get("modifiers", ()), "", "", "", ""][:4]
        service = ":".join(["HC", line["procedure_code"], *modifiers, line.get("description", "")]).rstrip(":")
        pointers = ":".join(map(str, line.get("diagnosis_pointers", ())))
        yield f"SV1*{service}*{line['charge']}*UN*{line.get('units', '')}***{pointers}"
        yield f"DTP*472*D8*{_day(line['service_date'])}"


def _day(text: str) -> str:
    return text.replace("-", "")
