from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.drug_code_missing import _OUTCOMES
from support.cases import Case, institutional, line, rule_tests


def then(what: str) -> Policy:
    return Policy.load("default").replace(drugs__ndc={"codes": ["J1885"], "then": what})


HITS = {
    "Medicaid": Case([line("J1885")], policy="medicaid", line=1, outcome=_OUTCOMES[Then.DENY]),
    "chemotherapy": Case([line("J9271")], policy="medicaid", line=1, outcome=_OUTCOMES[Then.DENY]),
    "left to review": Case([line("J1885")], policy=then("review"), line=1, outcome=_OUTCOMES[Then.REVIEW]),
    "a warning": Case([line("J1885")], policy=then("warn"), line=1, outcome=_OUTCOMES[Then.WARN]),
}
MISSES = {
    "with its NDC": Case([line("J1885", ndc="00002751001", ndc_quantity=1, ndc_unit="ML")], policy="medicaid"),
    "a malformed one, which another rule finds": Case([line("J1885", ndc="0002751001")], policy="medicaid"),
    "no drug": Case([line("99213"), line("J7300")], policy="medicaid"),
    "another payer": Case([line("J1885")]),
    "a facility's claim": Case([line("J1885")], institutional(), policy="medicaid"),
}
test_hits, test_misses = rule_tests("PRO601", HITS, MISSES)
