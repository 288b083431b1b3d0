import pytest

from claimcheck import validate_claim


def verdict(**fields):
    line = {"procedure_code": "3044F", "units": 1, "charge": "0.00", "service_date": "2024-07-15", **fields}
    return validate_claim({"claim_type": "professional", "lines": [line]}).lines[0]


def price(line):
    return [finding.carc for finding in line.findings if finding.rule_id == "CAT101"]


def test_an_accepted_line_is_told_what_it_is_paid():
    assert price(verdict()) == ["246"]


@pytest.mark.parametrize(("fields", "disposition"), [({"units": 0}, "rejected"), ({"modifiers": ["P1"]}, "denied")])
def test_a_line_that_is_not_accepted_is_not_told_that_it_is(fields, disposition):
    line = verdict(**fields)
    assert (line.disposition, price(line)) == (disposition, [])


def test_a_wrong_charge_is_told_whatever_becomes_of_the_line():
    assert price(verdict(units=0, charge="80.00")) == ["246"]
