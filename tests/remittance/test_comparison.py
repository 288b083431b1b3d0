"""What was expected beside what was answered: matching, folding, and every count against a slow recount."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from claimcheck import validate_claim
from claimcheck.claims import Disposition
from claimcheck.errors import InputError
from claimcheck.remittance import (
    Agreement,
    Answer,
    RemittanceHeader,
    RemittedAdjustment,
    RemittedClaim,
    RemittedLine,
    compare,
    read_remittances,
)
from claimcheck.remittance.folding import fold
from claimcheck.remittance.matching import match_lines
from remittance import written

HEADER = RemittanceHeader(payer_name="A PAYER", payee_npi="1234567893")
VISIT = {"procedure_code": "99213", "units": 1, "charge": "125.00", "service_date": "2024-07-15"}
SCOPE = {"procedure_code": "45378", "units": 1, "charge": "900.00", "service_date": "2024-07-15"}
WITH_BIOPSY = {"procedure_code": "45380", "units": 1, "charge": "1000.00", "service_date": "2024-07-15"}
REPORT = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15"}


def result(*lines: dict, claim_id: str = "A1"):
    return validate_claim(
        {"claim_id": claim_id, "claim_type": "professional", "diagnoses": ["E11.65"], "lines": list(lines)}
    )


def institutional(*lines: dict):
    return validate_claim({"claim_id": "A1", "claim_type": "institutional", "bill_type": "0131", "lines": list(lines)})


def line(stated: dict, paid: str, *carcs: str, group: str = "CO", **more: object) -> RemittedLine:
    charge = Decimal(stated["charge"])
    each = (charge - Decimal(paid)) / max(1, len(carcs))
    adjustments = tuple(RemittedAdjustment(group, carc, each) for carc in carcs)
    return RemittedLine(stated["procedure_code"], charge, Decimal(paid), adjustments=adjustments, **more)


def answer(*lines: RemittedLine, claim_id: str = "A1", status: str = "1", **more: object) -> RemittedClaim:
    charge, paid = sum(each.charge for each in lines), sum(each.paid for each in lines)
    return RemittedClaim(HEADER, claim_id, status, Decimal(charge), Decimal(paid), lines=lines, **more)


@pytest.mark.parametrize(
    ("billed", "answered", "agreement"),
    [
        (VISIT, line(VISIT, "80", "45"), Agreement.CAME_TRUE),
        (VISIT, line(VISIT, "0", "1", group="PR"), Agreement.CAME_TRUE),
        (VISIT, line(VISIT, "0", "29"), Agreement.DENIED_THOUGH_PAYABLE),
        (VISIT, line(VISIT, "0", "18"), Agreement.NOT_CHECKED),  # no history: earlier claims were not looked at
        (REPORT, line(REPORT, "0"), Agreement.REPORT_ONLY),
        (REPORT, line(REPORT, "0", "246"), Agreement.REPORT_ONLY),
    ],
)
def test_one_line(billed: dict, answered: RemittedLine, agreement: Agreement) -> None:
    [compared] = compare([result(billed)], [answer(answered)]).lines
    assert compared.agreement is agreement


@pytest.mark.parametrize(
    ("paid", "carcs", "agreement"),
    [
        ("0", ["236"], Agreement.CAME_TRUE),
        ("0", ["45", "236"], Agreement.CAME_TRUE),
        ("0", ["97"], Agreement.OTHER_REASON),
        ("500", ["45"], Agreement.PAID_THOUGH_DENIED),
    ],
)
def test_a_line_that_is_expected_to_be_denied(paid: str, carcs: list[str], agreement: Agreement) -> None:
    expected = result(WITH_BIOPSY, SCOPE)
    assert expected.lines[1].disposition is Disposition.DENIED
    compared = compare([expected], [answer(line(WITH_BIOPSY, "600", "45"), line(SCOPE, paid, *carcs))]).lines
    assert [each.agreement for each in compared] == [Agreement.CAME_TRUE, agreement]
    [rule] = compare([expected], [answer(line(WITH_BIOPSY, "600", "45"), line(SCOPE, paid, *carcs))]).by_rule()
    assert (rule.rule_id, rule.expected) == ("NCCI101", 1)
    assert rule.precision == (agreement is Agreement.CAME_TRUE)


def test_lines_are_matched_by_their_numbers_then_by_what_they_bill() -> None:
    billed = result(VISIT, VISIT | {"charge": "50.00"}, SCOPE).lines
    second, first = line(VISIT, "1", control_number="2"), line(VISIT, "2")
    scope = line(SCOPE, "3", submitted_code="45378")
    matched, left = match_lines(billed, [second, first, scope, line(REPORT, "0")])
    assert matched == {1: (second,), 0: (first,), 2: (scope,)}
    assert [each.procedure_code for each in left] == ["3044F"]


def test_lines_are_matched_by_the_control_numbers_that_the_claim_gave() -> None:
    """REF*6R of the claim comes back as it was sent; without it, the first answer would be taken for the first line."""
    numbered = [VISIT | {"line_control_number": "77-A"}, VISIT | {"line_control_number": "77-B"}]
    second, first = line(VISIT, "1", "45", control_number="77-B"), line(VISIT, "2", "45", control_number="77-A")
    of_other_code = line(SCOPE, "3", control_number="77-A")
    expected, answered = result(*numbered), [answer(second, first, of_other_code)]
    claim = {"claim_id": "A1", "lines": numbered}
    assert [each.paid for each in compare([expected], answered, [claim]).lines] == [2, 1]
    assert [each.paid for each in compare([expected], answered).lines] == [1, 2]
    assert compare([expected], answered, [claim]).unmatched == {"remitted line without a line": 1}


@pytest.mark.parametrize("claims", [[], [{"lines": [VISIT]}] * 2, [{"lines": []}]])
def test_claims_that_are_not_those_of_the_results_are_refused(claims: list) -> None:
    with pytest.raises(InputError, match="those of the results are expected"):
        compare([result(VISIT)], [], claims)


def test_lines_alike_are_two_lines() -> None:
    first, second, third = line(VISIT, "80"), line(VISIT, "80"), line(VISIT, "80")
    matched, left = match_lines(result(VISIT, VISIT).lines, [first, second, third])
    assert [matched[0][0] is first, matched[1][0] is second, left[0] is third] == [True, True, True]


def test_a_changed_code_is_matched_by_what_was_billed() -> None:
    changed = RemittedLine("99212", Decimal("125.00"), Decimal("60.00"), submitted_code="99213")
    [compared] = compare([result(VISIT)], [answer(changed)]).lines
    assert compared.code_changed


def test_a_claim_answered_as_a_whole_answers_its_lines() -> None:
    whole = RemittedClaim(
        HEADER, "A1", "4", Decimal(125), Decimal(0), adjustments=(RemittedAdjustment("CO", "29", Decimal(125)),)
    )
    [compared] = compare([result(VISIT)], [whole]).lines
    assert (compared.actual, compared.actual_carcs) == (Answer.DENIED, ("29",))


def test_nothing_is_dropped_without_a_count() -> None:
    results = [result(VISIT), result(VISIT, claim_id="B"), result(SCOPE, claim_id="C"), result(VISIT, claim_id="C")]
    answers = [
        answer(line(VISIT, "80", "45")),
        answer(line(VISIT, "80", "45"), claim_id="X"),
        answer(line(VISIT, "80", "45"), claim_id="C"),
        answer(line(VISIT, "10", "45"), status="2"),
        answer(line(VISIT, "10", "45"), status="25"),
    ]
    comparison = compare(results, answers)
    assert len(comparison.lines) == 1
    assert dict(comparison.unmatched) == {
        "claim without a remittance": 1,
        "remittance without a claim": 1,
        "second claim of one number": 1,
        "remitted line without a line": 1,
        "line without an answer": 1,
        "answer of a later payer": 1,
        "predetermination": 1,
    }


def test_a_reversal_takes_back_what_it_negates() -> None:
    first, second = answer(line(VISIT, "80")), answer(line(VISIT, "70"))
    back = RemittedClaim(HEADER, "A1", "22", Decimal(-125), Decimal(-80))
    assert fold([first, second, back]).answers["A1"] == (second,)
    assert dict(fold([back]).left_out) == {"reversal of a payment that is not here": 1}
    assert not fold([back]).answers


def paid_on(day: int, paid: str, status: str = "1", charge: str = "125.00", **more: object) -> RemittedClaim:
    """An answer of that day of August, with the payer's number P."""
    amounts = {"charge": Decimal(charge), "paid": Decimal(paid)}
    header = RemittanceHeader(payment_date=date(2024, 8, day))
    return RemittedClaim(header, "A1", status, **amounts, payer_claim_id="P", **more)


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        # a correction ahead of its reversal, in the same remittance: with what is reversed, and without it
        ([paid_on(1, "80"), paid_on(9, "70"), paid_on(9, "-80", "22", "-125.00")], ["70"]),
        ([paid_on(9, "70"), paid_on(9, "-80", "22", "-125.00")], ["70"]),
        ([paid_on(9, "-80", "22", "-125.00"), paid_on(9, "70")], ["70"]),
        # a reversal of other amounts takes back what was paid before
        ([paid_on(1, "80"), paid_on(9, "-75", "22", "-125.00"), paid_on(9, "70")], ["70"]),
        ([paid_on(1, "80"), paid_on(9, "70"), paid_on(9, "0", "22", "0")], ["70"]),
        # several reversals
        (
            [
                paid_on(1, "80"),
                paid_on(5, "-80", "22", "-125.00"),
                paid_on(5, "70"),
                paid_on(9, "-70", "22", "-125.00"),
                paid_on(9, "60"),
            ],
            ["60"],
        ),
        # both parts of a claim are reversed at once, or one of them
        (
            [paid_on(1, "50", charge="75.00"), paid_on(2, "30", charge="50.00"), paid_on(9, "-80", "22", "-125.00")],
            [],
        ),
        (
            [paid_on(1, "50", charge="75.00"), paid_on(2, "30", charge="50.00"), paid_on(9, "-50", "22", "-75.00")],
            ["30"],
        ),
    ],
)
def test_what_stands_after_reversals(answers: list[RemittedClaim], standing: list[str]) -> None:
    found = fold(answers).answers.get("A1", ())
    assert [str(claim.paid) for claim in found] == standing


SUPPLY = {"revenue_code": "0450", "units": 1, "charge": "300.00", "service_date": "2024-07-15"}
EMERGENCY = SUPPLY | {"procedure_code": "99283"}


@pytest.mark.parametrize(
    ("billed", "svc", "changed"),
    [
        (SUPPLY, "SVC*NU:0450*300*0**1", False),
        (SUPPLY, "SVC*NU:0450*300*0**1*NU:0450", False),
        (SUPPLY, "SVC*HC:99283*300*0**1*NU:0450", True),
        (SUPPLY, "SVC*HC:99283*300*0*0450*1*NU:0450", True),
        (SUPPLY, "SVC*NU:0456*300*0**1*NU:0450", True),
        (EMERGENCY, "SVC*HC:99283*300*0*0450*1", False),
        (EMERGENCY, "SVC*HC:99283*300*0*0450*1*NU:0450", False),
        (EMERGENCY, "SVC*NU:0450*300*0**1", False),
        (EMERGENCY, "SVC*NU:0450*300*0**1*HC:99283", True),
        (EMERGENCY, "SVC*HC:99282*300*0*0450*1*HC:99283", True),
    ],
)
@pytest.mark.parametrize("number", ["", "REF*6R*1~"])
def test_a_revenue_code_as_billed(billed: dict, svc: str, changed: bool, number: str) -> None:
    """SVC06 may be a revenue code (qualifier NU): the line is what the claim billed by it, and not always changed."""
    body = f"CLP*A1*4*300*0**12*P77*13*1~{svc}~DTM*472*20240715~CAS*CO*29*300~{number}"
    answers = list(read_remittances(written.text(body)))
    comparison = compare([institutional(billed)], answers)
    assert [(line.code_changed, line.actual_carcs) for line in comparison.lines] == [(changed, ("29",))]
    assert not comparison.unmatched


def test_a_line_that_the_payer_split_is_one_line() -> None:
    """Each part bears the number of the line and a share of its charge (X12 RFI 467)."""
    therapy = {"procedure_code": "97110", "units": 4, "charge": "200.00", "service_date": "2024-07-15"}
    half = {"procedure_code": "97110", "charge": "100.00"}

    def parts() -> RemittedClaim:
        return answer(line(half, "60", "45", control_number="1"), line(half, "0", "119", control_number="1"))

    comparison = compare([result(therapy, therapy)], [parts()])
    assert [(each.position, each.paid, each.actual) for each in comparison.lines] == [(1, 60, Answer.PAID)]
    assert comparison.unmatched == {"line without an answer": 1}
    again = compare([result(therapy)], [parts(), parts()])
    assert (again.lines[0].paid, dict(again.unmatched)) == (60, {"remitted line without a line": 2})


@pytest.mark.parametrize(
    ("results", "remittances", "said"),
    [
        ("a.837", [], "results: a list is expected of what validate_claim returns or validate_claims yields, not str"),
        ([{"claim_id": "A1"}], [], "not one with dict"),
        (validate_claim({}), [], "not ClaimResult"),
        (object(), [], r"not object; for that of validate_frame: claimcheck\.remittance\.of_frames\.compare_frame"),
        ([], "era.835", r"remittances: a list is expected of what read_remittances\(file\) yields, not str"),
        ([], ["era.835"], "not one with str"),
        ([], None, "not NoneType"),
    ],
)
def test_what_is_no_result_or_no_remittance_is_refused(results: Any, remittances: Any, said: str) -> None:
    """A path taken for remittances answered no claim, and nothing said so."""
    with pytest.raises(InputError, match=said):
        compare(results, remittances)
