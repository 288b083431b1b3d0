"""Strategies: what they generate is sound, and every mistake gives its finding."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimcheck import Claim, Diagnosis, InputError, ServiceLine, Validator
from claimcheck.claims import Severity
from claimcheck.codes import ProcedureCode, ProcedureKind, icd10cm, npi, parse_procedure
from claimcheck.rules.registry import by_id
from claimcheck.testing import a_claim, assert_finding, assert_ok
from claimcheck.testing.registration import register
from claimcheck.testing.strategies import (
    MISTAKES,
    broken,
    claims,
    icd10cm_codes,
    npis,
    procedure_codes,
    service_lines,
)

pytestmark = pytest.mark.extended

VALIDATOR = Validator()


@pytest.mark.parametrize("category", ["I", "II", "III"])
def test_codes_of_a_category(category: str) -> None:
    @given(procedure_codes(category=category))
    def holds(code: str) -> None:
        assert parse_procedure(code, strict=True).category == category

    holds()


@pytest.mark.parametrize("kind", ProcedureKind)
def test_codes_of_a_kind(kind: ProcedureKind) -> None:
    @given(procedure_codes(kind=kind))
    def holds(code: str) -> None:
        assert parse_procedure(code, strict=True).kind is kind

    holds()


@given(procedure_codes())
def test_codes_of_any_kind_are_none_of_the_retired(code: str) -> None:
    assert parse_procedure(code, strict=True).kind not in (ProcedureKind.LOCAL, ProcedureKind.UNASSIGNED)


@pytest.mark.parametrize("wrong", [{"category": "IV"}, {"kind": "surgery"}])
def test_unknown_kinds_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(InputError):
        procedure_codes(**wrong)


@given(npis())
def test_provider_identifiers(text: str) -> None:
    assert npi.is_valid(text, strict=True)


@given(icd10cm_codes(), icd10cm_codes(dotted=False), icd10cm_codes(dotted=True))
def test_diagnoses(any_form: str, undotted: str, dotted: str) -> None:
    assert icd10cm.is_valid(any_form)
    assert icd10cm.is_valid(undotted, strict=True)
    assert icd10cm.parse(dotted).dotted == dotted


@given(claims("professional"))
def test_professional_claims_hold_no_error(claim: Claim) -> None:
    assert claim.claim_type == "professional"
    assert_ok(claim, validator=VALIDATOR)


@given(claims("institutional"))
def test_institutional_claims_hold_no_error(claim: Claim) -> None:
    assert claim.claim_type == "institutional"
    assert_ok(claim, validator=VALIDATOR)


@given(service_lines())
def test_lines_hold_no_error(line: ServiceLine) -> None:
    assert_ok(a_claim(line, received_date=line.service_date), validator=VALIDATOR)


def test_claims_are_of_a_type() -> None:
    with pytest.raises(InputError, match="professional or institutional"):
        claims("dental")


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_gives_its_finding(name: str) -> None:
    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(broken(name))
    def holds(mistake: Any) -> None:
        assert mistake.mistake == name
        finding = assert_finding(mistake.claim, mistake.rule_id, line=mistake.line, validator=VALIDATOR)
        assert finding.severity is not Severity.INFO
        if mistake.line is None:
            assert finding.rule_id in ("COD201", "STR403") or finding.line_number is None

    holds()


def test_mistakes_are_chosen_by_name_and_by_rule() -> None:
    @given(broken("no units", "NCCI101"))
    def holds(mistake: Any) -> None:
        assert mistake.mistake == "no units" or mistake.rule_id == "NCCI101"

    holds()
    assert all(by_id(mistake.rule_id) for mistake in MISTAKES.values())
    with pytest.raises(InputError, match="NCCI999: neither a mistake"):
        broken("no units", "NCCI999")


@given(broken())
def test_any_mistake(mistake: Any) -> None:
    assert mistake.mistake in MISTAKES


TYPES = (Claim, ServiceLine, Diagnosis, ProcedureCode, icd10cm.Icd10Cm, npi.Npi)


@pytest.mark.parametrize("kind", TYPES)
def test_values_can_be_asked_for_by_type(kind: type[Any]) -> None:
    register()

    @given(st.from_type(kind))
    def holds(value: object) -> None:
        assert type(value) is kind

    holds()
