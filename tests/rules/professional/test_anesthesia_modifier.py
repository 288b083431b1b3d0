from claimcheck.policies import Policy
from claimcheck.policies.parameters.professional import Then
from claimcheck.rules.professional.anesthesia_modifier import _LATER as LATER
from claimcheck.rules.professional.schedule import outcomes
from support.cases import Case, institutional, line, rule_tests

MISSING, SEVERAL = outcomes("4", "N822"), outcomes("4", "N519")
GIVEN = {"codes": ["00100-01999"], "pricing": ["AA", "AD", "QK", "QX", "QY", "QZ"]}
DENY = Policy.load("default").replace(professional__anesthesia={**GIVEN, "otherwise": "deny"})
REVIEW = Policy.load("default").replace(professional__anesthesia={**GIVEN, "otherwise": "review"})


def minutes(*modifiers: str, code: str = "00811") -> dict:
    return line(code, *modifiers, units=45, unit_basis="MJ")


HITS = {
    "none": Case([minutes()], line=1, outcome=MISSING[Then.WARN]),
    "monitored care alone": Case([minutes("QS")], line=1, outcome=MISSING[Then.WARN]),
    "physical status alone": Case([minutes("P3")], line=1, outcome=MISSING[Then.WARN]),
    "two": Case([minutes("AA", "QK")], line=1, outcome=SEVERAL[Then.WARN], evidence={"modifiers": ("AA", "QK")}),
    "none, where the payer denies": Case([minutes()], policy=DENY, line=1, outcome=MISSING[Then.DENY]),
    "none, where the payer looks": Case([minutes()], policy=REVIEW, line=1, outcome=MISSING[Then.REVIEW]),
    "two, where the payer denies": Case([minutes("AA", "QZ")], policy=DENY, line=1, outcome=SEVERAL[Then.DENY]),
    "two, where the payer looks": Case([minutes("AA", "QZ")], policy=REVIEW, line=1, outcome=SEVERAL[Then.REVIEW]),
    "monitored care first": Case([minutes("QS", "QZ")], line=1, outcome=LATER, evidence={"modifiers": ("QS", "QZ")}),
}
MISSES = {
    "one": Case([minutes("AA")]),
    "one, and monitored care": Case([minutes("QZ", "QS", "P2")]),
    "in any position": Case([minutes("QS", "QZ")], policy=DENY),
    "surgery": Case([line("20610")]),
    "a facility's claim": Case([minutes()], institutional()),
}
test_hits, test_misses = rule_tests("PRO302", HITS, MISSES)
