"""Remittances as plain values, and as the 835 that says the same: what the reader is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["interchange", "isa", "segments_of_claim", "text", "transaction"]


def isa(element: str = "*", component: str = ":", terminator: str = "~") -> str:
    fields = ["ISA", "00", " " * 10, "00", " " * 10, "ZZ", "A".ljust(15), "ZZ", "B".ljust(15), "240801", "1200", "^"]
    return element.join([*fields, "00501", "000000001", "0", "P", component]) + terminator


def segments_of_claim(claim: Mapping[str, Any]) -> list[list[str]]:
    """The segments of loop 2100 and its lines; amounts and days are texts."""
    stated = ("claim_id", "status", "charge", "paid", "patient", "filing", "payer_claim_id", "facility", "frequency")
    found = [["CLP", *(claim.get(name, "") for name in stated)]]
    found += _cas(claim.get("adjustments", ()))
    found.append(["NM1", "QC", "1", "DOE", "JANE", "", "", "", "MI", "MEMBER-CANARY"])
    if claim.get("remarks"):
        found.append(["MOA", "", "", *claim["remarks"]])
    if claim.get("received"):
        found.append(["DTM", "050", claim["received"]])
    for line in claim.get("lines", ()):
        found += _segments_of_line(line)
    return found


def _segments_of_line(line: Mapping[str, Any]) -> list[list[str]]:
    found = [
        [
            "SVC",
            ":".join([line.get("qualifier", "HC"), line["code"], *line.get("modifiers", ())]),
            line["charge"],
            line["paid"],
            line.get("revenue_code", ""),
            line.get("units", ""),
            ":".join(["HC", *line["submitted"]]) if "submitted" in line else "",
            line.get("submitted_units", ""),
        ],
        ["DTM", "472", line.get("day", "20240701")],
        *_cas(line.get("adjustments", ())),
    ]
    if line.get("control_number"):
        found.append(["REF", "6R", line["control_number"]])
    if line.get("allowed"):
        found.append(["AMT", "B6", line["allowed"]])
    return found + [["LQ", "HE", remark] for remark in line.get("remarks", ())]


def _cas(adjustments: Iterable[tuple[str, list[tuple[str, str, str]]]]) -> list[list[str]]:
    return [["CAS", group, *(part for triplet in triplets for part in triplet)] for group, triplets in adjustments]


def transaction(
    claims: Iterable[Mapping[str, Any]],
    payment: str = "0",
    plb: Iterable[list[str]] = (),
    *,
    payer: str = "A PAYER",
    payee: str = "1234567893",
    day: str = "20240802",
) -> list[list[str]]:
    """One transaction set 835, ST to SE."""
    found = [
        ["ST", "835", "0001"],
        ["BPR", "I", payment, "C", "ACH", *[""] * 11, day],
        ["TRN", "1", "C77", "1999999999"],
        ["DTM", "405", "20240801"],
        ["N1", "PR", payer],
        ["REF", "2U", "12345"],
        ["N1", "PE", "A CLINIC", "XX", payee],
        ["LX", "1"],
    ]
    for claim in claims:
        found += segments_of_claim(claim)
    found += list(plb)
    return [*found, ["SE", str(len(found) + 1), "0001"]]


def interchange(*sets: list[list[str]], kind: str = "HP", terminator: str = "~") -> bytes:
    """An interchange that holds these transaction sets."""
    segments = [["GS", kind, "A", "B", "20240801", "1200", "1", "X", "005010X221A1"]]
    for one in sets:
        segments += one
    segments += [["GE", str(len(sets)), "1"], ["IEA", "1", "000000001"]]
    trimmed = ("*".join(segment).rstrip("*") for segment in segments)
    return (isa(terminator=terminator) + "".join(text + terminator for text in trimmed)).encode()


def text(body: str, payment: str = "0") -> bytes:
    """An interchange of one transaction set whose claims are given as text."""
    *before, _ = transaction([], payment)
    segments = [*before, *(one.split("*") for one in body.split("~") if one)]
    return interchange([*segments, ["SE", str(len(segments) + 1), "0001"]])
