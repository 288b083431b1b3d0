"""Every figure of a comparison equals that of a slow recount, over generated claims and the 835s that answer them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from claimcheck import validate_claims
from claimcheck.remittance import Comparison, Tally, compare, read_remittances
from claimcheck.rules.registry import by_id
from remittance import written
from remittance.recount import NOT_A_DENIAL, recount, sums

DAYS = ("2024-07-15", "2024-07-15", "2024-08-01")
LINES = (
    {"procedure_code": "99213", "charge": "125.00"},
    {"procedure_code": "99213", "charge": "125.00", "modifiers": ["25"]},
    {"procedure_code": "45380", "charge": "1000.00"},
    {"procedure_code": "45378", "charge": "900.00"},  # a pair with the one before
    {"procedure_code": "82947", "charge": "60.00", "units": 9},  # more units than are likely
    {"procedure_code": "3044F", "charge": "0.00"},
    {"procedure_code": "3044F", "charge": "25.00"},
    {"procedure_code": "36415", "charge": "10.10"},
)
OF_HOSPITALS = (
    {"revenue_code": "0450", "charge": "300.00"},
    {"revenue_code": "0350", "procedure_code": "70450", "charge": "900.00"},
    {"revenue_code": "0250", "charge": "12.50"},
)
NUMBERS = ("A1", "A2", "A3", "B4")
DENIALS = ("236", "97", "119", "29", "16", "18", "246", "151")
PAYERS = (("A PAYER", "1234567893"), ("ANOTHER", "1234567893"), ("A PAYER", "1003000126"))


def drawn_claims(draw: random.Random) -> Iterator[dict[str, Any]]:
    for _ in range(draw.randrange(1, 8)):
        is_hospital = draw.random() < 0.2
        of = OF_HOSPITALS if is_hospital else LINES
        day = draw.choice(DAYS)
        lines = [{"units": 1, "service_date": day, **draw.choice(of)} for _ in range(draw.randrange(1, 4))]
        for line in lines:
            if draw.random() < 0.2:
                line["line_control_number"] = draw.choice(("L-1", "L-2", "2"))
        yield {
            "claim_id": draw.choice((*NUMBERS, *NUMBERS, None)),
            "claim_type": "institutional" if is_hospital else "professional",
            **({"bill_type": "0131"} if is_hospital else {"place_of_service": "11"}),
            "member_id": draw.choice(("M1", "M2")),
            "billing_npi": "1234567893",
            "diagnoses": ["E11.65"],
            **({"frequency_code": "7", "original_claim_id": draw.choice(NUMBERS)} if draw.random() < 0.1 else {}),
            "lines": lines,
        }


def drawn_files(draw: random.Random, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Remittances of the claims, of some twice, and of others."""
    files = []
    for _ in range(draw.randrange(1, 5)):
        payer, payee = draw.choice(PAYERS)
        day = draw.choice(("20240802", "20240902", "20241002"))
        answered = [draw.choice(claims) for _ in range(draw.randrange(1, 6))]
        said = [answer for claim in answered for answer in drawn_answers(draw, claim)]
        draw.shuffle(said)
        files.append({"payer": payer, "payee": payee, "day": day, "claims": said})
    return files


def drawn_answers(draw: random.Random, claim: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One answer to the claim, its reversal, another answer: any of these."""
    number = draw.choice((claim["claim_id"] or "X9",) * 8 + ("X9", "0", ""))
    lines = [line for billed in claim["lines"] for line in drawn_lines(draw, claim, billed)]
    answer = {
        "claim_id": number,
        "status": draw.choice(("1", "1", "1", "4", "2", "3", "19", "20", "21", "23", "25")),
        "payer_claim_id": draw.choice(("P1", "P2")),
        "adjustments": drawn_adjustments(draw) if draw.random() < 0.2 else [],
        "remarks": draw.sample(("MA01", "N130"), draw.randrange(2)),
        "lines": [] if draw.random() < 0.1 else lines,
    }
    answer["charge"] = str(sum(Decimal(line["charge"]) for line in claim["lines"]))
    paid = sum((Decimal(line["paid"]) for line in answer["lines"]), Decimal(0))
    answer["paid"] = str(paid) if answer["lines"] else draw.choice(("0", "0", "80"))
    kind = draw.random()
    if kind < 0.9:
        yield answer
    if kind > 0.7:
        wrong = "5" if draw.random() < 0.3 else "0"
        yield answer | {
            "status": "22",
            "charge": str(-Decimal(answer["charge"])),
            "paid": str(-paid - Decimal(wrong)),
            "lines": [],
            "adjustments": [],
        }


def drawn_lines(draw: random.Random, claim: dict[str, Any], billed: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The answer to a line: as billed, of another code, split, with or without a number; or none, or one too many."""
    code = billed.get("procedure_code")
    number = claim["lines"].index(billed) + 1
    line = {
        "qualifier": "NU" if code is None else "HC",
        "code": code or billed["revenue_code"],
        "modifiers": list(billed.get("modifiers", ())),
        "revenue_code": billed.get("revenue_code", "") if code else "",
        "charge": billed["charge"],
        "paid": draw.choice(("0", "0", "10.50", "33.33")),
        "day": billed["service_date"].replace("-", ""),
        "adjustments": drawn_adjustments(draw),
        "remarks": draw.sample(("N130", "M15"), draw.randrange(3)),
        "control_number": draw.choice((billed.get("line_control_number", ""), str(number), "", "L-1")),
    }
    kind = draw.random()
    if kind < 0.1:
        return
    if kind < 0.2 and code is not None:
        line |= {"code": "99212", "submitted": [code, *line["modifiers"]], "modifiers": []}
    elif kind < 0.3:
        line |= {"modifiers": [], "charge": draw.choice(("10.00", billed["charge"]))}
    elif kind < 0.4:
        half = str(Decimal(billed["charge"]) / 2)
        yield line | {"charge": half, "adjustments": drawn_adjustments(draw)}
        line |= {"charge": half}
    elif kind < 0.45:
        line |= {"day": "20240901", "code": draw.choice(("80053", line["code"]))}
    elif kind < 0.5 and code is not None and claim["claim_type"] == "institutional":
        line |= {"qualifier": "NU", "code": billed["revenue_code"], "revenue_code": ""}
    elif kind < 0.55:
        yield dict(line)
    yield line


def drawn_adjustments(draw: random.Random) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [
        (
            draw.choice(("CO", "CO", "PR", "OA")),
            [
                (draw.choice((*NOT_A_DENIAL, *DENIALS)), draw.choice(("0", "5", "12.25")), "")
                for _ in range(draw.randrange(1, 4))
            ],
        )
        for _ in range(draw.choice((0, 1, 1, 1, 2)))
    ]


def carcs_of(rule_id: str) -> list[str]:
    rule = by_id(rule_id)
    return [] if rule is None else [outcome.carc for outcome in rule.outcomes if outcome.carc is not None]


def as_835(file: dict[str, Any]) -> bytes:
    return written.interchange(
        written.transaction(file["claims"], payer=file["payer"], payee=file["payee"], day=file["day"])
    )


def tuples(tallies: dict[Any, Tally]) -> dict[Any, tuple[int, Decimal, Decimal]]:
    return {key: (tally.lines, tally.charges, tally.paid) for key, tally in tallies.items()}


@given(st.integers(0, 10**9).map(random.Random))
def test_every_figure_equals_that_of_a_slow_recount(draw: random.Random) -> None:
    claims = list(drawn_claims(draw))
    files = drawn_files(draw, claims)
    results = list(validate_claims(claims))
    comparison = compare(results, [item for file in files for item in read_remittances(as_835(file))], claims)
    expected = recount(claims, results, files, carcs_of)
    for reason in expected["unmatched"]:
        event(reason)
    for line in expected["lines"]:
        event(line["agreement"])
    assert comparison.unmatched == expected["unmatched"]
    assert [
        (
            *(line.position - 1, str(line.expected), line.rule_id, line.expected_carc, str(line.actual)),
            *(list(line.actual_carcs), list(line.remarks), line.billed, line.paid, str(line.agreement)),
        )
        for line in comparison.lines
    ] == [
        (
            *(line["at"], line["expected"], line["rule"], line["carc"], line["actual"]),
            *(line["carcs"], line["remarks"], line["charge"], line["paid"], line["agreement"]),
        )
        for line in expected["lines"]
    ]
    assert [
        (
            *(rule.rule_id, rule.expected, rule.came_true, rule.other_reason, rule.not_denied),
            *(rule.charges, rule.paid, rule.precision),
        )
        for rule in comparison.by_rule()
    ] == expected["rules"]
    assert [
        (each.carc, each.denied, each.expected, each.other_reason, each.charges, each.recall)
        for each in comparison.by_carc()
    ] == expected["carcs"]
    assert tuples(comparison.tally(lambda line: str(line.agreement))) == expected["sums"]["agreement"]
    assert tuples(comparison.tally(lambda line: line.payer)) == expected["sums"]["payer"]
    assert tuples(comparison.tally(lambda line: line.provider)) == expected["sums"]["provider"]
    assert tuples(comparison.tally(lambda line: line.procedure_code or line.revenue_code)) == expected["sums"]["code"]
    assert tuples(comparison.tally(lambda line: line.month)) == expected["sums"]["month"]
    check_the_page(comparison, expected)


def check_the_page(comparison: Comparison, expected: dict[str, Any]) -> None:
    """The groups of the page have the same sums, where the extra for it is installed."""
    pytest.importorskip("jinja2")
    from claimcheck.remittance.grouping import groupings
    from claimcheck.report.comparison import codes_of_carc, codes_of_rule, page

    lines = expected["lines"]
    for carc in {carc for line in lines for carc in line["carcs"]}:
        mine = [line for line in lines if carc in line["carcs"]]
        assert tuples(codes_of_carc(comparison, carc)) == sums(mine, "code")
    for rule in comparison.by_rule():
        mine = [line for line in lines if line["rule"] == rule.rule_id and line["expected"] in ("denied", "rejected")]
        assert tuples(codes_of_rule(comparison, rule.rule_id)) == sums(mine, "code")
    text = page(comparison)
    assert "<h1>Expected and remitted</h1>" in text
    for month, (_, charges, _) in expected["unexpected"]["month"].items():
        assert charges == 0 or f"{month}: ${charges:,.2f} denied, and not expected to be" in text

    found = {each.head.lower(): {group.name: group for group in each.groups} for each in groupings(comparison)}
    for name, groups in found.items():
        assert groups.keys() == expected["sums"][name].keys()
        for key, group in groups.items():
            for which, tally in (("sums", group.all), ("denied", group.denied), ("unexpected", group.unexpected)):
                nothing = (0, Decimal(0), Decimal(0))
                assert (tally.lines, tally.charges, tally.paid) == expected[which][name].get(key, nothing)
