from claimcheck.policies import Policy
from claimcheck.rules.structure.line_provider import NPI, REJECTED, REVIEW, TAXONOMY, UNREADABLE, WARNED
from support.cases import Case, line, rule_tests

GROUP = {"billing_entity_type": "2"}
OF_GROUPS = {"billing_taxonomy": "193400000X"}
VISIT = [line("99213")]
LOOKED_AT = Policy.load("medicare").replace(structure__rendering_provider={"codes": ["99213"], "otherwise": "review"})

HITS = {
    "an NPI": Case([line("99213", rendering_npi="0000000000")], line=1, outcome=NPI),
    "not text": Case([line("99213", rendering_npi=7)], line=1, outcome=NPI),
    "a taxonomy that is no text": Case([line("99213", rendering_taxonomy=7)], line=1, outcome=UNREADABLE),
    "a taxonomy": Case([line("99213", rendering_taxonomy="X")], line=1, outcome=TAXONOMY),
    "a visit that an organization bills": Case(VISIT, GROUP, line=1, outcome=WARNED, evidence={"code": "99213"}),
    "a visit that a group bills, by its taxonomy": Case(VISIT, OF_GROUPS, line=1, outcome=WARNED),
    "one that Medicare returns": Case(VISIT, GROUP, policy="medicare", line=1, outcome=REJECTED),
    "one that a payer looks at": Case(VISIT, GROUP, policy=LOOKED_AT, line=1, outcome=REVIEW),
    "the one line that names nobody": Case(
        [line("99213", rendering_npi="1245319599"), line("20610")], GROUP, line=2, outcome=WARNED
    ),
}
MISSES = {
    "well formed": Case([line("99213", rendering_npi="1245319599", rendering_taxonomy="207Q00000X")]),
    "missing, and nothing says who bills": Case(VISIT),
    "missing, and a person bills": Case(VISIT, {"billing_entity_type": "1", **OF_GROUPS}),
    "missing, and the taxonomy is that of a person": Case(VISIT, {"billing_taxonomy": "207Q00000X"}),
    "named on the claim": Case(VISIT, {**GROUP, "rendering_npi": "1245319599"}),
    "a test, which a laboratory renders": Case([line("80053")], GROUP, policy="medicare"),
    "a blood draw by a laboratory": Case([line("36415")], GROUP, policy="medicare"),
    "a procedure that a surgical center bills": Case([line("66984", place_of_service="24")], GROUP, policy="medicare"),
    "an ambulance": Case([line("A0428")], GROUP, policy="medicare"),
    "an institutional claim": Case(VISIT, {**GROUP, "claim_type": "institutional", "bill_type": "0131"}),
}
test_hits, test_misses = rule_tests("STR702", HITS, MISSES)
