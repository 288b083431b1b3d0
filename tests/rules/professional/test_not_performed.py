from claimcheck.policies import Policy
from claimcheck.rules.professional.not_performed import RARELY
from support.cases import Case, institutional, line, rule_tests

OFF = Policy.load("default").replace(professional__not_performed={"places": []})


def at(place: str | None, code: str, **fields: object) -> Case:
    return Case([line(code)], {"place_of_service": place}, **fields)


HITS = {
    "a knee in an office": at("11", "27447", line=1, outcome=RARELY, evidence={"global_days": "090"}),
    "a cataract in an office": at("11", "66984", line=1, outcome=RARELY),
    "a code that is not known": at("11", "99499", unchecked="starter_table"),
}
MISSES = {
    "in a hospital": at("21", "27447"),
    "a minor procedure": at("11", "20610"),
    "a test that is rarely performed in facilities": at("11", "71046"),
    "care after it": Case([line("66984", "55", "RT")], {"place_of_service": "11"}),
    "care before it": Case([line("27447", "56")], {"place_of_service": "11"}),
    "no place": at(None, "27447"),
    "a payer that names no places": at("11", "27447", policy=OFF),
    "a facility's claim": Case([line("27447", place_of_service="11")], institutional()),
}
test_hits, test_misses = rule_tests("PRO203", HITS, MISSES)
