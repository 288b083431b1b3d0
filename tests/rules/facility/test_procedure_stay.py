from claimcheck.rules.facility.procedure_stay import SHORT
from rules.facility.stays import editor, stay
from support.cases import Case, rule_tests

EDITOR = editor({}, {"5A1955Z": "long_stay"})


def lasting(first: str | None, last: str | None, **fields: object) -> Case:
    dates = {"statement_from": first, "statement_through": last}
    return stay(procedures=("5A1955Z",), tables=EDITOR, of_claim={**dates, **fields.pop("of_claim", {})}, **fields)


HITS = {
    "four days": lasting("2024-07-10", "2024-07-14", outcome=SHORT, evidence={"days": 4, "expected": 5}),
    "from the admission on": lasting(
        "2024-07-01", "2024-07-14", of_claim={"admission_date": "2024-07-10"}, outcome=SHORT, evidence={"days": 4}
    ),
    "still a patient": lasting(
        "2024-07-10", "2024-07-12", bill_type="0112", of_claim={"patient_status": "30"}, outcome=SHORT
    ),
    "dates that are missing": lasting(None, None, unchecked="missing_field"),
    "no list of the day": stay(procedures=("5A1955Z",), day="2028-01-01", unchecked="stale"),
}
MISSES = {
    "five days": lasting("2024-07-10", "2024-07-15"),
    "five days from the admission on, on a later bill": lasting(
        "2024-08-01", "2024-08-03", bill_type="0113", of_claim={"patient_status": "30", "admission_date": "2024-07-10"}
    ),
    "another procedure": stay(
        procedures=("5A1945Z",),
        tables=EDITOR,
        of_claim={"statement_from": "2024-07-10", "statement_through": "2024-07-14"},
    ),
    "an outpatient": lasting("2024-07-10", "2024-07-14", bill_type="0131"),
}
test_hits, test_misses = rule_tests("FAC605", HITS, MISSES)
