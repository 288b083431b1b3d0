from claimcheck import Validator
from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.coding.pointed_diagnosis import _OUTCOMES
from support.cases import Case, institutional, line, of_rule, rule_tests

WARN = _OUTCOMES[Then.WARN]
CUT = {"diagnoses": ["S61.411A", "W26.0XXA", "E11.42", "G99.0"]}


def to(*pointers: int, code: str | None = "12001") -> dict:
    return line(code, diagnosis_pointers=list(pointers))


def then(what: str) -> Policy:
    return Policy.load("default").replace(coding__pointed={"then": what})


HITS = {
    "an external cause": Case([to(2)], CUT, line=1, outcome=WARN, evidence={"diagnosis": "W26.0XXA"}),
    "before the injury": Case([to(1), to(2, 1)], CUT, line=2, outcome=WARN),
    "a manifestation": Case([to(4, 3)], CUT, line=1, outcome=WARN),
    "without a code": Case([to(2, code=None)], CUT, line=1, outcome=WARN),
    "an external cause of ICD-9-CM": Case(
        [line("12001", diagnosis_pointers=[2], day="2014-07-15")],
        {"diagnoses": [{"code": code, "version": "ICD-9-CM"} for code in ("8820", "E9200")]},
        line=1,
        outcome=WARN,
    ),
    "denied": Case([to(2)], CUT, policy=then("deny"), line=1, outcome=_OUTCOMES[Then.DENY]),
    "left to review": Case([to(2)], CUT, policy=then("review"), line=1, outcome=_OUTCOMES[Then.REVIEW]),
}
MISSES = {
    "behind the injury": Case([to(1, 2), to(3, 4)], CUT),
    "the principal diagnosis, of which another rule speaks": Case([to(1)], {"diagnoses": ["W26.0XXA", "S61.411A"]}),
    "no pointer": Case([line("12001")], CUT),
    "a pointer to nothing": Case([to(9)], CUT),
    "a facility's claim": Case([to(2)], institutional(**CUT)),
}
test_hits, test_misses = rule_tests("COD214", HITS, MISSES)


def test_claims_that_differ_by_their_pointers_alone_are_told_apart() -> None:
    validator = Validator()
    for pointers, found in ((1, 0), (2, 1), (1, 0)):
        result = validator.validate({"claim_type": "professional", **CUT, "lines": [to(pointers)]})
        assert len(of_rule(result, "COD214")) == found
