from claimcheck import Claim
from claimcheck.claims import Problem
from claimcheck.rules.structure.claim_elements import FREQUENCY, INDICATORS, MEMBER, PAYER, PLACE, PRINCIPAL
from support.cases import Case, institutional, line, rule_tests


def of_an_837(*problems: tuple[str, str], **fields: object) -> Claim:
    given = {"claim_type": "professional", **fields}
    return Claim(**given, problems=[Problem(kind, field=element) for kind, element in problems])


INPATIENT = {"claim_type": "institutional", "bill_type": "0111"}
HITS = {
    "no frequency": Case(
        claim=of_an_837(("missing_element", "CLM05-3")), outcome=FREQUENCY, evidence={"element": "CLM05-3"}
    ),
    "a place of service that is called a type of bill": Case(
        claim=of_an_837(("unknown_value", "CLM05-2")), outcome=PLACE
    ),
    "no first element of HI": Case(claim=of_an_837(("missing_element", "HI01")), outcome=PRINCIPAL),
    "another diagnosis than the principal one first": Case(
        claim=of_an_837(("unknown_value", "HI01-1")), outcome=PRINCIPAL
    ),
    "an identifier of a member of an unknown kind": Case(
        claim=of_an_837(("unknown_value", "NM108 of the subscriber")), outcome=MEMBER
    ),
    "no payer": Case(claim=of_an_837(("missing_element", "NM109 of the payer")), outcome=PAYER),
    "indicators": Case(
        claim=of_an_837(("missing_indicator", "CLM07"), ("missing_indicator", "CLM08")),
        outcome=INDICATORS,
        evidence={"elements": "CLM07, CLM08"},
    ),
    "no admission type on a bill for an outpatient": Case(
        claim=of_an_837(("missing_indicator", "CL1"), claim_type="institutional", bill_type="0131"), outcome=INDICATORS
    ),
}
MISSES = {
    "a claim that is no 837": Case([line("99213")]),
    "an institutional claim that is no 837": Case([line("99213", revenue_code="0510")], institutional()),
    "no admission type on a bill for an inpatient, which another rule wants": Case(
        claim=of_an_837(("missing_indicator", "CL1"), **INPATIENT)
    ),
}
test_hits, test_misses = rule_tests("STR511", HITS, MISSES)
