from claimcheck import Validator
from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.coding.diagnosis_side import _OUTCOMES
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.code_tables import codes, list_row

NOTES = codes(
    icd10cm_notes=[
        list_row(code, kind="side", codes=side, optional="no")
        for code, side in (("M1711", "right"), ("M1712", "left"), ("S72002", "left"), ("H2513", "bilateral"))
    ]
)
WARN = _OUTCOMES[Then.WARN]
KNEES = {"diagnoses": ["M17.11", "M17.12", "I10", "S72.002A", "H25.13"]}


def knee(*modifiers: str, to: list[int] | None = None, code: str = "20610"):
    return line(code, *modifiers, **({} if to is None else {"diagnosis_pointers": to}))


def then(what: str) -> Policy:
    return Policy.load("default").replace(coding__sides={"then": what})


HITS = {
    "the other side": Case([knee("RT", to=[2])], KNEES, tables=NOTES, line=1, outcome=WARN),
    "left": Case([knee("LT", to=[1])], KNEES, tables=NOTES, line=1, outcome=WARN, evidence={"modifier": "LT"}),
    "all of the other side": Case([knee("RT", to=[2, 4])], KNEES, tables=NOTES, line=1, outcome=WARN),
    "denied": Case(
        [knee("RT", to=[2])], KNEES, policy=then("deny"), tables=NOTES, line=1, outcome=_OUTCOMES[Then.DENY]
    ),
    "left to review": Case(
        [knee("RT", to=[2])], KNEES, policy=then("review"), tables=NOTES, line=1, outcome=_OUTCOMES[Then.REVIEW]
    ),
    "no list": Case([knee("RT", to=[2])], KNEES, unchecked="no_table"),
}
MISSES = {
    "its side": Case([knee("RT", to=[1]), knee("LT", to=[2], code="73560")], KNEES, tables=NOTES),
    "one of its side": Case([knee("RT", to=[2, 1])], KNEES, tables=NOTES),
    "one of no side": Case([knee("RT", to=[2, 3])], KNEES, tables=NOTES),
    "of both sides": Case([knee("RT", to=[5])], KNEES, tables=NOTES),
    "both sides": Case([knee("RT", "LT", to=[2])], KNEES, tables=NOTES),
    "no side": Case([knee(to=[2])], KNEES, tables=NOTES),
    "no pointer": Case([knee("RT")], KNEES, tables=NOTES),
    "a pointer to nothing": Case([knee("RT", to=[9])], KNEES, tables=NOTES),
    "a facility's claim": Case([knee("RT", to=[2])], institutional(**KNEES), tables=NOTES),
}
test_hits, test_misses = rule_tests("COD213", HITS, MISSES)


def test_claims_that_differ_by_their_pointers_alone_are_told_apart() -> None:
    validator = Validator(tables=NOTES)
    for to, found in (([1], 0), ([2], 1), ([1], 0)):
        result = validator.validate({"claim_type": "professional", **KNEES, "lines": [knee("RT", to=to)]})
        assert len(of_rule(result, "COD213")) == found
