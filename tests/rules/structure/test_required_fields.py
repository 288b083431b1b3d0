from claimcheck.policies import Policy
from claimcheck.rules.structure.required_fields import (
    _REQUIRED,
    _WANTED,
    REQUIRED,
    RETURNED,
    RETURNED_DIAGNOSIS,
    RETURNED_MEMBER,
    RETURNED_NPI,
    RETURNED_PLACE,
    RETURNED_TOTAL,
    WANTED,
)
from support.cases import Case, institutional, line, rule_tests

WHOLE = {
    "claim_id": "A1",
    "member_id": "M1",
    "billing_npi": "1234567893",
    "diagnoses": ["I10"],
    "place_of_service": "11",
    "total_charge": "100.00",
}
FIELDS = tuple(WHOLE)
STRICT = Policy.load("default").replace(
    structure__required_fields={"returned_professional": FIELDS, "wanted_professional": FIELDS}
)
WISHED = Policy.load("default").replace(structure__required_fields={"wanted_professional": FIELDS})
ASKED = Policy.load("default").replace(structure__required_fields={"required_professional": FIELDS})
BILL = {**WHOLE, "statement_from": "2024-07-15", "statement_through": "2024-07-15"}


def without(field: str) -> dict[str, object]:
    return {name: value for name, value in WHOLE.items() if name != field}


HITS = {
    "a warning names all that is wanted": Case(
        [line("99213")],
        {"claim_id": "A1", "diagnoses": ["I10"], "member_id": "M1"},
        outcome=WANTED,
        evidence={"fields": ("billing_npi", "place_of_service", "total_charge")},
    ),
    "a place on some lines only": Case(
        [line("99213", place_of_service="11"), line("99214")],
        without("place_of_service"),
        outcome=_WANTED["place_of_service"],
        evidence={"fields": ("place_of_service",)},
    ),
    **{
        f"{field} alone": Case(
            [line("99213")], without(field), policy=WISHED, outcome=outcome, evidence={"fields": (field,)}
        )
        for field, outcome in _WANTED.items()
    },
    "what is wanted is not checked": Case([line("99213")], without("total_charge"), unchecked="missing_field"),
    **{
        f"an error where there is no {field}": Case([line("99213")], without(field), policy=ASKED, outcome=outcome)
        for field, outcome in _REQUIRED.items()
    },
    "no member, by default": Case([line("99213")], without("member_id"), outcome=_REQUIRED["member_id"]),
    "no diagnosis on a bill, by default": Case(
        [line("99213")], institutional(**{**BILL, "diagnoses": []}), outcome=_REQUIRED["diagnoses"]
    ),
    "an error of a field without codes of its own": Case(
        [line("99213")], without("claim_id"), policy=ASKED, outcome=REQUIRED
    ),
    "a claim id alone": Case([line("99213")], without("claim_id"), outcome=WANTED, evidence={"fields": ("claim_id",)}),
    "an institutional claim without a statement": Case(
        [line("99213")],
        institutional(**WHOLE),
        outcome=WANTED,
        evidence={"fields": ("statement_from", "statement_through")},
    ),
    "an inpatient without an admission": Case(
        [line("99213")],
        institutional("0111", **BILL),
        outcome=WANTED,
        evidence={"fields": ("admission_date", "admission_source", "admission_type", "patient_status")},
    ),
    "a policy that returns the claim": Case([line("99213")], without("claim_id"), policy=STRICT, outcome=RETURNED),
    "no member": Case([line("99213")], without("member_id"), policy=STRICT, outcome=RETURNED_MEMBER),
    "no billing NPI": Case([line("99213")], without("billing_npi"), policy=STRICT, outcome=RETURNED_NPI),
    "no diagnosis": Case([line("99213")], without("diagnoses"), policy=STRICT, outcome=RETURNED_DIAGNOSIS),
    "no place": Case([line("99213")], without("place_of_service"), policy=STRICT, outcome=RETURNED_PLACE),
    "no total": Case([line("99213")], without("total_charge"), policy=STRICT, outcome=RETURNED_TOTAL),
}
MISSES = {
    "a whole professional claim": Case([line("99213")], WHOLE),
    "a place on every line": Case([line("99213", place_of_service="11")], without("place_of_service")),
    "a whole institutional claim": Case([line("99213")], institutional(**BILL)),
    "a claim of no type": Case([line("99213")], {"claim_type": None}),
    "a field that cannot be read": Case([line("99213")], {**WHOLE, "member_id": 7}),
}
test_hits, test_misses = rule_tests("STR105", HITS, MISSES)


def test_what_is_returned_is_not_also_wanted():
    result = Case([line("99213")], without("claim_id"), policy=STRICT).judge()
    assert [str(f.severity) for f in result.findings if f.rule_id == "STR105"] == ["error"]


def test_lines_of_a_claim_without_a_required_field_are_judged_all_the_same():
    result = Case([line("99213")], without("diagnoses")).judge()
    assert (result.ok, result.clean, result.disposition, result.lines[0].disposition) == (
        False,
        False,
        "payable",
        "payable",
    )
