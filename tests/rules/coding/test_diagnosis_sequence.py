from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.coding.diagnosis_sequence import _OUTCOMES
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row

NOTES = codes(
    icd10cm_notes=[
        list_row("F02", kind="code_first", codes="G30 G20", optional="no"),
        list_row("N18", kind="code_first", codes="E0822 I12-I13", optional="yes"),
        list_row("E11", kind="use_additional", codes="Z794 Z7984", optional="no"),
        list_row("J44", kind="use_additional", codes="F17 Z720", optional="no"),
        list_row("D63", kind="code_first", codes="", optional="no"),
    ]
)
WARN = _OUTCOMES[Then.WARN]


def with_diagnoses(*given: object, policy: object = "default", **fields: object) -> Case:
    return Case([line("99213")], {"diagnoses": list(given)}, policy=policy, tables=NOTES, **fields)


def then(what: str) -> Policy:
    return Policy.load("default").replace(coding__sequence={"additional": ["Z79.4"], "then": what})


HITS = {
    "before its cause": with_diagnoses("F02.80", "G30.9", outcome=WARN, evidence={"before": "G30.9"}),
    "first, without its cause": with_diagnoses("F02.80", "I10", outcome=WARN, evidence={"before": None}),
    "a note that names no code": with_diagnoses("D63.8", "I10", outcome=WARN),
    "if applicable, and there": with_diagnoses("N18.4", "I12.9", outcome=WARN, evidence={"before": "I12.9"}),
    "an additional code": with_diagnoses("Z79.4", "I10", "E11.9", outcome=WARN, evidence={"note": "E11"}),
    "on an institutional claim": Case(
        [line("99283", revenue_code="0450")], institutional(diagnoses=["N18.4", "I12.9"]), tables=NOTES, outcome=WARN
    ),
    "rejected": with_diagnoses("Z79.4", "E11.9", policy=then("deny"), outcome=_OUTCOMES[Then.DENY]),
    "left to review": with_diagnoses("Z79.4", "E11.9", policy=then("review"), outcome=_OUTCOMES[Then.REVIEW]),
    "no list": Case([line("99213")], {"diagnoses": ["E11.9", "I10"]}, unchecked="no_table"),
    "no date": Case(
        [line("99213", day=None)], {"diagnoses": ["E11.9", "I10"]}, tables=NOTES, unchecked="no_service_date"
    ),
}
MISSES = {
    "after its cause": with_diagnoses("G30.9", "F02.80"),
    "if applicable, and not there": with_diagnoses("N18.4", "E78.5"),
    "the additional code after": with_diagnoses("E11.9", "Z79.4"),
    "of codes that may be the reason": with_diagnoses("F17.210", "J44.9"),
    "one diagnosis": with_diagnoses("F02.80"),
    "a dental claim": Case([line("D0120")], {"claim_type": "dental", "diagnoses": ["F02.80", "G30.9"]}, tables=NOTES),
}
test_hits, test_misses = rule_tests("COD212", HITS, MISSES)
