import pytest

from claimcheck.policies import Policy
from claimcheck.rules.facility.token_charge import DRUG_AT_TOKEN, NOT_A_TOKEN
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.made_tables import opps

OPPS = opps(J0897="K", J1885="N", C9898="N", J9999="G", J3490="K1")
NO_ZERO = Policy.load("default").replace(
    facility__token_charges={
        "token_bills": [{"types": ["13"]}],
        "token_only": ["C9898"],
        "zero_is_token": False,
    }
)


def at(charge: object, code: str = "J0897", bill_type: str = "0131", **fields: object) -> Case:
    return Case([line(code, revenue_code="0636", charge=charge)], institutional(bill_type), tables=OPPS, **fields)


HITS = {
    "a drug for a cent": at("0.01", line=1, outcome=DRUG_AT_TOKEN, evidence={"status_indicator": "K"}),
    "a drug for a dollar": at("1.00", line=1, outcome=DRUG_AT_TOKEN),
    "a pass-through drug": at("0.50", "J9999", line=1, outcome=DRUG_AT_TOKEN),
    "a non-opioid drug": at("0.50", "J3490", line=1, outcome=DRUG_AT_TOKEN),
    "a token code above its token": at("1.01", "C9898", line=1, outcome=NOT_A_TOKEN),
    "a token code at nothing, where the policy says so": at(
        "0.00", "C9898", policy=NO_ZERO, line=1, outcome=NOT_A_TOKEN
    ),
    "status indicators that are not loaded": Case(
        [line("J0897", revenue_code="0636", charge="0.01")], institutional(), unchecked="no_table"
    ),
}
MISSES = {
    "a drug at a price": at("1.01"),
    "a drug for nothing": at("0.00"),
    "a drug that is packaged": at("0.01", "J1885"),
    "a code that Addendum B does not list": at("0.01", "J7050"),
    "before 2021-07-01": Case(
        [line("J0897", revenue_code="0636", charge="0.01", day="2021-06-30")], institutional(), tables=OPPS
    ),
    "a bill outside the system": at("0.01", bill_type="0851"),
    "a token code at its token": at("1.00", "C9898"),
    "a token code at nothing": at("0.00", "C9898"),
    "a token code without a charge": at(None, "C9898"),
    "a token code on another bill": at("150.00", "C9898", bill_type="0721"),
    "a Category II code": at("0.01", "3044F"),
    "a professional claim": Case([line("J0897", charge="0.01")], tables=OPPS),
    "no procedure code": Case([line(None, revenue_code="0250", charge="0.01")], institutional(), tables=OPPS),
}
test_hits, test_misses = rule_tests("FAC201", HITS, MISSES)


@pytest.mark.parametrize(("charge", "token"), [("0.00", False), ("0.01", True), ("1.00", True), ("1.01", False)])
def test_the_edges_of_a_token(charge, token):
    assert bool(of_rule(at(charge).judge(), "FAC201")) is token
    assert bool(of_rule(at(charge, "C9898", policy=NO_ZERO).judge(), "FAC201")) is not token
