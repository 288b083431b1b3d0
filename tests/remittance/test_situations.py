"""Situations that payers' answers are in: each a claim, what the remittance says, and what the comparison must say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import attrs
import pytest

from claimcheck import validate_claims
from claimcheck.remittance import Comparison, Remittance, RemittedClaim, compare, read_remittances
from remittance import written

WHO = {"member_id": "M1", "billing_npi": "1234567893"}
DAY = {"service_date": "2024-07-15", "units": 1}
VISIT = DAY | {"procedure_code": "99213", "charge": "125.00"}
INJECTION = DAY | {"procedure_code": "J3301", "charge": "40.00"}
PANEL = DAY | {"procedure_code": "80053", "charge": "60.00"}
THERAPY = DAY | {"procedure_code": "97110", "charge": "200.00", "units": 4}
ROOM = DAY | {"revenue_code": "0450", "charge": "300.00"}
SCAN = DAY | {"revenue_code": "0350", "procedure_code": "70450", "charge": "900.00"}
EXAM = DAY | {"procedure_code": "D0120", "charge": "55.00"}


def claim(*lines: dict[str, Any], claim_id: str = "A1", **more: object) -> dict[str, Any]:
    told = {"claim_id": claim_id, "claim_type": "professional", "diagnoses": ["I10"], "lines": list(lines)}
    return told | WHO | more


def hospital(*lines: dict[str, Any], **more: object) -> dict[str, Any]:
    return claim(*lines, **more) | {"claim_type": "institutional", "bill_type": "0131"}


Row = tuple[int, str, tuple[str, ...], str]
"""Position, what the payer decided, its reasons, and the payment."""


@attrs.frozen
class Case:
    """Claims, the bodies of their remittances, and what is expected of both."""

    name: str
    claims: Iterable[dict[str, Any]]
    remittances: Iterable[str | bytes]
    rows: list[Row]
    unmatched: dict[str, int] = attrs.field(factory=dict)
    findings: tuple[str, ...] = ()
    also: Callable[[Comparison, list[RemittedClaim | Remittance]], bool] = lambda *_: True


def clp(status: str = "1", charge: str = "125", paid: str = "80", claim_id: str = "A1", number: str = "P1") -> str:
    return f"CLP*{claim_id}*{status}*{charge}*{paid}**12*{number}*11*1~"


def svc(code: str, charge: str, paid: str, *cas: str, rest: str = "", more: str = "") -> str:
    after = "".join(f"CAS*{one}~" for one in cas)
    return f"SVC*{code}*{charge}*{paid}{rest}~DTM*472*20240715~{after}{more}"


def on(day: str, body: str, payment: str = "80") -> bytes:
    """A remittance of that day."""
    return written.text(body, payment).replace(b"20240802", day.encode())


PAID = svc("HC:99213", "125", "80", "CO*45*45")
DENIED = svc("HC:99213", "125", "0", "CO*29*125")
SAID_PAID: Row = (1, "paid", (), "80")
SAID_DENIED: Row = (1, "denied", ("29",), "0")

CASES = [
    Case("paid", [claim(VISIT)], [clp() + PAID], [SAID_PAID]),
    Case("denied", [claim(VISIT)], [clp("4", paid="0") + DENIED], [SAID_DENIED]),
    Case(
        "denied as a whole, without lines",
        [claim(VISIT, INJECTION)],
        [clp("4", "165", "0") + "CAS*CO*29*165~"],
        [(1, "denied", ("29",), "0"), (2, "denied", ("29",), "0")],
    ),
    Case(
        "lines, and a reason for the whole claim",
        [claim(VISIT)],
        [clp("4", paid="0") + "CAS*CO*A1*125~" + svc("HC:99213", "125", "125")],
        [(1, "paid", (), "125")],
        findings=(),
    ),
    # CLP02
    Case(
        "primary, then secondary",
        [claim(VISIT)],
        [clp() + PAID, clp("2", paid="20") + svc("HC:99213", "125", "20", "OA*23*105")],
        [SAID_PAID],
        {"answer of a later payer": 1},
    ),
    Case(
        "secondary alone",
        [claim(VISIT)],
        [clp("2", paid="20") + svc("HC:99213", "125", "20", "OA*23*105")],
        [(1, "paid", (), "20")],
    ),
    Case(
        "secondary that pays nothing after the primary",
        [claim(VISIT)],
        [clp("2", paid="0") + svc("HC:99213", "125", "0", "OA*23*125")],
        [(1, "not paid", (), "0")],
    ),
    Case(
        "tertiary, then secondary",
        [claim(VISIT)],
        [clp("3", paid="5") + svc("HC:99213", "125", "5", "OA*23*120"), clp("2") + PAID],
        [SAID_PAID],
        {"answer of a later payer": 1},
    ),
    Case(
        "forwarded: 19 before 20 before 21",
        [claim(VISIT)],
        [
            clp("21", paid="5") + svc("HC:99213", "125", "5", "OA*23*120"),
            clp("20", paid="6") + svc("HC:99213", "125", "6", "OA*23*119"),
            clp("19") + PAID,
        ],
        [SAID_PAID],
        {"answer of a later payer": 2},
    ),
    Case(
        "not our claim, forwarded",
        [claim(VISIT)],
        [clp("23", paid="0") + svc("HC:99213", "125", "0", "OA*B11*125")],
        [],
        {"forwarded to another payer": 1, "claim without a remittance": 1},
    ),
    Case(
        "predetermination",
        [claim(VISIT)],
        [clp("25", paid="0") + svc("HC:99213", "125", "0", "OA*101*125")],
        [],
        {"predetermination": 1, "claim without a remittance": 1},
    ),
    Case(
        "pended, then paid (a status of 004010X091A1)",
        [claim(VISIT)],
        [clp("5", paid="0") + svc("HC:99213", "125", "0", "CO*16*125"), clp() + PAID],
        [SAID_PAID],
        {"not decided yet": 1},
        findings=("REM201",),
    ),
    # Reversals and corrections
    Case(
        "reversal, then correction",
        [claim(VISIT)],
        [
            clp() + PAID,
            clp("22", "-125", "-80") + svc("HC:99213", "-125", "-80", "CO*45*-45") + clp("4", paid="0") + DENIED,
        ],
        [SAID_DENIED],
        {"reversed": 1},
    ),
    Case(
        "files in the wrong order",
        [claim(VISIT)],
        [
            on("20240902", clp("22", "-125", "-80") + svc("HC:99213", "-125", "-80", "CO*45*-45"), "-80"),
            on("20240802", clp() + PAID),
        ],
        [],
        {"reversed": 1, "claim without a remittance": 1},
    ),
    Case(
        "correction, then reversal of a payment that was not loaded",
        [claim(VISIT)],
        [clp("4", paid="0") + DENIED + clp("22", "-125", "-80") + svc("HC:99213", "-125", "-80", "CO*45*-45")],
        [SAID_DENIED],
        {"reversal of a payment that is not here": 1},
    ),
    Case(
        "the reversal of the secondary payer leaves the primary's answer",
        [claim(VISIT)],
        [
            clp() + PAID,
            clp("2", paid="20", number="S9") + svc("HC:99213", "125", "20", "OA*23*105"),
            clp("22", "-125", "-20", number="S9") + svc("HC:99213", "-125", "-20", "OA*23*-105"),
        ],
        [SAID_PAID],
        {"reversed": 1},
    ),
    Case(
        "a replaced claim: the original is paid, taken back, and the replacement is denied",
        [claim(VISIT), claim(VISIT, claim_id="A2", frequency_code="7", original_claim_id="A1")],
        [
            clp() + PAID,
            clp("22", "-125", "-80") + svc("HC:99213", "-125", "-80", "CO*45*-45"),
            clp("4", paid="0", claim_id="A2") + DENIED,
        ],
        [SAID_DENIED],
        {"reversed": 1, "superseded claim": 1},
    ),
    # Splits
    Case(
        "a claim split over two in one remittance",
        [claim(VISIT, INJECTION)],
        [clp() + PAID + "REF*6R*1~" + clp("4", "40", "0", number="P2") + svc("HC:J3301", "40", "0", "CO*204*40")],
        [SAID_PAID, (2, "denied", ("204",), "0")],
    ),
    Case(
        "a claim split over two remittances",
        [claim(VISIT, INJECTION)],
        [on("20240902", clp("4", "40", "0") + svc("HC:J3301", "40", "0", "CO*204*40"), "0"), clp() + PAID],
        [SAID_PAID, (2, "denied", ("204",), "0")],
    ),
    Case(
        "a line split into two of the same claim",
        [claim(THERAPY)],
        [
            clp(charge="200", paid="60")
            + svc("HC:97110", "100", "60", "CO*45*40", rest="**2", more="REF*6R*1~")
            + svc("HC:97110", "100", "0", "CO*119*100", rest="**0**2", more="REF*6R*1~")
        ],
        [(1, "paid", (), "60")],
    ),
    Case(
        "unbundled: one line answered by two codes",
        [claim(PANEL)],
        [
            clp(charge="60", paid="30")
            + svc("HC:80051", "60", "20", "CO*45*40", rest="**1*HC:80053", more="REF*6R*1~")
            + svc("HC:82565", "0", "10", "OA*94*-10", rest="**1*HC:80053", more="REF*6R*1~")
        ],
        [(1, "paid", (), "30")],
        also=lambda comparison, _: comparison.lines[0].code_changed,
    ),
    Case(
        "bundled: two lines answered by one code",
        [claim(DAY | {"procedure_code": "80051", "charge": "30"}, DAY | {"procedure_code": "82565", "charge": "20"})],
        [
            clp(charge="50", paid="40")
            + svc("HC:80053", "30", "40", "OA*94*-10", rest="**1*HC:80051")
            + svc("HC:80053", "20", "0", "OA*97*20", rest="**1*HC:82565")
        ],
        [(1, "paid", (), "40"), (2, "denied", ("97",), "0")],
        also=lambda comparison, _: all(line.code_changed for line in comparison.lines),
    ),
    Case(
        "a remittance loaded twice",
        [claim(VISIT)],
        [clp() + PAID, clp() + PAID],
        [SAID_PAID],
        {"remitted line without a line": 1},
    ),
    Case(
        "denied for what is wrong with the claim, not with its line",
        [claim(VISIT, billing_npi="3000000000")],
        [clp("4", paid="0") + svc("HC:99213", "125", "0", "CO*207*125")],
        [(1, "denied", ("207",), "0")],
        also=lambda comparison, _: (
            [(str(line.agreement), line.rule_id) for line in comparison.lines] == [("came true", "STR701")]
            and [(each.carc, each.recall) for each in comparison.by_carc()] == [("207", 1.0)]
        ),
    ),
    Case(
        "a hospital's claim that is returned for one line, and paid nevertheless",
        [hospital(PANEL | {"revenue_code": "0300"}, SCAN | {"revenue_code": "9999"})],
        [
            clp(charge="960", paid="660")
            + svc("HC:80053", "60", "60", rest="*0300*1")
            + svc("HC:70450", "900", "600", "CO*45*300", rest="*9999*1")
        ],
        [(1, "paid", (), "60"), (2, "paid", (), "600")],
        also=lambda comparison, _: (
            {(str(line.agreement), line.rule_id) for line in comparison.lines}
            == {("paid though denial expected", "FAC102")}
        ),
    ),
    Case(
        "two answers to a line that charges nothing are no parts of it",
        [claim(VISIT, DAY | {"procedure_code": "3044F", "charge": "0.00"})],
        [
            clp(paid="100")
            + PAID
            + svc("HC:3044F", "0", "10", "OA*94*-10", more="REF*6R*2~")
            + svc("HC:3044F", "0", "10", "OA*94*-10", more="REF*6R*2~")
        ],
        [SAID_PAID, (2, "paid", (), "10")],
        {"remitted line without a line": 1},
    ),
    # Adjustments
    Case(
        "six reasons in one segment, and two more segments",
        [claim(VISIT)],
        [
            clp(paid="0")
            + svc("HC:99213", "125", "0", "CO*45*25**97*10*1*16*10**B7*5**50*5**151*20*2", "PR*1*30", "OA*23*20")
        ],
        [(1, "patient responsibility", (), "0")],
        also=lambda _, read: (
            [(each.group_code, each.carc, each.amount, each.quantity) for each in read[0].lines[0].adjustments]
            == [
                *(("CO", "45", 25, None), ("CO", "97", 10, 1), ("CO", "16", 10, None), ("CO", "B7", 5, None)),
                *(("CO", "50", 5, None), ("CO", "151", 20, 2), ("PR", "1", 30, None), ("OA", "23", 20, None)),
            ]
        ),
    ),
    Case(
        "one amount of a segment that cannot be read leaves the other reasons",
        [claim(VISIT)],
        [clp("4", paid="0") + svc("HC:99213", "125", "0", "CO*45*4O**97*80", "co*b7*45")],
        [(1, "denied", ("97", "B7"), "0")],
        findings=("REM201",),
    ),
    Case(
        "more reasons in a segment than the six of the guide",
        [claim(VISIT)],
        [clp("4", paid="0") + svc("HC:99213", "125", "0", "CO*45*20**97*20**16*20**18*20**29*20**96*20**50*5")],
        [(1, "denied", ("97", "16", "18", "29", "96", "50"), "0")],
    ),
    Case(
        "a payment below the price is no denial",
        [claim(VISIT)],
        [clp(paid="78.40") + svc("HC:99213", "125", "78.4", "CO*45*45**253*1.6")],
        [(1, "paid", (), "78.4")],
    ),
    Case(
        "all deductible",
        [claim(VISIT)],
        [clp(paid="0") + svc("HC:99213", "125", "0", "CO*45*45", "PR*1*80")],
        [(1, "patient responsibility", (), "0")],
    ),
    Case(
        "not covered, and the patient's to pay",
        [claim(VISIT)],
        [clp("4", paid="0") + svc("HC:99213", "125", "0", "PR*96*125")],
        [(1, "denied", ("96",), "0")],
    ),
    Case(
        "spaces and small letters",
        [claim(INJECTION)],
        ["CLP* A1 * 1 * 40.00 * 30 ** 12 *P1*11*1~" + svc(" HC : j3301 ", " 40 ", "30", " CO * 45 * 10")],
        [(1, "paid", (), "30")],
        also=lambda comparison, _: not comparison.lines[0].code_changed,
    ),
    Case(
        "an amount that cannot be read",
        [claim(VISIT)],
        [clp() + svc("HC:99213", "125", "8O", "CO*45*45")],
        [(1, "not paid", (), "0")],
        findings=("REM201",),
    ),
    # What was billed and what was adjudicated
    Case(
        "another code",
        [claim(VISIT)],
        [clp(paid="50") + svc("HC:99212", "125", "50", "CO*45*75", rest="**1*HC:99213")],
        [(1, "paid", (), "50")],
        also=lambda comparison, _: comparison.lines[0].code_changed,
    ),
    Case(
        "another code that SVC06 does not say, on the same numbered line",
        [claim(VISIT | {"line_control_number": "77"})],
        [clp(paid="50") + svc("HC:99212", "125", "50", "CO*45*75", more="REF*6R*77~")],
        [(1, "paid", (), "50")],
        also=lambda comparison, _: comparison.lines[0].code_changed,
    ),
    Case(
        "another modifier",
        [claim(VISIT | {"modifiers": ["25"]})],
        [clp() + svc("HC:99213", "125", "80", "CO*45*45", rest="**1*HC:99213:25")],
        [SAID_PAID],
        also=lambda comparison, _: not comparison.lines[0].code_changed,
    ),
    Case(
        "fewer units",
        [claim(THERAPY)],
        [clp(charge="200", paid="150") + svc("HC:97110", "200", "150", "CO*222*50*1", rest="**3**4")],
        [(1, "paid", (), "150")],
        also=lambda _, read: (read[0].lines[0].units, read[0].lines[0].billed_units) == (3, 4),
    ),
    Case(
        "units that are absent are one",
        [claim(VISIT)],
        [clp() + PAID],
        [SAID_PAID],
        also=lambda _, read: read[0].lines[0].units == 1,
    ),
    Case(
        "two lines alike, told apart by the provider's own numbers",
        [claim(VISIT | {"line_control_number": "X-2"}, VISIT | {"line_control_number": "X-1"})],
        [clp(charge="250") + PAID + "REF*6R*X-1~" + DENIED + "REF*6R*X-2~"],
        [(1, "denied", ("29",), "0"), (2, "paid", (), "80")],
    ),
    Case(
        "a period of service",
        [claim(VISIT | {"service_date_end": "2024-07-17"})],
        [clp() + "SVC*HC:99213*125*80~DTM*150*20240715~DTM*151*20240717~CAS*CO*45*45~"],
        [SAID_PAID],
    ),
    Case(
        "the day on the claim alone",
        [claim(VISIT)],
        [clp() + "DTM*232*20240715~DTM*233*20240715~SVC*HC:99213*125*80~CAS*CO*45*45~"],
        [SAID_PAID],
    ),
    Case(
        "hospital: a revenue code alone, and one with a procedure",
        [hospital(ROOM, SCAN)],
        [
            clp(charge="1200", paid="900")
            + svc("HC:70450", "900", "600", "CO*45*300", rest="*0350*1")
            + svc("NU:0450", "300", "300")
        ],
        [(1, "paid", (), "300"), (2, "paid", (), "600")],
        also=lambda comparison, _: not any(line.code_changed for line in comparison.lines),
    ),
    Case(
        "hospital: three digits of a revenue code",
        [hospital(ROOM)],
        [clp(charge="300", paid="300") + svc("NU:450", "300", "300")],
        [(1, "paid", (), "300")],
    ),
    Case(
        "dental",
        [claim(EXAM) | {"claim_type": "dental", "diagnoses": []}],
        [clp(charge="55", paid="40") + svc("AD:D0120", "55", "40", "CO*45*15")],
        [(1, "paid", (), "40")],
    ),
    # Remark codes
    Case(
        "remark codes of line and claim",
        [claim(VISIT)],
        [clp("4", paid="0") + "MOA***MA01*MA18~" + DENIED + "LQ*HE*N130~LQ*RX*AB~LQ*HE*M15~"],
        [SAID_DENIED],
        also=lambda comparison, _: comparison.lines[0].remarks == ("N130", "M15", "MA01", "MA18"),
    ),
    Case(
        "remark codes of an inpatient claim",
        [hospital(ROOM)],
        [clp("4", "300", "0") + f"MIA*0****MA01{'*' * 15}MA02*MA03~" + svc("NU:0450", "300", "0", "CO*29*300")],
        [SAID_DENIED],
        also=lambda comparison, _: comparison.lines[0].remarks == ("MA01", "MA02", "MA03"),
    ),
    # Who is meant
    Case(
        "a claim number of more than twenty characters",
        [claim(VISIT, claim_id="ABCDEFGHIJ0123456789XYZ")],
        [clp(claim_id="ABCDEFGHIJ0123456789") + PAID],
        [SAID_PAID],
    ),
    Case(
        "a correction without the claim number, told by the payer's number",
        [claim(VISIT)],
        [
            clp() + PAID,
            clp("22", "-125", "-80") + svc("HC:99213", "-125", "-80", "CO*45*-45"),
            clp("4", paid="0", claim_id="0") + DENIED,
        ],
        [SAID_DENIED],
        {"reversed": 1},
    ),
    Case(
        "no claim number, and nothing else that tells it",
        [claim(VISIT)],
        [clp(claim_id="") + PAID, clp(claim_id="0", number="P9") + PAID],
        [],
        {"no claim number": 2, "claim without a remittance": 1},
    ),
    # Payments
    Case(
        "amounts taken from the whole payment, and added to it",
        [claim(VISIT)],
        [on("20240802", clp() + PAID + "PLB*1234567893*20241231*WO:P0*10*L6*-5*FB:X*25~", "50")],
        [SAID_PAID],
        also=lambda _, read: (
            [(each.reason, each.reference, each.amount) for each in read[-1].provider_adjustments]
            == [("WO", "P0", 10), ("L6", None, -5), ("FB", "X", 25)]
        ),
    ),
    Case(
        "amounts taken that the payment does not show",
        [claim(VISIT)],
        [on("20240802", clp() + PAID + "PLB*1234567893*20241231*WO:P0*10~", "80")],
        [SAID_PAID],
        findings=("REM103",),
    ),
    Case(
        "lines that do not balance",
        [claim(VISIT)],
        [clp() + svc("HC:99213", "125", "80", "CO*45*44")],
        [SAID_PAID],
        findings=("REM101", "REM102"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_situation(case: Case) -> None:
    claims = list(case.claims)
    read = [
        item
        for body in case.remittances
        for item in read_remittances(body if isinstance(body, bytes) else written.text(body, _payment(body)))
    ]
    comparison = compare(list(validate_claims(claims)), read, claims)
    rows = [(line.position, str(line.actual), line.actual_carcs, str(line.paid)) for line in comparison.lines]
    assert [(at, said, carcs, Decimal(paid)) for at, said, carcs, paid in rows] == [
        (at, said, carcs, Decimal(paid)) for at, said, carcs, paid in case.rows
    ]
    assert dict(comparison.unmatched) == case.unmatched
    assert tuple(finding.rule_id for item in read for finding in item.findings) == case.findings
    assert case.also(comparison, read)


def _payment(body: str) -> str:
    """What the claims of a body are paid."""
    claims = (segment.split("*") for segment in body.split("~") if segment.startswith("CLP"))
    return str(sum(Decimal(one[4]) for one in claims))
