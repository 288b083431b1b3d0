"""The 277CA that is written, walked with plain lists: levels, sums, statuses, and what it must not hold."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest

from claimcheck import validate_claims
from claimcheck.errors import InputError
from claimcheck.remittance import (
    AcknowledgedClaim,
    AcknowledgedLine,
    RemittanceHeader,
    StatusCode,
    acknowledged,
    written_acknowledgment,
)
from remittance.payer import drawn

HEADER = RemittanceHeader(payer_name="A PAYER", payer_id="12345", payee_npi="1234567893")
DAY = datetime.date(2024, 7, 15)
TAKEN, RETURNED = StatusCode("A2", "20"), StatusCode("A7", "562", "85")


def segments(data: bytes) -> list[list[str]]:
    return [segment.split("*") for segment in data.decode().split("~") if segment]


def walked(data: bytes) -> list[dict]:
    """The claims of a 277CA, by the segments of loop 2200D and 2220D."""
    claims: list[dict] = []
    for name, *elements in segments(data):
        if name == "HL":
            is_claim = elements[2] == "PT"
            if is_claim:
                claims.append({"statuses": [], "lines": []})
        elif not claims:
            continue
        elif name == "TRN":
            claims[-1]["id"] = elements[1]
        elif name == "SVC":
            claims[-1]["lines"].append({"code": elements[0], "charge": elements[1], "statuses": []})
        elif name == "STC":
            of = claims[-1]["lines"][-1] if claims[-1]["lines"] else claims[-1]
            padded = elements + [""] * 12
            of["statuses"] += [code for code in (padded[0], padded[9], padded[10]) if code]
            of["action"] = padded[2]
            of.setdefault("amount", padded[3])
        elif name == "REF" and elements[0] == "FJ":
            claims[-1]["lines"][-1]["number"] = elements[1]
    return claims


def test_every_claim_is_in_the_file_with_its_statuses() -> None:
    claims = drawn(60, 5)
    for claim in claims[::3]:
        claim["lines"][0]["units"] = -1
    given = list(acknowledged(validate_claims(claims)))
    assert {claim.accepted for claim in given} == {True, False}
    data = written_acknowledgment(given, HEADER, on=DAY)
    found = walked(data)
    assert [claim["id"] for claim in found] == [claim.claim_id for claim in given]
    assert [claim["statuses"] for claim in found] == [[str(code) for code in claim.statuses] for claim in given]
    assert [claim["action"] for claim in found] == ["WQ" if claim.accepted else "U" for claim in given]
    assert [Decimal(claim["amount"]) for claim in found] == [claim.charge for claim in given]
    assert [[(int(line["number"]), line["statuses"]) for line in claim["lines"]] for claim in found] == [
        [(line.line_number, [str(code) for code in line.statuses]) for line in claim.lines] for claim in given
    ]
    sums = {
        (name, qualifier): value
        for name, qualifier, value in (row for row in segments(data) if row[0] in ("QTY", "AMT"))
    }
    for is_taken, counts, amount in ((True, ("90", "QA"), "YU"), (False, ("AA", "QC"), "YY")):
        mine = [claim for claim in given if claim.accepted is is_taken]
        assert [sums["QTY", name] for name in counts] == [str(len(mine))] * 2
        assert Decimal(sums["AMT", amount]) == sum(claim.charge for claim in mine)


def test_the_envelope_holds() -> None:
    rows = segments(written_acknowledgment([AcknowledgedClaim("A1", True, (TAKEN,), (), Decimal(5), DAY, DAY)], HEADER))
    names = [row[0] for row in rows]
    opened, closed = names.index("ST"), names.index("SE")
    assert rows[closed][1:] == [str(closed - opened + 1), rows[opened][2]]
    assert rows[names.index("GS")][1] == "HN"
    assert rows[opened][1:] == ["277", "0001", "005010X214"]
    levels = [row[1:] for row in rows if row[0] == "HL"]
    assert levels == [["1", "", "20", "1"], ["2", "1", "21", "1"], ["3", "2", "19", "1"], ["4", "3", "PT"]]


def test_only_the_status_of_the_billing_provider_has_no_day() -> None:
    """STC02 is required of the receiver, the claim and the line, and not used of the billing provider (005010X214)."""
    line = AcknowledgedLine(1, (RETURNED,), "99213", (), None, Decimal(5), DAY)
    claim = AcknowledgedClaim("A1", False, (RETURNED,), (line,), Decimal(5), DAY, DAY)
    days = [row[2] for row in segments(written_acknowledgment([claim], HEADER, on=DAY)) if row[0] == "STC"]
    assert days == ["20240715", "", "20240715", "20240715"]


def test_statuses_stand_three_in_a_segment() -> None:
    codes = tuple(StatusCode("A7", str(number)) for number in range(400, 404))
    data = written_acknowledgment([AcknowledgedClaim("A1", False, codes, (), Decimal(5), DAY, DAY)])
    assert [row[1] for row in segments(data) if row[0] == "STC"][-2:] == ["A7:400", "A7:403"]
    assert walked(data)[0]["statuses"] == [str(code) for code in codes]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (AcknowledgedLine(1, (RETURNED,), "99213", ("25", "59"), None, Decimal(5), DAY), "HC:99213:25:59"),
        (AcknowledgedLine(1, (RETURNED,), None, (), "0450", Decimal(5), DAY), "NU:0450"),
    ],
)
def test_a_line_is_told_by_what_it_bills(line: AcknowledgedLine, code: str) -> None:
    data = written_acknowledgment([AcknowledgedClaim("A1", False, (RETURNED,), (line,), Decimal(5), DAY, DAY)])
    assert walked(data)[0]["lines"][0]["code"] == code


def test_the_statuses_of_a_line_without_a_code_stand_on_its_claim() -> None:
    line = AcknowledgedLine(1, (StatusCode("A7", "454"), RETURNED))
    [claim] = walked(
        written_acknowledgment([AcknowledgedClaim("A1", False, (RETURNED,), (line,), Decimal(5), DAY, DAY)])
    )
    assert (claim["statuses"], claim["lines"]) == (["A7:562:85", "A7:454"], [])


def test_a_claim_of_several_days_says_its_span() -> None:
    last = datetime.date(2024, 7, 20)
    data = written_acknowledgment([AcknowledgedClaim("A1", True, (TAKEN,), (), Decimal(5), DAY, last)])
    assert [row[1:] for row in segments(data) if row[:2] == ["DTP", "472"]] == [["472", "RD8", "20240715-20240720"]]


def test_nothing_of_the_member_is_written() -> None:
    claims = [{**claim, "member_id": "MEMBERCANARY"} for claim in drawn(5, 1)]
    data = written_acknowledgment(acknowledged(validate_claims(claims)), HEADER)
    assert not re.search(b"CANARY", data)


@pytest.mark.parametrize(
    "claim",
    [
        AcknowledgedClaim(None, True, (TAKEN,), (), Decimal(1)),
        AcknowledgedClaim("A1", True, (TAKEN,)),
        AcknowledgedClaim("A*1", True, (TAKEN,), (), Decimal(1)),
    ],
)
def test_what_cannot_be_written_is_refused(claim: AcknowledgedClaim) -> None:
    with pytest.raises(InputError):
        written_acknowledgment([claim])
