"""A second reader of 835 files, written to be obviously right and nothing else: what the library's is held against.

It shares no code with the library: the whole text is split at its delimiters, and walked with plain lists.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

__all__ = ["naive"]


def naive(data: bytes) -> list[dict[str, Any]]:
    """Every transaction set 835 of the text: its payment, its PLB amounts and its claims."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip("\r\n \t")
    element, component = text[3], text[104]
    terminator = text[105]
    sets: list[dict[str, Any]] = []
    inside = False
    for raw in text.split(terminator):
        segment = raw.strip("\r\n \t").split(element)
        name = segment[0]
        rest = [value.strip() for value in segment] + [""] * 30
        if name == "ST":
            inside = rest[1] == "835"
            if inside:
                sets.append({"payment": None, "credit": True, "plb": [], "claims": []})
        elif not inside:
            continue
        elif name == "SE":
            inside = False
        elif name == "BPR":
            sets[-1]["payment"], sets[-1]["credit"] = _amount(rest[2]), rest[3] != "D"
        elif name == "PLB":
            sets[-1]["plb"] += [_amount(rest[at + 1]) for at in range(3, 15, 2) if rest[at]]
        elif name == "CLP":
            sets[-1]["claims"].append(
                {
                    "id": rest[1] or None,
                    "status": rest[2],
                    "charge": _amount(rest[3]),
                    "paid": _amount(rest[4]),
                    "patient": _amount(rest[5]),
                    "payer_claim_id": rest[7] or None,
                    "cas": [],
                    "remarks": [],
                    "lines": [],
                }
            )
        elif sets[-1]["claims"]:
            _of_claim(sets[-1]["claims"][-1], name, rest, component)
    return sets


def _of_claim(claim: dict[str, Any], name: str, rest: list[str], component: str) -> None:
    lines = claim["lines"]
    if name == "SVC":
        parts = [part.strip() for part in rest[1].split(component)] + [""] * 6
        billed = [part.strip() for part in rest[6].split(component)] + [""] * 6
        lines.append(
            {
                "code": (parts[1] or None) if parts[0] != "NU" else None,
                "revenue": (rest[4] or None) if parts[0] != "NU" else parts[1],
                "modifiers": [part for part in parts[2:6] if part],
                "billed": (billed[1] or None) if rest[6] else None,
                "charge": _amount(rest[2]),
                "paid": _amount(rest[3]),
                "units": _amount(rest[5]) if rest[5] else Decimal(1),
                "cas": [],
                "remarks": [],
                "number": None,
            }
        )
    elif name == "CAS":
        of = lines[-1] if lines else claim
        for at in (2, 5, 8, 11, 14, 17):
            if rest[at] and rest[at + 1]:
                of["cas"].append((rest[1], rest[at], _amount(rest[at + 1]), _amount(rest[at + 2])))
    elif name == "LQ" and lines and rest[1] == "HE":
        lines[-1]["remarks"].append(rest[2])
    elif name == "REF" and lines and rest[1] == "6R":
        lines[-1]["number"] = rest[2]
    elif name == "MOA":
        claim["remarks"] += [code for code in rest[3:8] if code]
    elif name == "MIA":
        claim["remarks"] += [code for code in (rest[5], *rest[20:24]) if code]


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
