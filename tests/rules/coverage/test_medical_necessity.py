from claimcheck import Validator
from claimcheck.policies import Policy
from claimcheck.rules.coverage.medical_necessity import LOCAL, NATIONAL
from support.cases import Case, institutional, line, of_rule, rule_tests
from support.code_tables import codes, list_row


def service(code: str, document: str, contractors: str = "", covered: str = "sure", noncovered: str = "no"):
    return list_row(code, document=document, contractors=contractors, covered=covered, noncovered=noncovered)


def diagnosis(code: str, document: str, of: str = "covered", asterisk: str = "no"):
    return list_row(code, document=document, list=of, asterisk=asterisk)


LISTS = codes(
    coverage_procedure=[
        service("84443", "190.22"),
        service("85025", "190.15", covered="none", noncovered="yes"),
        service("93306", "A57484", "05101 05201"),
        service("64483", "A58888", "05101", "unsure"),
        service("93000", "A59999", "15201"),
    ],
    coverage_diagnosis=[
        diagnosis("E039", "190.22"),
        diagnosis("Z0000", "190.15", "noncovered"),
        diagnosis("I509", "A57484"),
        diagnosis("I10", "A57484", asterisk="yes"),
        diagnosis("M5416", "A58888"),
        diagnosis("I10", "A58888", "noncovered"),
    ],
)
CLAIM = {"diagnoses": ["E03.9", "I10", "Z00.00", "I50.9", "M54.16"]}


def necessity(**said: object) -> Policy:
    return Policy.load("medicare").replace(coverage__necessity={"contractors": ["05101"], "then": "deny", **said})


HERE = necessity()


def billed(code: str, *to: int, modifiers: tuple[str, ...] = (), policy: object = HERE, **fields: object) -> Case:
    pointers = {"diagnosis_pointers": list(to)} if to else {}
    return Case([line(code, *modifiers, **pointers)], CLAIM, policy=policy, tables=LISTS, **fields)


HITS = {
    "not on a national list": billed("84443", 2, line=1, outcome=NATIONAL["deny"], evidence={"document": "190.22"}),
    "on the list of what is not covered": billed("85025", 3, line=1, outcome=NATIONAL["deny"]),
    "not in an article of the contractor": billed("93306", 1, line=1, outcome=LOCAL["deny"]),
    "the patient signed a notice": billed("93306", 1, modifiers=("GA",), line=1, outcome=LOCAL["patient"]),
    "a national list, and a notice": billed("84443", 2, modifiers=("GA",), line=1, outcome=NATIONAL["patient"]),
    "in none of several groups": billed("64483", 1, line=1, outcome=LOCAL["review"]),
    "under the default policy": billed("84443", 2, policy="default", line=1, outcome=NATIONAL["review"]),
    "a warning": billed("84443", 2, policy=necessity(then="warn"), line=1, outcome=NATIONAL["warn"]),
    "a warning by an article": billed("93306", 1, policy=necessity(then="warn"), line=1, outcome=LOCAL["warn"]),
    "of an outpatient": Case(
        [line("84443", revenue_code="0300")],
        institutional(diagnoses=["I10"]),
        policy=HERE,
        tables=LISTS,
        line=1,
        outcome=NATIONAL["deny"],
    ),
    "no lists": Case([line("84443", diagnosis_pointers=[1])], CLAIM, policy="medicare", unchecked="no_table"),
    "no pointer": billed("84443", unchecked="missing_field"),
    "no contractor named": billed("93306", 1, policy="medicare", unchecked="missing_field"),
    "no date": Case(
        [line("84443", day=None, diagnosis_pointers=[2])], CLAIM, policy=HERE, tables=LISTS, unchecked="no_service_date"
    ),
}
MISSES = {
    "a covered diagnosis": billed("84443", 1),
    "one of two": billed("84443", 2, 1),
    "covered with a reservation": billed("93306", 2),
    "not among what is not covered": billed("85025", 3, 2),
    "in one of several groups": billed("64483", 5),
    "an article of another contractor": billed("93000", 1),
    "a service that nothing governs": billed("99213", 2),
    "a pointer to no diagnosis": billed("84443", 9),
    "another payer": billed("84443", 2, policy="commercial"),
    "an inpatient bill": Case(
        [line("84443", revenue_code="0300")], institutional("0111", diagnoses=["I10"]), policy=HERE, tables=LISTS
    ),
}
test_hits, test_misses = rule_tests("COV401", HITS, MISSES)


def test_claims_that_differ_by_their_pointers_alone_are_told_apart() -> None:
    validator = Validator(HERE, LISTS)
    for to, found in (([1], 0), ([2], 1), ([1], 0)):
        lines = [line("84443", diagnosis_pointers=to)]
        result = validator.validate({"claim_type": "professional", **CLAIM, "lines": lines})
        assert len(of_rule(result, "COV401")) == found
