"""Global surgery against a plain reading of the manual: every line against every operation, in every way of judging."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import Policy, validate_claims
from claimcheck.frames import validate_frame

#: Global days on the physician fee schedule of July 2024.
DAYS = {"27447": 90, "47562": 90, "17110": 10, "20610": 0, "99213": None, "99222": None, "73560": None}
VISITS = ("99213", "99222")
POLICY = Policy.load("default").replace(
    tables__accepted={"staleness_days": 999, "approximate_history": True}, structure__member_id={"format": "any"}
)
FIRST = date(2024, 7, 1)

services = st.fixed_dictionaries(
    {
        "code": st.sampled_from([*DAYS]),
        "modifier": st.sampled_from([None, None, None, "24", "25", "57", "58", "78", "79", "54", "55", "80"]),
        "day": st.sampled_from([0, 1, 2, 9, 10, 11, 12, 88, 89, 90, 91, 92]),
        "provider": st.sampled_from(["1234567893", "1234567893", "1003000126"]),
        "claim": st.integers(0, 3),
    }
)


def held(line: dict[str, Any], lines: list[dict[str, Any]]) -> bool:
    """Whether any operation on another day, by the same provider, holds the line."""
    return any(one is not line and one["provider"] == line["provider"] and holds(one, line) for one in lines)


def holds(operation: dict[str, Any], line: dict[str, Any]) -> bool:
    """Medicare Claims Processing Manual, chapter 12, sections 40.1 and 40.2."""
    days, modifier = DAYS[operation["code"]] or 0, operation["modifier"]
    if not days or modifier == "80" or line["modifier"] in ("54", "55"):
        return False
    gap = line["day"] - operation["day"]
    if line["code"] in VISITS:
        if gap == -1:
            return days == 90 and modifier != "55" and line["modifier"] not in ("24", "25", "57")
        apart = line["modifier"] in ("24", "57")
    else:
        apart = DAYS[line["code"]] is None or line["modifier"] in ("58", "78", "79", "80")
    return 1 <= gap <= days and modifier not in ("54", "78") and not apart


def named(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row for each line: claims are of one provider each."""
    return [
        {
            "claim_id": f"{line['provider']}-{line['claim']}",
            "claim_type": "professional",
            "member_id": "M1",
            "billing_npi": line["provider"],
            "line_number": number,
            "procedure_code": line["code"],
            "modifiers": line["modifier"],
            "units": 1,
            "charge": "100.00",
            "service_date": (FIRST + timedelta(days=line["day"])).isoformat(),
        }
        for number, line in enumerate(lines, 1)
    ]


def claims_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    of_claim = ("claim_id", "claim_type", "member_id", "billing_npi")
    claims: dict[str, dict[str, Any]] = {}
    for row in rows:
        claim = claims.setdefault(row["claim_id"], {**{name: row[name] for name in of_claim}, "lines": []})
        modifiers = [] if row["modifiers"] is None else [row["modifiers"]]
        claim["lines"].append({**{k: v for k, v in row.items() if k not in of_claim}, "modifiers": modifiers})
    return [*claims.values()]


@given(st.lists(services, min_size=1, max_size=7, unique_by=lambda one: (one["code"], one["day"], one["provider"])))
@settings(max_examples=30, deadline=None)
def test_each_line_that_an_operation_holds(lines: list[dict[str, Any]]) -> None:
    # What an earlier edit denies or rejects (a pair of the NCCI, a duplicate) the package does not look at: of one day
    # one line is enough here.
    lines = [line for place, line in enumerate(lines) if all(one["day"] != line["day"] for one in lines[:place])]
    wanted = {number for number, line in enumerate(lines, 1) if held(line, lines)}
    rows = named(lines)
    for claims in (claims_of(rows), claims_of(rows)[::-1]):
        found = {
            finding.line_number
            for result in validate_claims(claims, POLICY)
            for finding in result.findings
            if finding.rule_id == "PRO207"
        }
        assert found == wanted
    findings = validate_frame(pl.DataFrame(rows), policy=POLICY, workers=1).findings
    assert {*findings.filter(rule_id="PRO207")["line_number"].to_list()} == wanted
