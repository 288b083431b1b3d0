from claimcheck.policies import Policy
from claimcheck.rules.facility.required_revenue import MISSING
from support.cases import Case, institutional, line, rule_tests

ROOM = [line(None, revenue_code="0120")]
VISIT = [line("G0299", revenue_code="0551")]
NONE = Policy.load("default").replace(facility__required_revenue={})

HITS = {
    "a skilled nursing stay without its rate code": Case(
        ROOM, institutional("0211"), outcome=MISSING, evidence={"revenue_codes": ("0022",)}
    ),
    "an interim one": Case(ROOM, institutional("0213"), outcome=MISSING),
    "a hospice claim without a level of care": Case(VISIT, institutional("0811"), outcome=MISSING),
    "of a hospital": Case(VISIT, institutional("0823"), outcome=MISSING),
}
MISSES = {
    "with its rate code": Case([*ROOM, line("1AFKS", revenue_code="0022")], institutional("0211")),
    "routine home care": Case([*VISIT, line("Q5001", revenue_code="0651")], institutional("0811")),
    "respite": Case([line("Q5001", revenue_code="0655")], institutional("0813")),
    "a no-payment bill": Case(ROOM, institutional("0210")),
    "a denial that was asked for": Case(ROOM, institutional("0211", condition_codes=["21"])),
    "a notice of election": Case(VISIT, institutional("081A")),
    "a hospital stay": Case(ROOM, institutional("0111")),
    "no lines": Case([], institutional("0211")),
    "a professional claim": Case([line("99213")]),
    "a payer that pays by the day": Case(ROOM, institutional("0211"), policy=NONE),
}
test_hits, test_misses = rule_tests("FAC304", HITS, MISSES)
