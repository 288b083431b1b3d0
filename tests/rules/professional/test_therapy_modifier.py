from claimcheck.rules.professional.therapy_modifier import CONFLICT, MISSING
from support.cases import Case, institutional, line, rule_tests

HITS = {
    "none": Case([line("97110")], line=1, outcome=MISSING),
    "under Medicare": Case([line("97530", "59")], policy="medicare", line=1, outcome=MISSING),
    "two": Case([line("97110", "GP", "GO")], line=1, outcome=CONFLICT),
    "two on another code": Case([line("99213", "GN", "GO")], line=1, outcome=CONFLICT),
    "an assistant of another discipline": Case([line("97110", "GO", "CQ")], line=1, outcome=CONFLICT),
    "a physical therapist's evaluation": Case([line("97161", "GO")], line=1, outcome=CONFLICT),
    "an occupational therapist's": Case([line("97168", "GP", "KX")], line=1, outcome=CONFLICT),
    "speech": Case([line("92507", "GP")], line=1, outcome=CONFLICT, evidence={"modifiers": ("GP", "GN")}),
}
MISSES = {
    "physical": Case([line("97110", "GP")]),
    "occupational": Case([line("97530", "GO", "KX")]),
    "speech": Case([line("92507", "GN")]),
    "evaluations": Case([line("97162", "GP"), line("97165", "GO"), line("92523", "GN")]),
    "an assistant": Case([line("97110", "GP", "CQ"), line("97530", "GO", "CO")]),
    "a visit": Case([line("99213")]),
    "another payer": Case([line("97110"), line("97110", "GP", "GO")], policy="commercial"),
    "a facility's claim": Case([line("97110")], institutional()),
}
test_hits, test_misses = rule_tests("PRO303", HITS, MISSES)
