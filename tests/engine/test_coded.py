"""Rules of the outline that read the codes of diagnoses: asked once of all claims that are coded alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from claimcheck import Validator
from claimcheck.claims import Disposition, Severity
from claimcheck.rules.facts import Outline
from claimcheck.rules.registry import all_rules
from claimcheck.rules.rule import Outcome, Phase, Raised, Rule, Scope
from support.cases import line
from support.code_tables import codes, list_row

NOTES = codes(icd10cm_notes=[list_row("E11", kind="excludes1", codes="E10", optional="no")])
SAID = Outcome(Severity.INFO, Disposition.PAYABLE)


def claim(*diagnoses: str, **fields: Any) -> dict[str, Any]:
    return {"claim_type": "professional", "diagnoses": list(diagnoses), "lines": [line("99213")], **fields}


def asking(*reads: str) -> tuple[Rule, list[tuple[object, ...]]]:
    """A rule that reads these facts, and what it was given."""
    seen: list[tuple[object, ...]] = []

    def check(view: Outline) -> Iterator[Raised]:
        seen.append(tuple(getattr(view, name) for name in reads))
        yield SAID("Seen")

    return Rule("ACME-101", "acme-seen", Scope.OUTLINE, Phase.ACTIVITY, reads, (SAID,), ("a test",), check), seen


def excluding(validator: Validator, *diagnoses: str) -> list[str]:
    return [one.rule_id for one in validator.validate(claim(*diagnoses)).findings if one.rule_id == "COD211"]


def test_claims_that_differ_by_their_diagnoses_alone_are_told_apart() -> None:
    validator = Validator(tables=NOTES)
    assert excluding(validator, "E11.9", "E10.9") == ["COD211"]
    assert excluding(validator, "E11.9", "I10") == []
    assert excluding(validator, "E11.9", "E10.9") == ["COD211"]


def test_a_rule_of_codes_alone_is_asked_once_of_claims_that_are_coded_alike() -> None:
    rule, seen = asking("codes")
    validator = Validator(tables=NOTES, rules=[*all_rules(), rule])
    for total in ("100.00", "90.00"):
        validator.validate(claim("E11.9", "I10", total_charge=total))
    assert seen == [((("principal", "E119"), ("other", "I10")),)]


@pytest.mark.parametrize("first", ["E11.9", "I10"])
def test_a_rule_that_reads_more_is_asked_of_each_outline(first: str) -> None:
    rule, seen = asking("codes", "total")
    validator = Validator(tables=NOTES, rules=[rule])
    for diagnosis, total in ((first, "100.00"), (first, "90.00"), ("Z79.4", "90.00"), (first, "100.00")):
        validator.validate(claim(diagnosis, total_charge=total))
    assert len(seen) == 3
    assert len({(given, said) for given, said in seen}) == 3


def test_where_no_table_is_loaded_that_a_rule_asks_of_codes_none_are_kept() -> None:
    assert not Validator().workshop.asks_for_codes
    assert Validator(tables=NOTES).workshop.asks_for_codes
