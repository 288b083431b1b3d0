"""Claims for the engine's properties: few codes and few days, so that lines meet, and much that may be broken."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

CODES = [
    "45385", "45380", "45378", "99213", "20610", "96372", "97110", "11720", "A0425", "17000", "17003", "88311",
    "99292", "3044F", "3074F", "J1885", "G0378", "G0379", "80053", "0001U", "W1234", "9921", "94760", "G0463", "11042",
]  # fmt: skip
DAYS = ["2024-07-15", "2024-07-16", "2024-07-17", "2023-01-02", None]
NPIS = [None, "1234567893", "1003000126"]


def lines(codes: list[str] = CODES) -> st.SearchStrategy[dict[str, Any]]:
    """A line: most fields well formed, each now and then not."""
    return st.fixed_dictionaries(
        {
            "procedure_code": st.sampled_from([*codes, None]),
            "modifiers": st.lists(st.sampled_from(["59", "XS", "25", "50", "76", "LT", "8P", "J?"]), max_size=2),
            "units": st.sampled_from([1, 1, 2, 7, 300, "1.5", -1, "x", None]),
            "charge": st.sampled_from(["100.00", "100.00", "0.00", "0.01", None, "-5"]),
            "service_date": st.sampled_from(DAYS),
            "service_date_end": st.sampled_from([None, None, "2024-07-16", "2024-07-18", "bad"]),
            "revenue_code": st.sampled_from([None, "0450", "0250", "0762", "0981", "0120", "045X"]),
            "rendering_npi": st.sampled_from(NPIS),
            "diagnosis_pointers": st.lists(st.integers(0, 3), max_size=2),
        }
    )


def claims(codes: list[str] = CODES, *, min_lines: int = 0, max_lines: int = 6) -> st.SearchStrategy[dict[str, Any]]:
    """A claim as a mapping, its lines numbered from 1."""
    kinds = st.sampled_from(
        [
            {"claim_type": "professional"},
            {"claim_type": "institutional", "bill_type": "0131"},
            {"claim_type": "institutional", "bill_type": "0851"},
            {"claim_type": "institutional", "bill_type": "0111", "discharge_date": "2024-07-17"},
            {"claim_type": None},
        ]
    )
    fields = st.fixed_dictionaries(
        {
            "member_id": st.sampled_from(["M1", "M2", None]),
            "billing_npi": st.sampled_from(NPIS),
            "received_date": st.sampled_from(["2024-08-01", "2024-07-16", None]),
            "diagnoses": st.sampled_from([[], ["E11.9"], ["E11.9", "I10"], ["E11", "E11"]]),
            "lines": st.lists(lines(codes), min_size=min_lines, max_size=max_lines),
        }
    )
    return st.builds(lambda kind, rest: {**kind, **rest, "lines": numbered(rest["lines"])}, kinds, fields)


def numbered(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**line, "line_number": number} for number, line in enumerate(some, 1)]
