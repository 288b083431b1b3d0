from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.certificate_missing import _OUTCOMES
from support.cases import Case, institutional, line, rule_tests

TEST = line("80053")


def then(what: str) -> Policy:
    return Policy.load("medicare").replace(laboratory__certificates={"codes": ["80053"], "otherwise": what})


HITS = {
    "no number": Case([TEST], policy="medicare", line=1, outcome=_OUTCOMES[Then.WARN]),
    "a number on another line": Case(
        [line("80061", clia="05D1234567"), TEST], policy="medicare", line=2, outcome=_OUTCOMES[Then.WARN]
    ),
    "a waived test": Case([line("87880", "QW")], policy="medicare", line=1, outcome=_OUTCOMES[Then.WARN]),
    "unprocessable": Case([TEST], policy=then("deny"), line=1, outcome=_OUTCOMES[Then.DENY]),
    "left to review": Case([TEST], policy=then("review"), line=1, outcome=_OUTCOMES[Then.REVIEW]),
}
MISSES = {
    "on the claim": Case([TEST, line("80061")], {"clia": "05D1234567"}, policy="medicare"),
    "on the line": Case([line("80053", clia="05D1234567")], policy="medicare"),
    "malformed, which another rule finds": Case([line("80053", clia="5D")], policy="medicare"),
    "an interpretation": Case([line("84165", "26")], policy="medicare"),
    "no laboratory test": Case([line("99213"), line("36415")], policy="medicare"),
    "a physician's interpretation of a smear": Case([line("85060", place_of_service="21")], policy="medicare"),
    "another payer": Case([TEST]),
    "a facility's claim": Case([TEST], institutional(), policy="medicare"),
}
test_hits, test_misses = rule_tests("PRO501", HITS, MISSES)
