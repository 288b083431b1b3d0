from claimcheck.rules.facility.accommodation import OUTPATIENT
from support.cases import Case, institutional, line, rule_tests


def on(revenue_code: str | None) -> list[dict]:
    return [line(None, revenue_code=revenue_code)]


HITS = {
    "a room on an outpatient bill": Case(on("0120"), institutional(), line=1, outcome=OUTPATIENT),
    "intensive care": Case(on("0200"), institutional("0851"), line=1, outcome=OUTPATIENT),
    "the last of them": Case(on("0219"), institutional(), line=1, outcome=OUTPATIENT),
    "all-inclusive": Case(on("0100"), institutional(), line=1, outcome=OUTPATIENT),
}
MISSES = {
    "an inpatient bill": Case(on("0120"), institutional("0111")),
    "a skilled nursing facility": Case(on("0120"), institutional("0211")),
    "an inpatient stay billed to Part B": Case(on("0120"), institutional("0121")),
    "ancillary services": Case(on("0220"), institutional()),
    "a professional claim": Case(on("0120")),
    "a room that is not assigned": Case(on("0105"), institutional()),
    "no revenue code": Case(on(None), institutional()),
}
test_hits, test_misses = rule_tests("FAC105", HITS, MISSES)
