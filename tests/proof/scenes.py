"""Well-formed claims of a few members, days, codes and providers, so that lines meet in every way that they can."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

#: Codes that are pairs, that exceed their units, or that report one service: each batch is of one or two families.
FAMILIES = [
    ["45385", "45380", "45378"],
    ["20610", "20611", "99213"],
    ["96372", "99213", "99211"],
    ["11720", "11719", "11721", "97597", "11042"],
    ["80053", "82947", "80048", "83036"],
    ["97140", "97530", "97124", "97110"],
    ["17000", "A0425", "99291", "G0378"],
    ["3044F", "3046F", "3051F"],
    ["3074F", "3077F", "3044F", "1111F"],
]
MODIFIERS = ["59", "XS", "25", "LT", "76", "50", "8P", "1P"]
NPIS = ["1234567893", "1003000126"]
DAYS = ["2024-07-15", "2024-07-16", "2024-07-17", "2024-09-30"]
OUTSIDE = ["2024-06-30", "2024-10-01", "2023-01-02"]
UNITS = [1, 1, 1, 1, 2, 3, 5, 8, 13, "2.5", 251]
KINDS = [
    {"claim_type": "professional"},
    {"claim_type": "professional"},
    {"claim_type": "institutional", "bill_type": "0131"},
    {"claim_type": "institutional", "bill_type": "0851"},
    {"claim_type": "institutional", "bill_type": "0221"},
    {"claim_type": "institutional", "bill_type": "0111"},
]


def mostly(often: list[Any], seldom: list[Any], times: int = 5) -> st.SearchStrategy[Any]:
    """One of `often`, and now and then one of `seldom`."""
    return st.sampled_from([*often * times, *seldom])


def lines(codes: list[str], days: st.SearchStrategy[Any], npi: str) -> st.SearchStrategy[dict[str, Any]]:
    """A line of a day, or of two or three."""
    return st.builds(
        _line,
        st.sampled_from(codes),
        mostly([[]], [[], *([one] for one in MODIFIERS), ["59", "LT"], ["25", "76"]]),
        mostly(UNITS, [None]),
        days,
        st.sampled_from([0, 0, 0, 0, 1, 2]),
        mostly([npi], [None, *NPIS]),
        st.sampled_from([None, "0450", "0981"]),
        mostly([None], ["MJ", "UN"]),
    )


def _line(
    code: str,
    modifiers: list[str],
    units: object,
    day: str | None,
    more: int,
    npi: str | None,
    revenue: str | None,
    basis: str | None,
) -> dict[str, Any]:
    end = f"{day[:8]}{int(day[8:]) + more:02}" if day and more and int(day[8:]) + more <= 30 else None
    return {
        "procedure_code": code,
        "modifiers": modifiers,
        "units": units,
        "unit_basis": basis,
        "charge": "0.00" if code.endswith("F") else "100.00",
        "service_date": day,
        "service_date_end": end,
        "rendering_npi": npi,
        "revenue_code": revenue or "0510",
    }


@st.composite
def batches(
    draw: st.DrawFn, families: list[list[str]] = FAMILIES, days: list[str] = DAYS, most: int = 4
) -> list[dict[str, Any]]:
    """Claims in the order in which they come; some replace or void one that came before, or one that never did."""
    codes = [*draw(st.sampled_from(families)), *draw(st.sampled_from([[], *families]))]
    dates = mostly(draw(st.lists(st.sampled_from(days), min_size=1, max_size=2)), [*OUTSIDE, None], 8)
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2))
    some = []
    for number in range(draw(st.integers(1, most))):
        claim = {
            **draw(st.sampled_from(kinds)),
            "claim_id": f"C{number}",
            "member_id": draw(mostly(["M1"], ["M2", None], 8)),
            "billing_npi": draw(mostly([NPIS[0]], [NPIS[1], None])),
            "received_date": draw(st.sampled_from(["2024-10-15", "2024-10-16", None])),
            "diagnoses": ["I10"],
            "lines": draw(st.lists(lines(codes, dates, NPIS[0]), min_size=1, max_size=5)),
        }
        frequency = draw(mostly([None], ["7", "8"]))
        if frequency and "bill_type" in claim:
            claim["bill_type"] = claim["bill_type"][:3] + frequency
        if frequency:
            claim["frequency_code"] = frequency
            # One that is known by its name: what is meant without one has tests of its own (`test_unknown_originals`).
            known = [one["claim_id"] for one in some if one.get("member_id") == claim.get("member_id")]
            claim["original_claim_id"] = draw(st.sampled_from(known or ["X"]))
        some.append(claim)
    return some
