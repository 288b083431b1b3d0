from claimcheck.policies import Policy
from claimcheck.rules.professional.component_place import OWNED_BY_THE_FACILITY
from support.cases import Case, institutional, line, rule_tests

NONE = Policy.load("default").replace(professional__components={"facility_places": []})
INPATIENT = {"place_of_service": "21"}


def at(place: str, code: str, *modifiers: str, **fields: object) -> Case:
    return Case([line(code, *modifiers)], {"place_of_service": place}, **fields)


HITS = {
    "a whole test": at("21", "71046", line=1, outcome=OWNED_BY_THE_FACILITY, evidence={"place_of_service": "21"}),
    "TC": at("22", "71046", "TC", line=1, outcome=OWNED_BY_THE_FACILITY),
    "a technical half": at("23", "93005", line=1, evidence={"pctc_indicator": "3"}),
    "a whole test whose halves have codes": at("19", "93000", line=1, evidence={"pctc_indicator": "4"}),
    "at a place on the line": Case(
        [line("71046", place_of_service="22")], {"place_of_service": "11"}, line=1, outcome=OWNED_BY_THE_FACILITY
    ),
    "a code that is not known": at("21", "99499", unchecked="starter_table"),
}
MISSES = {
    "26": at("21", "71046", "26"),
    "a professional half": at("21", "93010"),
    "in an office": at("11", "71046"),
    "in an ambulatory surgical center": at("24", "71046"),
    "a visit": at("21", "99213"),
    "a payer that names no places": at("21", "71046", policy=NONE),
    "a facility's claim": Case([line("71046", place_of_service="22")], institutional()),
}
test_hits, test_misses = rule_tests("PRO102", HITS, MISSES)
