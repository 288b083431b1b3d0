"""How the messages of findings read: CONTRIBUTING, "Messages", rule by rule, from the hits of each."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from claimcheck.rules.rule import Rule
from rules.test_registry import RULES, cases
from support.cases import Case, of_rule

LONGEST = 160
BEGINS = re.compile(r"(?!An? |The |It |This |No |Not |There )[A-Z][A-Za-z0-9'\"-]*[ :]")
RIDDLES = re.compile(
    r"\b(stands?|stood) |\bbeside\b|\b(is|are) no\b|\bnone of\b|, and none\b|\bof which\b|\bby itself\b|"
    r"\band at most\b|\b\d+ times\b|\basks? for\b|\bwhat (stands|is)\b|\bis expected\b|\bare expected\b|\bbears?\b|"
    r"\bknows?\b|recognis|\bone that\b|\bthat there is\b|\bspoken\b|\bis meant\b"
)
CONFIDENTIAL = ("member_id", "birth_date", "death_date", "patient_id", "claim_id", "description", "original_claim_id")


def findings(rule: Rule) -> dict[str, list[str]]:
    return {clause: messages(rule, case) for clause, case in cases(rule, "HITS").items()}


def messages(rule: Rule, case: Case) -> list[str]:
    return [finding.message for finding in of_rule(case.judge(), rule.id)]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_message_reads_as_the_field_writes(rule):
    for message in {message for some in findings(rule).values() for message in some}:
        assert BEGINS.match(message), f"begins with a noun, in upper case: {message}"
        assert not message.endswith((".", ":", ";", ",", "!")), f"ends without a point: {message}"
        assert len(message) <= LONGEST, f"{len(message)} characters: {message}"
        assert (found := RIDDLES.search(message)) is None, f"says plainly what {found and found[0]!r} means: {message}"
        assert message == " ".join(message.split())


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_message_holds_nothing_of_the_member(rule):
    for case in cases(rule, "HITS").values():
        for message in messages(rule, case):
            for value in confidential(case):
                assert value not in message, message


def confidential(case: Case) -> set[str]:
    """What the claim says of the member, where it is long enough to tell from any other text."""
    given = [one for one in (case.claim, *case.lines, *(case.before or ())) if isinstance(one, Mapping)]
    values = [mapping.get(name) for mapping in given for name in CONFIDENTIAL]
    return {str(value) for value in values if len(str(value or "")) > 3 and value != "member_id"}


@pytest.mark.parametrize(
    "message",
    [
        "the units are missing",
        "A modifier malformed",
        "Units missing.",
        "RT is on the line 2 times",
        "17003 stands alone",
        "Code 36591 is not paid beside 99213",
        "Modifier 1P is of Category II codes, and none is here",
    ],
)
def test_what_the_style_refuses(message):
    assert not (BEGINS.match(message) and RIDDLES.search(message) is None and not message.endswith("."))
