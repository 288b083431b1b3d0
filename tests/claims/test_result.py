"""Verdicts: their trip through JSON and pickle, their roll-up, and how they say themselves."""

import json
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import ClaimResult, Disposition, Severity, validate_claim
from claimcheck.claims import (
    Adjustment,
    Evidence,
    Finding,
    FindingsError,
    LineResult,
    NotChecked,
    Overturned,
    Reason,
    Receipt,
    ServiceUse,
)
from claimcheck.claims.outcome import outcome, upon_claim
from claimcheck.claims.verdict import claim_disposition, strongest
from claimcheck.errors import InputError

TEXT = st.text(max_size=8)
MONEY = st.none() | st.decimals(0, 10**6, places=2)
PLAIN = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXT | st.lists(TEXT, max_size=3)
NUMBERS = st.integers(1, 99)
USES = st.builds(
    ServiceUse, position=NUMBERS, service=TEXT, limit=TEXT, most=NUMBERS, window=TEXT, per=TEXT, rank=NUMBERS
)


@st.composite
def findings(draw, position=None):
    return Finding(
        rule_id=draw(TEXT),
        rule_name=draw(TEXT),
        severity=draw(st.sampled_from(Severity)),
        disposition=draw(st.sampled_from(Disposition)),
        message=draw(TEXT),
        line_number=position,
        position=position,
        related_lines=tuple(draw(st.lists(NUMBERS, max_size=2))),
        evidence=Evidence(draw(st.dictionaries(TEXT, PLAIN, max_size=3))),
        source=draw(TEXT),
        edition=draw(st.none() | TEXT),
        group_code=draw(st.sampled_from([None, "CO"])),
        carc=draw(st.sampled_from([None, "16"])),
        rarcs=tuple(draw(st.lists(st.sampled_from(["M76", "N620"]), max_size=2))),
    )


@st.composite
def results(draw):
    of_claim = tuple(draw(st.lists(findings(), max_size=2)))
    lines = []
    for position in range(1, draw(st.integers(0, 3)) + 1):
        own = tuple(draw(st.lists(findings(position), max_size=2)))
        lines.append(
            LineResult(
                draw(NUMBERS),
                position,
                draw(st.sampled_from(Disposition)),
                own[0] if own and draw(st.booleans()) else None,
                draw(MONEY),
                draw(MONEY),
                tuple(draw(st.lists(st.builds(Adjustment, TEXT, TEXT, st.just(("N620",)), MONEY), max_size=2))),
                own,
            )
        )
    return ClaimResult(
        draw(st.none() | TEXT),
        draw(st.sampled_from(Disposition)),
        tuple(lines),
        of_claim + tuple(finding for line in lines for finding in line.findings),
        tuple(
            draw(
                st.lists(
                    st.builds(NotChecked, TEXT, st.sampled_from(Reason), st.none() | TEXT, st.just((1, 2))), max_size=2
                )
            )
        ),
        draw(st.builds(Receipt, TEXT, TEXT, TEXT, st.just(("a", "b")), st.none() | st.dates())),
        tuple(draw(st.lists(USES, max_size=1))),
        tuple(draw(st.lists(st.builds(Overturned, TEXT, findings(1)), max_size=1))),
    )


@given(results())
def test_a_verdict_is_equal_after_a_trip_through_json_and_pickle(result):
    assert ClaimResult.from_dict(json.loads(json.dumps(result.to_dict()))) == result
    assert pickle.loads(pickle.dumps(result)) == result


@given(results())
def test_a_verdict_says_its_findings(result):
    text = str(result)
    assert text.startswith((f"claim: {result.disposition} (", f"claim: {result.disposition}, returned to provider"))
    assert text.count("\nline ") >= len(result.lines)
    assert repr(result).startswith(f"ClaimResult({result.disposition}, ok={result.ok}")


@given(results(), st.sampled_from(Severity))
def test_raising_for_findings(result, severity):
    order = list(Severity)
    found = tuple(f for f in result.findings if order.index(f.severity) <= order.index(severity))
    if not found:
        assert result.raise_for_findings(severity) is None
        return
    with pytest.raises(FindingsError) as caught:
        result.raise_for_findings(severity)
    assert caught.value.findings == found
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.findings, str(copy)) == (found, str(caught.value))


def test_raising_for_an_unknown_severity_is_a_bad_call():
    with pytest.raises(InputError, match="one of error, warning, info is expected, not 'fatal'"):
        ClaimResult(None, Disposition.PAYABLE, (), (), (), Receipt("1", "p", "h")).raise_for_findings("fatal")


def test_the_words_of_a_verdict():
    error = Finding(
        "X1", "x", Severity.ERROR, Disposition.DENIED, "wrong", 7, 1, group_code="CO", carc="16", rarcs=("M76",)
    )
    info = Finding("X2", "y", Severity.INFO, Disposition.PAYABLE, "so")
    line = LineResult(
        7,
        1,
        Disposition.DENIED,
        error,
        Decimal("1.00"),
        Decimal("0.00"),
        findings=(error,),
        modifiers=("25",),
        procedure_code="99213",
    )
    receipt = Receipt("1", "default", "hash", as_of=date(2024, 7, 1))
    unchecked = NotChecked("X3", Reason.NO_TABLE, "mue", (7,))
    result = ClaimResult("C", Disposition.DENIED, (line,), (info, error), (unchecked,), receipt)
    assert str(error) == "line 7: error X1 x: wrong [CO-16/M76]"
    assert str(info) == "claim: info X2 y: so"
    assert str(unchecked) == "X3 on line 7: no_table (mue)"
    assert str(NotChecked("X3", Reason.NO_HISTORY)) == "X3: no_history"
    assert str(result).splitlines() == [
        "claim: denied (errors, not fully checked)",
        "  claim: info X2 y: so",
        "line 7 99213-25: denied, allowed 0.00",
        "  error X1: wrong",
        "not checked: X3 on line 7: no_table (mue)",
    ]
    assert (result.ok, result.complete, result.clean) == (False, False, False)
    clean = ClaimResult("C", Disposition.PAYABLE, (LineResult(1, 1, Disposition.PAYABLE),), (info,), (), receipt)
    assert (clean.ok, clean.complete, clean.clean) == (True, True, True)
    assert str(clean).splitlines()[0] == "claim: payable (clean)"
    assert "allowed" not in str(clean)


@given(st.dictionaries(TEXT, PLAIN | st.frozensets(TEXT, max_size=3) | st.dates() | MONEY, max_size=4))
def test_evidence_is_a_plain_mapping(given_values):
    evidence = Evidence(given_values)
    assert set(evidence) == set(given_values)
    assert len(evidence) == len(given_values)
    assert dict(evidence) == {name: evidence[name] for name in evidence}
    assert Evidence(dict(evidence)) == evidence
    assert hash(Evidence(dict(evidence))) == hash(evidence)
    assert pickle.loads(pickle.dumps(evidence)) == evidence
    assert repr(evidence) == f"Evidence({dict(evidence)!r})"
    for value in evidence.values():
        assert value is None or isinstance(value, (str, int, bool, tuple))
    with pytest.raises(KeyError):
        evidence["no such name at all"]


@given(st.lists(st.sampled_from(Disposition)))
def test_the_strongest_disposition_wins_whatever_the_order(dispositions):
    order = list(Disposition)
    expected = max(dispositions, key=order.index, default=Disposition.PAYABLE)
    assert strongest(dispositions) is strongest(reversed(dispositions)) is expected


D = Disposition


@pytest.mark.parametrize(
    ("of_claim", "lines", "expected"),
    [
        (D.PAYABLE, [], D.PAYABLE),
        (D.REJECTED, [D.PAYABLE], D.REJECTED),
        (D.PAYABLE, [D.REJECTED, D.REJECTED], D.REJECTED),
        (D.PAYABLE, [D.REJECTED, D.REVIEW], D.REVIEW),
        (D.REVIEW, [D.DENIED], D.REVIEW),
        (D.DENIED, [D.REVIEW], D.REVIEW),
        (D.DENIED, [D.PAYABLE], D.DENIED),
        (D.PAYABLE, [D.DENIED, D.DENIED], D.DENIED),
        (D.PAYABLE, [D.DENIED, D.REJECTED], D.DENIED),
        (D.PAYABLE, [D.DENIED, D.PAYABLE], D.PAYABLE),
        (D.PAYABLE, [D.REPORT_ONLY, D.PAYABLE], D.PAYABLE),
        (D.PAYABLE, [D.REPORT_ONLY, D.DENIED], D.REPORT_ONLY),
        (D.PAYABLE, [D.REPORT_ONLY], D.REPORT_ONLY),
    ],
)
def test_the_roll_up_of_a_claim(of_claim, lines, expected):
    assert claim_disposition(of_claim, lines) is expected
    assert claim_disposition(of_claim, reversed(lines)) is expected


def test_severities_and_dispositions_are_their_words():
    assert Severity.ERROR == "error"
    assert Disposition.REPORT_ONLY == "report_only"
    assert str(Reason.NO_TABLE) == "no_table"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("claim_id",), 7),
        (("lines", 0, "position"), True),
        (("lines", 0, "charge"), "NaN"),
        (("lines", 0, "modifiers"), [25]),
        (("findings", 0, "message"), None),
        (("findings", 0, "rarcs"), [16]),
        (("not_checked", 0, "rules"), [None]),
        (("not_checked", 0, "lines"), ["1"]),
        (("receipt", "policy"), {}),
        (("receipt", "tables"), [1]),
    ],
)
def test_a_verdict_with_a_value_of_another_type_is_none(path: tuple[Any, ...], value: Any) -> None:
    """Nothing of it is found out only when it is printed."""
    plain = validate_claim({"lines": [{"procedure_code": "99213", "charge": "90.00"}]}).to_dict()
    assert ClaimResult.from_dict(plain).to_dict() == plain
    *holders, name = path
    holder = plain
    for step in holders:
        holder = holder[step]
    holder[name] = value
    with pytest.raises(InputError, match="not a result"):
        ClaimResult.from_dict(plain)
    with pytest.raises(InputError, match="not a result"):
        ClaimResult.from_json(json.dumps(plain))


OF_THE_BILL = [
    ("institutional", ["0300", "9999"], "payable", True),
    ("institutional", ["0300", "0301"], "payable", False),
    ("institutional", ["9999", "9999"], "rejected", True),
    ("professional", ["0300", "9999"], "payable", False),
]


@pytest.mark.parametrize(("claim_type", "revenue", "disposition", "returned"), OF_THE_BILL)
def test_an_institutional_claim_is_returned_for_one_rejected_line(claim_type, revenue, disposition, returned):
    line = {"procedure_code": "80053", "units": 1, "charge": "40.00", "service_date": "2024-07-15"}
    claim = {
        "claim_type": claim_type,
        "bill_type": "0131",
        "lines": [{**line, "revenue_code": code} for code in revenue],
    }
    result = validate_claim(claim)
    assert (str(result.disposition), result.returned) == (disposition, returned)
    assert result.to_dict()["returned"] is returned
    assert ClaimResult.from_json(result.to_json()).returned is returned
    told = [outcome(one, upon_claim(result))[0] for one in result.lines]
    assert ({*told} == {Disposition.REJECTED}) is returned
    assert ("returned to provider" in str(result)) is (returned and disposition != "rejected")
