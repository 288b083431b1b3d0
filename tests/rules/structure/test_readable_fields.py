import attrs
import pytest

from claimcheck import Claim
from claimcheck.rules.structure.readable_fields import UNREADABLE
from support.cases import Case, line, of_rule, rule_tests

CANARY = "19Canary60"

HITS = {
    "a birth date that is none": Case([], {"birth_date": CANARY}, outcome=UNREADABLE, evidence={"field": "birth_date"}),
    "a member that is no text": Case([], {"member_id": 7.5}, outcome=UNREADABLE, evidence={"field": "member_id"}),
    "a condition code that is no text": Case(
        [], {"condition_codes": ["44", 4.5, 4.6]}, outcome=UNREADABLE, evidence={"field": "condition_codes"}
    ),
    "a date of an occurrence": Case(
        [], {"occurrence_codes": [("11", CANARY)]}, outcome=UNREADABLE, evidence={"field": "occurrence_codes"}
    ),
    "what is no value code at all": Case(
        [], {"value_codes": [7.5]}, outcome=UNREADABLE, evidence={"field": "value_codes"}
    ),
    "a flag that is none": Case([], {"reporting_only": "RP"}, outcome=UNREADABLE),
}
MISSES = {
    "missing fields": Case([line("99213")]),
    "fields of other rules": Case([], {"total_charge": "x", "billing_npi": 7.5, "diagnoses": [7], "bill_type": 13.1}),
    "fields that can be read": Case(
        [], {"sex": "F", "birth_date": "19600131", "condition_codes": ["44"], "occurrence_codes": [("11", "20240701")]}
    ),
}
test_hits, test_misses = rule_tests("STR106", HITS, MISSES)


@pytest.mark.parametrize(
    "field", [f.name for f in attrs.fields(Claim) if f.name not in ("lines", "source", "problems")]
)
def test_every_field_that_cannot_be_read_is_found_by_some_rule(field):
    broken = Case([line("99213")], {field: object()}).judge()
    whole = Case([line("99213")]).judge()
    errors = {(f.rule_id, f.message) for f in broken.findings if f.severity == "error"}
    assert errors - {(f.rule_id, f.message) for f in whole.findings}


def test_one_finding_for_a_list():
    result = Case([], {"condition_codes": [1.5, 2.5, 3.5]}).judge()
    assert len(of_rule(result, "STR106")) == 1
