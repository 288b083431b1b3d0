from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.coding.excludes1 import _OUTCOMES
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.code_tables import codes, list_row


def note(code: str, named: str, kind: str = "excludes1"):
    return list_row(code, kind=kind, codes=named, optional="no")


NOTES = codes(
    icd10cm_notes=[
        note("E11", "E08 E10 O244"),
        note("I60", "I69 S063-S066"),
        note("J440", "J20"),
        note("J44", "J45", "use_additional"),
        note("K56", "K566"),
    ]
)
WARN = _OUTCOMES[Then.WARN]


def with_diagnoses(*given: object, policy: object = "default", **fields: object) -> Case:
    return Case([line("99213")], {"diagnoses": list(given)}, policy=policy, tables=NOTES, **fields)


def then(what: str) -> Policy:
    return Policy.load("default").replace(coding__excludes1={"then": what})


HITS = {
    "named by the note": with_diagnoses("E11.9", "E10.65", outcome=WARN, evidence={"note": "E11"}),
    "in the other order": with_diagnoses("E10.65", "E11.9", outcome=WARN, evidence={"code": "E11.9"}),
    "in a span": with_diagnoses("I60.9", "S06.5X0A", outcome=WARN),
    "under the code itself": with_diagnoses("J44.0", "I10", "J20.9", outcome=WARN, evidence={"note": "J44.0"}),
    "on an institutional claim": Case(
        [line("99283", revenue_code="0450")],
        institutional(diagnoses=["E11.9", "E10.65"]),
        tables=NOTES,
        outcome=WARN,
    ),
    "rejected": with_diagnoses("E11.9", "E10.65", policy=then("deny"), outcome=_OUTCOMES[Then.DENY]),
    "left to review": with_diagnoses("E11.9", "E10.65", policy=then("review"), outcome=_OUTCOMES[Then.REVIEW]),
    "no list": Case([line("99213")], {"diagnoses": ["E11.9", "I10"]}, unchecked="no_table"),
    "no date": Case(
        [line("99213", day=None)], {"diagnoses": ["E11.9", "I10"]}, tables=NOTES, unchecked="no_service_date"
    ),
}
MISSES = {
    "not named": with_diagnoses("E11.9", "I10"),
    "another kind of note": with_diagnoses("J44.1", "J45.909"),
    "beside another code of the category": with_diagnoses("J44.1", "J20.9"),
    "a code of the note's own": with_diagnoses("K56.0", "K56.69"),
    "one diagnosis": with_diagnoses("E11.9"),
    "one diagnosis, no list": Case([line("99213")], {"diagnoses": ["E11.9"]}),
    "the same diagnosis twice": with_diagnoses("E11.9", "E11.9"),
    "another role": with_diagnoses("E11.9", {"code": "E10.65", "role": "external_cause"}),
    "malformed": with_diagnoses("E11.9", "E1"),
    "a dental claim": Case([line("D0120")], {"claim_type": "dental", "diagnoses": ["E11.9", "E10.9"]}, tables=NOTES),
}
test_hits, test_misses = rule_tests("COD211", HITS, MISSES)


def test_two_diagnoses_that_exclude_each_other_are_named_once() -> None:
    both = codes(icd10cm_notes=[note("E10", "E11"), note("E11", "E10")])
    result = Case([line("99213")], {"diagnoses": ["E11.9", "E10.65"]}, tables=both).judge()
    assert [finding.evidence["code"] for finding in of_rule(result, "COD211")] == ["E11.9"]
