from claimcheck.rules.professional.incident_to_place import NOT_PAID
from support.cases import Case, institutional, line, rule_tests


def at(place: str | None, code: str, **fields: object) -> Case:
    return Case([line(code)], {"place_of_service": place}, **fields)


HITS = {
    "an injection for an outpatient": at("22", "96372", line=1, outcome=NOT_PAID, evidence={"pctc_indicator": "5"}),
    "in an emergency department": at("23", "96372", line=1, outcome=NOT_PAID),
    "off campus": at("19", "96372", line=1, outcome=NOT_PAID),
    "an abnormal smear in an office": at("11", "85060", line=1, outcome=NOT_PAID, evidence={"pctc_indicator": "8"}),
    "an abnormal smear for an outpatient": at("22", "85060", line=1, outcome=NOT_PAID),
    "a code that is not known": at("22", "99499", unchecked="starter_table"),
}
MISSES = {
    "in an office": at("11", "96372"),
    "in an ambulatory surgical center": at("24", "96372"),
    "no place": at(None, "96372"),
    "a visit": at("22", "99213"),
    "an abnormal smear of an inpatient": at("21", "85060"),
    "a payer other than Medicare": at("22", "96372", policy="commercial"),
    "a facility's claim": Case([line("96372", place_of_service="22")], institutional()),
}
test_hits, test_misses = rule_tests("PRO103", HITS, MISSES)
