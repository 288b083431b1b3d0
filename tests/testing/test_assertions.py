"""Assertions: each passes on what it asks for, and fails on all else with the verdict in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from claimcheck import InputError, Validator
from claimcheck.testing import a_claim, a_line, assert_clean, assert_finding, assert_no_finding, assert_ok

PAIR = a_claim("45378", "45380")
UNCHECKED = ("starter_table", "no_table", "no_history")

PASSES: dict[str, Callable[[], Any]] = {
    "a sound claim is ok": lambda: assert_ok(a_claim("99213")),
    "a mapping is a claim": lambda: assert_ok({"claim_type": "professional", "lines": []}, validator=SILENT),
    "a verdict is judged already": lambda: assert_ok(Validator().validate(a_claim("99213"))),
    "a warning is no error": lambda: assert_ok(a_claim("99213", "3044F")),
    "clean but for accepted reasons": lambda: assert_clean(a_claim("99213"), accept_unchecked=UNCHECKED),
    "a rule by its id": lambda: assert_finding(PAIR, "NCCI101"),
    "a rule by its name": lambda: assert_finding(PAIR, "procedure-to-procedure", line=1),
    "fields of the finding": lambda: assert_finding(PAIR, "NCCI101", line=1, carc="236", severity="error"),
    "a finding on the claim": lambda: assert_finding(a_claim("99213", total_charge=1), "STR501", line_number=None),
    "a processing date": lambda: assert_finding(
        a_claim("99213", received_date=None), "STR403", as_of="2024-07-01", line=1
    ),
    "nothing found": lambda: assert_no_finding(a_claim("99213"), "STR301"),
    "nothing found on that line": lambda: assert_no_finding(PAIR, "NCCI101", line=2),
    "not checked, and accepted": lambda: assert_no_finding(
        a_claim("99213"), "NCCI301", line=1, accept_unchecked=["starter_table"]
    ),
    "not checked on another line": lambda: assert_no_finding(
        a_claim("99213", a_line("3044F", charge="0.00")), "FRQ101", line=1
    ),
}
FAILS: dict[str, tuple[Callable[[], Any], str]] = {
    "an error is not ok": (lambda: assert_ok(PAIR), "expected no error; found NCCI101 on line 1"),
    "an error is not clean": (lambda: assert_clean(PAIR), "expected no error; found NCCI101 on line 1"),
    "an error on the claim": (
        lambda: assert_ok(a_claim("99213", total_charge=1)),
        "expected no error; found STR501 on the claim",
    ),
    "what was not checked is not clean": (
        lambda: assert_clean(a_claim("99213"), accept_unchecked=["no_table"]),
        "expected a clean claim; not checked: NCCI301 on line 1: starter_table (add_on)",
    ),
    "nothing was found": (
        lambda: assert_finding(a_claim("99213"), "STR301", line=1),
        "expected STR301 on line 1; it found nothing",
    ),
    "it was not checked": (
        lambda: assert_finding(a_claim("99213"), "NCCI301"),
        "expected NCCI301; it was not checked: starter_table",
    ),
    "it was found elsewhere": (
        lambda: assert_finding(PAIR, "NCCI101", line=2),
        "expected NCCI101 on line 2; it was found on line 1",
    ),
    "it was found otherwise": (
        lambda: assert_finding(PAIR, "NCCI101", line=1, carc="97"),
        "expected NCCI101 on line 1, carc 97; it was found on line 1, carc 236",
    ),
    "it was found": (
        lambda: assert_no_finding(PAIR, "NCCI101"),
        "expected that NCCI101 finds nothing; found NCCI101 on line 1",
    ),
    "no finding, because not checked": (
        lambda: assert_no_finding(a_claim("99213"), "NCCI301", line=1),
        "expected that NCCI301 finds nothing; it was not checked: starter_table",
    ),
}
SILENT = Validator(rules=())


@pytest.mark.parametrize("case", PASSES)
def test_passes(case: str) -> None:
    assert PASSES[case]() is not None


@pytest.mark.parametrize("case", FAILS)
def test_fails_with_the_verdict(case: str) -> None:
    check, headline = FAILS[case]
    with pytest.raises(AssertionError) as caught:
        check()
    first, blank, verdict, *_ = str(caught.value).splitlines()
    assert (first, blank) == (headline, "")
    assert verdict.startswith("claim: ")


@pytest.mark.parametrize("check", [assert_finding, assert_no_finding])
def test_a_misspelt_rule_is_no_rule_that_finds_nothing(check: Callable[..., Any]) -> None:
    with pytest.raises(InputError, match=r"NCCI1O1 is no rule of this validator; did you mean NCCI101\?"):
        check(PAIR, "NCCI1O1")
    with pytest.raises(InputError, match="weather is no rule of this validator; claimcheck"):
        check(PAIR, "weather")


def test_a_misspelt_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="no_tabel"):
        assert_clean(a_claim("99213"), accept_unchecked=["no_tabel"])


def test_no_message_says_anything_of_the_member() -> None:
    claim = a_claim("45378", "45380", claim_id="SECRET-1", member_id="SECRET-2", birth_date="1931-02-03")
    for check in (assert_ok, assert_clean):
        with pytest.raises(AssertionError) as caught:
            check(claim)
        assert "SECRET" not in str(caught.value)
        assert "1931" not in str(caught.value)
