from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests
from support.code_tables import codes, list_row

SAYS = outcomes("97", "N20")
MEMBER = {"claim_id": "B", "member_id": "M1", "billing_npi": "1234567893"}
BASE = codes(anesthesia_base=[list_row(code, base_units=units) for code, units in (("00790", "7"), ("00840", "6"))])


def case(code: str, *modifiers: str) -> dict:
    return line(code, *(modifiers or ("AA",)), units=90, unit_basis="MJ")


def then(what: str) -> Policy:
    given = {"codes": ["00100-01999"], "pricing": ["AA"], "otherwise": what}
    return Policy.load("default").replace(professional__anesthesia=given)


BOTH = [case("00840"), case("00790")]
HITS = {
    "two": Case(BOTH, line=2, outcome=SAYS[Then.WARN], evidence={"beside": "00840"}),
    "the one with fewer base units": Case(BOTH, tables=BASE, line=1, outcome=SAYS[Then.WARN]),
    "base units of one alone": Case([case("00790"), case("00910")], tables=BASE, line=2, outcome=SAYS[Then.WARN]),
    "physical status and monitored care": Case(
        [case("00840", "AA", "P3"), case("00790", "AA", "QS")], line=2, outcome=SAYS[Then.WARN]
    ),
    "on another claim": Case(
        [case("00790")],
        MEMBER,
        before=[{**MEMBER, "claim_id": "A", "lines": [case("00840")]}],
        line=1,
        outcome=SAYS[Then.WARN],
    ),
    "denied": Case(BOTH, policy=then("deny"), line=2, outcome=SAYS[Then.DENY]),
    "left to review": Case(BOTH, policy=then("review"), line=2, outcome=SAYS[Then.REVIEW]),
}
MISSES = {
    "one": Case([case("00790")]),
    "an add-on code": Case([case("01967"), case("01968")]),
    "care of pain after it": Case([case("00790"), line("01996", "AA")]),
    "another session": Case([case("00790"), case("00840", "AA", "59")]),
    "a return to the operating room": Case([case("00790"), case("00840", "AA", "78")]),
    "physician and anesthetist": Case([case("00790", "QK"), case("00790", "QX"), case("00840", "QX", "59")]),
    "another performer": Case([case("00790", "AA"), case("00840", "QZ")]),
    "on another day": Case([case("00790"), {**case("00840"), "service_date": "2024-07-16"}]),
    "a facility's claim": Case(BOTH, institutional()),
}
test_hits, test_misses = rule_tests("PRO312", HITS, MISSES)
