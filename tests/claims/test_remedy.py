"""What would change a finding's outcome: in words, in JSON, and as the rules choose it."""

import pytest

from claimcheck import validate_claim
from claimcheck.claims import Finding, Remedy, RemedyKind


def _finding(rule_id: str, *lines: dict, **fields: object) -> Finding:
    billed = [{"units": 1, "charge": "100.00", "service_date": "2024-07-15", **line} for line in lines]
    result = validate_claim({"claim_type": "professional", "lines": billed, **fields})
    [finding] = [finding for finding in result.findings if finding.rule_id == rule_id]
    assert Finding.from_dict(finding.to_dict()) == finding
    return finding


def test_a_pair_that_no_modifier_bypasses_has_no_remedy_on_the_claim():
    remedy = _finding("NCCI101", {"procedure_code": "45378"}, {"procedure_code": "45380"}).remedy
    assert (remedy.kind, remedy.values, remedy.documented) == (RemedyKind.NONE, (), False)


def test_a_finding_without_remedy_reads_back():
    finding = _finding("CAT101", {"procedure_code": "3044F", "charge": "0.00"})
    plain = finding.to_dict()
    assert plain["remedy"]["kind"] == "none"
    del plain["remedy"]  # as it was written before there were remedies
    assert Finding.from_dict(plain).remedy is None


@pytest.mark.parametrize("kind", RemedyKind)
def test_a_remedy_survives_json(kind):
    remedy = Remedy(kind, "Add modifier 25 to the visit", ("25",), documented=True)
    assert Remedy.from_dict(remedy.to_dict()) == remedy


def test_a_remedy_says_on_what_it_depends():
    assert str(Remedy(RemedyKind.UNITS, "Bill one unit")) == "Bill one unit"
    said = str(Remedy(RemedyKind.MODIFIER, "Add modifier 25", documented=True))
    assert said == "Add modifier 25, if the medical record supports it"


def test_the_modifiers_that_set_a_visit_apart_are_its_own():
    remedy = _finding("NCCI101", {"procedure_code": "20610"}, {"procedure_code": "99213"}).remedy
    assert remedy.kind is RemedyKind.MODIFIER
    assert remedy.documented
    assert "25" in remedy.values
    assert "59" not in remedy.values
